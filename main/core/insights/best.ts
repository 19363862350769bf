import type { BestTimes, FigureQuery, RankedPost } from '../../../shared/contract/insights.ts';
import { interactionsOf } from '../../../shared/domain/metrics.ts';
import { addDays } from '../../../shared/domain/days.ts';
import { isoOf } from '../instants.ts';
import { mediaView } from '../media/view.ts';
import type { LivePost, MetricRepository, Repositories } from '../ports/index.ts';
import { meanOf, withScores } from './scores.ts';
import { bestTimes, type Outing } from './times.ts';

/** What is usual for an account is told by its posts of this many days. */
const usualDays = 90;
/** Younger posts are still being found, and networks tell of them up to two days late. */
const settledMs = 3 * 86_400_000;

/**
 * The posts of a period, those first that did best for their accounts; among equals, those people did most with, then the
 * newest.
 */
export async function readBest(store: Repositories, query: FigureQuery & { limit: number }): Promise<RankedPost[]> {
  const whole = withUsual(query);
  const scored = withScores(await store.metrics.comparedPosts(whole));
  const from = Date.parse(query.from);
  const ofPeriod = scored.filter(({ post }) => post.publishedAt >= from);
  const ranked = [...Map.groupBy(ofPeriod, ({ post }) => post.postId)]
    .map(([postId, targets]) => ({
      postId,
      score: meanOf(targets.map(({ score }) => score)),
      interactions: targets.reduce((sum, { post }) => sum + (interactionsOf(post.figures) ?? 0), 0),
      publishedAt: Math.max(...targets.map(({ post }) => post.publishedAt)),
    }))
    .sort(byRank)
    .slice(0, query.limit);
  if (ranked.length === 0) return [];
  const live = await store.metrics.livePosts({
    ...whole,
    from: query.from,
    postIds: ranked.map(({ postId }) => postId),
  });
  const targets = Map.groupBy(live, ({ postId }) => postId);
  const shown = await Promise.all(
    ranked.map((one) => rankedView(store, { ...one, targets: targets.get(one.postId) ?? [] })),
  );
  return shown.filter((post) => post !== null);
}

interface Ranked {
  postId: string;
  score: number | null;
  interactions: number;
  /** UTC ms, of the last of its targets. */
  publishedAt: number;
}

function byRank(a: Ranked, b: Ranked): number {
  return (
    (b.score ?? -1) - (a.score ?? -1) ||
    b.interactions - a.interactions ||
    b.publishedAt - a.publishedAt ||
    (a.postId < b.postId ? -1 : 1)
  );
}

/** @param timezone of the client asked about; null for all */
export async function readTimes(
  metrics: MetricRepository,
  query: FigureQuery,
  { now, timezone }: { now: number; timezone: string | null },
): Promise<BestTimes> {
  const asked = withUsual({ ...query, from: query.to });
  const [compared, accounts] = await Promise.all([metrics.comparedPosts(asked), metrics.accounts(query)]);
  const zones = new Map(accounts.map((account) => [account.accountId, account.timezone]));
  const outings: Outing[] = [];
  for (const { post, score } of withScores(compared)) {
    const timezone = zones.get(post.accountId);
    if (score === null || timezone === undefined || post.publishedAt > now - settledMs) continue;
    outings.push({ postId: post.postId, at: post.publishedAt, timezone, score });
  }
  return { period: { from: asked.from, to: asked.to }, timezone, ...bestTimes(outings) };
}

/** Reaches back far enough to tell what is usual. Best posts and times so ask the same of the store, which then reads it once. */
function withUsual({ from, to, clientId, platform }: FigureQuery): FigureQuery {
  const earliest = addDays(to, -(usualDays - 1));
  return { from: earliest < from ? earliest : from, to, clientId, platform };
}

async function rankedView(
  { posts, media, clients }: Repositories,
  { postId, targets, score }: { postId: string; targets: readonly LivePost[]; score: number | null },
): Promise<RankedPost | null> {
  const post = await posts.get(postId);
  if (post === undefined || targets.length === 0) return null;
  const [first] = await media.getMany(post.mediaIds.slice(0, 1));
  return {
    postId,
    clientId: post.clientId,
    clientName: (await clients.get(post.clientId))?.name ?? '',
    caption: post.caption,
    publishedAt: isoOf(Math.min(...targets.map(({ publishedAt }) => publishedAt))),
    timezone: post.timezone,
    thumbnailUrl: first === undefined ? null : mediaView(first).thumbnailUrl,
    score,
    targets: targets.map(({ accountId, platform, figures }) => ({ accountId, platform, ...figures })),
  };
}
