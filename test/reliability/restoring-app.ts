import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { type Core, createCore } from '../../main/core/core.ts';
import { type Log, type Ports, restoredKey, Secret } from '../../main/core/ports/index.ts';
import { systemDigest, systemRandom } from '../../main/host/chance.ts';
import { openBackups, type StoredBackups } from '../../main/store/backups.ts';
import { markingLastAttempt } from '../../main/store/last-attempt.ts';
import { openStore, type SqliteStore } from '../../main/store/open.ts';
import { openProvenance } from '../../main/store/provenance.ts';
import { finishReplacement } from '../../main/store/replacement.ts';
import { uncheckedKeys } from '../doubles/unchecked-keys.ts';
import { VirtualTime } from '../doubles/virtual-time.ts';
import { LedgerNetwork, type NetworkWorld } from './ledger-network.ts';

/** Where one installation of the app keeps its data. */
export interface Places {
  store: string;
  lastAttempt: string;
  backups: string;
}

export function placesIn(folder: string): Places {
  return {
    store: join(folder, 'data', 'autosocial.db'),
    lastAttempt: join(folder, 'last-attempt.json'),
    backups: join(folder, 'backups'),
  };
}

/** One run of the whole core over a data folder, as the composition root builds it. */
export interface RestoringApp {
  core: Core;
  store: SqliteStore;
  backups: StoredBackups;
  time: VirtualTime;
  pass(ms: number): Promise<void>;
  /** Ends the work as quitting does, or leaves everything as a crash does. */
  end(how: 'stop' | 'crash'): Promise<void>;
}

export interface RestoringAppOptions {
  places: Places;
  world: NetworkWorld;
  /** UTC ms at which it starts. */
  at: number;
  /** Requests that left while something said that nothing may be sent. */
  onForbiddenSend: () => void;
  /** Planted: nobody asks how old the data is. */
  isBlind: boolean;
}

export async function startRestoringApp(options: RestoringAppOptions): Promise<RestoringApp> {
  const { places, world } = options;
  const time = new VirtualTime(options.at);
  const backups = openBackups({ file: places.store, folder: places.backups, clock: time, log: silent });
  finishReplacement(places.store, time);
  const opened = await openStore({ file: places.store, clock: time, log: silent });
  const marking = markingLastAttempt(opened, places.lastAttempt, silent);
  const found = await openProvenance(marking, places, { clock: time, log: silent });
  const provenance = options.isBlind ? { ...found, isCopy: false, olderSince: null } : found;
  if (options.isBlind) await opened.settings.put(restoredKey, null, time.now());
  const store = stepping(marking, world);
  const ports = {
    clock: time,
    timers: time,
    recurrences: { every: () => ({ cancel: () => undefined, nextAt: () => null }) },
    random: systemRandom(time),
    digest: systemDigest,
    log: silent,
    secrets: { keyId: () => 'key', seal: () => 'sealed', open: () => new Secret('token') },
    store,
    backups,
    provenance,
    networks: {
      facebook: new LedgerNetwork('facebook', world),
      instagram: new LedgerNetwork('instagram', world),
      tiktok: new LedgerNetwork('tiktok', world),
    },
  } as unknown as Ports;
  const core = await createCore(ports, {
    version: '0.1.0',
    profile: 'live',
    feedUrl: null,
    builtAt: 0,
    fixedCredentials: { source: 'environment', values: {} },
    keyChecks: uncheckedKeys,
    locked: () => null,
    publicUrl: () => 'http://127.0.0.1:4680',
    isReachable: () => true,
    restart: () => undefined,
    tryAgain: () => undefined,
    keyPlace: 'environment',
    computer: 'here',
    askTime: () => Promise.resolve(true),
    halts: [() => store.halt()],
    http: () => {
      if (core.halts.first() !== null) options.onForbiddenSend();
      return Promise.resolve(new Response());
    },
  });
  await core.start();

  /** Until nothing is under way but what waits for real time. */
  async function settle(): Promise<void> {
    await core.lease.idle();
    await core.publishing.idle();
    await turn();
    await core.publishing.idle();
  }

  return {
    core,
    store,
    backups,
    time,
    pass: (ms) => time.pass(ms, settle),
    async end(how) {
      if (how === 'stop') await core.stop();
      await store.close();
    },
  };
}

/** Each commit is a step at which something may happen to the files. */
function stepping(store: SqliteStore, world: NetworkWorld): SqliteStore {
  return {
    ...store,
    transaction: async (work) => {
      const result = await store.transaction(work);
      await world.step();
      return result;
    },
  };
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
