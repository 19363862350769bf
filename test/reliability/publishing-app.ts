import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { createCore } from '../../main/core/core.ts';
import { contentHash, contentOf } from '../../main/core/pipeline/content.ts';
import {
  type AccountRecord,
  type Log,
  type Ports,
  type PostRecord,
  Secret,
  type SocialNetwork,
  type TargetRecord,
} from '../../main/core/ports/index.ts';
import { systemDigest, systemRandom } from '../../main/host/chance.ts';
import type { Disk } from '../../main/store/health.ts';
import { openStore, type SqliteStore } from '../../main/store/open.ts';
import { ScriptedNetwork } from '../doubles/scripted-network.ts';
import { uncheckedKeys } from '../doubles/unchecked-keys.ts';
import type { VirtualTime } from '../doubles/virtual-time.ts';

/*
 * The core over the real store in a real file, for tools that do something to that file. Time is
 * virtual, and the network keeps the ledger.
 */

export const minute = 60_000;
/** The longest time between two looks at what is due: the app's tick. */
export const tickMs = 30_000;
/** When the first post of {@link seedPosts} is due. */
export const dueAt = Date.UTC(2026, 10, 24, 12);

/** A network whose irrevocable requests name what they make public. */
export class NamingNetwork extends ScriptedNetwork {
  override commit: SocialNetwork['commit'] = (account, publication, handle, send) =>
    super.commit(account, publication, handle, () =>
      send(new Request(`https://example.com/publish/${String(handle.container)}`, { method: 'POST' })),
    );
}

export type Moment = 'asking' | 'leaving' | 'answered';

