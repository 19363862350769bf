import { Group, Kbd, Text } from '@mantine/core';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { shortcutGroups } from '../commands/shortcuts.ts';
import classes from './settings.module.css';

/** Everything that works by keys. */
export function ShortcutsTab() {
  return (
    <Panel title={t('settings:shortcuts.title')} description={t('settings:shortcuts.description')}>
      <div className={classes.shortcuts}>
        {shortcutGroups.map(({ title, shortcuts }) => (
          <section key={title}>
            <Text component="h3" size="sm" fw={650} mb={4} mt={0}>
              {t(title)}
            </Text>
            <dl style={{ margin: 0 }}>
              {shortcuts.map(({ keys, means }) => (
                <div key={means} className={classes.shortcut}>
                  <dt>
                    <Group gap={4} wrap="nowrap">
                      {keys.map((key) => (
                        <Kbd key={key}>{key}</Kbd>
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
    </Panel>
  );
}
