import { Anchor, Group, Kbd, Modal, Text, Title } from '@mantine/core';
import { useFocusBack } from '../../components/use-focus-back.ts';
import { t } from '../../i18n/i18n.ts';
import classes from './commands.module.css';
import { startTour } from '../tour/tour-store.ts';
import { closeCommands } from './commands-store.ts';
import { shortcutGroups } from './shortcuts.ts';

/** All that works by keys, on one sheet. */
export function ShortcutHelp() {
  useFocusBack();
  return (
    <Modal opened onClose={closeCommands} title={t('commands:shortcuts.title')} size="lg">
      <div className={classes.groups}>
        {shortcutGroups.map(({ title, shortcuts }) => (
          <section key={title}>
            <Title order={3} mb="xs">
              {t(title)}
            </Title>
            <dl className={classes.shortcuts}>
              {shortcuts.map(({ keys, means }) => (
                <div key={means}>
                  <dt>
                    <Group gap={4} wrap="nowrap">
                      {keys.map((key) => (
                        <Kbd key={key} dir="ltr">
                          {key}
                        </Kbd>
                      ))}
                    </Group>
                  </dt>
                  <dd>{t(means)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Group justify="space-between" mt="lg">
        <Text size="sm" c="dimmed">
          {t('commands:shortcuts.typing')}
        </Text>
        <Anchor component="button" type="button" size="sm" onClick={takeTour}>
          {t('commands:shortcuts.tour')}
        </Anchor>
      </Group>
    </Modal>
  );
}

function takeTour(): void {
  closeCommands();
  startTour();
}
