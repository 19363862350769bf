import { phrase } from '../shared/domain/phrase.ts';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAiKeyChecks } from './ai/check-keys.ts';
import { createGroq } from './ai/groq.ts';
import { createReplicate } from './ai/replicate.ts';
import type { Halt } from './core/control/halts.ts';
import { type Core, createCore, type DesktopPreferences } from './core/core.ts';
import type { Log, Machine, Ports } from './core/ports/index.ts';
import { checkCanary } from './core/secrets-canary.ts';
import type { FixedCredentials } from './core/settings/credentials.ts';
import { systemDigest, systemRandom } from './host/chance.ts';
import { diskOf } from './host/disk.ts';
import { computerName, describeMachine } from './host/machine.ts';
import type { RecentLog } from './host/recent-log.ts';
import { stopFile } from './host/stop-file.ts';
import { scheduledRecurrences, systemClock, systemTimers } from './host/time.ts';
import { createMediaFiles } from './media/files.ts';
import { type Places, placesOf } from './places.ts';
import {
  askTime,
  countingCalls,
  createHandouts,
  createPlatforms,
  fetchHttp,
  type Handouts,
  type Endpoints as NetworkEndpoints,
  tellingTime,
} from './platforms/index.ts';
import { createReports } from './reports/reports.ts';
import type { Sandbox } from './sandbox/index.ts';
import { keytarKeychain } from './secrets/keytar.ts';
import { openVault, type VaultOptions } from './secrets/vault.ts';
import { openBackups, type StoredBackups } from './store/backups.ts';
import { lockInstance } from './store/instance-lock.ts';
import { markingLastAttempt } from './store/last-attempt.ts';
import { openStore, type SqliteStore } from './store/open.ts';
import { openProvenance } from './store/provenance.ts';
import { finishReplacement } from './store/replacement.ts';
import { StoreMissing, StoreUnusable } from './store/unusable.ts';

/** Origins of the services; each stands for scheme, host and port only. */
export interface Endpoints extends NetworkEndpoints {
  groq: string;
  replicate: string;
  /** Null: files are fetched from replicate.delivery itself. */
  replicateDelivery: string | null;
}

export interface BootOptions {
  profile: 'sandbox' | 'live';
  /** Everything the app keeps lies below it, one folder a profile. */
  dataDir: string;
  version: string;
  /** UTC ms. */
  builtAt: number;
  log: RecentLog;
  /** 32 bytes in base64; null: the app keeps a key of its own. */
  masterKey: string | null;
  /** Where a key of the app's own belongs. */
  keyHome: VaultOptions['home'];
  /** From the environment; used in the live profile only. */
  credentials: FixedCredentials['values'];
  endpoints: Endpoints;
  /** Folder with the sandbox's clips. */
  videoAssets: string;
  /** Asks the host to stop and to start anew from a backup; returns before it does. */
  restart(backupId: string): void;
  /** Asks the host to stop and to start anew, because what keeps the app locked may have passed. */
  tryAgain(): void;
  /** How the desktop app behaves on this computer; left out on the server host. */
  desktop?: DesktopPreferences;
}

export interface App {
  core: Core;
  ports: Ports;
  /** Files that a network fetches from a door of the host that is open to the internet. */
  handouts: Handouts;
  locked(): string | null;
  /** Origins on this computer that pages may lead to: the sandbox's networks and its feed. */
  localOrigins: readonly string[];
  /**
   * Writes the key that opens the data into a file of a person's choice, for its owner alone.
   * @throws {KeyLocked} while there is none
   */
  saveKey(file: string): void;
  /** Where browsers reach the host, without a trailing slash. To be told before {@link start}. */
  setOrigin(origin: string): void;
  start(): Promise<void>;
  /** Ends the work, takes a last backup, and closes the store. */
  stop(occasion: 'quit' | 'restore'): Promise<void>;
}

