import type { Problem } from '../../../shared/contract/common.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import { problemOf } from '../../api/errors.ts';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { NetworksField } from './NetworksField.tsx';

/** The networks that posts are written for. */
export function WherePanel({
  chosen,
  onChange,
  problems,
}: {
  chosen: readonly Platform[];
  onChange: (platforms: Platform[]) => void;
  problems: readonly Problem[];
}) {
  return (
    <Panel title={t('rules:where.title')} description={t('rules:where.description')}>
      <NetworksField networks={chosen} onChange={onChange} error={problemOf(problems, 'platforms')} />
    </Panel>
  );
}
