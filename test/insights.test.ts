import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { readBest, readTimes } from '../main/core/insights/best.ts';
import { readOverview } from '../main/core/insights/overview.ts';
import type { Repositories } from '../main/core/ports/index.ts';
import { account, client, post, target, temporaryStore } from '../main/store/sample.ts';
import { addDays } from '../shared/domain/days.ts';
import type { Platform } from '../shared/domain/platform.ts';

/*
 * Insights read as little as they can and reckon as they go. Here the same is worked out from lists, word by word, on
 * agencies made up at random: what is deleted, taken off, unpublished or unknown among them.
 */

const dayMs = 86_400_000;
/** A few weeks after clocks went back in Europe, so that the 90 days before have both. */
const now = Date.UTC(2026, 10, 20, 12);
const today = '2026-11-20';
const zones = ['Europe/London', 'America/New_York', 'Asia/Kathmandu', 'Africa/Casablanca'];
const platforms = ['facebook', 'instagram', 'tiktok'] as const satisfies readonly Platform[];
const named = ['views', 'likes', 'comments', 'shares', 'saves', 'reposts'] as const;

interface Known {
  postId: string;
  targetId: string;
  accountId: string;
  clientId: string;
  platform: Platform;
  timezone: string;
  isStory: boolean;
  publishedAt: number;
  figures: Partial<Record<(typeof named)[number], number>>;
}

it.each([1, 2, 3, 4])('are what working everything out from lists gives (%i)', async (seed) => {
  const store = await temporaryStore();
  const live = await madeUp(store, seed);
  const clientId = seed % 2 === 0 ? 'client-2' : undefined;
  const platform: Platform | undefined = seed === 3 ? 'facebook' : undefined;
  const asked = { ...(clientId && { clientId }), ...(platform && { platform }) };
  const query = { from: addDays(today, -27), to: today, ...asked };
  const known = live.filter(
    (one) => [one.clientId, undefined].includes(clientId) && [one.platform, undefined].includes(platform),
  );

  const best = await readBest(store, { ...query, limit: 10 });
  expect(best.map(({ postId, score, targets }) => [postId, close(score), targets.length])).toEqual(
    bestOf(known, query.from).map(({ postId, score, targets }) => [postId, close(score), targets]),
  );

  const times = await readTimes(store.metrics, query, { now, timezone: null });
  expect(times.hours.map(({ weekday, hour, posts, score }) => [weekday, hour, posts, close(score)])).toEqual(
    hoursOf(known),
  );

  const overview = await readOverview(store.metrics, query);
  const within = (from: string, to: string) =>
    known.filter(({ publishedAt }) => publishedAt >= Date.parse(from) && publishedAt < Date.parse(to) + dayMs);
  const [present, past] = [within(query.from, today), within(addDays(query.from, -28), addDays(query.from, -1))];
  expect([overview.now.posts, overview.before.posts]).toEqual([present, past].map(postsIn));
  for (const { clientId: id, now: figures, before } of overview.clients) {
    expect([figures.posts, before.posts]).toEqual(
      [present, past].map((all) => postsIn(all.filter((one) => one.clientId === id))),
    );
  }
  for (const { platform: name, now: figures } of overview.networks) {
    expect(figures.posts).toBe(postsIn(present.filter((one) => one.platform === name)));
  }
  for (const { day, posts } of overview.series) expect(posts).toBe(postsIn(within(day, day)));
});

/** Writes an agency and returns what of it is live, as lists. */
async function madeUp(store: Repositories, seed: number): Promise<Known[]> {
  const chance = chanceOf(seed);
  const live: Known[] = [];
  for (const [number, timezone] of zones.entries()) {
    const clientId = `client-${number}`;
    const isGone = number === 3 && seed > 2;
    await store.clients.insert(client({ id: clientId, timezone, deletedAt: isGone ? now : null }));
    for (const platform of platforms) {
      await store.accounts.insert(
        account({ id: `${clientId}-${platform}`, clientId, platform, remoteId: `${clientId}-${platform}` }),
      );
    }
    for (let index = 0; index < 40; index += 1) {
      const postId = `${clientId}-post-${String(index).padStart(2, '0')}`;
      const isDeleted = chance() < 0.1;
      await store.posts.insert(
        post({ id: postId, clientId, timezone, status: 'published', mediaIds: [], deletedAt: isDeleted ? now : null }),
      );
      for (const platform of platforms.filter(() => chance() < 0.6)) {
        const one = await madeUpTarget(store, { postId, clientId, platform, timezone }, chance);
        if (one !== null && !isGone && !isDeleted) live.push(one);
      }
    }
  }
  return live;
}

