import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  connectedAccount,
  image,
  type NetworksBench,
  prepare,
  publication,
  send,
  startNetworks,
  video,
} from '../../test/networks.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import type { AccountAccess, Publication, RefusedMetrics } from '../core/ports/networks.ts';

const hour = 3_600_000;
const platforms = ['facebook', 'instagram', 'tiktok'] as const;

let bench: NetworksBench;
let refused: RefusedMetrics & { names: string[] };
beforeEach(async () => {
  bench = await startNetworks();
  const names: string[] = [];
  refused = {
    names,
    has: (subject, metric) => names.includes(`${subject}/${metric}`),
    add: (subject, metric) => void names.push(`${subject}/${metric}`),
  };
});
afterEach(async () => {
  await bench.close();
  expect(bench.logged.join()).not.toMatch(/EAA[A-Za-z0-9]{20}|act\./);
});

const direct = { mode: 'direct', privacyLevel: 'PUBLIC_TO_EVERYONE', consent: true };
const posts: Record<Platform, (text: string) => Promise<Publication>> = {
  facebook: async (text) => publication(text),
  instagram: async (text) => publication(text, [await image()]),
  tiktok: async (text) => publication(text, [video()], direct),
};

/** Publishes and answers the network's id of the post. */
async function publish(platform: Platform, account: AccountAccess, post: Publication): Promise<string> {
  const network = bench.networks[platform];
  const { handle } = await prepare(network, account, post);
  const sentAt = bench.clock.now;
  const outcome = await network.commit(account, post, handle, send);
  if (outcome.kind === 'published') return outcome.remoteId;
  for (let looks = 0; looks < 5; looks += 1) {
    const found = await network.lookUp(account, post, handle, sentAt);
    if (found.kind === 'published' && found.remoteId !== null) return found.remoteId;
  }
  throw new Error('It did not go live.');
}

const ofPosts = async (platform: Platform, account: AccountAccess, ids: string[]) =>
  (await bench.networks[platform].insights.ofPosts(account, ids, refused)) ?? new Map();

/** Calls of the simulators in order, reads of insights only. */
function insightCalls(): string[] {
  return [...bench.meta.ledger.entries, ...bench.tiktok.ledger.entries]
    .map(({ operation }) => operation)
    .filter((operation) => /insights|video.query|user_info/.test(operation));
}

describe.each(platforms)('%s', (platform) => {
  it('tells the figures of a post, which grow', async () => {
    const account = await connectedAccount(bench, platform);
    const id = await publish(platform, account, await posts[platform]('Hello'));
    bench.clock.now += hour;
    const first = (await ofPosts(platform, account, [id])).get(id);
    bench.clock.now += 20 * hour;
    const second = (await ofPosts(platform, account, [id])).get(id);
    expect(second?.views).toBeGreaterThan(first?.views ?? Number.POSITIVE_INFINITY);
    expect(Object.keys(second ?? {})).toEqual(expect.arrayContaining(['views', 'likes', 'comments', 'shares']));
    expect(refused.names).toEqual([]);
  });

  it('tells the figures of the account', async () => {
    const account = await connectedAccount(bench, platform);
    const metrics = await bench.networks[platform].insights.ofAccount(account, refused);
    expect(metrics?.followers).toBeGreaterThan(0);
    expect(refused.names).toEqual([]);
  });

  it('leaves out a post that is not there (any more)', async () => {
    const account = await connectedAccount(bench, platform);
    const id = platform === 'facebook' ? `${account.remoteId}_999` : '17999999999999999';
    expect(await ofPosts(platform, account, [id])).toEqual(new Map());
  });

  it('asks nobody without the permission', async () => {
    const account = { ...(await connectedAccount(bench, platform)), scopes: [] };
    const before = insightCalls().length;
    expect(await bench.networks[platform].insights.ofPosts(account, ['x'], refused)).toBeNull();
    expect(await bench.networks[platform].insights.ofAccount(account, refused)).toBeNull();
    expect(insightCalls()).toHaveLength(before);
  });

  it('gives the rest when a metric was taken away, and does not ask for it again', async () => {
    const account = await connectedAccount(bench, platform);
    const id = await publish(platform, account, await posts[platform]('Hello'));
    bench.clock.now += 20 * hour;
    const removed = { facebook: 'post_media_view', instagram: 'views', tiktok: 'view_count' }[platform];
    bench.meta.settings.removedMetrics = [removed];
    bench.tiktok.settings.removedFields = [removed];
    const metrics = (await ofPosts(platform, account, [id])).get(id);
    expect(metrics?.likes).toBeGreaterThan(0);
    expect(metrics?.views).toBeUndefined();
    expect(refused.names).toEqual([`post/${removed}`]);

    const before = insightCalls().length;
    expect((await ofPosts(platform, account, [id])).get(id)?.likes).toBeGreaterThan(0);
    expect(insightCalls()).toHaveLength(before + 1);
  });

  it('takes nothing for granted when everything is refused', async () => {
    const account = await connectedAccount(bench, platform);
    const id = await publish(platform, account, await posts[platform]('Hello'));
    const operation = { facebook: 'facebook.post.insights', instagram: 'instagram.media.insights', tiktok: '' }[
      platform
    ];
    for (let times = 0; times < 20; times += 1) {
      bench.meta.faults.add({ operation, kind: 'graph-error', value: { code: 100, message: '(#100) Bad request' } });
      bench.tiktok.faults.add({ operation: 'tiktok.video.query', kind: 'error', value: 'invalid_params' });
    }
    await expect(ofPosts(platform, account, [id])).rejects.toMatchObject({ name: 'NetworkFailure' });
    expect(refused.names).toEqual([]);
  });
});

