import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../shared/contract/admin.ts';
import { type Brand, emptyBrand } from '../../../shared/contract/brand.ts';
import type { Rules } from '../../../shared/contract/rules.ts';
import { type Platform, usualVia } from '../../../shared/domain/platform.ts';
import { createGroq } from '../../ai/groq.ts';
import { createReplicate } from '../../ai/replicate.ts';
import { optionsFor, TestTime } from '../../ai/test-options.ts';
import { systemDigest, systemRandom } from '../../host/chance.ts';
import { systemTimers } from '../../host/time.ts';
import { createMediaFiles } from '../../media/files.ts';
import { type GroqSimulator, startGroqSimulator } from '../../sandbox/groq/groq-simulator.ts';
import { type ReplicateSimulator, startReplicateSimulator } from '../../sandbox/replicate/replicate-simulator.ts';
import { openStore, type SqliteStore } from '../../store/open.ts';
import { createActivity } from '../activity/activity.ts';
import { Changes } from '../activity/changes.ts';
import { contentHash, contentOf, textFor } from '../pipeline/content.ts';
import type { AccountRecord, ClientRecord, MediaFiles, PostRecord, Timers } from '../ports/index.ts';
import { defaultSettings } from '../settings/settings.ts';
import { createGeneration, type Generation } from './generate-content.ts';

const day = 86_400_000;
const groqKey = 'gsk_sandbox';
const replicateToken = 'r8_sandbox';

let folder: string;
let time: TestTime;
let store: SqliteStore;
let files: MediaFiles;
let groq: GroqSimulator;
let replicate: ReplicateSimulator;
let generation: Generation;
let settings: Settings;
let keys: { groq: string | null; replicate: string | null };
/** Ids of clients and accounts. */
let stopped: Set<string>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'generation-'));
  time = new TestTime();
  keys = { groq: groqKey, replicate: replicateToken };
  stopped = new Set();
  settings = {
    ...defaultSettings,
    agencyName: 'Sandbox Agency',
    captionModels: ['openai/gpt-oss-120b', 'openai/gpt-oss-20b'],
    imageModel: 'black-forest-labs/flux-schnell',
    videoModel: 'bytedance/seedance-1-pro',
    monthlyBudgetMicroUsd: null,
    planAheadDays: 7,
    facebookTwoPhase: true,
    brandColor: null,
    relayUrl: null,
  };
  const now = (): number => time.at;
  store = await openStore({ file: join(folder, 'autosocial.db'), clock: time.clock, log });
  files = createMediaFiles({ dir: join(folder, 'media') });
  groq = await startGroqSimulator({ now, dir: null, apiKeys: [groqKey] });
  replicate = await startReplicateSimulator({
    now,
    dir: null,
    tokens: [replicateToken],
    videoAssets: join(import.meta.dirname, '../../media/fixtures'),
  });
  generation = start();
  await addClient('cafe');
});

afterEach(async () => {
  await Promise.all([groq.close(), replicate.close(), store.close()]);
  rmSync(folder, { recursive: true });
});

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The service as a new process would have it: nothing is known but what is in the store. */
function start(timers: Timers = systemTimers): Generation {
  const random = systemRandom(time.clock);
  const changes = new Changes();
  const secretOf = async (name: 'groq' | 'replicate') => optionsFor(time, '', keys[name]).apiKey();
  return createGeneration({
    store,
    clock: time.clock,
    timers,
    random,
    digest: systemDigest,
    log,
    files,
    text: createGroq({ ...optionsFor(time, groq.origin, null), apiKey: () => secretOf('groq') }),
    mediaGenerator: createReplicate({
      ...optionsFor(time, replicate.origins.api, null),
      apiKey: () => secretOf('replicate'),
      deliveryBaseUrl: replicate.origins.delivery,
    }),
    activity: createActivity({ store, clock: time.clock, random, changes }),
    changes,
    settings: async () => settings,
    isStopped: (clientId, accountId) => stopped.has(clientId) || stopped.has(accountId),
  });
}

const brand: Brand = {
  ...emptyBrand,
  ctas: ['Come in and say hello.', 'Tell us your favourite.'],
  hashtags: ['#CafeMozart'],
  bannedTerms: ['guaranteed', 'cheap'],
  colors: ['#1f6f54'],
  imageStyle: 'warm light',
};

