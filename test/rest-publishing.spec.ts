import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../shared/contract/accounts.ts';
import type { KillSwitch } from '../shared/contract/admin.ts';
import type { Client } from '../shared/contract/clients.ts';
import type { AccountInsights, PostInsights } from '../shared/contract/insights.ts';
import type { Media } from '../shared/contract/media.ts';
import type { Post } from '../shared/contract/pipeline.ts';
import type { Platform } from '../shared/domain/platform.ts';
import { type Host, until } from './e2e/host.ts';
import { connectedClient, inFuture, type List, type LiveAgency, picture, startLiveAgency } from './e2e/live-agency.ts';
import { seenBy, videoAssets } from './e2e/services.ts';

/* What a person publishes by hand, and stops, with REST alone; see rest-journey.spec.ts for the way there. */

let agency: LiveAgency;
let host: Host;
let client: Client;
let accounts: Record<Platform, Account>;

beforeAll(async () => {
  agency = await startLiveAgency();
  ({ host } = agency);
  ({ client, accounts } = await connectedClient(agency, 'Café Uno', 'cafe.uno'));
  await host.api('PUT', `/api/clients/${client.id}/brand`, { bannedTerms: ['miracle'] });
});

afterAll(() => agency.close());

function requestsToNetworks(): number {
  const { meta, tiktok } = agency.services;
  return meta.ledger.entries.length + tiktok.ledger.entries.length;
}

describe('posts written by hand', () => {
  let photos: string[];
  let clip: Media;

  it('uses uploaded pictures and videos', async () => {
    photos = [];
    for (const colour of ['#884422', '#225588', '#338844']) {
      const { status, body } = await agency.upload(client.id, await picture(colour));
      expect(status).toBe(201);
      expect(body).toMatchObject({ mime: 'image/png', width: 1200, height: 900, origin: 'upload' });
      photos.push(body.id);
    }
    const video = await agency.upload(client.id, await readFile(join(videoAssets, 'coffee.mp4')));
    expect(video).toMatchObject({ status: 201, body: { kind: 'video', mime: 'video/mp4' } });
    clip = video.body;
    const { items } = await host.api<List<Media>>('GET', `/api/media?clientId=${client.id}`);
    expect(items.map(({ id }) => id)).toEqual(expect.arrayContaining([...photos, clip.id]));
  });

  it('publishes several photos as one post on Facebook and as a carousel on Instagram', async () => {
    const targets = [{ accountId: accounts.facebook.id }, { accountId: accounts.instagram.id }];
    const post = await agency.approvedPost({
      clientId: client.id,
      caption: 'Three walls, one evening of painting.',
      media: photos,
      targets,
    });
    await agency.act(post, 'publish-now');
    expect(await agency.settled(post)).toMatchObject({ status: 'published' });
    const live = agency.services.meta.publicPosts().filter(({ text }) => text.includes('Three walls'));
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
    const post = await agency.writePost({
      clientId: client.id,
      caption: 'How the evening ends here.',
      media: [clip.id],
      targets: [{ accountId: accounts.tiktok.id, options }],
    });
    const isRefused = async () => {
      const refused = await agency.ask('POST', `/api/pipeline/${post.id}/approve`);
      expect([refused.status, refused.body]).toMatchObject([422, { code: 'UNPROCESSABLE' }]);
    };
    const targets = [{ accountId: accounts.tiktok.id, options: { ...options, consent: true } }];
    await isRefused();
    const agreed = await host.api<Post>('PATCH', `/api/pipeline/${post.id}`, { targets });
    expect(agreed.targets[0]).toMatchObject({ consent: { by: 'api', at: expect.any(String) } });
    const changed = await host.api<Post>('PATCH', `/api/pipeline/${post.id}`, { caption });
    expect(changed.targets[0]).toMatchObject({ consent: null });
    await isRefused();
    await host.api('PATCH', `/api/pipeline/${post.id}`, { targets });
    await agency.act(post, 'approve');
    await agency.act(post, 'publish-now');
    const done = await agency.settled(post);
    expect(done).toMatchObject({
      status: 'published',
      targets: [{ status: 'published', remoteId: expect.any(String) }],
    });
    expect(seenBy(agency.services, 'tiktok.published', caption)).toMatchObject([
      { detail: { privacy: 'PUBLIC_TO_EVERYONE' } },
    ]);
  });

  it('tags people and names the place on Instagram', async () => {
    const options = { userTags: ['anna.baker'], collaborators: ['cafe.due'], locationId: accounts.facebook.remoteId };
    const target = { accountId: accounts.instagram.id, options };
    const post = { clientId: client.id, caption: 'Anna paints the fourth wall.', media: photos.slice(0, 1) };
    const strange = await agency.writePost({ ...post, targets: [{ ...target, options: { userTags: ['no name'] } }] });
    expect(strange.problems).toMatchObject([{ field: 'options', message: expect.stringContaining('no name') }]);
    const tagged = await agency.approvedPost({ ...post, targets: [target] });
    await agency.act(tagged, 'publish-now');
    expect(await agency.settled(tagged)).toMatchObject({ status: 'published' });
    const sent = agency.services.meta.ledger.entries.findLast(
      ({ operation }) => operation === 'instagram.media.create',
    );
    expect(sent?.detail).toMatchObject({
      userTags: '[{"username":"anna.baker","x":0.5,"y":0.5}]',
      collaborators: '["cafe.due"]',
      locationId: accounts.facebook.remoteId,
    });
  });

  it('tells the day after, or when asked, how posts and accounts are doing', async () => {
    const job = await host.api<{ lastError: string | null }>('POST', '/api/admin/jobs/take-insights/run');
    expect(job.lastError).toBeNull();
    const { items } = await host.api<List<Post>>('GET', `/api/pipeline?clientId=${client.id}&status=published`);
    const seen: string[] = [];
    for (const { id } of items) {
      const insights = await host.api<List<PostInsights>>('GET', `/api/pipeline/${id}/insights`);
      for (const { platform, latest } of insights.items) {
        expect(latest?.metrics.views).toBeGreaterThanOrEqual(0);
        seen.push(platform);
      }
    }
    expect(new Set(seen)).toEqual(new Set(['facebook', 'instagram', 'tiktok']));
    const ofClient = await host.api<List<AccountInsights>>('GET', `/api/clients/${client.id}/insights?days=7`);
    expect(ofClient.items.map(({ platform }) => platform).sort()).toEqual(['facebook', 'instagram', 'tiktok']);
    for (const { latest } of ofClient.items) expect(latest?.metrics.followers).toBeGreaterThan(0);
  });

  it('goes out on its second', async () => {
    const scheduledFor = inFuture(2_500);
    const caption = 'Open from now on.';
    const post = await agency.approvedPost({
      clientId: client.id,
      caption,
      scheduledFor,
      targets: [{ accountId: accounts.facebook.id }],
    });
    expect(await agency.settled(post)).toMatchObject({ status: 'published' });
    const live = seenBy(agency.services, 'facebook.published', caption);
    expect(live).toHaveLength(1);
    const lateMs = (live[0]?.at ?? 0) - Date.parse(scheduledFor);
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(1_000);
  });

  it('refuses banned terms in code', async () => {
    const targets = [{ accountId: accounts.facebook.id }];
    const post = await agency.writePost({ clientId: client.id, caption: 'A miracle of a cup.', targets });
    expect(post.bannedHits).toEqual([{ field: 'caption', term: 'miracle', start: 2, end: 9 }]);
    const refused = await agency.ask('POST', `/api/pipeline/${post.id}/approve`);
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ message: expect.stringContaining('miracle') });
  });
});

