import type { FigureQuery, Figures, Overview, Period } from '../../../shared/contract/insights.ts';
import { type FigureName, figureNames, interactionsOf, type PostFigures } from '../../../shared/domain/metrics.ts';
import { platforms } from '../../../shared/domain/platform.ts';
import { addDays } from '../../../shared/domain/days.ts';
import type { MeasuredAccount, MetricRepository } from '../ports/index.ts';
import { daysOf, periodBefore } from './period.ts';

/** How far back a count of followers is still that of a day. */
const followersKeptDays = 14;

/** What a period brought, and the one before it; see `overviewSchema`. */
export async function readOverview(metrics: MetricRepository, query: FigureQuery): Promise<Overview> {
  const period = { from: query.from, to: query.to };
  const before = periodBefore(period);
  const whole = { ...query, from: addDays(before.from, -followersKeptDays), to: period.to };
  const [accounts, gainedNow, gainedBefore, gainedDays, followers, posts] = await Promise.all([
    metrics.accounts(query),
    metrics.gainsByAccount(query),
    metrics.gainsByAccount({ ...query, ...before }),
    metrics.gainsByDay(query),
    metrics.followers(whole),
    metrics.daysOfPosts({ ...query, from: before.from }),
  ]);
  const known: Known = {
    follows: Map.groupBy(followers, ({ accountId }) => accountId),
    live: Map.groupBy(posts, ({ accountId }) => accountId),
  };
  const now = { period, gained: byAccount(gainedNow) };
  const earlier = { period: before, gained: byAccount(gainedBefore) };
  const compare = (of: readonly MeasuredAccount[]) => {
    const ids = of.map(({ accountId }) => accountId);
    return { now: figuresOf(ids, now, known), before: figuresOf(ids, earlier, known) };
  };
  return {
    period,
    periodBefore: before,
    since: [...gainedDays.map(({ day }) => day), ...followers.map(({ day }) => day)].sort()[0] ?? null,
    ...compare(accounts),
    networks: platforms.flatMap((platform) => {
      const of = accounts.filter((account) => account.platform === platform);
      return of.length === 0 ? [] : [{ platform, accounts: of.length, ...compare(of) }];
    }),
    clients: [...Map.groupBy(accounts, ({ clientId }) => clientId)].map(([clientId, of]) => ({
      clientId,
      clientName: of[0]?.clientName ?? '',
      ...compare(of),
    })),
    series: seriesOf(period, gainedDays, known),
  };
}

interface Followed {
  day: string;
  followers: number;
}

/** By account. */
interface Known {
  follows: ReadonlyMap<string, readonly Followed[]>;
  live: ReadonlyMap<string, readonly { postId: string; day: string }[]>;
}

function figuresOf(
  accountIds: readonly string[],
  { period, gained }: { period: Period; gained: ReadonlyMap<string, PostFigures> },
  { live, follows }: Known,
): Figures {
  const figures = sumOf(accountIds.flatMap((id) => gained.get(id) ?? []));
  const ends = accountIds.flatMap((id) => change(follows.get(id) ?? [], period) ?? []);
  const posts = accountIds.flatMap((id) => live.get(id)?.filter(({ day }) => isIn(period, day)) ?? []);
  return {
    ...figures,
    interactions: interactionsOf(figures),
    posts: new Set(posts.map(({ postId }) => postId)).size,
    followers: ends.length === 0 ? null : total(ends.map(({ last }) => last)),
    followersGained: ends.length === 0 ? null : total(ends.map(({ first, last }) => last - first)),
  };
}

/** How many followed an account at the end of a period and before it began, or when it was first asked about in it. */
function change(days: readonly Followed[], { from, to }: Period): { first: number; last: number } | null {
  const last = at(days, to);
  const first = at(days, addDays(from, -1)) ?? days.find(({ day }) => day >= from && day <= to);
  return first === undefined || last === undefined ? null : { first: first.followers, last: last.followers };
}

/** What was known on a day: of that day, or of the last ones before it. */
function at(days: readonly Followed[], day: string): Followed | undefined {
  const earliest = addDays(day, -followersKeptDays);
  return days.findLast((known) => known.day <= day && known.day >= earliest);
}

function seriesOf(
  period: Period,
  gains: readonly (PostFigures & { day: string })[],
  { live, follows }: Known,
): Overview['series'] {
  const gained = new Map(gains.map((gain) => [gain.day, gain]));
  const posts = Map.groupBy([...live.values()].flat(), ({ day }) => day);
  const followers = followersByDay(period, follows);
  return daysOf(period).map((day) => {
    const figures = gained.get(day);
    return {
      day,
      views: figures?.views ?? null,
      interactions: figures === undefined ? null : interactionsOf(figures),
      posts: new Set(posts.get(day)?.map(({ postId }) => postId)).size,
      followers: followers.get(day) ?? null,
    };
  });
}

/** Of all accounts together; days on which nothing was told keep the count of the last days before. */
function followersByDay({ from, to }: Period, follows: Known['follows']): Map<string, number> {
  const days = daysOf({ from: addDays(from, -followersKeptDays), to });
  const sums = new Map<string, number>();
  for (const history of follows.values()) {
    const told = new Map(history.map(({ day, followers }) => [day, followers]));
    let last: { followers: number; index: number } | null = null;
    for (const [index, day] of days.entries()) {
      const followers = told.get(day);
      if (followers !== undefined) last = { followers, index };
      if (last === null || index - last.index > followersKeptDays) continue;
      sums.set(day, (sums.get(day) ?? 0) + last.followers);
    }
  }
  return sums;
}

function sumOf(all: readonly PostFigures[]): PostFigures {
  const sum = (name: FigureName) => {
    const known = all.map((figures) => figures[name]).filter((value) => value !== null);
    return known.length === 0 ? null : total(known);
  };
  return Object.fromEntries(figureNames.map((name) => [name, sum(name)])) as PostFigures;
}

function byAccount(gains: readonly (PostFigures & { accountId: string })[]): Map<string, PostFigures> {
  return new Map(gains.map((gain) => [gain.accountId, gain]));
}

function isIn({ from, to }: Period, day: string): boolean {
  return day >= from && day <= to;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