async function addClient(id: string, change: Partial<ClientRecord> = {}, rules: Partial<Rules> = {}): Promise<void> {
  await store.clients.insert({
    id,
    name: 'Café Mozart',
    status: 'active',
    timezone: 'Europe/Vienna',
    language: 'en',
    brandVoice: 'A small coffee house. Warm and a little old-fashioned.',
    createdAt: time.at,
    updatedAt: time.at,
    deletedAt: null,
    ...change,
  });
  await store.clients.putBrand(id, brand, time.at);
  await store.clients.putRules(
    id,
    {
      postsPerWeek: 3,
      days: ['mon', 'wed', 'fri'],
      times: ['10:00'],
      platforms: ['facebook', 'instagram'],
      autoApprove: false,
      graceMinutes: 30,
      ...rules,
    },
    time.at,
  );
  await addAccount(id, 'facebook');
  await addAccount(id, 'instagram');
}

async function addAccount(clientId: string, platform: Platform): Promise<void> {
  const account: AccountRecord = {
    id: `${clientId}-${platform}`,
    clientId,
    platform,
    via: usualVia(platform),
    remoteId: `${clientId}-${platform}`,
    displayName: 'Café Mozart',
    username: null,
    pageId: platform === 'instagram' ? `${clientId}-facebook` : null,
    status: 'connected',
    statusReason: null,
    sealedAccessToken: 'c2VhbGVk',
    sealedRefreshToken: null,
    sealedUserToken: null,
    expiresAt: null,
    refreshExpiresAt: null,
    scopes: [],
    audited: false,
    loginId: null,
    pausedUntil: null,
    connectedAt: time.at,
    updatedAt: time.at,
    disconnectedAt: null,
  };
  await store.accounts.insert(account);
}

const setRules = async (rules: Partial<Rules>): Promise<void> => {
  const before = await store.clients.rules('cafe');
  if (before !== undefined) await store.clients.putRules('cafe', { ...before, ...rules }, time.at);
};
const setBudget = (microUsd: number) => store.usage.putBudget({ clientId: 'cafe', microUsd, updatedAt: time.at });
const run = () => generation.generateForClient('cafe', 7, 'mia');
const posts = async (clientId = 'cafe'): Promise<PostRecord[]> =>
  (await store.posts.list({ clientIds: [clientId], limit: 100 })).items;
const statuses = async (): Promise<string[]> => (await posts()).map(({ status }) => status);
const groqCalls = (): number => groq.ledger.count('groq.chat');
const paidOnce = (): void => {
  const inputs = replicate.billed().map(({ inputHash }) => inputHash);
  expect(new Set(inputs).size).toBe(inputs.length);
};

