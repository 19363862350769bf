import { List, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconQuestionMark } from '@tabler/icons-react';
import type { Finding } from '../../../shared/contract/admin.ts';

/** What a check of keys found, what is wrong first. */
export function CredentialFindings({ findings }: { findings: readonly Finding[] }) {
  const ordered = findings.toSorted((one, other) => rank(one) - rank(other));
  return (
    <List size="sm" spacing={6} mt="md" center={false} role="status" aria-label="Result of the check">
      {ordered.map((finding) => (
        <List.Item key={finding.message} icon={<Mark ok={finding.ok} />}>
          {finding.message}
        </List.Item>
      ))}
    </List>
  );
}

function Mark({ ok }: { ok: boolean | null }) {
  const [Icon, color, label] =
    ok === null
      ? ([IconQuestionMark, 'gray', 'Could not be checked'] as const)
      : ok
        ? ([IconCheck, 'teal', 'Right'] as const)
        : ([IconAlertTriangle, 'red', 'Wrong'] as const);
  return (
    <ThemeIcon size={20} radius="xl" variant="light" color={color} aria-label={label} role="img">
      <Icon size={13} />
    </ThemeIcon>
  );
}

function rank({ ok }: Finding): number {
  return ok === false ? 0 : ok === true ? 1 : 2;
}
