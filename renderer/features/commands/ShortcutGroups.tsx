import { Title } from '@mantine/core';
import { t } from '../../i18n/i18n.ts';
import { capsFor } from './bindings.ts';
import { useBindings } from './bindings-store.ts';
import { Caps } from './Caps.tsx';
import classes from './commands.module.css';
import { shortcutPlaces, shortcuts } from './shortcuts.ts';

/** Everything that works by keys, by where it works. */
export function ShortcutGroups() {
  const bindings = useBindings((state) => state.bindings);
  return (
    <div className={classes.groups}>
      {shortcutPlaces.map(({ place, title }) => (
        <section key={place}>
          <Title order={3} mb="xs">
            {t(title)}
          </Title>
          <dl className={classes.shortcuts}>
            {shortcuts
              .filter((shortcut) => shortcut.place === place)
              .map(({ id, means }) => (
                <div key={id}>
                  <dt>
                    <Caps caps={capsFor(bindings, id)} />
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
