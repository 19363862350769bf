import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../shared/contract/accounts.ts';
import type { Activity, KillSwitch, Settings } from '../shared/contract/admin.ts';
import type { Client } from '../shared/contract/clients.ts';
import type { Post } from '../shared/contract/pipeline.ts';
import { type Platform, platforms } from '../shared/domain/platform.ts';
import { callsOfTheDesign } from './e2e/design-calls.ts';
import { apiToken, type Host, until, untilWritingIsFar } from './e2e/host.ts';
import { inFuture, type List, type LiveAgency, startLiveAgency } from './e2e/live-agency.ts';
import { seenBy } from './e2e/services.ts';

/* The whole journey with REST alone, in the live profile, against services that know nothing of our sandbox. */

let agency: LiveAgency;
let host: Host;
let ask: LiveAgency['ask'];
let client: Client;
let accounts: Record<Platform, Account>;
let people: { personId: string; creatorId: string };
let pageId: string;

beforeAll(async () => {
  agency = await startLiveAgency();
  ({ host, ask } = agency);
  await untilWritingIsFar(host, 25_000);
  const { meta, tiktok } = agency.services;
  const person = meta.addPerson({
    name: 'Ana Costa',
    pages: [{ name: 'Cafe Uno', instagram: { username: 'cafe.uno' } }, { name: 'Bakery Dois' }],
  });
  pageId = person.roles[0]?.pageId ?? '';
  people = { personId: person.id, creatorId: tiktok.addCreator({ username: 'cafe.uno', nickname: 'Café Uno' }).id };
});

afterAll(() => agency.close());

