import { Group, Kbd, Title } from '@mantine/core';
import { t } from '../../i18n/i18n.ts';
import classes from './commands.module.css';
import { shortcutGroups } from './shortcuts.ts';

/** Everything that works by keys, by where it works. */
export function ShortcutGroups() {
  return (
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
  );
}