/** Builds the whole app for a host, in order. Nothing is sent before {@link App.start}. */
export async function boot(options: BootOptions): Promise<App> {
  const { log, profile, version, builtAt } = options;
  const places = placesOf(options.dataDir, profile);
  const clock = systemClock;
  const random = systemRandom(clock);
  let origin = '';

  // 1. The store, for this process alone.
  const unlockInstance = lockInstance(places.instanceLock);
  const backups = openBackups({ file: places.store, folder: places.backups, clock, log });
  const store = await openStoreAt(places, backups, log).catch((error: unknown) => {
    unlockInstance();
    throw error;
  });
  const provenance = await openProvenance(store, places, { clock, log }).catch(async (error: unknown) => {
    await store.close();
    unlockInstance();
    throw error;
  });

  // 2. The key, and whether it is the one the stored secrets were sealed with.
  const vault = await openVault({
    given: options.masterKey,
    keyFile: places.keyFile,
    sealedKeyFile: places.sealedKeyFile,
    keychain: keytarKeychain(),
    home: options.keyHome,
    log,
  });
  const { secrets } = vault;
  const locked = vault.locked ?? (await checkCanary(store, secrets, clock)).locked;
  const keyPlace = locked === null ? await vault.settle() : vault.keptIn;

  // 3. The services: the real ones, or the sandbox's and no other.
  const sandbox = profile === 'sandbox' ? await openSandbox(places, options) : null;
  const endpoints = sandbox?.endpoints ?? options.endpoints;
  const credentials: FixedCredentials =
    sandbox === null
      ? { source: 'environment', values: options.credentials }
      : { source: 'sandbox', values: sandbox.credentials };

  // 4. The adapters. They ask for keys and settings at each use; by then there is a core.
  const service = {
    clock,
    random,
    log,
    wait: (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }),
  };
  const counted = countingCalls(fetchHttp, endpoints, (call) => core.noteCall(call));
  const http = tellingTime(counted, clock, (reading) => core.noteTime(reading));
  const isNetworkNear = isLoopback(endpoints.instagramGraph);
  const handouts = createHandouts({ clock, random, origin: () => origin, isNetworkNear });
  const { networks, appChecks } = createPlatforms({
    ...service,
    http,
    endpoints,
    credentials: async () => ({
      meta: (await core.credentials.secretsOf('meta')) ?? undefined,
      instagram: (await core.credentials.secretsOf('instagram')) ?? undefined,
      tiktok: (await core.credentials.secretsOf('tiktok')) ?? undefined,
    }),
    facebookTwoPhase: async () => (await core.settings.get()).facebookTwoPhase,
    handouts,
  });
  const ports: Ports = {
    clock,
    timers: systemTimers,
    recurrences: scheduledRecurrences,
    random,
    digest: systemDigest,
    log,
    secrets,
    files: createMediaFiles({ dir: places.media }),
    store,
    backups,
    machine: machineOf(places, store, log),
    provenance,
    networks,
    text: createGroq({
      ...service,
      baseUrl: endpoints.groq,
      apiKey: async () => (await core.credentials.secretsOf('groq'))?.apiKey ?? null,
    }),
    reports: createReports(),
    mediaGenerator: createReplicate({
      ...service,
      baseUrl: endpoints.replicate,
      deliveryBaseUrl: endpoints.replicateDelivery,
      apiKey: async () => (await core.credentials.secretsOf('replicate'))?.apiToken ?? null,
    }),
  };

  // 5. The product.
  const core: Core = await createCore(ports, {
    version,
    profile,
    feedUrl: sandbox?.feedUrl ?? null,
    builtAt,
    fixedCredentials: credentials,
    keyChecks: { ...appChecks, ...createAiKeyChecks(endpoints) },
    locked: () => locked,
    publicUrl: () => origin,
    isReachable: () => handouts.isReachable(),
    restart: options.restart,
    tryAgain: options.tryAgain,
    desktop: options.desktop,
    keyPlace,
    computer: computerName(),
    halts: [stopHalt(places), () => store.halt()],
    http,
    askTime: () => askTime(http, endpoints),
  });

  return {
    core,
    ports,
    handouts,
    locked: () => locked,
    localOrigins: [...Object.values(endpoints), sandbox?.feedUrl].filter(isLoopback).map((url) => new URL(url).origin),

    saveKey: (file) => vault.saveCopy(file),

    setOrigin(known) {
      origin = known;
      sandbox?.setRedirectOrigin(known);
    },

    async start() {
      await core.start();
      if (sandbox === null) return;
      const { seedSampleAgency } = await import('./sandbox/sample-agency.ts');
      seedSampleAgency(core, sandbox).catch((error: unknown) => {
        log.error('the sample agency could not be set up', { error: String(error) });
      });
    },

    async stop(occasion) {
      await core.stop();
      await core.backUps.takeLast(occasion);
      await sandbox?.close();
      await store.close();
      unlockInstance();
    },
  };
}

function isLoopback(url: string | null | undefined): url is string {
  return url != null && new URL(url).hostname === '127.0.0.1';
}

/** What was to take the store's place does so before anything is read. */
async function openStoreAt(places: Places, backups: StoredBackups, log: Log): Promise<SqliteStore> {
  const setAside = finishReplacement(places.store, systemClock);
  if (setAside !== null) log.warn('the data was replaced; what was there is kept', { setAside });
  // A store that was lost must not be taken for a first start, however little is left of its own folder.
  if (!existsSync(places.store) && (await mayHoldBackups(backups)))
    throw new StoreMissing(places.store, places.backups);
  const beforeMigration = (): Promise<unknown> =>
    backups.take('update').catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      const message = phrase`Data is backed up before a new version changes it, and that failed. Nothing was changed. ${reason}`;
      throw new StoreUnusable(places.store, message, { cause: error });
    });
  const disk = diskOf(places.folder, systemClock);
  const store = await openStore({ file: places.store, clock: systemClock, log, disk, beforeMigration });
  return markingLastAttempt(store, places.lastAttempt, log);
}

/** Also when their folder cannot be read. */
function mayHoldBackups(backups: StoredBackups): Promise<boolean> {
  return backups.list().then(
    ({ length }) => length > 0,
    () => true,
  );
}

/** Works when everything else hangs: it is asked at the last moment before something is sent. */
function stopHalt({ stopFolders }: Places): () => Halt | null {
  const reason = stopFile(stopFolders);
  return () => {
    const message = reason();
    return message === null ? null : { code: 'stop_file', message };
  };
}

function machineOf(places: Places, store: SqliteStore, log: RecentLog): Machine {
  return {
    describe: () => describeMachine(places.folder),
    describeStore: () => store.describe(),
    recentLog: () => log.recent(),
  };
}

/** Loaded in the sandbox profile only: a live one has no use for the simulators and their memory. */
async function openSandbox(places: Places, { videoAssets }: BootOptions): Promise<Sandbox> {
  const { startSandbox } = await import('./sandbox/index.ts');
  return startSandbox({ now: systemClock.now, dir: places.simulators, videoAssets });
}
