import type { AccountRecord } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';

/**
 * Keeps an account from posting until then, as a network asked for.
 * @param until UTC ms
 * @param wholePlatform the network limits the whole app: all accounts on it wait
 */
export async function pauseAccounts(
  deps: Pick<PublishingDeps, 'store' | 'clock' | 'changes'>,
  account: AccountRecord,
  until: number,
  wholePlatform: boolean,
): Promise<void> {
  const all = await deps.store.accounts.listAll();
  for (const { id, clientId, platform, pausedUntil } of all) {
    if (wholePlatform ? platform !== account.platform : id !== account.id) continue;
    // A network that asked for a longer wait before is still waited for.
    await deps.store.accounts.update(id, {
      pausedUntil: Math.max(pausedUntil ?? 0, until),
      updatedAt: deps.clock.now(),
    });
    deps.changes.tell('account.changed', id, clientId);
  }
}
