import { Button, Stack, Text, Title } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { Panel } from '../../components/Panel.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { t } from '../../i18n/i18n.ts';
import { keepBindings, useBindings } from '../commands/bindings-store.ts';
import { shortcutPlaces, shortcuts } from '../commands/shortcuts.ts';
import classes from './settings.module.css';
import { ShortcutRow } from './ShortcutRow.tsx';

/** Everything that works by keys, and the way to other keys. */
export function ShortcutsTab() {
  const bindings = useBindings((state) => state.bindings);
  const resetAll = (): void => {
    keepBindings({});
    notifyDone(t('settings:shortcuts.allReset'), () => keepBindings(bindings));
  };
  return (
    <Panel
      title={t('settings:shortcuts.title')}
      description={t('settings:shortcuts.description')}
      actions={
        Object.keys(bindings).length > 0 && (
          <Button variant="default" size="xs" leftSection={<IconRestore size={15} />} onClick={resetAll}>
            {t('settings:shortcuts.resetAll')}
          </Button>
        )
      }
    >
      <Stack gap="lg">
        {shortcutPlaces.map(({ place, title }) => (
          <section key={place}>
            <Title order={3} fz="sm">
              {t(title)}
            </Title>
            <ul className={classes.shortcuts}>
              {shortcuts
                .filter((shortcut) => shortcut.place === place)
                .map(({ id }) => (
                  <ShortcutRow key={id} id={id} />
                ))}
            </ul>
          </section>
        ))}
        <Text size="sm" c="dimmed">
          {t('settings:shortcuts.here')}
        </Text>
      </Stack>
    </Panel>
  );
}
