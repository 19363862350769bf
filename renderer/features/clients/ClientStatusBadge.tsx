import { Badge, Tooltip } from '@mantine/core';
import type { Client } from '../../../shared/contract/clients.ts';

export const clientStatusLooks: Record<Client['status'], { label: string; color: string; meaning: string }> = {
  onboarding: { label: 'Being set up', color: 'cyan', meaning: 'The AI does not write by itself yet.' },
  active: { label: 'Active', color: 'teal', meaning: 'Posts are written and published by the rules.' },
  paused: { label: 'Paused', color: 'orange', meaning: 'No new posts are written.' },
  archived: { label: 'Archived', color: 'gray', meaning: 'Kept for the record only.' },
};

export function ClientStatusBadge({ status }: { status: Client['status'] }) {
  const { label, color, meaning } = clientStatusLooks[status];
  return (
    <Tooltip label={meaning}>
      <Badge color={color}>{label}</Badge>
    </Tooltip>
  );
}
