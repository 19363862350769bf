import type { Backup } from '../../../shared/contract/backups.ts';
import type { CoreDeps } from '../deps.ts';
import { Conflict, NotFound } from '../errors.ts';
import { isoOf } from '../instants.ts';
import { BackupFailed, type BackupOccasion, type BackupRecord } from '../ports/index.ts';
import { type Drill, type Drills, createDrills } from './drill.ts';
import { toRemove } from './retention.ts';

/** Looked at every ten minutes, this makes a backup in use at most 64 minutes old. */
const hourlyAfterMs = 54 * 60_000;

/** How putting other data in the place of the present ended; the message is for a person. */
export interface RestoreOutcome {
  kind: 'restored' | 'salvaged' | 'restore_failed';
  message: string;
}

/**
 * Backs the store up and brings a backup back. Neither kill switches nor halts nor a missing key stop it:
 * nothing is sent by it, and a backup holds logins only as the store does.
 */
export interface BackUps {
  /** Newest first. */
  list(): Promise<{ items: Backup[]; nextCursor: null; lastDrill: Drill | null; folder: string }>;
  /** Takes one now, and removes those that need not be kept. @throws {BackupFailed} */
  take(occasion: BackupOccasion): Promise<Backup>;
  /** Takes one when something has changed and the newest is about an hour old. @throws {BackupFailed} */
  takeHourly(): Promise<void>;
  /** Takes one when something has changed since the last, as the last thing a run does. Never rejects. */
  takeLast(occasion: 'quit' | 'restore'): Promise<void>;
  /**
   * Has the host start anew from a backup. The present data is kept beside it.
   * @throws {NotFound} @throws {Conflict} when the backup cannot be used
   */
  restore(id: string, actor: string): Promise<void>;
  /** Tells what became of a restore, when the app has started again. */
  noteOutcome(outcome: RestoreOutcome): Promise<void>;
  drills: Drills;
}

export function createBackUps(
  deps: Pick<CoreDeps, 'backups' | 'store' | 'clock' | 'log' | 'activity' | 'changes' | 'secrets' | 'locked'> & {
    /** Asks the host to stop and to start anew from a verified backup; returns before it does. */
    restart(backupId: string): void;
  },
): BackUps {
  const { backups, clock, activity, changes, log } = deps;
  // What happened before this run is not known, so the first look assumes a change.
  let changed = true;
  let last: Promise<unknown> = Promise.resolve();
  const drills = createDrills(deps);

  // Runs of jobs are the app's own clockwork: they alone are no reason for a backup.
  changes.subscribe(({ type }) => {
    if (type !== 'job.changed') changed = true;
  });

  /** One after the other: two at once would only slow each other down. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  async function takeNow(occasion: BackupOccasion): Promise<BackupRecord> {
    changed = false;
    try {
      const record = await backups.take(occasion);
      // Not before a restore: what is to be restored could be among them.
      if (occasion !== 'restore') await removeSpare();
      return record;
    } catch (error) {
      changed = true;
      throw error;
    }
  }

  async function removeSpare(): Promise<void> {
    for (const { id } of toRemove(await backups.list(), clock.now())) await backups.remove(id);
  }

  async function isHourOld(): Promise<boolean> {
    const now = clock.now();
    const newest = (await backups.list()).find(({ takenAt }) => takenAt <= now);
    return newest === undefined || now - newest.takenAt >= hourlyAfterMs;
  }

  return {
    drills,

    async list() {
      const items = (await backups.list()).map(viewOf);
      return { items, nextCursor: null, lastDrill: await drills.last(), folder: backups.folder };
    },

    take: (occasion) => inTurn(async () => viewOf(await takeNow(occasion))),

    takeHourly: () =>
      inTurn(async () => {
        if (changed && (await isHourOld())) await takeNow('hourly');
      }),

    takeLast: (occasion) =>
      inTurn(async () => {
        if (changed || occasion === 'restore') await takeNow(occasion);
      }).catch((error: unknown) => log.error('the last backup failed', { occasion, error: String(error) })),

    async restore(id, actor) {
      const backup = (await backups.list()).find((candidate) => candidate.id === id);
      if (backup === undefined) throw new NotFound('backup', id);
      await backups.verify(id).catch((error: unknown) => {
        throw error instanceof BackupFailed ? new Conflict('backup_unusable', error.message) : error;
      });
      const message = `The backup of ${isoOf(backup.takenAt)} is being restored. The data up to now is kept.`;
      await activity.record({ actor, kind: 'backup.restoring', level: 'warning', message });
      deps.restart(id);
    },

    noteOutcome: ({ kind, message }) =>
      activity.record({
        actor: 'app',
        kind: `backup.${kind}`,
        level: kind === 'restore_failed' ? 'error' : 'warning',
        message,
      }),
  };
}

/** A backup as the contract shows it. */
export function viewOf({ id, takenAt, occasion, bytes, verifiedAt, posts, clients }: BackupRecord): Backup {
  return { id, takenAt: isoOf(takenAt), occasion, bytes, verifiedAt: isoOf(verifiedAt), posts, clients };
}
