import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  connect,
  connectedAccount,
  image,
  type NetworksBench,
  prepare,
  publication,
  send,
  startNetworks,
  video,
} from '../../test/networks.ts';
import type { AccountAccess, NetworkFailure, Publication } from '../core/ports/networks.ts';
import type { Platform } from '../../shared/domain/platform.ts';

let bench: NetworksBench;
beforeEach(async () => {
  bench = await startNetworks();
});
afterEach(async () => {
  await bench.close();
  expect(bench.logged.join()).not.toMatch(/EAA[A-Za-z0-9]{20}|act\./);
});

async function publish(platform: Platform, account: AccountAccess, post: Publication): Promise<string | null> {
  const network = bench.networks[platform];
  const { handle } = await prepare(network, account, post);
  const sentAt = bench.clock.now;
  const outcome = await network.commit(account, post, handle, send);
  if (outcome.kind === 'published') return outcome.remoteId;
  for (let looks = 0; looks < 5; looks += 1) {
    const found = await network.lookUp(account, post, handle, sentAt);
    if (found.kind === 'published') return found.remoteId;
  }
  throw new Error('It did not go live.');
}

const direct = { mode: 'direct', privacyLevel: 'PUBLIC_TO_EVERYONE', consent: true };
const posts: Record<Platform, (text: string) => Promise<Publication>> = {
  facebook: async (text) => publication(text),
  instagram: async (text) => publication(text, [await image()]),
  tiktok: async (text) => publication(text, [video()], direct),
};

describe.each(['facebook', 'instagram', 'tiktok'] as const)('%s', (platform) => {
  it('shows what is on the account since then, newest first', async () => {
    const account = await connectedAccount(bench, platform);
    const { recentPosts } = bench.networks[platform];
    await publish(platform, account, await posts[platform]('Long ago'));
    bench.clock.now += 3_600_000;
    const since = bench.clock.now + 400;
    const ids: (string | null)[] = [];
    for (const text of ['Second', 'Third #one']) {
      bench.clock.now += 60_000;
      ids.unshift(await publish(platform, account, await posts[platform](text)));
    }
    const found = (await recentPosts(account, since)) ?? [];
    expect(found.map(({ text }) => text)).toEqual(['Third #one', 'Second']);
    if (platform !== 'tiktok') expect(found.map(({ remoteId }) => remoteId)).toEqual(ids);
    for (const { at, permalink, isTextCut } of found) {
      expect(Math.abs(bench.clock.now - at)).toBeLessThanOrEqual(90_000);
      expect(permalink).toMatch(/^http/);
      expect(isTextCut).toBe(false);
    }
    expect(await recentPosts(account, bench.clock.now + 2_000)).toEqual([]);
  });

  it('cannot tell without the permission, and asks nobody', async () => {
    const scope = { facebook: 'pages_read_engagement', instagram: 'instagram_basic', tiktok: 'video.list' }[platform];
    const account = await connectedAccount(bench, platform);
    const blind = { ...account, scopes: account.scopes.filter((name) => name !== scope) };
    expect(await bench.networks[platform].recentPosts(blind, 0)).toBeNull();
  });

  it('says why when the network does not answer', async () => {
    const account = await connectedAccount(bench, platform);
    const operation = {
      facebook: 'facebook.posts.list',
      instagram: 'instagram.media.list',
      tiktok: 'tiktok.video.list',
    }[platform];
    const simulator = platform === 'tiktok' ? bench.tiktok : bench.meta;
    simulator.faults.add({ operation, kind: 'reset', times: 1 });
    const failure = await bench.networks[platform].recentPosts(account, 0).catch((error: NetworkFailure) => error);
    expect(failure).toMatchObject({ name: 'NetworkFailure', failure: { class: 'transient' } });
  });
});

it('asks for one page, however much there is', async () => {
  const account = await connectedAccount(bench, 'facebook');
  for (let index = 0; index < 105; index += 1) {
    bench.clock.now += 1_000;
    await publish('facebook', account, publication(`Post ${index}`));
  }
  const before = bench.meta.ledger.count('facebook.posts.list');
  const found = await bench.networks.facebook.recentPosts(account, 0);
  expect(found).toHaveLength(100);
  expect(found?.[0]?.text).toBe('Post 104');
  expect(bench.meta.ledger.count('facebook.posts.list')).toBe(before + 1);
});

it('knows when TikTok gives back the beginning only', async () => {
  const account = await connectedAccount(bench, 'tiktok');
  await publish('tiktok', account, publication('word '.repeat(60), [video()], direct));
  const [found] = (await bench.networks.tiktok.recentPosts(account, 0)) ?? [];
  expect(found).toMatchObject({ isTextCut: true });
  expect('word '.repeat(60).startsWith(found?.text ?? 'x')).toBe(true);
});

it('sees all of it with what people grant by default', async () => {
  for (const platform of ['facebook', 'instagram', 'tiktok'] as const) {
    const [found] = await connect(bench, platform);
    const account = await connectedAccount(bench, platform);
    expect(await bench.networks[platform].recentPosts({ ...account, scopes: found?.scopes ?? [] }, 0)).toEqual([]);
  }
});
