import sharp from 'sharp';
import { expect } from 'vitest';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { Media } from '../../shared/contract/media.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { apiToken, type Host, makeDataDir, startHost, until } from './host.ts';
import { type Answer, ask, type Asking } from './rest.ts';
import { type LoginClick, type Services, startServices } from './services.ts';

export interface List<T> {
  items: T[];
  nextCursor: string | null;
}

/** A post as a person asks for it; it is scheduled an hour ahead when nothing is said. */
export interface NewPost {
  clientId: string;
  caption: string;
  firstComment?: string;
  media?: string[];
  scheduledFor?: string;
  targets: { accountId: string; options?: Record<string, unknown> }[];
}

/** The host in the live profile, and an agency that drives it with REST and nothing else. */
export interface LiveAgency {
  host: Host;
  services: Services;
  dataDir: string;
  /** Asks with the API token and answers whatever came back. */
  ask<T = unknown>(method: string, path: string, body?: unknown, asking?: Asking): Promise<Answer<T>>;
  /** Follows a connect link to the network, clicks through, and comes back. @returns the page that then shows */
  connect(startPath: string, platform: Platform, click: Omit<LoginClick, 'dialog'>, asking?: Asking): Promise<Answer>;
  accountsOf(clientId: string): Promise<Account[]>;
  upload(clientId: string, bytes: Uint8Array): Promise<Answer<Media>>;
  writePost(post: NewPost): Promise<Post>;
  /** Writes a post and approves exactly that. */
  approvedPost(post: NewPost): Promise<Post>;
  act(post: { id: string }, action: string): Promise<Post>;
  /** Waits until nothing more happens to a post by itself. */
  settled(post: { id: string }): Promise<Post>;
  close(): Promise<void>;
}

export interface LiveAgencyOptions {
  /** Folder in which the services keep what they know; null for memory only. */
  servicesDir?: string | null;
  /** Variables that differ from {@link Services.environment}; an empty one is as good as none. */
  environment?: Record<string, string>;
  /** Is shown every answer. */
  onAnswer?: (answer: Answer) => void;
}

export async function startLiveAgency(options: LiveAgencyOptions = {}): Promise<LiveAgency> {
  const data = makeDataDir();
  const services = await startServices(options.servicesDir ?? null);
  const host = await startHost(data.path, { ...services.environment, ...options.environment });
  const token = options.environment?.AUTOSOCIAL_API_TOKEN ?? apiToken;

  async function askHost<T>(method: string, path: string, body?: unknown, asking: Asking = {}): Promise<Answer<T>> {
    const answer = await ask<T>(host.origin, method, path, { body, token, ...asking });
    options.onAnswer?.(answer);
    return answer;
  }

  async function must<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await askHost<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  const writePost = (post: NewPost) =>
    must<Post>('POST', '/api/pipeline', { scheduledFor: inFuture(3_600_000), ...post });

  return {
    host,
    services,
    dataDir: data.path,
    ask: askHost,

    async connect(startPath, platform, click, asking) {
      const start = await askHost('GET', startPath, undefined, asking);
      expect(start.status).toBe(302);
      const back = services.logIn(platform, { dialog: start.headers.get('location') ?? '', ...click });
      expect(back.startsWith(`${host.origin}/api/auth/${platform}/callback?`)).toBe(true);
      const cookie = (start.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      return askHost('GET', back.slice(host.origin.length), undefined, { token: null, headers: { cookie } });
    },

    accountsOf: async (clientId) => (await must<List<Account>>('GET', `/api/clients/${clientId}/accounts`)).items,

    upload(clientId, bytes) {
      const form = new FormData();
      form.set('clientId', clientId);
      form.set('file', new File([new Uint8Array(bytes)], 'file'));
      return askHost('POST', '/api/media', form);
    },

    writePost,

    async approvedPost(post) {
      const { id, contentHash } = await writePost(post);
      return must('POST', `/api/pipeline/${id}/approve`, { contentHash });
    },

    act: (post, action) => must('POST', `/api/pipeline/${post.id}/${action}`),

    settled: (post) =>
      until(`post ${post.id} has ended`, async () => {
        const now = await must<Post>('GET', `/api/pipeline/${post.id}`);
        return !['approved', 'publishing'].includes(now.status) && now;
      }),

    close: async () => {
      await host.stop();
      await services.close();
      data.remove();
    },
  };
}

/** A client with an account on every network, each under the client's name. */
export async function connectedClient(
  agency: LiveAgency,
  name: string,
  username: string,
): Promise<{ client: Client; accounts: Record<Platform, Account>; people: { personId: string; creatorId: string } }> {
  const { services, ask: askHost } = agency;
  const person = services.meta.addPerson({ name: `Owner of ${name}`, pages: [{ name, instagram: { username } }] });
  const creator = services.tiktok.addCreator({ username, nickname: name });
  const people = { personId: person.id, creatorId: creator.id };
  const { body: client } = await askHost<Client>('POST', '/api/clients', { name, timezone: 'Europe/Lisbon' });
  for (const platform of ['facebook', 'instagram', 'tiktok'] as const) {
    await agency.connect(`/api/auth/${platform}/start?clientId=${client.id}`, platform, people);
  }
  const accounts = (await agency.accountsOf(client.id)).map((account) => [account.platform, account]);
  return { client, accounts: Object.fromEntries(accounts) as Record<Platform, Account>, people };
}

export function inFuture(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

export function picture(background: string): Promise<Buffer> {
  return sharp({ create: { width: 1200, height: 900, channels: 3, background } })
    .png()
    .toBuffer();
}
