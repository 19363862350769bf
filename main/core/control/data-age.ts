import { phrase } from '../../../shared/domain/phrase.ts';
import { z } from 'zod';
import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import { isoOf } from '../instants.ts';
import {
  type AttemptRecord,
  type Clock,
  type Log,
  type Provenance,
  type RestoredMark,
  restoredKey,
  type Store,
} from '../ports/index.ts';
import type { Halt } from './halts.ts';

/*
 * Data can be older than what was sent on the strength of it: a backup was put back, files were swapped, the folder
 * was copied. Such a store believes that posts are still due which are live. Nothing is sent before that is settled.
 */

/** When the data was last settled, `{ at }`; UTC ms. */
const settledKey = 'store.settled';

export interface DataAge {
  /** Why nothing is sent now, or null. */
  halt(): Halt | null;
  isCopy(): boolean;
  /** What is to be settled now; null when the data is as new as can be, and while it is a copy that nobody took over. */
  unsettled(): RestoredMark | null;
  /** Attempts that older data tells of may have gone on after it was written: they are never repeated on their own. */
  isDoubtful(attempt: Pick<AttemptRecord, 'createdAt'>): boolean;
  /** See {@link Provenance.sentSince}. */
  sentSince(since: number): ReadonlySet<string> | null;
  /** Every post that may be live is looked up or held: what stood in the way of sending is over. */
  settled(): Promise<void>;
  /** A person says that this copy goes on. Does nothing when it is none. */
  takeOver(actor: string): Promise<void>;
}

interface Deps {
  store: Store;
  clock: Clock;
  log: Log;
  activity: Activity;
  changes: Changes;
  provenance: Provenance;
  /** When this store was last seen at work, UTC ms; 0 when never. */
  lastSeenAt: number;
}

/** Finds out how the data came here. What it finds is in force from then on, also when it cannot be written down. */
export async function openDataAge(deps: Deps): Promise<DataAge> {
  const { store, clock, provenance, changes } = deps;
  let isCopy = provenance.isCopy;
  let settledAt = settledSchema.safeParse(await store.settings.get(settledKey)).data?.at ?? 0;
  let mark = await findMark(deps);

  async function keep(next: RestoredMark): Promise<void> {
    await store.settings.put(restoredKey, next, clock.now());
    mark = next;
  }

  return {
    isCopy: () => isCopy,
    sentSince: (since) => provenance.sentSince(since),
    unsettled: () => (isCopy ? null : mark),
    isDoubtful: ({ createdAt }) => isCopy || mark !== null || createdAt <= settledAt,

    halt() {
      if (isCopy) return { code: 'copied', message: copyMessage };
      return mark === null ? null : { code: 'restored', message: `${originOf(mark)} ${lookingUp}` };
    },

    async settled() {
      if (isCopy || mark === null) return;
      // First: without the mark, older data must not be found to be older once more.
      await provenance.settle();
      const at = clock.now();
      await store.transaction(async ({ settings }) => {
        await settings.put(settledKey, { at }, at);
        await settings.put(restoredKey, null, at);
      });
      settledAt = at;
      mark = null;
      changes.tell('control.changed');
    },

    async takeOver(actor) {
      if (!isCopy) return;
      // The other one may have been at work until this moment.
      const known = mark ?? { backupTakenAt: deps.lastSeenAt, from: 'copy' };
      await keep({ ...known, restoredAt: clock.now() });
      await provenance.settle();
      isCopy = false;
      await deps.activity.record({
        actor,
        kind: 'store.taken_over',
        level: 'warning',
        message: 'This copy of the data folder goes on. What was due since it was made is looked up first.',
      });
      changes.tell('control.changed');
    },
  };
}

/** The mark that a restore or an earlier start left; without one, what this start finds for itself. */
async function findMark(deps: Deps): Promise<RestoredMark | null> {
  const { store, clock, log, provenance } = deps;
  const known = markSchema.nullish().safeParse(await store.settings.get(restoredKey));
  // An unreadable mark is a mark all the same.
  const left = known.success ? (known.data ?? null) : { backupTakenAt: 0, restoredAt: clock.now(), from: 'unreadable' };
  if (left !== null) return left;
  const found = foundNow(deps);
  if (found === null) return null;
  log.warn('the data is older than what was sent, or a copy', { from: found.from, isCopy: provenance.isCopy });
  // Written down at once: the time at which a copy was last seen at work moves on while it is one.
  await store.settings.put(restoredKey, found, clock.now()).catch((error: unknown) => {
    log.error('the age of the data could not be written down', { error: String(error) });
  });
  return found;
}

function foundNow({ provenance, clock, lastSeenAt }: Deps): RestoredMark | null {
  const restoredAt = clock.now();
  if (provenance.isCopy) return { backupTakenAt: lastSeenAt, restoredAt, from: 'copy' };
  if (provenance.olderSince !== null) return { backupTakenAt: provenance.olderSince, restoredAt, from: 'older' };
  return null;
}

const markSchema: z.ZodType<RestoredMark> = z.object({
  backupTakenAt: z.number(),
  restoredAt: z.number(),
  from: z.string(),
});
const settledSchema = z.object({ at: z.number() });

const lookingUp =
  'Every post that was due since then is being looked up on its account. Nothing is sent before that is done.';

const copyMessage =
  'This data folder is a copy of another one, or was moved to another disk. Nothing is sent, so that no post goes out twice. If this app is the one that goes on, say so here; if not, close it and work with the other one.';

/** How the data came to be older, and how old it is, for a person. */
function originOf({ from, backupTakenAt }: RestoredMark): string {
  const time = backupTakenAt === 0 ? phrase`an unknown time` : isoOf(backupTakenAt);
  switch (from) {
    case 'copy':
      return `This data folder is a copy, made about ${time}.`;
    case 'older':
      return `This data is from ${time}, but more was published since: an older file was put here, or one was removed.`;
    case 'salvage':
    case 'unreadable':
      return 'This data was saved from a damaged file; how old its parts are cannot be told.';
    default:
      return `This data comes from the backup of ${time}.`;
  }
}
