import type { Account } from '../../../shared/contract/accounts.ts';

export const accountStatusLooks: Record<Account['status'], { label: string; color: string }> = {
  connected: { label: 'Connected', color: 'teal' },
  expiring: { label: 'Runs out soon', color: 'orange' },
  reconnect: { label: 'Reconnect', color: 'red' },
};
