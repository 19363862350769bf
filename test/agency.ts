import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { onTestFinished } from 'vitest';
import type { CredentialInput } from '../shared/contract/admin.ts';
import type { Provider } from '../shared/domain/platform.ts';
import { createRouter } from '../main/core/api/router.ts';
import type { ConnectResult } from '../main/core/accounts/connect.ts';
import { type Core, type CoreOptions, createCore } from '../main/core/core.ts';
import {
  AiFailure,
  type FoundAccount,
  type KeyChecks,
  type Log,
  type MediaGenerator,
  type Networks,
  type Ports,
  type Provenance,
  Secret,
  type TextGenerator,
} from '../main/core/ports/index.ts';
import { systemDigest, systemRandom } from '../main/host/chance.ts';
import { describeMachine } from '../main/host/machine.ts';
import { rememberingLog } from '../main/host/recent-log.ts';
import { createMediaFiles } from '../main/media/files.ts';
import { createReports } from '../main/reports/reports.ts';
import { openEnvironmentSecrets } from '../main/secrets/environment.ts';
import { openBackups } from '../main/store/backups.ts';
import { type SqliteStore, openStore } from '../main/store/open.ts';
import { TestNetwork } from './doubles/test-network.ts';
import { uncheckedKeys } from './doubles/unchecked-keys.ts';
import { VirtualTime } from './doubles/virtual-time.ts';

export const noon = Date.UTC(2026, 10, 24, 12);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The whole core over a real store in a folder of its own, with clock, networks and AI in the test's hand. */
export interface Agency {
  core: Core;
  store: SqliteStore;
  ports: Ports;
  time: VirtualTime;
  facebook: TestNetwork;
  instagram: TestNetwork;
  tiktok: TestNetwork;
  /** Everything that was logged, as JSON. */
  logged: string[];
  /** Why the app is locked; null when it is not. */
  lock: { reason: string | null };
  /** Backups that the host was asked to start from. */
  restarts: string[];
  /** Calls the contract as a host would, in the name of `mia`. */
  api: ReturnType<typeof clientOf>;
}

export interface AgencyOptions {
  provenance?: Partial<Provenance>;
  networks?: Networks;
  profile?: 'sandbox' | 'live';
  fixed?: Partial<Record<Provider, CredentialInput>>;
  time?: VirtualTime;
  keyChecks?: KeyChecks;
  /** What stops all sending besides what the core itself knows of. */
  halts?: CoreOptions['halts'];
  /** Sends the calls that make something public; left out: they are answered at once. */
  http?: CoreOptions['http'];
  /** Left out: the networks can be reached and do not tell the time. */
  askTime?: CoreOptions['askTime'];
  /** Left out: no AI can be reached. */
  text?: TextGenerator;
}

export async function startAgency(options: AgencyOptions = {}): Promise<Agency> {
  const folder = mkdtempSync(join(tmpdir(), 'autosocial-agency-'));
  const time = options.time ?? new VirtualTime(noon);
  const logged: string[] = [];
  const log = rememberingLog(keepingLog(logged), () => time.now());
  const file = join(folder, 'autosocial.db');
  const store = await openStore({ file, clock: time, log });
  const [facebook, instagram, tiktok] = [
    new TestNetwork('facebook'),
    new TestNetwork('instagram'),
    new TestNetwork('tiktok'),
  ];
  const ports: Ports = {
    clock: time,
    timers: time,
    recurrences: { every: () => ({ cancel: () => undefined, nextAt: () => null }) },
    random: systemRandom(time),
    digest: systemDigest,
    log,
    secrets: openEnvironmentSecrets({ masterKeyBase64: Buffer.alloc(32, 7).toString('base64') }),
    files: createMediaFiles({ dir: join(folder, 'media') }),
    store,
    backups: openBackups({ file, folder: join(folder, 'backups'), clock: time, log }),
    machine: {
      describe: () => describeMachine(folder),
      describeStore: () => store.describe(),
      recentLog: () => log.recent(),
    },
    provenance: { ...knownProvenance, ...options.provenance },
    networks: options.networks ?? { facebook, instagram, tiktok, creatorInfo: () => tiktok.creatorInfo() },
    text: options.text ?? unreachable,
    mediaGenerator: unreachable,
    reports: createReports(),
  };
  const lock: Agency['lock'] = { reason: null };
  const restarts: string[] = [];
  const core = await createCore(ports, {
    version: '0.1.0',
    profile: options.profile ?? 'live',
    feedUrl: null,
    builtAt: 0,
    fixedCredentials: {
      source: options.profile === 'sandbox' ? 'sandbox' : 'environment',
      values: options.fixed ?? {},
    },
    keyChecks: options.keyChecks ?? uncheckedKeys,
    locked: () => lock.reason,
    publicUrl: () => 'http://127.0.0.1:4680',
    restart: (backupId) => restarts.push(backupId),
    tryAgain: () => undefined,
    keyPlace: 'environment',
    computer: 'here',
    askTime: options.askTime ?? (() => Promise.resolve(true)),
    halts: [() => store.halt(), ...(options.halts ?? [])],
    http: options.http ?? (() => Promise.resolve(new Response())),
  });
  await core.killSwitch.load();
  await core.lease.start();
  onTestFinished(async () => {
    await core.stop();
    await store.close();
    rmSync(folder, { recursive: true });
  });
  return { core, store, ports, time, facebook, instagram, tiktok, logged, lock, restarts, api: clientOf(core) };
}

