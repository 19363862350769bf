import type { BestTimes, FigureQuery, RankedPost } from '../../../shared/contract/insights.ts';
import { interactionsOf } from '../../../shared/domain/metrics.ts';
import { addDays } from '../../../shared/domain/days.ts';
import { isoOf } from '../instants.ts';
import { mediaView } from '../media/view.ts';
import type { AccountOutcomes, LivePost, MetricRepository, Repositories } from '../ports/index.ts';
import { figuresAt, meanOf, scoresOfAccount } from './scores.ts';
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
  const outcomes = await store.metrics.outcomes(whole);
  const ranked = inPeriod(outcomes, Date.parse(query.from)).sort(byRank).slice(0, query.limit);
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

/** Each post that went live at `from` (UTC ms) or later, with what it did on all its accounts. */
function inPeriod(outcomes: readonly AccountOutcomes[], from: number): Ranked[] {
  const posts = new Map<string, Omit<Ranked, 'postId' | 'score'> & { scores: (number | null)[] }>();
  for (const account of outcomes) {
    const scores = scoresOfAccount(account);
    for (const [place, publishedAt] of account.publishedAt.entries()) {
      const postId = account.postIds[place];
      if (publishedAt < from || postId === undefined) continue;
      const known = posts.get(postId) ?? { interactions: 0, publishedAt, scores: [] };
      known.interactions += interactionsOf(figuresAt(account, place)) ?? 0;
      known.publishedAt = Math.max(known.publishedAt, publishedAt);
      known.scores.push(scores[place] ?? null);
      posts.set(postId, known);
    }
  }
  return Array.from(posts, ([postId, { scores, ...post }]) => ({ postId, ...post, score: meanOf(scores) }));
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
  const [outcomes, accounts] = await Promise.all([metrics.outcomes(asked), metrics.accounts(query)]);
  const zones = new Map(accounts.map((account) => [account.accountId, account.timezone]));
  const settled = outcomes.map((account) => outingsOf(account, zones.get(account.accountId), now - settledMs));
  return { period: { from: asked.from, to: asked.to }, timezone, ...bestTimes(settled.flat()) };
}

function outingsOf(account: AccountOutcomes, timezone: string | undefined, until: number): Outing[] {
  const scores = scoresOfAccount(account);
  return account.postIds.flatMap((postId, place) => {
    const [at, score] = [account.publishedAt[place], scores[place]];
    if (at === undefined || score == null || timezone === undefined || at > until) return [];
    return [{ postId, at, timezone, score }];
  });
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
