import { isMonth, type RankedPost } from '../../../shared/contract/insights.ts';
import { interactionsOf } from '../../../shared/domain/metrics.ts';
import { addDays } from '../../../shared/domain/days.ts';
import { clientOf } from '../clients/clients.ts';
import { Unprocessable } from '../errors.ts';
import { dayOf } from '../instants.ts';
import type { Clock, MediaFiles, PlannedPost, PostRecord, Report, ReportedPost, Repositories } from '../ports/index.ts';
import { MediaRefused } from '../ports/index.ts';
import { instantOfWallTime, wallTimeOf } from '../rules/slots.ts';
import { monthOf } from './period.ts';
import { readBest, readTimes } from './best.ts';
import { readOverview } from './overview.ts';

const bestShown = 4;
const planShown = 12;

/**
 * Everything that a client's report of a month tells.
 * @param month `2026-11`, not after the present one; undefined: the last one that is over
 * @throws {NotFound} the client @throws {Unprocessable} the month
 */
export async function readReport(
  deps: { store: Repositories; files: Pick<MediaFiles, 'thumbnail'>; clock: Clock },
  clientId: string,
  { month: wanted, agency }: { month: string | undefined; agency: Report['agency'] },
): Promise<Report> {
  const { store, clock } = deps;
  const client = await clientOf(store, clientId);
  const now = clock.now();
  const present = wallTimeOf(now, client.timezone).slice(0, 7);
  const month = wanted ?? addDays(`${present}-01`, -1).slice(0, 7);
  if (!isMonth(month) || month > present) {
    throw new Unprocessable([
      { field: 'month', code: 'month', message: 'Use a month that has begun, such as 2026-11.' },
    ]);
  }
  const query = { ...monthOf(month), clientId };
  const [overview, ranked, times, calendar, plan] = await Promise.all([
    readOverview(store.metrics, query),
    readBest(store, { ...query, limit: bestShown }),
    readTimes(store.metrics, query, { now, timezone: client.timezone }),
    calendarOf(store, query, client.timezone),
    planAfter(store, { clientId, timezone: client.timezone, month, now }),
  ]);
  return {
    agency,
    clientName: client.name,
    language: client.language,
    timezone: client.timezone,
    month,
    isRunning: month === present,
    madeAt: now,
    overview,
    best: await Promise.all(ranked.map((post) => reported(deps, post))),
    times,
    calendar,
    plan: await Promise.all(plan.slice(0, planShown).map((post) => planned(store, post))),
    planLeftOut: Math.max(0, plan.length - planShown),
  };
}

async function reported(
  { store, files }: { store: Repositories; files: Pick<MediaFiles, 'thumbnail'> },
  { postId, caption, publishedAt, score, targets }: RankedPost,
): Promise<ReportedPost> {
  const post = await store.posts.get(postId);
  const [first] = await store.media.getMany(post?.mediaIds.slice(0, 1) ?? []);
  // A picture that is gone leaves its place empty.
  const absent = (error: unknown): null => {
    if (error instanceof MediaRefused) return null;
    throw error;
  };
  return {
    caption,
    publishedAt: Date.parse(publishedAt),
    platforms: [...new Set(targets.map(({ platform }) => platform))],
    score,
    views: sumOf(targets.map(({ views }) => views)),
    interactions: sumOf(targets.map(interactionsOf)),
    picture: first?.kind === 'image' ? await files.thumbnail(first.sha256).catch(absent) : null,
  };
}

/** By the client's clock, which may begin its month on another day of UTC. */
async function calendarOf(
  { metrics }: Repositories,
  query: { from: string; to: string; clientId: string },
  timezone: string,
): Promise<Report['calendar']> {
  const live = await metrics.livePosts({ ...query, from: addDays(query.from, -1), to: addDays(query.to, 1) });
  const days = Map.groupBy(live, ({ publishedAt }) => wallTimeOf(publishedAt, timezone).slice(0, 10));
  return [...days]
    .filter(([day]) => day >= query.from && day <= query.to)
    .map(([day, posts]) => ({ day, posts: new Set(posts.map(({ postId }) => postId)).size }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** What has not gone out yet, from now or the end of the month on until the end of the month after it. */
async function planAfter(
  { posts }: Repositories,
  { clientId, timezone, month, now }: { clientId: string; timezone: string; month: string; now: number },
): Promise<PostRecord[]> {
  const next = addDays(monthOf(month).to, 1);
  const end = addDays(monthOf(next.slice(0, 7)).to, 1);
  const begin = Math.max(now, instantOfWallTime(`${next}T00:00`, timezone));
  const from = month === dayOf(now).slice(0, 7) ? now : begin;
  const to = instantOfWallTime(`${end}T00:00`, timezone);
  const statuses = ['approved', 'in_review', 'draft', 'held'] as const;
  return (await posts.list({ clientIds: [clientId], statuses, from, to, limit: 200 })).items;
}

async function planned({ targets }: Repositories, post: PostRecord): Promise<PlannedPost> {
  const platforms = (await targets.listOfPost(post.id)).map(({ platform }) => platform);
  return {
    at: post.scheduledFor,
    caption: post.caption,
    platforms: [...new Set(platforms)],
    isApproved: post.approvedHash !== null,
  };
}

function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
