import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGroq } from './ai/groq.ts';
import { createReplicate } from './ai/replicate.ts';
import { type Core, createCore } from './core/core.ts';
import type { Log, Ports } from './core/ports/index.ts';
import { checkCanary } from './core/secrets-canary.ts';
import type { FixedCredentials } from './core/settings/credentials.ts';
import { systemDigest, systemRandom } from './host/chance.ts';
import { scheduledRecurrences, systemClock, systemTimers } from './host/time.ts';
import { createMediaFiles } from './media/files.ts';
import { createNetworks, fetchHttp, type Endpoints as NetworkEndpoints } from './platforms/index.ts';
import type { Sandbox } from './sandbox/index.ts';
import { openEnvironmentSecrets } from './secrets/environment.ts';
import { readOrCreateKeyFile } from './secrets/key-file.ts';
import { lockInstance } from './store/instance-lock.ts';
import { openStore } from './store/open.ts';

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
  log: Log;
  /** 32 bytes in base64; null: a key file is made beside the data. */
  masterKey: string | null;
  /** From the environment; used in the live profile only. */
  credentials: FixedCredentials['values'];
  endpoints: Endpoints;
  /** Folder with the sandbox's clips. */
  videoAssets: string;
}

export interface App {
  core: Core;
  ports: Ports;
  locked(): string | null;
  /** Where browsers reach the host, without a trailing slash. To be told before {@link start}. */
  setOrigin(origin: string): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Builds the whole app for a host, in order. Nothing is sent before {@link App.start}. */
export async function boot(options: BootOptions): Promise<App> {
  const { log, profile, version, builtAt } = options;
  const folder = join(options.dataDir, profile);
  const clock = systemClock;
  const random = systemRandom(clock);
  let origin = '';

  // 1. The store, for this process alone.
  const unlockInstance = lockInstance(join(folder, 'running.lock'));
  const store = await openStore({ file: join(folder, 'data', 'autosocial.db'), clock, log });

  // 2. The key, and whether it is the one the stored secrets were sealed with.
  const masterKeyBase64 = options.masterKey ?? readOrCreateKeyFile(join(folder, 'keys', 'master.key')).masterKeyBase64;
  const secrets = openEnvironmentSecrets({ masterKeyBase64 });
  const { locked } = await checkCanary(store, secrets, clock);

  // 3. The services: the real ones, or the sandbox's and no other.
  const sandbox = profile === 'sandbox' ? await openSandbox(folder, options) : null;
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
  const ports: Ports = {
    clock,
    timers: systemTimers,
    recurrences: scheduledRecurrences,
    random,
    digest: systemDigest,
    log,
    secrets,
    files: createMediaFiles({ dir: join(folder, 'media') }),
    store,
    networks: createNetworks({
      ...service,
      endpoints,
      credentials: async () => ({
        meta: (await core.credentials.secretsOf('meta')) ?? undefined,
        tiktok: (await core.credentials.secretsOf('tiktok')) ?? undefined,
      }),
      facebookTwoPhase: async () => (await core.settings.get()).facebookTwoPhase,
    }),
    text: createGroq({
      ...service,
      baseUrl: endpoints.groq,
      apiKey: async () => (await core.credentials.secretsOf('groq'))?.apiKey ?? null,
    }),
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
    locked: () => locked,
    publicUrl: () => origin,
    http: fetchHttp,
  });

  return {
    core,
    ports,
    locked: () => locked,

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

    async stop() {
      await core.stop();
      await sandbox?.close();
      await store.close();
      unlockInstance();
    },
  };
}

/** Loaded in the sandbox profile only: a live one has no use for the simulators and their memory. */
async function openSandbox(folder: string, { videoAssets }: BootOptions): Promise<Sandbox> {
  const { startSandbox } = await import('./sandbox/index.ts');
  return startSandbox({ now: systemClock.now, dir: join(folder, 'simulators'), videoAssets });
}
