import { phrase } from '../../../shared/domain/phrase.ts';
import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import type { Clock, KillSwitchRecord, Log, Store } from '../ports/index.ts';

type Scope = KillSwitchRecord['scope'];

/** The kill switches: one for everything, one per client, one per account. */
export interface KillSwitch {
  /** Reads the switches from the store; until that has worked everything counts as stopped. */
  load(): Promise<void>;
  /** False while the switches have not been read, or a stop that is in effect is not written down yet. */
  isSettled(): boolean;
  /** Tries again what of that did not work. Rejects when it does not work now either. */
  settle(): Promise<void>;
  /**
   * The switch that stops this account, or null when it may send. Synchronous, so that the gate
   * can ask in the same step in which it sends.
   */
  stopping(clientId: string, accountId: string): KillSwitchRecord | null;
  /** What is durable: a stop that is not written down yet is in effect, but not shown as one. */
  list(): KillSwitchRecord[];
  /**
   * Durable once it resolves. Stopping takes effect at once, and stays in effect when it cannot be written down
   * and this rejects; resuming takes effect only when it is durable, and not before the switches have been read.
   */
  set(change: { scope: Scope; scopeId: string; engaged: boolean; reason: string | null; actor: string }): Promise<void>;
}

const notLoaded: KillSwitchRecord = {
  scope: 'global',
  scopeId: '',
  engaged: true,
  reason: 'The kill switches have not been read from the data yet',
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
  /** Stops in effect that are not on disk, with the record that is. */
  const unwritten = new Map<string, { record: KillSwitchRecord; durable: KillSwitchRecord | undefined }>();
  /** Keys of stops whose release is being written: they must not be written down once more behind it. */
  const releasing = new Set<string>();
  let isRead = false;

  async function load(): Promise<void> {
    const stored = await deps.store.control.killSwitches();
    switches.clear();
    switches.set(keyOf('global', ''), neverSet);
    for (const record of stored) switches.set(keyOf(record.scope, record.scopeId), record);
    for (const [key, { record }] of unwritten) switches.set(key, record);
    isRead = true;
  }

  async function write(record: KillSwitchRecord): Promise<void> {
    const { scope, scopeId, engaged, changedBy } = record;
    await deps.store.transaction(async (repositories) => {
      await repositories.control.putKillSwitch(record);
      await deps.activity.record(
        {
          actor: changedBy,
          kind: engaged ? 'kill_switch.engaged' : 'kill_switch.released',
          level: engaged ? 'warning' : 'info',
          message: describe(record),
          ...(scope === 'client' ? { clientId: scopeId } : {}),
          ...(scope === 'account' ? { accountId: scopeId } : {}),
        },
        repositories,
      );
    });
  }

  async function stop(record: KillSwitchRecord): Promise<void> {
    const key = keyOf(record.scope, record.scopeId);
    const durable = unwritten.get(key)?.durable ?? switches.get(key);
    switches.set(key, record);
    unwritten.set(key, { record, durable });
    try {
      await write(record);
      if (unwritten.get(key)?.record === record) unwritten.delete(key);
    } finally {
      // What is in effect breaks off what is under way, durable or not.
      deps.changes.tell('control.changed');
    }
  }

  async function release(record: KillSwitchRecord): Promise<void> {
    if (!isRead) await load();
    const key = keyOf(record.scope, record.scopeId);
    const before = switches.get(key);
    releasing.add(key);
    await write(record).finally(() => releasing.delete(key));
    // A stop that was asked for while this release was written stays in effect.
    if (switches.get(key) === before) {
      switches.set(key, record);
      unwritten.delete(key);
    }
    deps.changes.tell('control.changed');
  }

  return {
    load,
    isSettled: () => isRead && unwritten.size === 0,

    async settle() {
      if (!isRead) await load();
      for (const [key, { record }] of unwritten) if (!releasing.has(key)) await stop(record);
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
      return [...switches].flatMap(([key, record]) => {
        const waiting = unwritten.get(key);
        const shown = waiting === undefined ? record : waiting.durable;
        return shown === undefined ? [] : [shown];
      });
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
      await (engaged ? stop(record) : release(record));
      deps.log.warn(engaged ? 'kill switch engaged' : 'kill switch released', { scope, scopeId, actor });
    },
  };
}

function keyOf(scope: Scope, scopeId: string): string {
  return `${scope}/${scopeId}`;
}

function describe({ scope, engaged, reason }: KillSwitchRecord): string {
  const because = reason === null || reason === '' ? '' : `: ${reason}`;
  switch (scope) {
    case 'global':
      return engaged ? phrase`All publishing was stopped${because}` : phrase`All publishing was resumed`;
    case 'client':
      return engaged
        ? phrase`This client's publishing was stopped${because}`
        : phrase`This client's publishing was resumed`;
    case 'account':
      return engaged
        ? phrase`Publishing on this account was stopped${because}`
        : phrase`Publishing on this account was resumed`;
  }
}
