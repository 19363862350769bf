import type { BestTimes, FigureQuery, RankedPost } from '../../../shared/contract/insights.ts';
import { interactionsOf } from '../../../shared/domain/metrics.ts';
import { addDays } from '../../../shared/domain/days.ts';
import { isoOf } from '../instants.ts';
import { mediaView } from '../media/view.ts';
import type { LivePost, MetricRepository, Repositories } from '../ports/index.ts';
import { meanOf, scoresOf } from './scores.ts';
import { bestTimes } from './times.ts';

/** What is usual for an account is told by its posts of this many days. */
const usualDays = 90;
/** Younger posts are still being found, and networks tell of them up to two days late. */
const settledMs = 3 * 86_400_000;

/** The posts of a period, those first that did best for their accounts; among equals, those people did most with. */
export async function readBest(store: Repositories, query: FigureQuery & { limit: number }): Promise<RankedPost[]> {
  const live = await store.metrics.livePosts(withUsual(query));
  const scores = scoresOf(live);
  const ofPeriod = live.filter(({ publishedAt }) => publishedAt >= Date.parse(query.from));
  const ranked = [...Map.groupBy(ofPeriod, ({ postId }) => postId)]
    .map(([postId, targets]) => ({
      postId,
      targets,
      score: meanOf(targets.map(({ targetId }) => scores.get(targetId))),
      interactions: targets.reduce((sum, { figures }) => sum + (interactionsOf(figures) ?? 0), 0),
    }))
    .sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || b.interactions - a.interactions)
    .slice(0, query.limit);
  const shown = await Promise.all(ranked.map((one) => rankedView(store, one)));
  return shown.filter((post) => post !== null);
}

/** @param timezone of the client asked about; null for all */
export async function readTimes(
  metrics: MetricRepository,
  query: FigureQuery,
  { now, timezone }: { now: number; timezone: string | null },
): Promise<BestTimes> {
  const asked = withUsual({ ...query, from: query.to });
  const [live, accounts] = await Promise.all([metrics.livePosts(asked), metrics.accounts(query)]);
  const zones = new Map(accounts.map((account) => [account.accountId, account.timezone]));
  const scores = scoresOf(live);
  const outings = live.flatMap(({ targetId, postId, accountId, publishedAt }) => {
    const [score, zone] = [scores.get(targetId), zones.get(accountId)];
    if (score == null || zone === undefined || publishedAt > now - settledMs) return [];
    return [{ postId, at: publishedAt, timezone: zone, score }];
  });
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
  if (post === undefined) return null;
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
