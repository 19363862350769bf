import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../main/sandbox/simulator.ts';
import type { Account } from '../shared/contract/accounts.ts';
import type { Activity, KillSwitch, Settings } from '../shared/contract/admin.ts';
import type { Client } from '../shared/contract/clients.ts';
import type { Media } from '../shared/contract/media.ts';
import type { Post } from '../shared/contract/pipeline.ts';
import { type Platform, platforms } from '../shared/domain/platform.ts';
import { apiToken, type Host, makeDataDir, startHost, until } from './e2e/host.ts';
import { type Answer, ask as askAt } from './e2e/rest.ts';
import { type Services, startServices, videoAssets } from './e2e/services.ts';

/* The whole journey with REST alone, in the live profile, against services that know nothing of our sandbox. */

interface List<T> {
  items: T[];
  nextCursor: string | null;
}

const data = makeDataDir();
let services: Services;
let host: Host;
let client: Client;
let accounts: Record<Platform, Account>;
let personId: string;
let pageId: string;
let creatorId: string;

beforeAll(async () => {
  services = await startServices();
  const person = services.meta.addPerson({
    name: 'Ana Costa',
    pages: [{ name: 'Cafe Uno', instagram: { username: 'cafe.uno' } }, { name: 'Bakery Dois' }],
  });
  personId = person.id;
  pageId = person.roles[0]?.pageId ?? '';
  creatorId = services.tiktok.addCreator({ username: 'cafe.uno', nickname: 'Café Uno' }).id;
  host = await startHost(data.path, services.environment);
});

afterAll(async () => {
  await host.stop();
  await services.close();
  data.remove();
});

const ask = <T = unknown>(method: string, path: string, body?: unknown): Promise<Answer<T>> =>
  askAt<T>(host.origin, method, path, { body });

/** Public ledger entries of one kind whose text holds `text`. */
function seen(operation: string, text = ''): LedgerEntry[] {
  const { entries } = operation.startsWith('tiktok') ? services.tiktok.ledger : services.meta.ledger;
  return entries.filter((entry) => entry.operation === operation && String(entry.detail.text).includes(text));
}

function requestsToNetworks(): number {
  return services.meta.ledger.entries.length + services.tiktok.ledger.entries.length;
}

/** Follows a connect link to the network, clicks through, and comes back. @returns the page that then shows */
async function connect(startPath: string, platform: Platform, pageIds?: string[], token?: null): Promise<Answer> {
  const start = await askAt(host.origin, 'GET', startPath, { token });
  expect(start.status).toBe(302);
  const dialog = start.headers.get('location') ?? '';
  const back = services.logIn(platform, { dialog, personId, pageIds, creatorId });
  expect(back.startsWith(`${host.origin}/api/auth/${platform}/callback?`)).toBe(true);
  return askAt(host.origin, 'GET', back.slice(host.origin.length), { token: null });
}

async function accountsOf(clientId: string): Promise<Account[]> {
  return (await host.api<List<Account>>('GET', `/api/clients/${clientId}/accounts`)).items;
}

function inFuture(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

interface NewPost {
  clientId?: string;
  caption: string;
  firstComment?: string;
  media?: string[];
  scheduledFor?: string;
  targets: { accountId: string; options?: Record<string, unknown> }[];
}

async function writePost(post: NewPost): Promise<Post> {
  return host.api<Post>('POST', '/api/pipeline', { clientId: client.id, scheduledFor: inFuture(3_600_000), ...post });
}

async function approved(post: NewPost): Promise<Post> {
  const { id, contentHash } = await writePost(post);
  return host.api<Post>('POST', `/api/pipeline/${id}/approve`, { contentHash });
}

function act(post: { id: string }, action: string): Promise<Post> {
  return host.api<Post>('POST', `/api/pipeline/${post.id}/${action}`);
}

/** Waits until nothing more happens to a post by itself. */
function settled(post: { id: string }): Promise<Post> {
  return until(`post ${post.id} has ended`, async () => {
    const now = await host.api<Post>('GET', `/api/pipeline/${post.id}`);
    return !['approved', 'publishing'].includes(now.status) && now;
  });
}

async function upload(bytes: Uint8Array, name: string, mime: string): Promise<Answer<Media>> {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(bytes)], name, { type: mime }));
  form.set('clientId', client.id);
  return ask<Media>('POST', '/api/media', form);
}

