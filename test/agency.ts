import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { onTestFinished } from 'vitest';
import type { CredentialInput } from '../shared/contract/admin.ts';
import type { Provider } from '../shared/domain/platform.ts';
import { createRouter } from '../main/core/api/router.ts';
import { type Core, createCore } from '../main/core/core.ts';
import {
  AiFailure,
  type FoundAccount,
  type Log,
  type MediaGenerator,
  type Networks,
  type Ports,
  Secret,
  type TextGenerator,
} from '../main/core/ports/index.ts';
import { systemDigest, systemRandom } from '../main/host/chance.ts';
import { createMediaFiles } from '../main/media/files.ts';
import { openEnvironmentSecrets } from '../main/secrets/environment.ts';
import { type SqliteStore, openStore } from '../main/store/open.ts';
import { TestNetwork } from './doubles/test-network.ts';
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
  /** Calls the contract as a host would, in the name of `mia`. */
  api: ReturnType<typeof clientOf>;
}

export interface AgencyOptions {
  networks?: Networks;
  profile?: 'sandbox' | 'live';
  fixed?: Partial<Record<Provider, CredentialInput>>;
  time?: VirtualTime;
}

export async function startAgency(options: AgencyOptions = {}): Promise<Agency> {
  const folder = mkdtempSync(join(tmpdir(), 'autosocial-agency-'));
  const time = options.time ?? new VirtualTime(noon);
  const logged: string[] = [];
  const log = keepingLog(logged);
  const store = await openStore({ file: join(folder, 'autosocial.db'), clock: time, log });
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
    networks: options.networks ?? { facebook, instagram, tiktok, creatorInfo: () => tiktok.creatorInfo() },
    text: unreachable,
    mediaGenerator: unreachable,
  };
  const lock: Agency['lock'] = { reason: null };
  const core = await createCore(ports, {
    version: '0.1.0',
    profile: options.profile ?? 'live',
    feedUrl: null,
    builtAt: 0,
    fixedCredentials: {
      source: options.profile === 'sandbox' ? 'sandbox' : 'environment',
      values: options.fixed ?? {},
    },
    locked: () => lock.reason,
    publicUrl: () => 'http://127.0.0.1:4680',
    http: () => Promise.resolve(new Response()),
  });
  await core.killSwitch.load();
  onTestFinished(async () => {
    await core.stop();
    await store.close();
    rmSync(folder, { recursive: true });
  });
  return { core, store, ports, time, facebook, instagram, tiktok, logged, lock, api: clientOf(core) };
}

function clientOf(core: Core) {
  return createRouterClient(createRouter(core), { context: { actor: 'mia' } });
}

export function found(change: Partial<FoundAccount> = {}): FoundAccount {
  return {
    platform: 'facebook',
    remoteId: 'page-1',
    displayName: 'Café Uno',
    username: 'cafeuno',
    pageId: null,
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
  const url = await core.connect.start({ platform, redirectUri, clientId });
  const state = new URL(url).searchParams.get('state') ?? '';
  const result = await core.connect.finish({ platform, state, code: 'code', error: null });
  if (result.kind !== 'connected') throw new Error(`Not connected: ${result.kind}`);
  return result.accounts[0]?.id ?? '';
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
