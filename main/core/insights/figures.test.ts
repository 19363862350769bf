import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectedClient, day, hour, noon, startAgency } from '../../../test/agency.ts';
import { figureFilterSchema } from '../../../shared/contract/insights.ts';
import { figureNames, type PostFigures } from '../../../shared/domain/metrics.ts';
import type { LivePost } from '../ports/index.ts';
import { dayOf } from '../instants.ts';
import { daysOf, monthOf, periodBefore } from './period.ts';
import { scoresOf } from './scores.ts';
import { bestTimes } from './times.ts';

const nothing = Object.fromEntries(figureNames.map((name) => [name, null])) as PostFigures;

function live(targetId: string, figures: Partial<PostFigures>, accountId = 'a'): LivePost {
  const ids = { targetId, postId: targetId, clientId: 'c', accountId, platform: 'facebook' as const, isStory: false };
  return { ...ids, publishedAt: noon, figures: { ...nothing, ...figures } };
}

describe('periods', () => {
  it('are compared with as many days before, a whole month with the month before it', () => {
    expect(periodBefore({ from: '2026-11-10', to: '2026-11-16' })).toEqual({ from: '2026-11-03', to: '2026-11-09' });
    expect(periodBefore({ from: '2026-03-01', to: '2026-03-31' })).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(periodBefore({ from: '2026-01-01', to: '2026-01-30' })).toEqual({ from: '2025-12-02', to: '2025-12-31' });
    expect(monthOf('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
    expect(daysOf(monthOf('2026-11'))).toHaveLength(30);
  });
});

it.each([
  ['0000-01-01', '0000-01-31'],
  ['1999-12-01', '1999-12-31'],
  ['9999-12-01', '9999-12-31'],
])('days out of all reckoning are refused: %s to %s', (from, to) => {
  expect(figureFilterSchema.safeParse({ from, to })).toMatchObject({ success: false });
});

describe('scores', () => {
  it('compare a post with the usual one of its account, half by views, half by what people did', () => {
    const usual = ['p', 'q', 'r', 's'].map((id) => live(id, { views: 100, likes: 10, comments: 0 }));
    const scores = scoresOf([...usual, live('best', { views: 300, likes: 10, comments: 0 })]);
    expect(scores.get('p')).toBe(1);
    expect(scores.get('best')).toBe(2);
  });

  it('take what there is where a network gives less, and say nothing where too few posts are known', () => {
    const likesOnly = ['p', 'q', 'r', 's'].map((id) => live(id, { likes: 4 }));
    expect(scoresOf([...likesOnly, live('t', { likes: 8 })]).get('t')).toBe(2);
    expect(scoresOf(likesOnly.slice(1)).get('q')).toBeNull();
    expect(scoresOf([...likesOnly, live('unknown', {})]).get('unknown')).toBeNull();
  });

  it('do not measure one account by another', () => {
    const small = ['p', 'q', 'r', 's'].map((id) => live(id, { views: 10 }, 'small'));
    const large = ['t', 'u', 'v', 'w'].map((id) => live(id, { views: 9_000 }, 'large'));
    expect([...scoresOf([...small, ...large]).values()]).toEqual(Array(8).fill(1));
  });
});

describe('best times', () => {
  const outing = (postId: string, at: number, score: number) => ({ postId, at, score, timezone: 'Asia/Tokyo' });

  it('are hours of the client’s own clock, and none while too few posts stand behind them', () => {
    const few = [outing('p', noon, 3), outing('q', noon + 7 * day, 2)];
    // Noon in UTC on a Tuesday is nine in the evening in Tokyo.
    expect(bestTimes(few)).toMatchObject({
      posts: 2,
      hours: [{ weekday: 2, hour: 21, posts: 2, score: 2.5 }],
      best: [],
    });
    const many = Array.from({ length: 10 }, (_, index) => outing(`o${index}`, noon + index * day + hour, 0.9));
    const found = bestTimes([...few, ...many, outing('once', noon + 5 * hour, 9)]);
    expect(found.best).toEqual([{ weekday: 2, hour: 21, posts: 2, score: 2.5 }]);
  });
});

describe('the overview', () => {
  let agency: Agency;
  let clientId: string;
  let accountId: string;
  beforeEach(async () => {
    agency = await startAgency();
    ({ clientId, accountId } = await connectedClient(agency));
  });

  async function livePost(caption: string, daysAgo: number): Promise<string> {
    const scheduledFor = new Date(noon + hour).toISOString();
    const post = await agency.api.pipeline.create({ clientId, caption, scheduledFor, targets: [{ accountId }] });
    const publishedAt = noon - daysAgo * day;
    await agency.store.posts.update(post.id, { status: 'published', scheduledFor: publishedAt });
    const targetId = post.targets[0]?.id ?? '';
    await agency.store.targets.update(targetId, { status: 'published', publishedAt, remoteId: `r-${caption}` });
    return targetId;
  }
  const take = (targetId: string, daysAgo: number, metrics: Record<string, number>) =>
    agency.store.metrics.putOfTarget({ targetId, day: dayOf(noon - daysAgo * day), metrics, takenAt: noon });
  const follow = (daysAgo: number, followers: number) =>
    agency.store.metrics.putOfAccount({
      accountId,
      day: dayOf(noon - daysAgo * day),
      metrics: { followers },
      takenAt: noon,
    });
  const week = { from: dayOf(noon - 6 * day), to: dayOf(noon) };

  it('says what posts gained within the period and before it, and what no network gives', async () => {
    const [older, newer] = [await livePost('older', 10), await livePost('newer', 2)];
    await take(older, 8, { views: 100, likes: 4 });
    await take(older, 3, { views: 130, likes: 5 });
    await take(newer, 1, { views: 50, likes: 0, comments: 2 });
    await follow(7, 200);
    await follow(1, 230);
    const { now, before, networks, clients, series } = await agency.api.insights.overview(week);
    expect(now).toMatchObject({ views: 80, likes: 1, comments: 2, saves: null, interactions: 3, posts: 1 });
    expect(now).toMatchObject({ followers: 230, followersGained: 30 });
    expect(before).toMatchObject({ views: 100, interactions: 4, posts: 1 });
    expect(networks).toMatchObject([{ platform: 'facebook', accounts: 1, now: { views: 80 } }]);
    expect(clients).toMatchObject([{ clientId, now: { views: 80 } }]);
    expect(series).toHaveLength(7);
    expect(series.find(({ day: at }) => at === dayOf(noon - 3 * day))).toMatchObject({ views: 30, followers: 200 });
    expect(series.at(-1)).toMatchObject({ views: null, posts: 0, followers: 230 });
  });

  it('knows nothing of an agency without figures', async () => {
    const { now, since } = await agency.api.insights.overview(week);
    expect(now).toMatchObject({ views: null, interactions: null, followers: null, followersGained: null, posts: 0 });
    expect(since).toBeNull();
    expect((await agency.api.insights.times(week)).best).toEqual([]);
    expect((await agency.api.insights.best(week)).items).toEqual([]);
  });

  it('ranks the posts of the period by what is usual in the 90 days before its end', async () => {
    for (const [index, views] of [100, 100, 100, 100].entries()) {
      await take(await livePost(`usual ${index}`, 30 + index), 20, { views, likes: 10 });
    }
    await take(await livePost('good', 3), 1, { views: 250, likes: 25 });
    await take(await livePost('weak', 4), 1, { views: 50, likes: 5 });
    const { items } = await agency.api.insights.best({ ...week, limit: 5 });
    expect(items.map(({ caption, score }) => [caption, score])).toEqual([
      ['good', 2.5],
      ['weak', 0.5],
    ]);
  });

  it('refuses periods that end before they begin or are longer than a year, and clients that are not there', async () => {
    await expect(agency.api.insights.overview({ from: week.to, to: week.from })).rejects.toThrow();
    await expect(agency.api.insights.overview({ from: '2024-01-01', to: week.to })).rejects.toThrow();
    await expect(agency.api.insights.times({ ...week, clientId: 'nobody' })).rejects.toThrow(/no client/);
  });
});