function picture(colour: string): Promise<Buffer> {
  return sharp({ create: { width: 1200, height: 900, channels: 3, background: colour } })
    .png()
    .toBuffer();
}

describe('setting up', () => {
  it('tells its health without a token', async () => {
    const { status, body } = await askAt(host.origin, 'GET', '/api/health', { token: null });
    expect([status, body]).toEqual([200, { status: 'ok', version: expect.any(String), profile: 'live' }]);
  });

  it('starts with no client, nothing stopped and the keys of the environment', async () => {
    expect(await host.api('GET', '/api/clients')).toEqual({ items: [], nextCursor: null });
    expect(await host.api('GET', '/api/pipeline')).toEqual({ items: [], nextCursor: null });
    const { items } = await host.api<List<KillSwitch>>('GET', '/api/admin/kill-switch');
    expect(items.filter(({ engaged }) => engaged)).toEqual([]);
    const { hint, ...groq } = await host.api<{ hint: string }>('GET', '/api/admin/credentials/groq');
    expect(groq).toEqual({ provider: 'groq', configured: true, source: 'environment' });
    expect(services.environment.GROQ_API_KEY).not.toBe(hint);
  });

  it('takes a client, its brand and its rules', async () => {
    const made = await ask<Client>('POST', '/api/clients', {
      name: 'Café Uno',
      timezone: 'Europe/Lisbon',
      language: 'en',
      brandVoice: 'Warm, brief, never loud. We roast our own coffee.',
    });
    expect(made.status).toBe(201);
    client = made.body;
    expect(client).toEqual({
      id: expect.any(String),
      name: 'Café Uno',
      status: 'onboarding',
      timezone: 'Europe/Lisbon',
      language: 'en',
      brandVoice: 'Warm, brief, never loud. We roast our own coffee.',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    const brand = {
      colors: ['#6f4e37'],
      bannedTerms: ['cheap', 'miracle'],
      ctas: ['Come by for a cup', 'See you at the counter'],
      hashtags: ['#cafeuno'],
      imageStyle: 'soft morning light, wooden tables',
      examplePosts: ['The first cup is for the street sweepers. It has always been like that.'],
    };
    expect(await host.api('PUT', `/api/clients/${client.id}/brand`, brand)).toEqual(brand);
    expect(await host.api('GET', `/api/clients/${client.id}/brand`)).toEqual(brand);
    const rules = {
      postsPerWeek: 3,
      days: ['mon', 'wed', 'fri'],
      times: ['09:00'],
      platforms: [...platforms],
      autoApprove: false,
      graceMinutes: 30,
    };
    expect(await host.api('PUT', `/api/clients/${client.id}/rules`, rules)).toEqual(rules);
    expect(await host.api('GET', `/api/clients/${client.id}/rules`)).toEqual(rules);
    const changed = await host.api<Client>('PATCH', `/api/clients/${client.id}`, { status: 'active' });
    expect(changed).toEqual({ ...client, status: 'active' });
    client = changed;
  });

  it('connects each network by its login; of several Pages one is picked', async () => {
    const start = (platform: Platform): string => `/api/auth/${platform}/start?clientId=${client.id}`;
    const choice = await connect(start('facebook'), 'facebook');
    expect(choice.status).toBe(200);
    expect(choice.text).toContain('Cafe Uno');
    expect(choice.text).toContain('Bakery Dois');
    expect(await accountsOf(client.id)).toEqual([]);
    const token = /name="choice" value="([^"]+)"/.exec(choice.text)?.[1] ?? '';
    const chosen = await fetch(`${host.origin}/api/auth/choose`, {
      method: 'POST',
      body: new URLSearchParams({ choice: token, remoteId: pageId }),
    });
    expect(chosen.status).toBe(200);
    expect(await chosen.text()).toContain('Connected');

    expect((await connect(start('instagram'), 'instagram', [pageId])).text).toContain('Instagram');
    expect((await connect(start('tiktok'), 'tiktok')).text).toContain('Café Uno');

    const connected = await accountsOf(client.id);
    expect(connected).toHaveLength(3);
    accounts = Object.fromEntries(connected.map((account) => [account.platform, account])) as typeof accounts;
    expect(accounts.facebook).toMatchObject({ displayName: 'Cafe Uno', remoteId: pageId, status: 'connected' });
    expect(accounts.instagram).toMatchObject({
      status: 'connected',
      scopes: expect.arrayContaining(['instagram_basic']),
    });
    expect(accounts.tiktok).toMatchObject({ status: 'connected', expiresAt: expect.any(String), audited: false });
  });

  it('takes each login once', async () => {
    const start = await ask('GET', `/api/auth/tiktok/start?clientId=${client.id}`);
    const dialog = start.headers.get('location') ?? '';
    const back = services.logIn('tiktok', { dialog, creatorId }).slice(host.origin.length);
    expect((await askAt(host.origin, 'GET', back, { token: null })).status).toBe(200);
    expect((await askAt(host.origin, 'GET', back, { token: null })).status).toBe(400);
    const cancelled = await ask('GET', `/api/auth/tiktok/start?clientId=${client.id}`);
    const state = new URL(cancelled.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const answer = await ask('GET', `/api/auth/tiktok/callback?error=access_denied&state=${state}`);
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('cancelled')]);
  });
});

