import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Agency, noon, startAgency } from '../../test/agency.ts';
import { VirtualTime } from '../../test/doubles/virtual-time.ts';
import { Secret } from '../core/ports/index.ts';
import { createPlatforms } from '../platforms/index.ts';
import { type Sandbox, startSandbox } from './index.ts';
import { seedSampleAgency } from './sample-agency.ts';
import { sampleClients } from './sample-clients.ts';

const videoAssets = join(import.meta.dirname, 'replicate', 'assets');

let sandbox: Sandbox;
let agency: Agency;

/** The core with the real networks' code, which speaks to the sandbox over HTTP. No AI answers. */
beforeEach(async () => {
  const time = new VirtualTime(noon);
  sandbox = await startSandbox({ now: () => time.now(), dir: null, videoAssets });
  const started = sandbox;
  onTestFinished(() => started.close());
  const { meta, tiktok } = sandbox.credentials;
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const { networks } = createPlatforms({
    clock: time,
    log: silent,
    wait: () => Promise.resolve(),
    endpoints: sandbox.endpoints,
    credentials: async () => ({
      meta: { appId: meta.appId, appSecret: new Secret(meta.appSecret) },
      tiktok: { clientKey: tiktok.clientKey, clientSecret: new Secret(tiktok.clientSecret) },
    }),
    facebookTwoPhase: async () => true,
  });
  agency = await startAgency({ networks, time, profile: 'sandbox' });
});

const seed = () => seedSampleAgency(agency.core, sandbox);

async function clients() {
  const { items } = await agency.api.clients.list({});
  return Promise.all(
    items.map(async (client) => ({
      ...client,
      brand: await agency.api.brand.get({ id: client.id }),
      rules: await agency.api.rules.get({ id: client.id }),
      accounts: (await agency.api.accounts.list({ id: client.id })).items,
      posts: (await agency.api.pipeline.list({ clientId: client.id, status: ['in_review'] })).items,
      past: (await agency.api.pipeline.list({ clientId: client.id, status: ['published'] })).items,
    })),
  );
}

describe('the sample agency', () => {
  it('is three clients with brand, rules and accounts that belong to them', async () => {
    await seed();
    const seeded = await clients();
    expect(seeded).toHaveLength(3);
    expect(new Set(seeded.map(({ timezone }) => timezone)).size).toBe(3);
    for (const { business, brand, rules, brandVoice } of sampleClients) {
      const client = seeded.find(({ name }) => name === business.name);
      expect(client).toMatchObject({ status: 'active', brandVoice, rules, brand });
      expect(client?.accounts.map(({ platform, status }) => ({ platform, status }))).toEqual(
        rules.platforms.map((platform) => ({ platform, status: 'connected' })),
      );
      const remoteIds = client?.accounts.map(({ remoteId }) => remoteId);
      expect(remoteIds?.slice(0, 2)).toEqual([business.pageId, business.instagram.id]);
    }
  });

  it('has a post for each client that is due within minutes and can be approved as it is', async () => {
    await (await seed()).written;
    for (const { posts, rules } of await clients()) {
      expect(posts).toHaveLength(1);
      expect(posts[0]?.targets.map(({ platform }) => platform).sort()).toEqual(rules.platforms);
      expect(posts[0]).toMatchObject({ status: 'in_review', source: 'manual', problems: [], bannedHits: [] });
      const minutesAhead = (Date.parse(posts[0]?.scheduledFor ?? '') - noon) / 60_000;
      expect(minutesAhead).toBeGreaterThanOrEqual(5);
      expect(minutesAhead).toBeLessThanOrEqual(20);
    }
  });

  it('has a past that followers see too, and figures that the networks’ own answers go on from', async () => {
    await (await seed()).written;
    const feed = [...sandbox.meta.publicPosts(), ...sandbox.tiktok.publicPosts()];
    const seen = new Map(feed.map((post) => [post.id, post]));
    const targets = (await clients()).flatMap(({ past }) => past.flatMap((post) => post.targets));
    expect(targets).toHaveLength(14 * 8);
    for (const { remoteId, permalink, publishedAt } of targets) {
      expect(seen.get(remoteId ?? '')).toMatchObject({ permalink, publishedAt: Date.parse(publishedAt ?? '') });
      expect(seen.get(remoteId ?? '')?.media).toHaveLength(1);
    }
    const period = { from: '2026-10-28', to: '2026-11-24' };
    const before = await agency.api.insights.overview(period);
    await agency.core.scheduling.run('take-insights');
    const after = await agency.api.insights.overview(period);
    const today = (series: typeof after.series) => series.at(-1)?.views ?? 0;
    expect(today(after.series)).toBeGreaterThanOrEqual(today(before.series));
    expect(after.now.followers).toBe(
      (before.now.followers ?? 0) + (after.series.at(-1)?.followers ?? 0) - (before.series.at(-1)?.followers ?? 0),
    );
    for (const { views } of after.series) expect(views ?? 0).toBeGreaterThanOrEqual(0);
    expect((await agency.api.insights.times(period)).posts).toBeGreaterThan(30);
  });

  it('goes on where a start ended early, with nothing twice', async () => {
    sandbox.tiktok.faults.add({ operation: 'tiktok.token', kind: 'status', value: { status: 400, body: {} } });
    await expect(seed()).rejects.toThrow('Juniper Lane Coffee & Bakes on tiktok');
    expect(await clients()).toHaveLength(1);

    await (await seed()).written;
    await (await seed()).written;
    const seeded = await clients();
    expect(seeded.map(({ accounts, posts, past }) => [accounts.length, posts.length, past.length])).toEqual([
      [3, 1, 14],
      [3, 1, 14],
      [2, 1, 14],
    ]);
  });

  it('leaves an agency alone that already has clients, now and later', async () => {
    const { id } = await agency.api.clients.create({ name: 'Corner Books' });
    await seed();
    expect((await clients()).map(({ name }) => name)).toEqual(['Corner Books']);
    await agency.api.clients.delete({ id });
  });

  it('does nothing while the key is missing', async () => {
    agency.lock.reason = 'The key is missing.';
    await seed();
    agency.lock.reason = null;
    expect(await clients()).toEqual([]);
  });
});
