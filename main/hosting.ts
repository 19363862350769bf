import { readdirSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { type App, boot, type BootOptions } from './boot.ts';
import { type RestoreOutcome, viewOf } from './core/backups/backups.ts';
import type { Timer } from './core/ports/index.ts';
import { describeMachine } from './host/machine.ts';
import { systemClock, systemTimers } from './host/time.ts';
import { type Places, placesOf } from './places.ts';
import { openBackups, type StoredBackups } from './store/backups.ts';
import { lockInstance } from './store/instance-lock.ts';
import { openStore } from './store/open.ts';
import { StoreUnusable } from './store/unusable.ts';

/** What a person can do about data that cannot be opened. */
export type Remedy = { kind: 'restore'; backupId: string } | { kind: 'salvage' } | { kind: 'try_again' };

/** Why a host ends. */
export type Ending = { kind: 'quit' } | Remedy;

/** How people reach the app, or the rescue pages in its place. */
export interface Door {
  /** Origin that browsers and networks reach the host at, without a trailing slash. */
  origin: string;
  close(): Promise<void>;
}

/** Data that cannot be opened, and everything that helps. */
export interface Distress {
  /** Why the store cannot be used. */
  problem: StoreUnusable;
  /** Why the last remedy did not help; null when none was tried. */
  failure: string | null;
  backups: StoredBackups;
  /** What helps to find the fault, without secrets. */
  diagnose(): Promise<object>;
  /** To be called once the answer to the person is on its way. */
  onRemedy(remedy: Remedy): void;
}

/** The two things a host can show people. It opens one of them at a time. */
export interface Doors<D extends Door> {
  /** To the app, which does not work yet. */
  open(app: App): Promise<D>;
  /** To one page instead of the app: what is wrong with the data, and what can be done. Nothing else runs. */
  rescue(distress: Distress): Promise<D>;
}

/** The app, or the rescue pages when its data cannot be opened. */
export interface Hosting<D extends Door> {
  door: D;
  /** Null in rescue. */
  app: App | null;
  /** For a person, below the ready line. */
  remarks: string[];
  /** Resolves when somebody asked for other data. */
  ending: Promise<Ending>;
  stop(ending: Ending): Promise<void>;
}

export type HostingOptions = Omit<BootOptions, 'restart' | 'tryAgain'>;

/** The answer to whoever asked for other data goes out before the host stops. */
const answerMs = 150;
const lookAgainMs = 30_000;

/**
 * Starts the app and opens it to people; when the data cannot be opened, the rescue pages in its place.
 * @param outcome what became of the last remedy; null at the first start
 * @throws whatever else keeps the app from starting
 */
export async function startHosting<D extends Door>(
  options: HostingOptions,
  outcome: RestoreOutcome | null,
  doors: Doors<D>,
): Promise<Hosting<D>> {
  const { promise: ending, resolve } = Promise.withResolvers<Ending>();
  const end = (why: Ending): void => void setTimeout(() => resolve(why), answerMs);
  let app: App;
  try {
    // 1. Data, key, networks, sandbox, core.
    app = await boot({
      ...options,
      restart: (backupId) => end({ kind: 'restore', backupId }),
      tryAgain: () => end({ kind: 'try_again' }),
    });
  } catch (error) {
    if (error instanceof StoreUnusable) return { ...(await rescue(error, options, outcome, doors, end)), ending };
    throw error;
  }
  if (outcome !== null) await app.core.backUps.noteOutcome(outcome);
  // 2. The doors.
  const door = await doors.open(app);
  app.setOrigin(door.origin);
  // 3. Work.
  await app.start();
  const locked = app.locked();
  return {
    door,
    app,
    remarks: locked === null ? [] : [`Locked: ${locked}`],
    ending,
    stop: async ({ kind }) => {
      await door.close();
      await app.stop(kind === 'quit' ? 'quit' : 'restore');
    },
  };
}

/**
 * Gets other data ready to take the place of the present; the next host starts with it. Nothing may be running.
 * @returns what to tell about it; null when there is nothing to tell. Never rejects.
 */
export async function applyRemedy(options: HostingOptions, remedy: Remedy): Promise<RestoreOutcome | null> {
  if (remedy.kind === 'try_again') return null;
  const places = placesOf(options.dataDir, options.profile);
  try {
    const unlock = lockInstance(places.instanceLock);
    try {
      return await prepare(backupsAt(places, options), remedy);
    } finally {
      unlock();
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    options.log.error('the data could not be replaced', { kind: remedy.kind, error: message });
    return { kind: 'restore_failed', message };
  }
}

async function prepare(
  backups: StoredBackups,
  remedy: Exclude<Remedy, { kind: 'try_again' }>,
): Promise<RestoreOutcome> {
  if (remedy.kind === 'restore') {
    const { takenAt } = await backups.prepareRestore(remedy.backupId);
    const message = `The backup of ${new Date(takenAt).toISOString()} was restored. What it replaced is kept beside it.`;
    return { kind: 'restored', message };
  }
  const { saved, lost } = await backups.prepareSalvage();
  const message = `${saved} rows were saved from the damaged data; ${lost} are known to be lost. The damaged file is kept.`;
  return { kind: 'salvaged', message };
}

async function rescue<D extends Door>(
  problem: StoreUnusable,
  options: HostingOptions,
  outcome: RestoreOutcome | null,
  doors: Doors<D>,
  end: (remedy: Remedy) => void,
): Promise<Omit<Hosting<D>, 'ending'>> {
  const places = placesOf(options.dataDir, options.profile);
  options.log.error('the data cannot be opened', { code: problem.name });
  const unlock = lockWherePossible(places.instanceLock);
  const backups = backupsAt(places, options);
  const door = await doors.rescue({
    problem,
    failure: outcome?.kind === 'restore_failed' ? outcome.message : null,
    backups,
    diagnose: () => diagnoseClosed(problem, options, places, backups),
    onRemedy: end,
  });
  const looking = problem.mayPass ? lookAgain(options, places, backups, () => end({ kind: 'try_again' })) : null;
  return {
    door,
    app: null,
    remarks: [`The data cannot be opened: ${problem.message}`],
    stop: async () => {
      looking?.cancel();
      await door.close();
      unlock();
    },
  };
}

/** A disk that was full or held by another program may be free again: then nobody need press a button. */
function lookAgain({ log }: HostingOptions, places: Places, backups: StoredBackups, onGood: () => void): Timer {
  let timer: Timer | null = null;
  const later = (): void => {
    timer = systemTimers.after(lookAgainMs, () => {
      look().then(onGood, (error: unknown) => {
        if (!(error instanceof StoreUnusable)) log.warn('looking at the data again failed', { error: String(error) });
        if (timer !== null) later();
      });
    });
  };
  async function look(): Promise<void> {
    const beforeMigration = (): Promise<unknown> => backups.take('update');
    const store = await openStore({ file: places.store, clock: systemClock, log, beforeMigration });
    await store.close();
  }
  later();
  return {
    cancel: () => {
      timer?.cancel();
      timer = null;
    },
  };
}

/** Keeps other runs away from the data meanwhile. Where not even the lock can be written, none gets further. */
function lockWherePossible(file: string): () => void {
  try {
    return lockInstance(file);
  } catch (error) {
    if (error instanceof StoreUnusable) return () => undefined;
    throw error;
  }
}

function backupsAt(places: Places, { log }: HostingOptions): StoredBackups {
  return openBackups({ file: places.store, folder: places.backups, clock: systemClock, log });
}

/** As far as it can be told without a store; with nothing secret, like the app's own. */
async function diagnoseClosed(
  problem: StoreUnusable,
  { version, profile, log }: HostingOptions,
  places: Places,
  backups: StoredBackups,
): Promise<object> {
  return {
    takenAt: new Date(systemClock.now()).toISOString(),
    version,
    profile,
    state: 'rescue',
    problem: { kind: problem.name, message: problem.message.replaceAll(places.folder + sep, '') },
    machine: await describeMachine(places.folder),
    files: filesIn(dirname(places.store)),
    backups: { items: (await backups.list().catch(() => [])).map(viewOf) },
    log: log.recent(),
  };
}

/** None when the folder is what cannot be read. */
function filesIn(folder: string): { name: string; bytes: number | null }[] {
  try {
    const bytesOf = (name: string): number | null =>
      statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? null;
    return readdirSync(folder).map((name) => ({ name, bytes: bytesOf(name) }));
  } catch {
    // What is the matter with it stands in the problem.
    return [];
  }
}
