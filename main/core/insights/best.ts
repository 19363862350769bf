import type { BestTimes, FigureQuery, RankedPost } from '../../../shared/contract/insights.ts';
import { interactionsOf } from '../../../shared/domain/metrics.ts';
import { addDays } from '../../../shared/domain/days.ts';
import { isoOf } from '../instants.ts';
import { mediaView } from '../media/view.ts';
import type { AccountOutcomes, MetricRepository, Repositories } from '../ports/index.ts';
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
  return viewsOf(store, { ...whole, from: query.from }, ranked);
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
  const settled = outingsOf(outcomes, zones, now - settledMs);
  return { period: { from: asked.from, to: asked.to }, timezone, ...bestTimes(settled) };
}

/** One after the other: all of them at once would be tens of thousands. @param zones by account @param until UTC ms */
function* outingsOf(
  outcomes: readonly AccountOutcomes[],
  zones: ReadonlyMap<string, string>,
  until: number,
): Generator<Outing> {
  for (const account of outcomes) {
    const timezone = zones.get(account.accountId);
    if (timezone === undefined) continue;
    for (const [place, score] of scoresOfAccount(account).entries()) {
      const [postId, at] = [account.postIds[place], account.publishedAt[place]];
      if (score === null || postId === undefined || at === undefined || at > until) continue;
      yield { postId, at, timezone, score };
    }
  }
}

/** Reaches back far enough to tell what is usual. Best posts and times so ask the same of the store, which then reads it once. */
function withUsual({ from, to, clientId, platform }: FigureQuery): FigureQuery {
  const earliest = addDays(to, -(usualDays - 1));
  return { from: earliest < from ? earliest : from, to, clientId, platform };
}

/** What is shown of the ranked posts, of all with one question each. @param period in which their targets went live */
async function viewsOf(
  { metrics, posts, media, clients }: Repositories,
  period: FigureQuery,
  ranked: readonly Ranked[],
): Promise<RankedPost[]> {
  if (ranked.length === 0) return [];
  const postIds = ranked.map(({ postId }) => postId);
  const [live, records] = await Promise.all([metrics.livePosts({ ...period, postIds }), posts.getMany(postIds)]);
  const [files, owners] = await Promise.all([
    media.getMany([...new Set(records.flatMap(({ mediaIds }) => mediaIds.slice(0, 1)))]),
    clients.getMany([...new Set(records.map(({ clientId }) => clientId))]),
  ]);
  return ranked.flatMap(({ postId, score }) => {
    const post = records.find(({ id }) => id === postId);
    const targets = live.filter((target) => target.postId === postId);
    if (post === undefined || targets.length === 0) return [];
    const first = files.find(({ id }) => id === post.mediaIds[0]);
    return {
      postId,
      clientId: post.clientId,
      clientName: owners.find(({ id }) => id === post.clientId)?.name ?? '',
      caption: post.caption,
      publishedAt: isoOf(Math.min(...targets.map(({ publishedAt }) => publishedAt))),
      timezone: post.timezone,
      thumbnailUrl: first === undefined ? null : mediaView(first).thumbnailUrl,
      score,
      targets: targets.map(({ accountId, platform, figures }) => ({ accountId, platform, ...figures })),
    };
  });
}
