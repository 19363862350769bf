import { Badge, type BadgeProps, Tooltip } from '@mantine/core';
import type { Client } from '../../../shared/contract/clients.ts';
import { t } from '../../i18n/i18n.ts';

export const clientStatusLooks = {
  onboarding: { label: 'clients:status.onboarding', color: 'cyan', meaning: 'clients:meaning.onboarding' },
  active: { label: 'clients:status.active', color: 'teal', meaning: 'clients:meaning.active' },
  paused: { label: 'clients:status.paused', color: 'orange', meaning: 'clients:meaning.paused' },
  archived: { label: 'clients:status.archived', color: 'gray', meaning: 'clients:meaning.archived' },
} as const satisfies Record<Client['status'], { label: string; color: string; meaning: string }>;

export function ClientStatusBadge({ status, size }: { status: Client['status']; size?: BadgeProps['size'] }) {
  const { label, color, meaning } = clientStatusLooks[status];
  return (
    <Tooltip label={t(meaning)}>
      <Badge color={color} size={size} style={{ flexShrink: 0 }}>
        {t(label)}
      </Badge>
    </Tooltip>
  );
}