describe('from the plan to the networks', () => {
  let written: Post[];

  it('writes the week: text, picture and video for every network', async () => {
    const { created } = await host.api<{ created: string[] }>('POST', '/api/pipeline/generate', {
      clientId: client.id,
    });
    expect(created).toHaveLength(3);
    const { items } = await host.api<List<Post>>('GET', `/api/pipeline?clientId=${client.id}&status=in_review`);
    expect(items.map(({ id }) => id).sort()).toEqual([...created].sort());
    written = items;
    for (const post of written) {
      expect(post).toMatchObject({ source: 'ai', timezone: 'Europe/Lisbon', approvedBy: null, heldReason: null });
      expect(post.wallTime).toMatch(/T09:00$/);
      expect(post.caption.length).toBeGreaterThan(20);
      expect(post.media.map(({ kind }) => kind).sort()).toEqual(['image', 'video']);
      expect(post.targets.map(({ platform }) => platform).sort()).toEqual([...platforms].sort());
      expect(post.targets.every(({ status }) => status === 'pending')).toBe(true);
    }
    expect(new Set(written.map(({ caption }) => caption)).size).toBe(3);
    const again = await host.api('POST', '/api/pipeline/generate', { clientId: client.id, days: 7 });
    expect(again).toEqual({ created: [] });
  });

  it('serves the media of a post', async () => {
    for (const media of written[0]?.media ?? []) {
      const answer = await fetch(host.origin + media.url, { headers: { authorization: `Bearer ${apiToken}` } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, media.mime]);
      expect((await answer.arrayBuffer()).byteLength).toBe(media.bytes);
    }
  });

  it('approves only what was seen, and publishes it everywhere once', async () => {
    const [first] = written as [Post];
    const path = `/api/pipeline/${first.id}`;
    const edited = await host.api<Post>('PATCH', path, {
      caption: 'The new beans are here. Come by for a cup.',
      firstComment: 'Ethiopia, washed, roasted on Tuesday.',
    });
    expect(edited.caption).toBe('The new beans are here. Come by for a cup.');
    expect(edited.contentHash).not.toBe(first.contentHash);
    const stale = await ask('POST', `${path}/approve`, { contentHash: first.contentHash });
    expect([stale.status, stale.body]).toMatchObject([409, { code: 'CONFLICT', data: { reason: 'content_changed' } }]);
    expect(await host.api('GET', path)).toMatchObject({ status: 'in_review' });
    expect((await ask('POST', `${path}/publish-now`)).status).toBe(409);

    const ok = await host.api<Post>('POST', `${path}/approve`, { contentHash: edited.contentHash });
    expect(ok).toMatchObject({ status: 'approved', approvedBy: 'api' });
    const reopened = await host.api<Post>('PATCH', path, { caption: 'The new beans are in. Come by for a cup.' });
    expect(reopened).toMatchObject({ status: 'in_review', approvedBy: null });
    await act(first, 'approve');

    const inboxBefore = seen('tiktok.inbox_delivered').length;
    await act(first, 'publish-now');
    await act(first, 'publish-now');
    const done = await settled(first);
    expect(done.status).toBe('published');
    expect(Object.fromEntries(done.targets.map(({ platform, status }) => [platform, status]))).toEqual({
      facebook: 'published',
      instagram: 'published',
      tiktok: 'delivered',
    });
    for (const target of done.targets.filter(({ status }) => status === 'published')) {
      expect(target).toMatchObject({ remoteId: expect.any(String), permalink: expect.stringMatching(/^http/) });
    }
    for (const network of ['facebook', 'instagram']) {
      await until('the first comment', async () => seen(`${network}.commented`).length > 0);
      expect(seen(`${network}.published`, 'The new beans are in.')).toHaveLength(1);
      expect(seen(`${network}.commented`, 'Ethiopia, washed')).toHaveLength(1);
    }
    expect(seen('tiktok.inbox_delivered').length - inboxBefore).toBe(1);
    expect(seen('facebook.published').concat(seen('instagram.published'))).toHaveLength(2);
  });

  it('shows what happened in the logs of the post and of the app', async () => {
    const [first] = written as [Post];
    const { items } = await host.api<List<{ kind: string; platform: string; state: string; events: unknown[] }>>(
      'GET',
      `/api/pipeline/${first.id}/logs`,
    );
    expect(items.map(({ kind, platform, state }) => `${kind} ${platform} ${state}`).sort()).toEqual([
      'first_comment facebook published',
      'first_comment instagram published',
      'post facebook published',
      'post instagram published',
      'post tiktok published',
    ]);
    expect(items.every(({ events }) => events.length >= 3)).toBe(true);
    const log = await host.api<List<Activity>>('GET', `/api/admin/logs?postId=${first.id}`);
    expect(log.items.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['post.published', 'post.publish_now', 'post.approved', 'post.edited']),
    );
    expect(log.items.every(({ postId }) => postId === first.id)).toBe(true);
  });

  it('rejects, reschedules and deletes what is not sent yet', async () => {
    const [, second, third] = written as [Post, Post, Post];
    const at = inFuture(48 * 3_600_000);
    const moved = await host.api<Post>('POST', `/api/pipeline/${second.id}/reschedule`, { scheduledFor: at });
    expect(moved).toMatchObject({ scheduledFor: at, timezone: 'Europe/Lisbon', status: 'in_review' });
    await host.api('POST', `/api/pipeline/${second.id}/approve`);
    const kept = await host.api<Post>('POST', `/api/pipeline/${second.id}/reschedule`, {
      scheduledFor: inFuture(49 * 3_600_000),
    });
    expect(kept.status).toBe('approved');
    const rejected = await host.api<Post>('POST', `/api/pipeline/${second.id}/reject`, { reason: 'Not our tone.' });
    expect(rejected).toMatchObject({ status: 'rejected', rejectedReason: 'Not our tone.' });
    expect(await host.api('DELETE', `/api/pipeline/${third.id}`)).toEqual({ deleted: true });
    expect((await ask('GET', `/api/pipeline/${third.id}`)).status).toBe(404);
  });
});