describe('setting up', () => {
  it('tells its health without a token', async () => {
    const { status, body } = await ask('GET', '/api/health', undefined, { token: null });
    expect([status, body]).toEqual([200, { status: 'ok', version: expect.any(String), profile: 'live' }]);
  });

  it('starts with no client, nothing stopped and the keys of the environment', async () => {
    expect(await host.api('GET', '/api/clients')).toEqual({ items: [], nextCursor: null });
    expect(await host.api('GET', '/api/pipeline')).toEqual({ items: [], nextCursor: null });
    const { items } = await host.api<List<KillSwitch>>('GET', '/api/admin/kill-switch');
    expect(items.filter(({ engaged }) => engaged)).toEqual([]);
    const { hint, ...groq } = await host.api<{ hint: string }>('GET', '/api/admin/credentials/groq');
    expect(groq).toEqual({ provider: 'groq', configured: true, source: 'environment' });
    expect(agency.services.environment.GROQ_API_KEY).not.toBe(hint);
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
    const choice = await agency.connect(start('facebook'), 'facebook', people);
    expect(choice.status).toBe(200);
    expect(choice.text).toContain('Cafe Uno');
    expect(choice.text).toContain('Bakery Dois');
    expect(await agency.accountsOf(client.id)).toEqual([]);
    const token = /name="choice" value="([^"]+)"/.exec(choice.text)?.[1] ?? '';
    const chosen = await fetch(`${host.origin}/api/auth/choose`, {
      method: 'POST',
      body: new URLSearchParams({ choice: token, remoteId: pageId }),
    });
    expect(chosen.status).toBe(200);
    expect(await chosen.text()).toContain('Connected');

    expect((await agency.connect(start('instagram'), 'instagram', { ...people, pageIds: [pageId] })).text).toContain(
      'Instagram',
    );
    expect((await agency.connect(start('tiktok'), 'tiktok', people)).text).toContain('Café Uno');

    const connected = await agency.accountsOf(client.id);
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
    const back = agency.services.logIn('tiktok', { dialog, ...people }).slice(host.origin.length);
    expect((await ask('GET', back, undefined, { token: null })).status).toBe(200);
    expect((await ask('GET', back, undefined, { token: null })).status).toBe(400);
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
    await agency.act(first, 'approve');

    const inboxBefore = seenBy(agency.services, 'tiktok.inbox_delivered').length;
    await agency.act(first, 'publish-now');
    await agency.act(first, 'publish-now');
    const done = await agency.settled(first);
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
      await until('the first comment', async () => seenBy(agency.services, `${network}.commented`).length > 0);
      expect(seenBy(agency.services, `${network}.published`, 'The new beans are in.')).toHaveLength(1);
      expect(seenBy(agency.services, `${network}.commented`, 'Ethiopia, washed')).toHaveLength(1);
    }
    expect(seenBy(agency.services, 'tiktok.inbox_delivered').length - inboxBefore).toBe(1);
    expect(
      seenBy(agency.services, 'facebook.published').concat(seenBy(agency.services, 'instagram.published')),
    ).toHaveLength(2);
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

describe('the app itself', () => {
  it('counts', async () => {
    const stats = await host.api<{ posts: Record<string, number>; spend: Record<string, number> }>(
      'GET',
      '/api/admin/stats',
    );
    expect(stats).toMatchObject({ clients: { total: 1, active: 1 }, failures: 0, accountsToReconnect: 0 });
    expect(stats.posts).toMatchObject({ published: 1, rejected: 1, in_review: 0 });
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
    const asked = Date.now();
    const { items } = await host.api<List<{ name: string; nextRunAt: string }>>('GET', '/api/admin/jobs');
    expect(items.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['publish-due', 'generate-content', 'refresh-tokens']),
    );
    for (const { name, nextRunAt } of items) {
      expect(Date.parse(nextRunAt)).toBeGreaterThan(asked);
      const run = await host.api('POST', `/api/admin/jobs/${name}/run`);
      expect(run).toMatchObject({ name, lastRunAt: expect.any(String), lastError: null });
    }
    expect((await ask('POST', '/api/admin/jobs/nonsense/run')).status).toBe(404);
  });

  it('filters and pages its log', async () => {
    for (const engaged of [true, false]) {
      await host.api('PUT', '/api/admin/kill-switch', { scope: 'client', id: client.id, engaged });
    }
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
    expect(warnings.items.map(({ kind }) => kind)).toContain('kill_switch.engaged');
    expect(warnings.items).toEqual(all.filter(({ level }) => level === 'warning'));
    const approvals = await host.api<List<Activity>>('GET', '/api/admin/logs?kind=post.approved');
    expect(approvals.items).toEqual(all.filter(({ kind }) => kind === 'post.approved'));
    expect(approvals.items).toHaveLength(3);
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
    const page = await ask('GET', `/onboard/${token}`, undefined, { token: null });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.text).toContain('Café Uno');
    expect(page.text).toContain(`/api/auth/tiktok/start?onboarding=${token}`);

    const connected = await agency.connect(`/api/auth/tiktok/start?onboarding=${token}`, 'tiktok', people, {
      token: null,
    });
    expect(connected.status).toBe(200);
    expect(connected.text).toContain(`/onboard/${token}`);
    expect(await agency.accountsOf(client.id)).toHaveLength(3);
    const after = await ask('GET', `/onboard/${token}`, undefined, { token: null });
    expect(after.text).not.toContain('/api/auth/tiktok/start');
  });

  it('is refused when it is forged', async () => {
    for (const forged of ['x', 'a'.repeat(43), '%00', '..%2f..%2fhealth']) {
      expect((await ask('GET', `/onboard/${forged}`, undefined, { token: null })).status).toBe(404);
      const start = await ask('GET', `/api/auth/tiktok/start?onboarding=${forged}`, undefined, { token: null });
      expect([forged, start.status]).toEqual([forged, 409]);
    }
    const noToken = await ask('GET', `/api/auth/tiktok/start?clientId=${client.id}`, undefined, { token: null });
    expect(noToken.status).toBe(401);
  });
});

describe('taking leave', () => {
  it('disconnects an account and holds what waited for it', async () => {
    const post = await agency.approvedPost({
      clientId: client.id,
      caption: 'Will not go out.',
      targets: [{ accountId: accounts.facebook.id }],
    });
    const path = `/api/clients/${client.id}/accounts/${accounts.facebook.id}`;
    expect(await host.api('DELETE', path)).toEqual({ disconnected: true });
    expect((await ask('DELETE', path)).status).toBe(404);
    expect((await agency.accountsOf(client.id)).map(({ platform }) => platform).sort()).toEqual([
      'instagram',
      'tiktok',
    ]);
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
