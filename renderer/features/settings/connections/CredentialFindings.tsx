import { List, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconQuestionMark } from '@tabler/icons-react';
import type { Finding } from '../../../../shared/contract/admin.ts';
import { withLocalTimes } from '../../../components/format.ts';
import { t } from '../../../i18n/i18n.ts';

/** What a check of keys found, what is wrong first. */
export function CredentialFindings({ findings }: { findings: readonly Finding[] }) {
  const ordered = findings.toSorted((one, other) => rank(one) - rank(other));
  return (
    <List size="sm" spacing={6} mt="md" center={false} role="status" aria-label={t('settings:connections.findings')}>
      {ordered.map((finding) => (
        <List.Item key={finding.message} icon={<Mark ok={finding.ok} />}>
          {withLocalTimes(finding.message)}
        </List.Item>
      ))}
    </List>
  );
}

function Mark({ ok }: { ok: boolean | null }) {
  const [Icon, color, label] =
    ok === null
      ? ([IconQuestionMark, 'gray', 'settings:connections.unclear'] as const)
      : ok
        ? ([IconCheck, 'teal', 'settings:connections.right'] as const)
        : ([IconAlertTriangle, 'red', 'settings:connections.wrong'] as const);
  return (
    <ThemeIcon size={20} radius="xl" variant="light" color={color} aria-label={t(label)} role="img">
      <Icon size={13} />
    </ThemeIcon>
  );
}

function rank({ ok }: Finding): number {
  return ok === false ? 0 : ok === true ? 1 : 2;
}