describe('posts written by hand', () => {
  let photos: string[];
  let clip: Media;

  it('uses uploaded pictures and videos', async () => {
    photos = [];
    for (const colour of ['#884422', '#225588', '#338844']) {
      const { status, body } = await upload(await picture(colour), 'picture.png', 'image/png');
      expect(status).toBe(201);
      expect(body).toMatchObject({ mime: 'image/png', width: 1200, height: 900, origin: 'upload' });
      photos.push(body.id);
    }
    const video = await upload(await readFile(join(videoAssets, 'coffee.mp4')), 'coffee.mp4', 'video/mp4');
    expect(video).toMatchObject({ status: 201, body: { kind: 'video', mime: 'video/mp4' } });
    clip = video.body;
    const { items } = await host.api<List<Media>>('GET', `/api/media?clientId=${client.id}`);
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining([...photos, clip.id]));
  });

  it('publishes several photos as one post on Facebook and as a carousel on Instagram', async () => {
    const targets = [{ accountId: accounts.facebook.id }, { accountId: accounts.instagram.id }];
    const post = await approved({ caption: 'Three walls, one evening of painting.', media: photos, targets });
    await act(post, 'publish-now');
    expect(await settled(post)).toMatchObject({ status: 'published' });
    const live = services.meta.publicPosts().filter(({ text }) => text.includes('Three walls'));
    expect(live.map(({ platform, media }) => `${platform} ${media.length}`).sort()).toEqual([
      'facebook 3',
      'instagram 3',
    ]);
  });

  it('publishes a video directly to TikTok for an audited account, with consent only', async () => {
    const path = `/api/clients/${client.id}/accounts/${accounts.tiktok.id}`;
    expect(await host.api('PATCH', path, { audited: true })).toMatchObject({ audited: true });
    const creator = await host.api<{ privacyLevels: string[] }>('GET', `${path}/creator-info`);
    expect(creator.privacyLevels).toContain('PUBLIC_TO_EVERYONE');
    const options = { mode: 'direct', privacyLevel: 'PUBLIC_TO_EVERYONE', allowComment: true };
    const caption = 'How the morning starts here.';
    const post = await writePost({ caption, media: [clip.id], targets: [{ accountId: accounts.tiktok.id, options }] });
    const refused = await ask('POST', `/api/pipeline/${post.id}/approve`);
    expect([refused.status, refused.body]).toMatchObject([422, { code: 'UNPROCESSABLE' }]);
    await host.api('PATCH', `/api/pipeline/${post.id}`, {
      targets: [{ accountId: accounts.tiktok.id, options: { ...options, consent: true } }],
    });
    await act(post, 'approve');
    await act(post, 'publish-now');
    const done = await settled(post);
    expect(done).toMatchObject({
      status: 'published',
      targets: [{ status: 'published', remoteId: expect.any(String) }],
    });
    expect(seen('tiktok.published', caption)).toMatchObject([{ detail: { privacy: 'PUBLIC_TO_EVERYONE' } }]);
  });

  it('goes out on its second', async () => {
    const scheduledFor = inFuture(2_500);
    const caption = 'Open from now on.';
    const post = await approved({ caption, scheduledFor, targets: [{ accountId: accounts.facebook.id }] });
    const before = services.meta.ledger.entries.length;
    expect(await settled(post)).toMatchObject({ status: 'published' });
    const [first] = services.meta.ledger.entries.slice(before) as [LedgerEntry];
    expect(first.at).toBeGreaterThanOrEqual(Date.parse(scheduledFor));
    expect(first.at - Date.parse(scheduledFor)).toBeLessThan(1_000);
    expect(seen('facebook.published', caption)).toHaveLength(1);
  });

  it('refuses banned terms in code', async () => {
    const targets = [{ accountId: accounts.facebook.id }];
    const post = await writePost({ caption: 'A miracle of a cup.', targets });
    expect(post.bannedHits).toEqual([{ field: 'caption', term: 'miracle', start: 2, end: 9 }]);
    const refused = await ask('POST', `/api/pipeline/${post.id}/approve`);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ message: expect.stringContaining('miracle') });
  });
});

