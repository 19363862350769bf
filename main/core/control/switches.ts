import type { KillSwitch as KillSwitchView } from '../../../shared/contract/admin.ts';
import { clientOf } from '../clients/clients.ts';
import type { CoreDeps } from '../deps.ts';
import { NotFound, Unprocessable } from '../errors.ts';
import { isoOf } from '../instants.ts';
import type { KillSwitchRecord } from '../ports/index.ts';
import type { KillSwitch } from './kill-switch.ts';

export interface SwitchChange {
  scope: KillSwitchRecord['scope'];
  id?: string | null;
  engaged: boolean;
  reason?: string | null;
}

/** The global kill switch and all others that were ever set, as the contract shows them. */
export function switchViews(killSwitch: KillSwitch): KillSwitchView[] {
  return killSwitch.list().map(({ scope, scopeId, engaged, reason, changedAt, changedBy }) => ({
    scope,
    id: scopeId === '' ? null : scopeId,
    engaged,
    reason,
    changedAt: isoOf(changedAt),
    changedBy,
  }));
}

/** @throws {NotFound} @throws {Unprocessable} when the id does not fit the scope */
export async function setSwitch(
  deps: Pick<CoreDeps, 'store'> & { killSwitch: KillSwitch },
  change: SwitchChange,
  actor: string,
): Promise<void> {
  const scopeId = await assertScope(deps, change);
  const { scope, engaged } = change;
  await deps.killSwitch.set({ scope, scopeId, engaged, reason: change.reason ?? null, actor });
}

/** @returns the id, empty for global @throws {NotFound} @throws {Unprocessable} when the id does not fit the scope */
export async function assertScope(
  { store }: Pick<CoreDeps, 'store'>,
  { scope, id }: Pick<SwitchChange, 'scope' | 'id'>,
): Promise<string> {
  const scopeId = id ?? '';
  if (scope === 'global' && scopeId !== '') throw misfit('The global switch has no id.');
  if (scope !== 'global' && scopeId === '') throw misfit(`Say which ${scope} by its id.`);
  if (scope === 'client') await clientOf(store, scopeId);
  if (scope === 'account' && (await store.accounts.get(scopeId)) === undefined) {
    throw new NotFound('account', scopeId);
  }
  return scopeId;
}

function misfit(message: string): Unprocessable {
  return new Unprocessable([{ field: 'id', code: 'scope', message }]);
}
