import { type AttemptRecord, type LogLine, type MachineFacts, type Ports, type StoreFacts } from '../ports/index.ts';
import type { BackUps } from '../backups/backups.ts';
import type { Halts } from '../control/halts.ts';
import type { KillSwitch } from '../control/kill-switch.ts';
import { isoOf } from '../instants.ts';
import type { Scheduling } from '../scheduling/port.ts';
import type { AgencySettings } from '../settings/settings.ts';
import { readStats, type Stats } from './stats.ts';

const activitiesShown = 200;

/**
 * What helps to find a fault, to be passed on: versions, states, counts, times and ids. What people wrote or are
 * called is left out (captions, names, reasons, messages of networks), and nothing secret is ever near it.
 */
export interface Diagnostics {
  /** ISO instant. */
  takenAt: string;
  version: string;
  profile: 'sandbox' | 'live';
  state: string;
  isLocked: boolean;
  halts: string[];
  killSwitches: { scope: string; id: string; engaged: boolean; changedAt: string }[];
  machine: MachineFacts;
  store: StoreFacts;
  settings: object;
  counts: Pick<Stats, 'clients' | 'posts' | 'dueNext24h' | 'failures' | 'accountsToReconnect' | 'spend'> & {
    openAttempts: Partial<Record<AttemptRecord['state'], number>>;
  };
  jobs: { name: string; lastRunAt: string | null; lastDurationMs: number | null; failed: boolean }[];
  backups: object;
  /** Newest first. */
  activity: object[];
  /** Oldest first. */
  log: LogLine[];
}

/** How the app is doing, as one answer for whoever has to help. */
export async function diagnose(deps: {
  ports: Pick<Ports, 'store' | 'clock' | 'machine'>;
  options: { version: string; profile: 'sandbox' | 'live'; locked(): string | null };
  state(): string;
  halts: Halts;
  killSwitch: KillSwitch;
  settings: AgencySettings;
  scheduling: Scheduling;
  backUps: BackUps;
}): Promise<Diagnostics> {
  const { store, clock, machine } = deps.ports;
  const { agencyName: _, agencyContact: __, ...settings } = await deps.settings.get();
  const { nextDueAt: ___, budgets: ____, ...stats } = await readStats(deps.ports, null);
  const { items, lastDrill } = await deps.backUps.list();
  const activity = await store.activity.list({ limit: activitiesShown });
  return {
    takenAt: isoOf(clock.now()),
    version: deps.options.version,
    profile: deps.options.profile,
    state: deps.state(),
    isLocked: deps.options.locked() !== null,
    halts: deps.halts.list().map(({ code }) => code),
    killSwitches: deps.killSwitch.list().map(({ scope, scopeId, engaged, changedAt }) => ({
      scope,
      id: scopeId,
      engaged,
      changedAt: isoOf(changedAt),
    })),
    machine: await machine.describe(),
    store: await machine.describeStore(),
    settings,
    counts: { ...stats, openAttempts: countByState(await store.attempts.listOpen()) },
    jobs: (await deps.scheduling.list()).map(({ name, lastRunAt, lastDurationMs, lastError }) => ({
      name,
      lastRunAt,
      lastDurationMs,
      failed: lastError !== null,
    })),
    backups: { items, lastDrill: lastDrill === null ? null : { at: lastDrill.at, isGood: lastDrill.isGood } },
    activity: activity.items.map(({ at, kind, level, clientId, postId, accountId }) => ({
      at: isoOf(at),
      kind,
      level,
      clientId,
      postId,
      accountId,
    })),
    log: machine.recentLog(),
  };
}

function countByState(attempts: readonly AttemptRecord[]): Partial<Record<AttemptRecord['state'], number>> {
  const counts: Partial<Record<AttemptRecord['state'], number>> = {};
  for (const { state } of attempts) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