describe('the kill switch', () => {
  it.each(['global', 'client', 'account'] as const)('of scope %s stops, and released lets go on', async (scope) => {
    const id = { global: undefined, client: client.id, account: accounts.facebook.id }[scope];
    const set = (engaged: boolean) =>
      host.api<List<KillSwitch>>('PUT', '/api/admin/kill-switch', { scope, id, engaged, reason: 'A test.' });
    const mine = ({ items }: List<KillSwitch>) => items.find((one) => one.scope === scope && one.id === (id ?? null));
    const caption = `Stopped by the ${scope} switch.`;
    const post = await approved({ caption, targets: [{ accountId: accounts.facebook.id }] });
    expect(mine(await set(true))).toMatchObject({ engaged: true, reason: 'A test.', changedBy: 'api' });
    const before = requestsToNetworks();
    await act(post, 'publish-now');
    // Each run takes up what is due; without the switch the first request would have left long before the last.
    for (let run = 1; run <= 10; run += 1) await host.api('POST', '/api/admin/jobs/publish-due/run');
    expect(await host.api('GET', `/api/pipeline/${post.id}`)).toMatchObject({ targets: [{ status: 'pending' }] });
    expect(requestsToNetworks()).toBe(before);
    expect(mine(await host.api('GET', '/api/admin/kill-switch'))).toMatchObject({ engaged: true });
    expect(mine(await set(false))).toMatchObject({ engaged: false });
    expect(await settled(post)).toMatchObject({ status: 'published' });
    expect(seen('facebook.published', caption)).toHaveLength(1);
  });
});

