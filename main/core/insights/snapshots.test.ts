import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectAccount, connectedClient, startAgency } from '../../../test/agency.ts';
import type { TargetOptions } from '../../../shared/contract/pipeline.ts';
import type { AccountMetric, Metrics, PostMetric } from '../../../shared/domain/metrics.ts';
import { openAccess } from '../accounts/access.ts';
import { createActivity } from '../activity/activity.ts';
import {
  type FailureClass,
  NetworkFailure,
  type NetworkInsights,
  type RefusedMetrics,
  Secret,
} from '../ports/index.ts';
import { createSnapshots } from './snapshots.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** Counts what it is asked, and answers or fails as the test says. */
class CountingInsights implements NetworkInsights {
  postsAtOnce = 1;
  readonly asked: string[] = [];
  posts: Record<string, Metrics<PostMetric> | FailureClass> = {};
  account: Metrics<AccountMetric> | FailureClass | null = { followers: 120 };
  /** What it does with the metrics known to be refused. */
  onRefused: (refused: RefusedMetrics) => void = () => undefined;

  async ofPosts(_: unknown, remoteIds: readonly string[], refused: RefusedMetrics) {
    this.asked.push(remoteIds.join('+'));
    this.onRefused(refused);
    const found = new Map<string, Metrics<PostMetric>>();
    for (const id of remoteIds) {
      const answer = this.posts[id];
      if (typeof answer === 'string') throw failure(answer);
      if (answer !== undefined) found.set(id, answer);
    }
    return found;
  }

  async ofAccount() {
    this.asked.push('account');
    if (typeof this.account === 'string') throw failure(this.account);
    return this.account;
  }
}

function failure(failureClass: FailureClass): NetworkFailure {
  return new NetworkFailure({ class: failureClass, code: 'x', message: 'No figures now.' });
}

let agency: Agency;
let facebook: CountingInsights;
let clientId: string;
let accountId: string;

beforeEach(async () => {
  agency = await startAgency();
  ({ clientId, accountId } = await connectedClient(agency));
  facebook = new CountingInsights();
  agency.facebook.insights = facebook;
});

/** A post that went live on the account some time ago. */
async function livePost(
  remoteId: string,
  agoMs = hour,
  account = accountId,
  options: TargetOptions = {},
): Promise<string> {
  const post = await agency.api.pipeline.create({
    clientId,
    caption: `Post ${remoteId}`,
    scheduledFor: new Date(agency.time.now() + hour).toISOString(),
    targets: [{ accountId: account }],
  });
  const targetId = post.targets[0]?.id ?? '';
  await agency.store.posts.update(post.id, { status: 'published' });
  await agency.store.targets.update(targetId, {
    status: 'published',
    remoteId,
    publishedAt: agency.time.now() - agoMs,
    options,
  });
  return post.id;
}

/** As the recurrence runs it. */
async function take(): Promise<void> {
  const { ports, core, lock } = agency;
  const { changes } = core;
  const activity = createActivity({ ...ports, changes });
  const deps = { ...ports, activity, changes, locked: () => lock.reason };
  await createSnapshots({
    ...deps,
    openAccess: (account) => openAccess(deps, account),
    renewAccess: (id) => core.tokens.renewNow(id),
    halt: () => null,
  }).take(false);
}

const notices = async () => (await agency.api.logs({ kind: 'account.reconnect' })).items;

const figuresOf = async (postId: string) => (await agency.api.insights.ofPost({ id: postId })).items;

describe('of a story', () => {
  it('are taken each time while it is seen, and what it had stays afterwards', async () => {
    const postId = await livePost('s', hour, accountId, { format: 'story' });
    const views = async () => (await figuresOf(postId)).map(({ latest }) => latest?.metrics);
    facebook.posts = { s: { views: 10 } };
    await take();
    agency.time.step(9 * hour);
    facebook.posts = { s: { views: 40 } };
    await take();
    expect(await views()).toEqual([{ views: 40 }]);

    facebook.posts = {};
    agency.time.step(hour);
    await take();
    expect(await views()).toEqual([{ views: 40 }]);
    expect(facebook.asked.filter((id) => id === 's')).toHaveLength(3);

    agency.time.step(13 * hour);
    facebook.posts = { s: { views: 0 } };
    await take();
    expect(facebook.asked.filter((id) => id === 's')).toHaveLength(3);
    expect(await views()).toEqual([{ views: 40 }]);
  });
});

