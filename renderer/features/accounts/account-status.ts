import type { Account } from '../../../shared/contract/accounts.ts';

export const accountStatusLooks = {
  connected: { label: 'accounts:status.connected', color: 'teal' },
  expiring: { label: 'accounts:status.expiring', color: 'orange' },
  reconnect: { label: 'accounts:status.reconnect', color: 'red' },
} as const satisfies Record<Account['status'], { label: string; color: string }>;
