import { platformNames } from '../../../shared/domain/platform.ts';
import type { CoreDeps } from '../deps.ts';
import type { AccountRecord } from '../ports/index.ts';

type Deps = Pick<CoreDeps, 'store' | 'clock' | 'activity' | 'changes'>;

export const unreadableReason = 'The stored access could not be opened. Connect the account again.';

/** Changes an account's status and tells of it once: an account that already has it is only given the new reason. */
export async function setAccountStatus(
  deps: Deps,
  accountId: string,
  status: AccountRecord['status'],
  reason: string | null,
  actor: string,
): Promise<void> {
  const changed = await deps.store.transaction(async (repositories) => {
    const account = await repositories.accounts.get(accountId);
    if (account === undefined || (account.status === status && account.statusReason === reason)) return undefined;
    await repositories.accounts.update(account.id, { status, statusReason: reason, updatedAt: deps.clock.now() });
    if (account.status !== status && status !== 'connected') {
      const name = `${account.displayName} (${platformNames[account.platform]})`;
      await deps.activity.record(
        {
          actor,
          kind: `account.${status}`,
          level: status === 'reconnect' ? 'error' : 'warning',
          message: status === 'reconnect' ? `${name} must be connected again: ${reason}` : `${name}: ${reason}`,
          clientId: account.clientId,
          accountId: account.id,
        },
        repositories,
      );
    }
    return account;
  });
  if (changed !== undefined) deps.changes.tell('account.changed', changed.id, changed.clientId);
}
