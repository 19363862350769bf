import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { ShortcutGroups } from '../commands/ShortcutGroups.tsx';

/** Everything that works by keys. */
export function ShortcutsTab() {
  return (
    <Panel title={t('settings:shortcuts.title')} description={t('settings:shortcuts.description')}>
      <ShortcutGroups />
    </Panel>
  );
}