describe('a week of posts', () => {
  it('has a text for each network, hashtags, a call to action and a picture, and waits for review', async () => {
    const { created } = await run();
    const written = await posts();
    expect(created).toEqual(written.map(({ id }) => id));
    expect(written.map(({ wallTime }) => wallTime)).toEqual([
      '2026-11-23T10:00',
      '2026-11-25T10:00',
      '2026-11-27T10:00',
    ]);
    for (const post of written) {
      expect(post).toMatchObject({
        status: 'in_review',
        source: 'ai',
        timezone: 'Europe/Vienna',
        slot: `cafe/${post.wallTime}`,
        heldReason: null,
      });
      expect(brand.ctas.some((cta) => post.caption.includes(cta))).toBe(true);
      expect(post.hashtags.length).toBeGreaterThan(0);
      expect(post.altText).toBeTruthy();
      const [media] = await store.media.getMany(post.mediaIds);
      expect(media).toMatchObject({ kind: 'image', mime: 'image/jpeg', origin: 'ai', clientId: 'cafe' });
      expect(media?.provenance).toMatchObject({
        model: settings.imageModel,
        prompt: expect.stringContaining('warm light'),
      });
      expect((media?.width ?? 0) / (media?.height ?? 1)).toBeCloseTo(0.8, 2);
      const targets = await store.targets.listOfPost(post.id);
      expect(new Set(targets.map(({ platform, status }) => `${platform} ${status}`))).toEqual(
        new Set(['facebook pending', 'instagram pending']),
      );
      const tags =
        textFor(post, targets.find(({ platform }) => platform === 'instagram') ?? { caption: null }).match(/#\w+/g) ??
        [];
      expect(new Set(tags).size).toBe(tags.length);
    }
    expect(new Set(written.map(({ caption }) => caption)).size).toBe(3);
    expect(groqCalls()).toBe(1);
    expect(replicate.billed()).toHaveLength(3);
  });

  it('is recorded with what it cost', async () => {
    await run();
    const totals = await store.usage.totals(0, time.at + 1);
    expect(totals).toMatchObject({ calls: 4, images: 3, videos: 0 });
    const paid = Number(groq.ledger.entries.at(-1)?.detail.microUsd) + 3 * 3_000;
    expect(totals.microUsd).toBe(paid);
    const { items } = await store.activity.list({ clientId: 'cafe', limit: 10 });
    expect(items.map(({ message, actor }) => [message, actor])).toContainEqual([
      'Wrote 3 posts for Café Mozart',
      'mia',
    ]);
  });

  it('is written once: a second run finds every slot filled', async () => {
    await run();
    expect(await run()).toEqual({ created: [] });
    expect(await posts()).toHaveLength(3);
    expect(groqCalls()).toBe(1);
  });

  it('goes on the next day with the new slot only, and knows what was said', async () => {
    await run();
    time.at += 2 * day;
    expect((await run()).created).toHaveLength(1);
    const captions = (await posts()).map(({ caption }) => caption);
    expect(new Set(captions).size).toBe(captions.length);
  });

  it('has a video where TikTok is among the networks', async () => {
    await addAccount('cafe', 'tiktok');
    await setRules({ platforms: ['facebook', 'instagram', 'tiktok'], postsPerWeek: 1 });
    await run();
    const [post] = await posts();
    const media = await store.media.getMany(post?.mediaIds ?? []);
    expect(media.map(({ kind }) => kind)).toEqual(['image', 'video']);
    expect(post?.status).toBe('in_review');
  });

  it('of more than fourteen posts takes two requests', async () => {
    await setRules({
      postsPerWeek: 21,
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      times: ['09:30', '13:00', '18:00'],
      platforms: ['facebook'],
    });
    const { created } = await run();
    expect(created).toHaveLength(21);
    expect(groqCalls()).toBeGreaterThanOrEqual(2);
  });
});

describe('nothing is written', () => {
  it.each([
    ['for a paused client', async () => store.clients.update('cafe', { status: 'paused' }), 'client_paused'],
    ['for an archived client', async () => store.clients.update('cafe', { status: 'archived' }), 'client_archived'],
    ['without an account', async () => setRules({ platforms: ['tiktok'] }), 'no_account'],
    ['beyond the budget', async () => void (settings.monthlyBudgetMicroUsd = 100), 'budget'],
    ["beyond the client's own budget", async () => setBudget(100), 'budget'],
  ])('%s', async (_, prepare, reason) => {
    await prepare();
    await expect(run()).rejects.toMatchObject({ name: 'Conflict', reason });
    expect(await posts()).toEqual([]);
    expect(groqCalls()).toBe(0);
  });

  it('for a client that is not there', async () => {
    await expect(generation.generateForClient('nobody', 7, 'mia')).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('a second time while the first is at it', async () => {
    const [first, second] = await Promise.allSettled([run(), run()]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { name: 'Conflict', reason: 'already_writing' } });
    expect(await posts()).toHaveLength(3);
  });

  it('without a Groq key, and says where it goes', async () => {
    keys.groq = null;
    await expect(run()).rejects.toMatchObject({
      name: 'AiFailure',
      kind: 'config',
      message: 'Add your Groq key in Settings → Connections.',
    });
    expect(await posts()).toEqual([]);
    expect((await store.usage.totals(0, time.at + 1)).microUsd).toBe(0);
  });

  it('but a client that is being set up gets posts when a person asks', async () => {
    await store.clients.update('cafe', { status: 'onboarding' });
    expect((await run()).created).toHaveLength(3);
  });
});

describe('what the model wrote', () => {
  it('with a banned word is asked for anew, and only that', async () => {
    groq.faults.add({ operation: 'groq.chat', kind: 'banned-term', value: 'guaranteed' });
    await run();
    expect(await statuses()).toEqual(['in_review', 'in_review', 'in_review']);
    expect((await posts()).map(({ caption }) => caption).join()).not.toContain('guaranteed');
    expect(groqCalls()).toBe(2);
  });

  it('with a banned word three times is held, and names the word', async () => {
    groq.faults.add({ operation: 'groq.chat', kind: 'banned-term', value: 'GUАRANTEED', times: 3 });
    await run();
    for (const post of await posts()) {
      expect(post).toMatchObject({ status: 'held', heldReason: 'Banned terms: “guaranteed”.' });
    }
    expect(groqCalls()).toBe(3);
  });

  it.each([
    ['injected-link', /which is not in the brand’s data/],
    ['empty-string', /There is no text for/],
    ['over-long', /at most 2200 are allowed/],
  ])('with %s three times is held', async (kind, reason) => {
    groq.faults.add({ operation: 'groq.chat', kind, times: 3, value: kind === 'over-long' ? 2_400 : undefined });
    await run();
    for (const post of await posts())
      expect(post).toMatchObject({ status: 'held', heldReason: expect.stringMatching(reason) });
  });

  it.each(['injected-link', 'empty-string', 'duplicate', 'wrong-language', 'schema-violation', 'invalid-json'])(
    'with %s once is mended',
    async (kind) => {
      groq.faults.add({ operation: 'groq.chat', kind });
      await run();
      expect(await statuses()).toEqual(['in_review', 'in_review', 'in_review']);
      expect(groqCalls()).toBe(2);
    },
  );

  it('is asked for in halves when the answer does not fit', async () => {
    groq.faults.add({ operation: 'groq.chat', kind: 'validate-truncated-400' });
    expect((await run()).created).toHaveLength(3);
    expect(groqCalls()).toBe(3);
  });

  it('nothing, when the day’s allowance is used up', async () => {
    groq.faults.add({ operation: 'groq.chat', kind: 'tpd-429' });
    await expect(run()).rejects.toMatchObject({ kind: 'quota' });
    expect(await posts()).toEqual([]);
  });
});

describe('approved without a person', () => {
  beforeEach(() => setRules({ autoApprove: true }));

  it('when the rules say so', async () => {
    await run();
    for (const post of await posts()) {
      expect(post).toMatchObject({ status: 'approved', approvedBy: 'rules', approvedAt: expect.any(Number) });
      const targets = await store.targets.listOfPost(post.id);
      const media = await store.media.getMany(post.mediaIds);
      expect(post.approvedHash).toBe(contentHash(contentOf(post, targets, media), systemDigest));
    }
  });

  it.each(['Book at https://mozart.example', 'Call +43 1 234 56 78', 'Ask @mozart'])(
    'but not with “%s”',
    async (cta) => {
      await store.clients.putBrand('cafe', { ...brand, ctas: [cta] }, time.at);
      await run();
      expect(new Set(await statuses())).toEqual(new Set(['in_review']));
    },
  );

  it('but not when it repeats an earlier post', async () => {
    groq.faults.add({
      operation: 'groq.chat',
      kind: 'duplicate',
      value: 'The same words as last week, once more, about our coffee.',
      times: 3,
    });
    await run();
    expect(await statuses()).toContain('in_review');
  });
});

describe('while publishing is stopped', () => {
  beforeEach(() => setRules({ autoApprove: true }));

  it.each([['cafe'], ['cafe-facebook', 'cafe-instagram']])('for %s, nothing is written by itself', async (...ids) => {
    stopped = new Set(ids);
    await generation.generateAll();
    expect(await posts()).toEqual([]);
    expect(groqCalls()).toBe(0);
    stopped.clear();
    await generation.generateAll();
    expect(await statuses()).toEqual(['approved', 'approved', 'approved']);
  });

  it('for one account, what is written waits for a person', async () => {
    stopped = new Set(['cafe-instagram']);
    await generation.generateAll();
    expect(await statuses()).toEqual(['in_review', 'in_review', 'in_review']);
  });

  it('for another client, this one’s posts are written and approved', async () => {
    stopped = new Set(['bakery', 'bakery-facebook']);
    await generation.generateAll();
    expect(await statuses()).toEqual(['approved', 'approved', 'approved']);
  });

  it('a person may have posts written; they wait for review', async () => {
    stopped = new Set(['cafe']);
    await run();
    expect(await statuses()).toEqual(['in_review', 'in_review', 'in_review']);
  });
});

describe('a picture', () => {
  it('whose answer was lost is paid once', async () => {
    replicate.faults.add({ operation: 'replicate.create', kind: 'lost-answer', times: 3 });
    await run();
    expect(await statuses()).toEqual(['in_review', 'in_review', 'in_review']);
    expect(replicate.billed()).toHaveLength(3);
    paidOnce();
  });

  it('that is still to come keeps the post “generating”; the next run finishes it, in another process too', async () => {
    replicate.faults.add({ operation: 'replicate.create', kind: 'lost-answer', times: 3 });
    replicate.faults.add({ operation: 'replicate.list', kind: 'status', value: { status: 500 }, times: 99 });
    await run();
    expect(await statuses()).toEqual(['generating', 'generating', 'generating']);
    replicate.faults.clear();
    time.at += 600_000;
    generation = start();
    await generation.generateAll();
    expect(await statuses()).toEqual(['in_review', 'in_review', 'in_review']);
    expect(replicate.billed()).toHaveLength(3);
    paidOnce();
    expect(groqCalls()).toBe(1);
  });

  it('whose download broke is fetched again, not made again', async () => {
    replicate.faults.add({ operation: 'replicate.download', kind: 'server-error', times: 99 });
    await run();
    expect(new Set(await statuses())).toEqual(new Set(['generating']));
    replicate.faults.clear();
    await run();
    expect(new Set(await statuses())).toEqual(new Set(['in_review']));
    expect(replicate.billed()).toHaveLength(3);
  });

  it('while Replicate is away does not count as failed', async () => {
    await setRules({ postsPerWeek: 1 });
    replicate.faults.add({ operation: 'replicate.create', kind: 'throttled-header', value: 600, times: 5 });
    for (let time = 0; time < 5; time += 1) await generation.generateAll();
    expect(await statuses()).toEqual(['generating']);
    await generation.generateAll();
    expect(await statuses()).toEqual(['in_review']);
    expect(replicate.billed()).toHaveLength(1);
  });

  it('the filter refused once is tried once more', async () => {
    replicate.faults.add({ operation: 'replicate.create', kind: 'nsfw' });
    await run();
    expect(await statuses()).toEqual(['in_review', 'in_review', 'in_review']);
    expect(replicate.billed()).toHaveLength(4);
  });

  it('the filter refused for good holds the post for Instagram; asking again tries again', async () => {
    await setRules({ postsPerWeek: 1 });
    replicate.faults.add({ operation: 'replicate.create', kind: 'nsfw', times: 2 });
    await run();
    expect(await posts()).toMatchObject([
      { status: 'held', heldReason: 'No picture: The content filter refused this picture.' },
    ]);
    await generation.generateAll();
    expect(replicate.billed()).toHaveLength(2);
    await run();
    expect(await posts()).toMatchObject([{ status: 'in_review', heldReason: null }]);
  });

  it('is not needed on Facebook alone', async () => {
    await setRules({ platforms: ['facebook'] });
    replicate.faults.add({ operation: 'replicate.create', kind: 'no-credit', times: 99 });
    await run();
    expect(new Set(await statuses())).toEqual(new Set(['in_review']));
  });

  it('without a token holds the post and says where the token goes', async () => {
    keys.replicate = null;
    await run();
    for (const post of await posts())
      expect(post.heldReason).toBe('No picture: Add your Replicate token in Settings → Connections.');
    keys.replicate = replicateToken;
    await run();
    expect(new Set(await statuses())).toEqual(new Set(['in_review']));
  });

  it.each(['html', 'zero-bytes', 'truncate-close', 'wrong-dimensions', 'wrong-type'])(
    'comes right after a download of %s',
    async (kind) => {
      replicate.faults.add({ operation: 'replicate.download', kind });
      await run();
      expect(new Set(await statuses())).toEqual(new Set(['in_review']));
    },
  );

  it('never goes beyond the budget', async () => {
    settings.monthlyBudgetMicroUsd = 20_000;
    settings.imageModel = 'black-forest-labs/flux-1.1-pro';
    await run();
    expect(replicate.billed()).toEqual([]);
    for (const post of await posts()) expect(post.heldReason).toMatch(/AI budget of \$0\.02 is used up/);
  });

  it('of a post deleted meanwhile is no trouble', async () => {
    replicate.faults.add({ operation: 'replicate.download', kind: 'server-error', times: 99 });
    await run();
    const [first] = await posts();
    await store.posts.update(first?.id ?? '', { deletedAt: time.at });
    replicate.faults.clear();
    await generation.generateAll();
    expect(new Set(await statuses())).toEqual(new Set(['in_review']));
  });
});

describe('the job', () => {
  it('writes for every active client that can post, and for no other', async () => {
    await addClient('gym', { name: 'Iron Gym' });
    await addClient('shop', { name: 'Shop', status: 'onboarding' });
    await addClient('lonely', { name: 'Lonely' }, { platforms: ['tiktok'] });
    await generation.generateAll();
    expect(await posts('cafe')).toHaveLength(3);
    expect(await posts('gym')).toHaveLength(3);
    expect(await posts('shop')).toEqual([]);
    expect(await posts('lonely')).toEqual([]);
  });

  it('goes on with the next client after a failure, records it once, and reports it', async () => {
    await addClient('gym', { name: 'Iron Gym' });
    keys.groq = null;
    await expect(generation.generateAll()).rejects.toMatchObject({ kind: 'config' });
    await expect(generation.generateAll()).rejects.toMatchObject({ kind: 'config' });
    const { items } = await store.activity.list({ kind: 'generation.failed', limit: 10 });
    expect(items).toHaveLength(2);
    expect(new Set(items.map(({ clientId }) => clientId))).toEqual(new Set(['cafe', 'gym']));
  });

  it('rests until the day’s allowance is back', async () => {
    groq.faults.add({ operation: 'groq.chat', kind: 'tpd-429' });
    await expect(generation.generateAll()).rejects.toMatchObject({ kind: 'quota' });
    await generation.generateAll();
    expect(groqCalls()).toBe(1);
    time.at += 6_900_000;
    await generation.generateAll();
    expect((await posts()).length).toBeGreaterThan(0);
  });
});

describe('a caller who has waited long enough', () => {
  it('gets the ids while pictures are still being made, and those are finished all the same', async () => {
    const outOfPatience: Timers = {
      after: (_, run) => {
        run();
        return { cancel: () => undefined };
      },
    };
    const { created } = await start(outOfPatience).generateForClient('cafe', 7, 'owner');
    expect(created).toHaveLength(3);
    const statuses = async (): Promise<string[]> => {
      const posts = await Promise.all(created.map((id) => store.posts.get(id)));
      return posts.map((post) => post?.status ?? 'gone');
    };
    expect(await statuses()).toContain('generating');
    await expect.poll(statuses, { timeout: 20_000 }).toEqual(['in_review', 'in_review', 'in_review']);
  });
});

describe('writing for several clients', () => {
  const stepsOf = (clientId: string): string[] =>
    generation
      .progress()
      .filter((run) => run.clientId === clientId)
      .flatMap(({ state, posts: planned }) => [state, ...planned.map(({ step }) => step)]);

  it('tells of each post how far it is, and stays to be seen when it is done', async () => {
    await addClient('gym', { name: 'Gym', timezone: 'Europe/Rome' });
    await generation.write(['cafe', 'gym', 'cafe'], 7, 'mia');
    expect(generation.progress().map(({ clientId, actor }) => [clientId, actor])).toEqual([
      ['gym', 'mia'],
      ['cafe', 'mia'],
    ]);
    for (const clientId of ['cafe', 'gym']) {
      await expect.poll(() => stepsOf(clientId), { timeout: 20_000 }).toEqual(['done', 'ready', 'ready', 'ready']);
    }
    const run = generation.progress().find(({ clientId }) => clientId === 'cafe');
    expect(run?.posts.map(({ postId }) => postId)).toEqual((await posts()).map(({ id }) => id));
    expect(run?.endedAt).not.toBeNull();
    await expect(generation.write(['cafe', 'nobody'], 7, 'mia')).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('says why it failed for one, and goes on with the other', async () => {
    await addClient('gym', { name: 'Gym', status: 'paused' });
    await generation.write(['gym', 'cafe'], 7, 'mia');
    await expect.poll(() => stepsOf('gym'), { timeout: 20_000 }).toEqual(['failed']);
    expect(generation.progress().find(({ clientId }) => clientId === 'gym')?.problem).toContain('Gym is paused');
    await expect.poll(() => stepsOf('cafe').at(0), { timeout: 20_000 }).toBe('done');
  });

  it('pays for nothing more once it is stopped, and keeps what is written for a person', async () => {
    await generation.write(['cafe'], 7, 'mia');
    await expect.poll(() => stepsOf('cafe').length, { timeout: 20_000, interval: 1 }).toBe(4);
    generation.stop('cafe');
    await expect
      .poll(() => stepsOf('cafe'), { timeout: 20_000 })
      .toEqual(['stopped', 'needs_person', 'needs_person', 'needs_person']);
    expect(replicate.billed()).toEqual([]);
    expect((await posts()).map(({ status, heldReason }) => [status, heldReason])).toEqual(
      Array(3).fill(['held', 'No picture: the writing was stopped.']),
    );
    expect(() => generation.stop('cafe')).toThrow('Nothing is being written for this client.');
    await run();
    expect(await statuses()).toEqual(['in_review', 'in_review', 'in_review']);
  });

  it('stops before its turn has come', async () => {
    const ids = ['cafe', 'gym', 'spa'];
    for (const id of ids.slice(1)) await addClient(id, { name: id });
    await generation.write(ids, 7, 'mia');
    generation.stop('spa');
    expect(stepsOf('spa')).toEqual(['stopped']);
    for (const id of ids.slice(0, 2)) await expect.poll(() => stepsOf(id).at(0), { timeout: 20_000 }).toBe('done');
    expect(await posts('spa')).toEqual([]);
  });
});

describe('an estimate', () => {
  it('names slots, pictures and a price that the writing stays below', async () => {
    const { items, budgetLeftMicroUsd } = await generation.estimate('cafe', 7);
    expect(items).toMatchObject([
      {
        clientName: 'Café Mozart',
        taken: 0,
        networks: ['facebook', 'instagram'],
        images: { count: 3, microUsd: 9_000 },
        videos: { count: 0, microUsd: 0 },
        blocked: null,
      },
    ]);
    expect(items[0]?.slots.map(({ wallTime }) => wallTime)).toEqual(await writtenTimes());
    const { microUsd } = await store.usage.totals(0, time.at + 1);
    expect(microUsd).toBeLessThanOrEqual((items[0]?.captions.microUsd ?? 0) + 9_000);
    expect(budgetLeftMicroUsd).toBe(settings.monthlyBudgetMicroUsd);
    const after = await generation.estimate('cafe', 7);
    expect(after.items).toMatchObject([{ slots: [], taken: 3, captions: { count: 0, microUsd: 0 } }]);
    expect(after.budgetLeftMicroUsd).toBe(
      settings.monthlyBudgetMicroUsd === null ? null : settings.monthlyBudgetMicroUsd - microUsd,
    );
  });

  it('tells what the client’s own budget has left beside that of all', async () => {
    await addClient('spa', { name: 'Spa' });
    await store.usage.putBudget({ clientId: 'cafe', microUsd: 5_000, updatedAt: time.at });
    const before = await generation.estimate(undefined, 7);
    expect(before.items.map(({ budgetLeftMicroUsd }) => budgetLeftMicroUsd)).toEqual([5_000, null]);
    await run();
    const { microUsd } = await store.usage.totals(0, time.at + 1, 'cafe');
    const { items } = await generation.estimate('cafe', 7);
    expect(items[0]?.budgetLeftMicroUsd).toBe(Math.max(0, 5_000 - microUsd));
    expect(microUsd).toBeGreaterThan(0);
  });

  it('covers every client that is not paused, and says what stands in the way', async () => {
    await addClient('gym', { name: 'Gym', status: 'paused' });
    await addClient('spa', { name: 'Spa' }, { platforms: ['tiktok'] });
    const { items } = await generation.estimate(undefined, 7);
    expect(items.map(({ clientName, blocked }) => [clientName, blocked])).toEqual([
      ['Café Mozart', null],
      ['Spa', expect.stringContaining('Connect an account of Spa')],
    ]);
    expect((await generation.estimate('gym', 7)).items[0]?.blocked).toContain('Gym is paused');
    await expect(generation.estimate('nobody', 7)).rejects.toMatchObject({ name: 'NotFound' });
  });

  const writtenTimes = async (): Promise<string[]> => {
    await run();
    return (await posts()).map(({ wallTime }) => wallTime);
  };
});