export interface PublishingApp {
  store: SqliteStore;
  /** Requests that left although the file did not say, durably and for others to see, that they would. */
  unwritten: string[];
  /** What the app wrote to its log as errors. */
  errors: string[];
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface PublishingAppOptions {
  file: string;
  time: VirtualTime;
  network: ScriptedNetwork;
  disk?: Disk;
  /** Called at each moment at which the app meets the network: before its last check, when a request leaves, when its answer is there. */
  onMoment?: (moment: Moment) => void;
}

/** @throws {StoreUnusable} when the file cannot be used */
export async function startPublishingApp(options: PublishingAppOptions): Promise<PublishingApp> {
  const { file, time, network } = options;
  const errors: string[] = [];
  const unwritten: string[] = [];
  const log = logInto(errors);
  network.beforeSend = async () => options.onMoment?.('asking');
  const store = await openStore({ file, clock: time, log, disk: options.disk });
  const core = await createCore(portsOf(options, store, log), {
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
    http: (request) => {
      options.onMoment?.('leaving');
      if (!isWrittenDown(file, request.url)) unwritten.push(request.url);
      options.onMoment?.('answered');
      return Promise.resolve(new Response());
    },
  });
  await core.start();

  /** Until nothing is under way but what waits for real time. */
  async function settle(): Promise<void> {
    await core.lease.idle();
    await core.publishing.idle().catch(() => undefined);
    await turn();
    await core.publishing.idle().catch(() => undefined);
  }

  return {
    store,
    unwritten,
    errors,
    pass: (ms) => time.pass(ms, settle),
    async close() {
      await core.stop();
      await store.close();
    },
  };
}

/** Nothing but the store, the clock and the network is made use of. */
function portsOf({ time, network }: PublishingAppOptions, store: SqliteStore, log: Log): Ports {
  return {
    clock: time,
    timers: time,
    recurrences: { every: () => ({ cancel: () => undefined, nextAt: () => null }) },
    random: systemRandom(time),
    digest: systemDigest,
    log,
    secrets: { keyId: () => 'key', seal: () => 'sealed', open: () => new Secret('token') },
    store,
    provenance: { isCopy: false, olderSince: null, sentSince: () => new Set(), settle: () => Promise.resolve() },
    networks: { facebook: network, instagram: network, tiktok: network },
  } as unknown as Ports;
}

/** Asked of a second connection, which sees only what is committed. Comments have no handle, their state must do. */
function isWrittenDown(file: string, url: string): boolean {
  const container = /\/publish\/(.+)$/.exec(url)?.[1];
  const database = new Database(file, { readonly: true });
  try {
    const rows = database
      .prepare<[], { kind: string; handle: string | null }>(
        "SELECT kind, handle FROM publish_attempts WHERE state = 'sending' AND sent_at IS NOT NULL",
      )
      .all();
    return container === undefined
      ? rows.some(({ kind }) => kind === 'first_comment')
      : rows.some(({ handle }) => handle?.includes(`"${container}"`) === true);
  } finally {
    database.close();
  }
}

export interface ApprovedPost {
  post: PostRecord;
  target: TargetRecord;
}

/** One client with `count` approved posts, each on an account of its own, a minute apart, every other with a first comment. */
export async function seedPosts(store: SqliteStore, count: number): Promise<ApprovedPost[]> {
  const at = dueAt - 60 * minute;
  const planned = Array.from({ length: count }, (_, index) => approvedPost(index + 1, at));
  await store.transaction(async (within) => {
    await within.clients.insert({
      id: 'client-1',
      name: 'Corner Bakery',
      status: 'active',
      timezone: 'UTC',
      language: 'en',
      brandVoice: '',
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
    });
    for (const { post, target } of planned) {
      await within.accounts.insert(accountOf(target, at));
      await within.posts.insert(post);
      await within.targets.insert(target);
    }
  });
  return planned;
}

function accountOf({ accountId, postId }: TargetRecord, at: number): AccountRecord {
  return {
    id: accountId,
    clientId: 'client-1',
    platform: 'facebook',
    via: 'facebook',
    remoteId: postId.replace('post', 'page'),
    displayName: 'Corner Bakery',
    username: null,
    pageId: null,
    status: 'connected',
    statusReason: null,
    sealedAccessToken: 'sealed',
    sealedRefreshToken: null,
    sealedUserToken: null,
    expiresAt: null,
    refreshExpiresAt: null,
    scopes: [],
    audited: false,
    loginId: null,
    pausedUntil: null,
    connectedAt: at,
    updatedAt: at,
    disconnectedAt: null,
  };
}

function approvedPost(number: number, at: number): ApprovedPost {
  const target: TargetRecord = {
    id: `target-${number}`,
    postId: `post-${number}`,
    accountId: `account-${number}`,
    platform: 'facebook',
    status: 'pending',
    caption: null,
    options: {},
    consent: null,
    remoteId: null,
    permalink: null,
    publishedAt: null,
    tries: 0,
    nextAttemptAt: null,
    errorCode: null,
    errorMessage: null,
    updatedAt: at,
  };
  const post: PostRecord = {
    id: `post-${number}`,
    clientId: 'client-1',
    status: 'approved',
    source: 'manual',
    caption: `Offer ${number}: fresh bread and coffee, today only. `.repeat(4),
    hashtags: ['#bakery'],
    firstComment: number % 2 === 0 ? `Order ${number} by phone` : null,
    altText: null,
    mediaIds: [],
    scheduledFor: dueAt + (number - 1) * minute,
    wallTime: '2026-11-24T12:00',
    timezone: 'UTC',
    slot: null,
    approvedHash: null,
    approvedBy: 'owner',
    approvedAt: at,
    heldReason: null,
    rejectedReason: null,
    publishNowAt: null,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  };
  const approvedHash = contentHash(contentOf(post, [target], []), systemDigest);
  return { post: { ...post, approvedHash }, target };
}

function logInto(errors: string[]): Log {
  const keep = (message: string, fields?: Record<string, unknown>): void =>
    void errors.push(`${message} ${JSON.stringify(fields ?? {})}`);
  return { info: () => undefined, warn: () => undefined, error: keep };
}
