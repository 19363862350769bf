import { basename, dirname } from 'node:path';
import { readdirSync, statSync } from 'node:fs';
import { type App, boot, type BootOptions } from '../boot.ts';
import { type RestoreOutcome, viewOf } from '../core/backups/backups.ts';
import type { SessionRecord, Timer } from '../core/ports/index.ts';
import { systemDigest, systemRandom } from '../host/chance.ts';
import { describeMachine } from '../host/machine.ts';
import { systemClock, systemTimers } from '../host/time.ts';
import { type Places, placesOf } from '../places.ts';
import { openBackups, type StoredBackups } from '../store/backups.ts';
import { lockInstance } from '../store/instance-lock.ts';
import { openStore } from '../store/open.ts';
import { StoreUnusable } from '../store/unusable.ts';
import { type Remedy, startRescue } from './rescue.ts';
import { type RunningServer, type ServerOptions, startServer } from './server.ts';

/** Why a host ends. */
export type Ending = { kind: 'quit' } | Remedy;

/** Something that serves the address: the app, or the rescue page when its data cannot be opened. */
export interface Hosting {
  port: number;
  loginLink(): string;
  /** For the terminal, below the ready line. */
  remarks: string[];
  /** Resolves when somebody asked for other data. */
  ending: Promise<Ending>;
  stop(ending: Ending): Promise<void>;
}

/** What goes on from one host to the next in the same process. */
export interface Handover {
  /** The address stays, also where any free port was taken. */
  port: number;
  /** Of log-ins that were made while there was no store to keep them. */
  sessions: SessionRecord[];
  /** What became of the remedy; null at the first start. */
  outcome: RestoreOutcome | null;
}

export type HostingOptions = Omit<BootOptions, 'restart'> & Omit<ServerOptions, 'uploads'>;

/** The answer to whoever asked for other data goes out before the server stops. */
const answerMs = 150;
const lookAgainMs = 30_000;

/**
 * Starts the app and its server; when the data cannot be opened, the rescue page in their place.
 * @throws whatever else keeps the app from starting
 */
export async function startHosting(options: HostingOptions, handover: Handover): Promise<Hosting> {
  const { promise: ending, resolve } = Promise.withResolvers<Ending>();
  const end = (why: Ending): void => void setTimeout(() => resolve(why), answerMs);
  const served = { ...options, port: handover.port };
  let app: App;
  try {
    // 1. Data, key, networks, sandbox, core.
    app = await boot({ ...options, restart: (backupId) => end({ kind: 'restore', backupId }) });
  } catch (error) {
    if (error instanceof StoreUnusable) return { ...(await rescue(error, served, handover, end)), ending };
    throw error;
  }
  await carryOver(app, handover);
  // 2. The doors.
  const { uploads } = placesOf(options.dataDir, options.profile);
  const server = await startServer(app.core, app.ports, { ...served, uploads });
  app.setOrigin(options.publicUrl ?? server.url);
  // 3. Work.
  await app.start();
  const locked = app.locked();
  return {
    port: server.port,
    loginLink: server.loginLink,
    remarks: locked === null ? [] : [`Locked: ${locked}`],
    ending,
    stop: async ({ kind }) => {
      await server.close();
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

async function carryOver({ core, ports }: App, { sessions, outcome }: Handover): Promise<void> {
  const { connections } = ports.store;
  for (const session of sessions) {
    if ((await connections.sessionByHash(session.tokenHash)) === undefined) await connections.insertSession(session);
  }
  if (outcome !== null) await core.backUps.noteOutcome(outcome);
}

async function rescue(
  problem: StoreUnusable,
  options: HostingOptions,
  { sessions, outcome }: Handover,
  end: (remedy: Remedy) => void,
): Promise<Omit<Hosting, 'ending'>> {
  const places = placesOf(options.dataDir, options.profile);
  options.log.error('the data cannot be opened', { code: problem.name });
  const unlock = lockWherePossible(places.instanceLock);
  const backups = backupsAt(places, options);
  const clock = systemClock;
  const server: RunningServer = await startRescue(
    { clock, random: systemRandom(clock), digest: systemDigest, log: options.log },
    {
      ...options,
      problem,
      failure: outcome?.kind === 'restore_failed' ? outcome.message : null,
      backups,
      diagnose: () => diagnoseClosed(problem, options, places, backups),
      sessions,
      onRemedy: end,
    },
  );
  const looking = problem.mayPass ? lookAgain(options, places, () => end({ kind: 'try_again' })) : null;
  return {
    port: server.port,
    loginLink: server.loginLink,
    remarks: [`The data cannot be opened: ${problem.message}`, 'Open the link above to see what can be done.'],
    stop: async () => {
      looking?.cancel();
      await server.close();
      unlock();
    },
  };
}

/** A disk that was full or held by another program may be free again: then nobody need press a button. */
function lookAgain({ log }: HostingOptions, places: Places, onGood: () => void): Timer {
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
    const store = await openStore({ file: places.store, clock: systemClock, log });
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
  const folder = dirname(places.store);
  return {
    takenAt: new Date(systemClock.now()).toISOString(),
    version,
    profile,
    state: 'rescue',
    problem: { kind: problem.name, message: problem.message.replaceAll(problem.file, basename(problem.file)) },
    machine: await describeMachine(places.folder),
    files: readdirSync(folder).map((name) => ({ name, bytes: statSync(`${folder}/${name}`).size })),
    backups: { items: (await backups.list()).map(viewOf) },
    log: log.recent(),
  };
}