describe('snapshots', () => {
  it('are taken once a day of posts of the last 30 days and of accounts, and add up to a series', async () => {
    const postId = await livePost('a');
    await livePost('old', 31 * day);
    facebook.posts = { a: { views: 10, likes: 0 } };
    await take();
    await take();
    expect(facebook.asked).toEqual(['a', 'account']);

    facebook.posts = { a: { views: 25, likes: 2 } };
    facebook.account = { followers: 121 };
    agency.time.step(day);
    await take();
    expect(facebook.asked).toEqual(['a', 'account', 'a', 'account']);
    const newest = { day: '2026-11-25', takenAt: '2026-11-25T12:00:00.000Z', metrics: { views: 25, likes: 2 } };
    expect(await figuresOf(postId)).toEqual([
      {
        targetId: expect.any(String),
        accountId,
        accountName: 'Café Uno',
        platform: 'facebook',
        latest: newest,
        series: [{ day: '2026-11-24', takenAt: '2026-11-24T12:00:00.000Z', metrics: { views: 10, likes: 0 } }, newest],
      },
    ]);
    const ofClient = await agency.api.insights.ofClient({ id: clientId });
    expect(ofClient.items.map(({ series }) => series.map(({ metrics }) => metrics.followers))).toEqual([[120, 121]]);
    expect((await agency.api.insights.ofClient({ id: clientId, days: 1 })).items[0]?.series).toHaveLength(1);
  });

  it('are taken anew when a person asks for it', async () => {
    const postId = await livePost('a');
    facebook.posts = { a: { views: 10 } };
    await take();
    facebook.posts = { a: { views: 11 } };
    await agency.api.jobs.run({ name: 'take-insights' });
    expect((await figuresOf(postId))[0]?.series.map(({ metrics }) => metrics)).toEqual([{ views: 11 }]);
  });

  it('ask for as many posts at a time as the network takes', async () => {
    for (const id of ['a', 'b', 'c']) await livePost(id);
    facebook.postsAtOnce = 2;
    await take();
    expect(facebook.asked.map((ids) => ids.split('+').length)).toEqual([2, 1, 1]);
  });

  it('show what the network told last, and nothing where it never told anything', async () => {
    const [told, never] = [await livePost('a'), await livePost('b')];
    facebook.posts = { a: { views: 10 } };
    await take();
    facebook.posts = {};
    agency.time.step(day);
    await take();
    expect((await figuresOf(told))[0]?.latest).toMatchObject({ day: '2026-11-24', metrics: { views: 10 } });
    expect((await figuresOf(never))[0]).toMatchObject({ latest: null, series: [] });
    facebook.asked.length = 0;
    await take();
    expect(facebook.asked).toEqual([]);
  });

  it('go on after a transient failure of one post, whose figures of yesterday stay, and make up for it later', async () => {
    const [broken, fine] = [await livePost('a', hour), await livePost('b', 2 * hour)];
    facebook.posts = { a: { views: 1 }, b: { views: 1 } };
    await take();
    agency.time.step(day);
    facebook.posts = { a: 'transient', b: { views: 2 } };
    await take();
    expect((await figuresOf(broken))[0]?.latest?.metrics).toEqual({ views: 1 });
    expect((await figuresOf(fine))[0]?.latest?.metrics).toEqual({ views: 2 });
    facebook.posts = { a: { views: 3 } };
    facebook.asked.length = 0;
    await take();
    expect(facebook.asked).toEqual(['a']);
    expect((await figuresOf(broken))[0]?.latest?.metrics).toEqual({ views: 3 });
  });

  it('ask no more that day about a post whose figures the network refuses', async () => {
    const postId = await livePost('a');
    facebook.posts = { a: 'content' };
    await take();
    await take();
    expect(facebook.asked).toEqual(['a', 'account']);
    expect((await figuresOf(postId))[0]?.latest).toBeNull();
  });

  it.each(['rate', 'permission', 'config'] as const)(
    'leave an account alone after a %s failure',
    async (failureClass) => {
      for (const id of ['a', 'b']) await livePost(id);
      facebook.posts = { a: failureClass, b: failureClass };
      await take();
      expect(facebook.asked).toHaveLength(1);
      expect(await agency.store.accounts.get(accountId)).toMatchObject({ status: 'connected' });
    },
  );

  it.each([
    ['a post', () => (facebook.posts = { a: 'token', b: 'token' })],
    ['the account', () => (facebook.account = 'token')],
  ])('ask for a new login, once, when the figures of %s show that it is over', async (_, end) => {
    for (const id of ['a', 'b']) await livePost(id);
    end();
    await take();
    const { asked } = facebook;
    const before = [...asked];
    await take();
    expect(asked).toEqual(before);
    const account = await agency.store.accounts.get(accountId);
    expect(account).toMatchObject({ status: 'reconnect', statusReason: 'No figures now.' });
    expect(await notices()).toMatchObject([
      { actor: 'job:take-insights', level: 'error', accountId, message: expect.stringContaining('No figures now.') },
    ]);
  });

  it('say nothing of a login that a person replaced while it was asked', async () => {
    await livePost('a');
    facebook.posts = { a: 'token' };
    const ofPosts = facebook.ofPosts.bind(facebook);
    facebook.ofPosts = async (...args) => {
      await connectAccount(agency, clientId, { accessToken: new Secret('another') });
      return ofPosts(...args);
    };
    await take();
    expect(await agency.store.accounts.get(accountId)).toMatchObject({ status: 'connected' });
    expect(await notices()).toEqual([]);
  });

  it.each([
    ['gives a new one', false, 'connected', 0],
    ['refuses that too', true, 'reconnect', 1],
  ])('renew a login of TikTok that is over, and TikTok %s', async (_, isRefused, status, told) => {
    const tiktok = new CountingInsights();
    tiktok.account = 'token';
    agency.tiktok.insights = tiktok;
    agency.tiktok.renew = async () => {
      if (isRefused) throw failure('token');
      const [accessToken, refreshToken] = [new Secret('access-2'), new Secret('refresh-2')];
      const expiresAt = agency.time.now() + day;
      return { accessToken, refreshToken, userToken: null, expiresAt, refreshExpiresAt: expiresAt + 300 * day };
    };
    const id = await connectAccount(agency, clientId, {
      platform: 'tiktok',
      remoteId: 'open-1',
      refreshToken: new Secret('refresh-1'),
    });
    await take();
    expect(await agency.store.accounts.get(id)).toMatchObject({ status });
    expect(await notices()).toHaveLength(told);
  });

  it('give an account up for now after three failures in a row, and go on with the next', async () => {
    for (const id of ['a', 'b', 'c', 'd']) {
      await livePost(id);
      facebook.posts[id] = 'transient';
    }
    const other = new CountingInsights();
    agency.instagram.insights = other;
    await connectAccount(agency, clientId, { platform: 'instagram', remoteId: 'ig-1' });
    await take();
    expect(facebook.asked).toHaveLength(3);
    expect(other.asked).toEqual(['account']);
  });

  it.each([
    ['disconnected', () => agency.api.accounts.disconnect({ id: clientId, accountId })],
    ['to be connected again', () => agency.store.accounts.update(accountId, { status: 'reconnect' })],
    ['told to wait', () => agency.store.accounts.update(accountId, { pausedUntil: agency.time.now() + hour })],
    ['of an archived client', () => agency.api.clients.update({ id: clientId, status: 'archived' })],
    ['of an app that is locked', async () => void (agency.lock.reason = 'The key is gone.')],
  ])('leave out an account that is %s', async (_, change) => {
    await livePost('a');
    await change();
    await take();
    expect(facebook.asked).toEqual([]);
  });

  it('remember a refused metric over restarts, for two weeks', async () => {
    await livePost('a');
    facebook.onRefused = (refused) => refused.add('post', 'post_impressions', 'Not a metric.');
    await take();
    expect(await agency.store.metrics.refused()).toMatchObject([
      { platform: 'facebook', subject: 'post', metric: 'post_impressions', reason: 'Not a metric.' },
    ]);
    const seen: boolean[] = [];
    facebook.onRefused = (refused) => seen.push(refused.has('post', 'post_impressions'));
    agency.time.step(13 * day);
    await take();
    agency.time.step(2 * day);
    await take();
    expect(seen).toEqual([true, false]);
  });

  it('are nothing of a post that is not there', async () => {
    await expect(agency.api.insights.ofPost({ id: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(agency.api.insights.ofClient({ id: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(agency.api.insights.ofClient({ id: clientId, days: 0 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });
});
