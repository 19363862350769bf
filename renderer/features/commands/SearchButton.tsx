import { ActionIcon, Button, Kbd } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { t, withWords } from '../../i18n/i18n.ts';
import classes from './commands.module.css';
import { openPalette, useCommands } from './commands-store.ts';
import { commandKey } from './shortcuts.ts';

const Palette = lazy(async () => ({ default: (await withWords(import('./Palette.tsx'))).Palette }));
const ShortcutHelp = lazy(async () => ({ default: (await withWords(import('./ShortcutHelp.tsx'))).ShortcutHelp }));

/** Opens the palette; whatever of palette and help is open stands here too. */
export function SearchButton() {
  const open = useCommands((state) => state.open);
  return (
    <>
      <Button
        variant="default"
        className={classes.search}
        leftSection={<IconSearch size={16} stroke={1.7} />}
        rightSection={<Kbd size="xs" dir="ltr">{`${commandKey} K`}</Kbd>}
        onClick={openPalette}
        visibleFrom="lg"
        aria-keyshortcuts="Control+K"
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