/** Data that nothing is to be doubted about. */
const knownProvenance: Provenance = {
  isCopy: false,
  olderSince: null,
  sentSince: () => new Set(),
  settle: () => Promise.resolve(),
};

function clientOf(core: Core) {
  return createRouterClient(createRouter(core), { context: { actor: 'mia' } });
}

/** Lets time pass while something is under way that does not end by itself. */
export async function passWithoutWaiting({ time }: Agency, ms: number): Promise<void> {
  for (let second = 0; second < ms / 1_000; second += 1) {
    await time.pass(1_000, () => new Promise(setImmediate));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

export function found(change: Partial<FoundAccount> = {}): FoundAccount {
  return {
    platform: 'facebook',
    remoteId: 'page-1',
    displayName: 'Café Uno',
    username: 'cafeuno',
    pageId: null,
    loginId: 'ana',
    accessToken: new Secret('token-of-page-1'),
    refreshToken: null,
    userToken: new Secret('token-of-ana'),
    expiresAt: null,
    refreshExpiresAt: null,
    scopes: ['pages_manage_posts'],
    missing: [],
    ...change,
  };
}

/** A client with one connected account, by the way a person would take. */
export async function connectedClient(
  agency: Agency,
  account: Partial<FoundAccount> = {},
): Promise<{ clientId: string; accountId: string }> {
  const { id: clientId } = await agency.api.clients.create({ name: 'Café Uno', timezone: 'Europe/Berlin' });
  return { clientId, accountId: await connectAccount(agency, clientId, account) };
}

export async function connectAccount(
  agency: Agency,
  clientId: string,
  account: Partial<FoundAccount> = {},
): Promise<string> {
  const { core } = agency;
  const platform = account.platform ?? 'facebook';
  const network = agency[platform];
  network.found = [found({ platform, ...account })];
  const redirectUri = 'http://127.0.0.1:4680/api/auth/callback';
  const url = await core.connect.start({ platform, redirectUri, window: 'tab', clientId });
  const state = new URL(url).searchParams.get('state') ?? '';
  const result = await confirmed(
    core,
    await core.connect.finish({ platform, state, code: 'code', error: null, windows: ['tab'] }),
  );
  if (result.kind !== 'connected') throw new Error(`Not connected: ${result.kind}`);
  return result.accounts[0]?.id ?? '';
}

/** Whatever another client has as well is used all the same. */
function confirmed(core: Core, result: ConnectResult): ConnectResult | Promise<ConnectResult> {
  if (result.kind !== 'choose') return result;
  const ids = result.found.map(({ remoteId }) => remoteId);
  return core.connect.choose(result.choiceToken, { remoteIds: ids, confirmed: ids, windows: ['tab'] });
}

const unreachable: TextGenerator & MediaGenerator = {
  generate: () => Promise.reject(new AiFailure('groq', 'config', 'No key is set for Groq.')),
  render: () => Promise.reject(new AiFailure('replicate', 'config', 'No key is set for Replicate.')),
  estimateMicroUsd: () => 0,
};

function keepingLog(logged: string[]): Log {
  const keep =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) => {
      logged.push(JSON.stringify({ level, message, ...fields }));
    };
  return { info: keep('info'), warn: keep('warn'), error: keep('error') };
}