describe('the app itself', () => {
  it('counts', async () => {
    const stats = await host.api<{ posts: Record<string, number>; spend: Record<string, number> }>(
      'GET',
      '/api/admin/stats',
    );
    expect(stats).toMatchObject({ clients: { total: 1, active: 1 }, failures: 0, accountsToReconnect: 0 });
    expect(stats.posts).toMatchObject({ published: 7, rejected: 1, in_review: 1 });
    expect(stats.spend).toMatchObject({ images: 3, videos: 3 });
    expect(stats.spend.microUsd).toBeGreaterThan(0);
  });

  it('changes settings field by field', async () => {
    const before = await host.api<Settings>('GET', '/api/admin/settings');
    const change = { agencyName: 'Studio Mia', planAheadDays: 10, monthlyBudgetMicroUsd: null };
    const after = await host.api('PATCH', '/api/admin/settings', change);
    expect(after).toEqual({ ...before, ...change });
    expect(await host.api('GET', '/api/admin/settings')).toEqual(after);
  });

  it('takes credentials in and never shows them', async () => {
    const secret = 'instagram-secret-1234567890';
    const put = await ask('PUT', '/api/admin/credentials/instagram', { appId: '42', appSecret: secret });
    expect(put.body).toEqual({ provider: 'instagram', configured: true, hint: '42', source: 'stored' });
    const shown = [
      put,
      await ask('GET', '/api/admin/credentials/instagram'),
      await ask('GET', '/api/admin/credentials'),
    ];
    expect(shown.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(shown.map(({ text }) => text).join()).not.toContain(secret);
    const fixed = await ask('PUT', '/api/admin/credentials/groq', { apiKey: 'gsk_another-key' });
    expect([fixed.status, fixed.body]).toMatchObject([409, { data: { reason: 'environment' } }]);
  });

  it('lists its jobs and runs them by hand', async () => {
    const { items } = await host.api<List<{ name: string; nextRunAt: string }>>('GET', '/api/admin/jobs');
    expect(items.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['publish-due', 'generate-content', 'refresh-tokens']),
    );
    for (const { name, nextRunAt } of items) {
      expect(Date.parse(nextRunAt)).toBeGreaterThan(Date.now());
      const run = await host.api('POST', `/api/admin/jobs/${name}/run`);
      expect(run).toMatchObject({ name, lastRunAt: expect.any(String), lastError: null });
    }
    expect((await ask('POST', '/api/admin/jobs/nonsense/run')).status).toBe(404);
  });

  it('filters and pages its log', async () => {
    const all: Activity[] = [];
    let cursor: string | null = null;
    do {
      const page: List<Activity> = await host.api('GET', `/api/admin/logs?limit=7${cursor ? `&cursor=${cursor}` : ''}`);
      expect(page.items.length).toBeLessThanOrEqual(7);
      all.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const warnings = await host.api<List<Activity>>('GET', '/api/admin/logs?level=warning&limit=200');
    expect(warnings.items).toEqual(all.filter(({ level }) => level === 'warning'));
    const stops = await host.api<List<Activity>>('GET', '/api/admin/logs?kind=kill_switch.engaged');
    expect(stops.items).toHaveLength(3);
  });

  it('describes every call in OpenAPI', async () => {
    const { body } = await ask<{ openapi: string; paths: Record<string, Record<string, unknown>> }>(
      'GET',
      '/api/openapi.json',
    );
    expect(body.openapi).toMatch(/^3\./);
    const described = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} /api${path}`),
    );
    expect(described).toEqual(expect.arrayContaining(callsOfTheDesign));
  });
});

describe('the onboarding link', () => {
  it('lets a client connect its own accounts with nothing but the link', async () => {
    const link = await host.api<{ url: string; deepLink: string; expiresAt: string }>(
      'POST',
      `/api/clients/${client.id}/onboarding-link`,
    );
    const token = link.url.split('/').at(-1) ?? '';
    expect(link.url).toBe(`${host.origin}/onboard/${token}`);
    expect(link.deepLink).toBe(`autosocial://onboard/${token}`);
    expect(Date.parse(link.expiresAt)).toBeGreaterThan(Date.now());
    await ask('DELETE', `/api/clients/${client.id}/accounts/${accounts.tiktok.id}`);
    const page = await askAt(host.origin, 'GET', `/onboard/${token}`, { token: null });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.text).toContain('Café Uno');
    expect(page.text).toContain(`/api/auth/tiktok/start?onboarding=${token}`);

    const connected = await connect(`/api/auth/tiktok/start?onboarding=${token}`, 'tiktok', undefined, null);
    expect(connected.status).toBe(200);
    expect(connected.text).toContain(`/onboard/${token}`);
    expect(await accountsOf(client.id)).toHaveLength(3);
    const after = await askAt(host.origin, 'GET', `/onboard/${token}`, { token: null });
    expect(after.text).not.toContain('/api/auth/tiktok/start');
  });

  it('is refused when it is forged', async () => {
    for (const forged of ['x', 'a'.repeat(43), '%00', '..%2f..%2fhealth']) {
      expect((await askAt(host.origin, 'GET', `/onboard/${forged}`, { token: null })).status).toBe(404);
      const start = await askAt(host.origin, 'GET', `/api/auth/tiktok/start?onboarding=${forged}`, { token: null });
      expect([forged, start.status]).toEqual([forged, 409]);
    }
    const noToken = await askAt(host.origin, 'GET', `/api/auth/tiktok/start?clientId=${client.id}`, { token: null });
    expect(noToken.status).toBe(401);
  });
});