describe('the kill switch', () => {
  it.each(['global', 'client', 'account'] as const)('of scope %s stops, and a person lets go on', async (scope) => {
    const id = { global: undefined, client: client.id, account: accounts.facebook.id }[scope];
    const set = (engaged: boolean) =>
      host.api<List<KillSwitch>>('PUT', '/api/admin/kill-switch', { scope, id, engaged, reason: 'A test.' });
    const mine = ({ items }: List<KillSwitch>) => items.find((one) => one.scope === scope && one.id === (id ?? null));
    const caption = `Stopped by the ${scope} switch.`;
    const post = await agency.approvedPost({
      clientId: client.id,
      caption,
      targets: [{ accountId: accounts.facebook.id }],
    });
    expect(mine(await set(true))).toMatchObject({ engaged: true, reason: 'A test.', changedBy: 'api' });
    const before = requestsToNetworks();
    await agency.act(post, 'publish-now');
    // Each run takes up what is due; without the switch the first request would have left long before the last.
    for (let run = 1; run <= 10; run += 1) await host.api('POST', '/api/admin/jobs/publish-due/run');
    expect(await host.api('GET', `/api/pipeline/${post.id}`)).toMatchObject({ targets: [{ status: 'pending' }] });
    expect(requestsToNetworks()).toBe(before);
    expect(mine(await host.api('GET', '/api/admin/kill-switch'))).toMatchObject({ engaged: true });
    const standing = `/api/admin/kill-switch/standing?scope=${scope}${id === undefined ? '' : `&id=${id}`}`;
    expect(await host.api('GET', standing)).toMatchObject({ inFlight: [], dueMeanwhile: [{ postId: post.id }] });
    expect(mine(await set(false))).toMatchObject({ engaged: false });
    await until('it waits for a decision', async () => {
      const { targets } = await host.api<Post>('GET', `/api/pipeline/${post.id}`);
      return targets[0]?.error?.code === 'after_stop';
    });
    expect(seenBy(agency.services, 'facebook.published', caption)).toEqual([]);
    await agency.act(post, 'publish-now');
    expect(await agency.settled(post)).toMatchObject({ status: 'published' });
    expect(seenBy(agency.services, 'facebook.published', caption)).toHaveLength(1);
  });
});
