import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import type { Clock, KillSwitchRecord, Log, Store } from '../ports/index.ts';

type Scope = KillSwitchRecord['scope'];

/** The kill switches: one for everything, one per client, one per account. */
export interface KillSwitch {
  /** Reads the switches from the store; until then everything counts as stopped. */
  load(): Promise<void>;
  /**
   * The switch that stops this account, or null when it may send. Synchronous, so that the gate
   * can ask in the same step in which it sends.
   */
  stopping(clientId: string, accountId: string): KillSwitchRecord | null;
  list(): KillSwitchRecord[];
  /** Durable once it resolves. Stopping takes effect at once, resuming only when it is durable. */
  set(change: { scope: Scope; scopeId: string; engaged: boolean; reason: string | null; actor: string }): Promise<void>;
}

const notLoaded: KillSwitchRecord = {
  scope: 'global',
  scopeId: '',
  engaged: true,
  reason: 'The kill switch has not been read yet.',
  changedAt: 0,
  changedBy: 'app',
};

const neverSet: KillSwitchRecord = { ...notLoaded, engaged: false, reason: null };

export function createKillSwitch(deps: {
  store: Store;
  clock: Clock;
  log: Log;
  activity: Activity;
  changes: Changes;
}): KillSwitch {
  const switches = new Map<string, KillSwitchRecord>([[keyOf('global', ''), notLoaded]]);

  return {
    async load() {
      const stored = await deps.store.control.killSwitches();
      switches.clear();
      switches.set(keyOf('global', ''), neverSet);
      for (const record of stored) switches.set(keyOf(record.scope, record.scopeId), record);
    },

    stopping(clientId, accountId) {
      const candidates = [
        switches.get(keyOf('global', '')),
        switches.get(keyOf('client', clientId)),
        switches.get(keyOf('account', accountId)),
      ];
      return candidates.find((record) => record?.engaged) ?? null;
    },

    list() {
      return [...switches.values()];
    },

    async set({ scope, scopeId, engaged, reason, actor }) {
      const record: KillSwitchRecord = {
        scope,
        scopeId,
        engaged,
        reason,
        changedAt: deps.clock.now(),
        changedBy: actor,
      };
      const key = keyOf(scope, scopeId);
      const before = switches.get(key);
      if (engaged) switches.set(key, record);
      await deps.store.transaction(async (repositories) => {
        await repositories.control.putKillSwitch(record);
        await deps.activity.record(
          {
            actor,
            kind: engaged ? 'kill_switch.engaged' : 'kill_switch.released',
            level: engaged ? 'warning' : 'info',
            message: describe(record),
            ...(scope === 'client' ? { clientId: scopeId } : {}),
            ...(scope === 'account' ? { accountId: scopeId } : {}),
          },
          repositories,
        );
      });
      // A stop that was asked for while this release was written stays in effect.
      if (!engaged && switches.get(key) === before) switches.set(key, record);
      deps.changes.tell('control.changed');
      deps.log.warn(engaged ? 'kill switch engaged' : 'kill switch released', { scope, scopeId, actor });
    },
  };
}

function keyOf(scope: Scope, scopeId: string): string {
  return `${scope}/${scopeId}`;
}

function describe({ scope, engaged, reason }: KillSwitchRecord): string {
  const what = scope === 'global' ? 'All publishing' : scope === 'client' ? "This client's publishing" : 'This account';
  const because = reason === null || reason === '' ? '' : `: ${reason}`;
  return engaged ? `${what} was stopped${because}` : `${what} was resumed`;
}