describe('Meta', () => {
  it('asks a reel only for what reels have', async () => {
    const account = await connectedAccount(bench, 'instagram');
    const id = await publish('instagram', account, publication('A reel', [video()]));
    const metrics = (await ofPosts('instagram', account, [id])).get(id);
    expect(metrics).toHaveProperty('saves');
    expect(metrics).not.toHaveProperty('follows');
    expect(refused.names).toEqual([]);
  });

  it.each([
    ['an account is too small', 2_874_008],
    ['there were not enough viewers', 10],
  ])('does not hold it against the metrics when %s', async (_, code) => {
    const account = await connectedAccount(bench, 'facebook');
    for (let times = 0; times < 20; times += 1) {
      bench.meta.faults.add({
        operation: 'facebook.page.insights',
        kind: 'graph-error',
        value: { code, message: 'No.' },
      });
    }
    expect(await bench.networks.facebook.insights.ofAccount(account, refused)).toEqual({});
    expect(refused.names).toEqual([]);
  });

  it('keeps what is left of the limit for publishing', async () => {
    const account = await connectedAccount(bench, 'facebook');
    bench.meta.settings.businessUsage = 96;
    const id = await publish('facebook', account, publication('Hello'));
    const before = insightCalls().length;
    await expect(ofPosts('facebook', account, [id])).rejects.toMatchObject({ failure: { class: 'rate' } });
    expect(insightCalls()).toHaveLength(before);
  });

  it.each([
    ['transient', { code: 2, message: 'Service temporarily unavailable' }],
    ['token', { code: 190, subcode: 463, message: 'Session has expired' }],
    ['rate', { code: 80001, message: 'Too many calls' }],
  ] as const)('passes a %s failure on after one call', async (failureClass, value) => {
    const account = await connectedAccount(bench, 'facebook');
    bench.meta.faults.add({ operation: 'facebook.page.insights', kind: 'graph-error', value });
    await expect(bench.networks.facebook.insights.ofAccount(account, refused)).rejects.toMatchObject({
      failure: { class: failureClass },
    });
    expect(insightCalls()).toHaveLength(1);
  });
});

describe('TikTok', () => {
  it('asks about twenty videos in one call', async () => {
    const account = await connectedAccount(bench, 'tiktok');
    const id = await publish('tiktok', account, await posts.tiktok('Hello'));
    const others = Array.from({ length: 19 }, (_, index) => `70000000000000000${String(index).padStart(2, '0')}`);
    const found = await ofPosts('tiktok', account, [...others, id]);
    expect([...found.keys()]).toEqual([id]);
    expect(insightCalls().filter((operation) => operation === 'tiktok.video.query')).toHaveLength(1);
  });
});