async function madeUpTarget(
  store: Repositories,
  of: Pick<Known, 'postId' | 'clientId' | 'platform' | 'timezone'>,
  chance: () => number,
): Promise<Known | null> {
  const [targetId, accountId] = [`${of.postId}-${of.platform}`, `${of.clientId}-${of.platform}`];
  const isLive = chance() < 0.9;
  const isStory = of.platform === 'instagram' && chance() < 0.4;
  // Quarters of an hour, many of them around the change of the clocks.
  const ago = chance() < 0.4 ? 24 * dayMs + chance() * 4 * dayMs : chance() * 110 * dayMs;
  const publishedAt = Math.floor((now - ago) / 900_000) * 900_000;
  await store.targets.insert(
    target({
      id: targetId,
      postId: of.postId,
      accountId,
      platform: of.platform,
      options: isStory ? { format: 'story' } : {},
      status: isLive ? 'published' : 'failed',
      publishedAt: isLive ? publishedAt : null,
    }),
  );
  const figures: Known['figures'] = {};
  for (const name of named) if (chance() < 0.7) figures[name] = Math.floor(chance() * 40);
  if (chance() < 0.9) await store.metrics.putOfTarget({ targetId, day: today, metrics: figures, takenAt: now });
  else for (const name of named) delete figures[name];
  if (chance() < 0.05) {
    await store.targets.remove(targetId);
    return null;
  }
  return isLive ? { ...of, targetId, accountId, isStory, publishedAt, figures } : null;
}

function bestOf(live: readonly Known[], from: string) {
  const scores = scoresOf(live);
  const inPeriod = live.filter(({ publishedAt }) => publishedAt >= Date.parse(from));
  return [...new Set(inPeriod.map(({ postId }) => postId))]
    .map((postId) => {
      const targets = inPeriod.filter((one) => one.postId === postId);
      const known = targets.flatMap(({ targetId }) => scores.get(targetId) ?? []);
      return {
        postId,
        score: known.length === 0 ? null : sum(known) / known.length,
        done: sum(
          targets.flatMap(({ figures: { likes, comments, shares, saves } }) => [
            likes ?? 0,
            comments ?? 0,
            shares ?? 0,
            saves ?? 0,
          ]),
        ),
        at: Math.max(...targets.map(({ publishedAt }) => publishedAt)),
        targets: targets.length,
      };
    })
    .sort(
      (a, b) => (b.score ?? -1) - (a.score ?? -1) || b.done - a.done || b.at - a.at || a.postId.localeCompare(b.postId),
    )
    .slice(0, 10);
}

function hoursOf(live: readonly Known[]) {
  const scores = scoresOf(live);
  const hours = new Map<number, { posts: Set<string>; scores: number[] }>();
  for (const { targetId, postId, publishedAt, timezone } of live.filter(isOf90Days)) {
    const score = scores.get(targetId);
    if (score === undefined || publishedAt > now - 3 * dayMs) continue;
    const { dayOfWeek, hour } = Temporal.Instant.fromEpochMilliseconds(publishedAt).toZonedDateTimeISO(timezone);
    const known = hours.get(dayOfWeek * 24 + hour) ?? { posts: new Set(), scores: [] };
    hours.set(dayOfWeek * 24 + hour, known);
    known.posts.add(postId);
    known.scores.push(score);
  }
  return [...hours]
    .sort(([a], [b]) => a - b)
    .map(([at, known]) => [
      Math.floor(at / 24),
      at % 24,
      known.posts.size,
      close(sum(known.scores) / known.scores.length),
    ]);
}

/** By target; what has none is missing. */
function scoresOf(live: readonly Known[]): Map<string, number> {
  const recent = live.filter(isOf90Days);
  const scores = new Map<string, number>();
  for (const one of recent) {
    const others = recent
      .filter(({ accountId, isStory }) => accountId === one.accountId && isStory === one.isStory)
      .map(marksOf);
    if (others.filter(({ views, points }) => views !== null || points !== null).length < 4) continue;
    const { views, points } = marksOf(one);
    const parts = [
      ratio(views, median(others.map((other) => other.views))),
      ratio(points, median(others.map((other) => other.points))),
    ];
    const known = parts.filter((part) => part !== null);
    if (known.length > 0) scores.set(one.targetId, sum(known) / known.length);
  }
  return scores;
}

function isOf90Days({ publishedAt }: Known): boolean {
  return publishedAt >= Date.parse(addDays(today, -89));
}

function marksOf({ figures: { views, likes, comments, shares, saves, reposts } }: Known) {
  const isKnown = [likes, comments, shares, saves].some((value) => value !== undefined);
  const points = (likes ?? 0) + 3 * (comments ?? 0) + 4 * (shares ?? 0) + 3 * (saves ?? 0) + 4 * (reposts ?? 0);
  return { views: views ?? null, points: isKnown ? points : null };
}

function ratio(value: number | null, usual: number | null): number | null {
  if (value === null || usual === null) return null;
  return usual > 0 ? value / usual : value + 1;
}

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length === 0) return null;
  const half = Math.floor(known.length / 2);
  return known.length % 2 === 1 ? (known[half] ?? null) : ((known[half - 1] ?? 0) + (known[half] ?? 0)) / 2;
}

function postsIn(live: readonly Known[]): number {
  return new Set(live.map(({ postId }) => postId)).size;
}

/** Sums of the same numbers in another order differ in their last digits. */
function close(score: number | null): number | null {
  return score === null ? null : Math.round(score * 1e6) / 1e6;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The same numbers from 0 to 1 for the same seed. */
function chanceOf(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
