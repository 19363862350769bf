import { ActionIcon, Button } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { t, withWords } from '../../i18n/i18n.ts';
import { useShortcut } from './bindings-store.ts';
import { ShortcutHint } from './Caps.tsx';
import classes from './commands.module.css';
import { openPalette, useCommands } from './commands-store.ts';

const Palette = lazy(async () => ({ default: (await withWords(import('./Palette.tsx'))).Palette }));
const ShortcutHelp = lazy(async () => ({ default: (await withWords(import('./ShortcutHelp.tsx'))).ShortcutHelp }));

/** Opens the palette; whatever of palette and help is open stands here too. */
export function SearchButton() {
  const open = useCommands((state) => state.open);
  const key = useShortcut('palette');
  return (
    <>
      <Button
        variant="default"
        className={classes.search}
        leftSection={<IconSearch size={16} stroke={1.7} />}
        rightSection={<ShortcutHint of="palette" />}
        onClick={openPalette}
        visibleFrom="lg"
        aria-keyshortcuts={key.aria}
      >
        {t('common:action.search')}
      </Button>
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t('common:action.search')}
        onClick={openPalette}
        hiddenFrom="lg"
      >
        <IconSearch size={17} stroke={1.7} />
      </ActionIcon>
      <Suspense>
        {open === 'palette' && <Palette />}
        {open === 'help' && <ShortcutHelp />}
      </Suspense>
    </>
  );
}
