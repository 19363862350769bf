import { Group, Kbd, Modal, Text, Title } from '@mantine/core';
import classes from './commands.module.css';
import { closeCommands } from './commands-store.ts';
import { shortcutGroups } from './shortcuts.ts';
import { useFocusBack } from './use-focus-back.ts';

/** All that works by keys, on one sheet. */
export function ShortcutHelp() {
  useFocusBack();
  return (
    <Modal opened onClose={closeCommands} title="Keyboard shortcuts" size="lg">
      <div className={classes.groups}>
        {shortcutGroups.map(({ title, shortcuts }) => (
          <section key={title}>
            <Title order={3} mb="xs">
              {title}
            </Title>
            <dl className={classes.shortcuts}>
              {shortcuts.map(({ keys, means }) => (
                <div key={means}>
                  <dt>
                    <Group gap={4} wrap="nowrap">
                      {keys.map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </Group>
                  </dt>
                  <dd>{means}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Text size="sm" c="dimmed" mt="lg">
        Single keys do nothing while you type.
      </Text>
    </Modal>
  );
}