describe('taking leave', () => {
  it('disconnects an account and holds what waited for it', async () => {
    const post = await approved({ caption: 'Will not go out.', targets: [{ accountId: accounts.facebook.id }] });
    const path = `/api/clients/${client.id}/accounts/${accounts.facebook.id}`;
    expect(await host.api('DELETE', path)).toEqual({ disconnected: true });
    expect((await ask('DELETE', path)).status).toBe(404);
    expect((await accountsOf(client.id)).map(({ platform }) => platform).sort()).toEqual(['instagram', 'tiktok']);
    expect(await host.api('GET', `/api/pipeline/${post.id}`)).toMatchObject({
      status: 'held',
      heldReason: expect.stringContaining('disconnected'),
    });
  });

  it('deletes the client with all that is its own', async () => {
    expect(await host.api('DELETE', `/api/clients/${client.id}`)).toEqual({ deleted: true });
    expect((await ask('GET', `/api/clients/${client.id}`)).status).toBe(404);
    expect((await ask('GET', `/api/clients/${client.id}/accounts`)).status).toBe(404);
    expect((await host.api<List<Client>>('GET', '/api/clients')).items).toEqual([]);
    expect(host.output()).not.toMatch(/error/i);
  });
});

const callsOfTheDesign = [
  'GET /api/health',
  'GET /api/admin/stats',
  'GET /api/admin/kill-switch',
  'PUT /api/admin/kill-switch',
  'GET /api/admin/settings',
  'PATCH /api/admin/settings',
  'GET /api/admin/credentials/{provider}',
  'PUT /api/admin/credentials/{provider}',
  'GET /api/admin/jobs',
  'POST /api/admin/jobs/{name}/run',
  'GET /api/admin/logs',
  'GET /api/clients',
  'POST /api/clients',
  'GET /api/clients/{id}',
  'PATCH /api/clients/{id}',
  'DELETE /api/clients/{id}',
  'GET /api/clients/{id}/brand',
  'PUT /api/clients/{id}/brand',
  'GET /api/clients/{id}/rules',
  'PUT /api/clients/{id}/rules',
  'POST /api/clients/{id}/onboarding-link',
  'GET /api/clients/{id}/accounts',
  'DELETE /api/clients/{id}/accounts/{accountId}',
  'GET /api/auth/{platform}/start',
  'GET /api/auth/{platform}/callback',
  'GET /api/pipeline',
  'POST /api/pipeline',
  'GET /api/pipeline/{id}',
  'PATCH /api/pipeline/{id}',
  'DELETE /api/pipeline/{id}',
  'POST /api/pipeline/{id}/approve',
  'POST /api/pipeline/{id}/reject',
  'POST /api/pipeline/{id}/reschedule',
  'POST /api/pipeline/{id}/publish-now',
  'POST /api/pipeline/{id}/retry',
  'POST /api/pipeline/{id}/resolve',
  'POST /api/pipeline/generate',
  'GET /api/pipeline/{id}/logs',
  'POST /api/media',
];
