import type { FigureQuery, Figures, Overview, Period } from '../../../shared/contract/insights.ts';
import { type FigureName, figureNames, interactionsOf, type PostFigures } from '../../../shared/domain/metrics.ts';
import { platforms } from '../../../shared/domain/platform.ts';
import { addDays } from '../../../shared/domain/days.ts';
import type { LiveCounts, MeasuredAccount, MetricRepository } from '../ports/index.ts';
import { daysOf, periodBefore } from './period.ts';

/** How far back a count of followers is still that of a day. */
const followersKeptDays = 14;

/** What a period brought, and the one before it; see `overviewSchema`. */
export async function readOverview(metrics: MetricRepository, query: FigureQuery): Promise<Overview> {
  const period = { from: query.from, to: query.to };
  const before = periodBefore(period);
  const whole = { ...query, from: addDays(before.from, -followersKeptDays), to: period.to };
  const [accounts, gainedNow, gainedBefore, gainedDays, followers, liveNow, liveBefore] = await Promise.all([
    metrics.accounts(query),
    metrics.gainsByAccount(query),
    metrics.gainsByAccount({ ...query, ...before }),
    metrics.gainsByDay(query),
    metrics.followers(whole),
    metrics.countLivePosts(query),
    metrics.countLivePosts({ ...query, ...before }),
  ]);
  const follows = Map.groupBy(followers, ({ accountId }) => accountId);
  const now = { gained: byAccount(gainedNow), followed: changesOf(follows, period) };
  const earlier = { gained: byAccount(gainedBefore), followed: changesOf(follows, before) };
  const compare = (of: readonly MeasuredAccount[], postsIn: (live: LiveCounts) => number) => {
    const ids = of.map(({ accountId }) => accountId);
    return {
      now: { ...figuresOf(ids, now), posts: postsIn(liveNow) },
      before: { ...figuresOf(ids, earlier), posts: postsIn(liveBefore) },
    };
  };
  return {
    period,
    periodBefore: before,
    since: [...gainedDays.map(({ day }) => day), ...followers.map(({ day }) => day)].sort()[0] ?? null,
    // A post is of one client.
    ...compare(accounts, ({ byClient }) => total([...byClient.values()])),
    networks: platforms.flatMap((platform) => {
      const of = accounts.filter((account) => account.platform === platform);
      if (of.length === 0) return [];
      const posts = ({ byPlatform }: LiveCounts) => byPlatform.get(platform) ?? 0;
      return [{ platform, accounts: of.length, ...compare(of, posts) }];
    }),
    clients: [...Map.groupBy(accounts, ({ clientId }) => clientId)].map(([clientId, of]) => ({
      clientId,
      clientName: of[0]?.clientName ?? '',
      ...compare(of, ({ byClient }) => byClient.get(clientId) ?? 0),
    })),
    series: seriesOf(period, gainedDays, { live: liveNow, follows }),
  };
}

interface Followed {
  day: string;
  followers: number;
}

type Follows = ReadonlyMap<string, readonly Followed[]>;

/** By account. */
interface Known {
  gained: ReadonlyMap<string, PostFigures>;
  followed: ReadonlyMap<string, Change>;
}

function figuresOf(accountIds: readonly string[], { gained, followed }: Known): Omit<Figures, 'posts'> {
  const figures = sumOf(accountIds.flatMap((id) => gained.get(id) ?? []));
  const ends = accountIds.flatMap((id) => followed.get(id) ?? []);
  return {
    ...figures,
    interactions: interactionsOf(figures),
    followers: ends.length === 0 ? null : total(ends.map(({ last }) => last)),
    followersGained: ends.length === 0 ? null : total(ends.map(({ first, last }) => last - first)),
  };
}

/** How many followed an account before a period began, or when it was first asked about in it, and at its end. */
interface Change {
  first: number;
  last: number;
}

function changesOf(follows: Follows, { from, to }: Period): Map<string, Change> {
  const atEnd = knownAt(to);
  const atBeginning = knownAt(addDays(from, -1));
  return new Map(
    [...follows].flatMap(([accountId, days]) => {
      const last = days.findLast(atEnd);
      const first = days.findLast(atBeginning) ?? days.find(({ day }) => day >= from && day <= to);
      return first === undefined || last === undefined
        ? []
        : [[accountId, { first: first.followers, last: last.followers }]];
    }),
  );
}

/** What was told of a day or of the last ones before it, of which the newest counts. */
function knownAt(day: string): (told: Followed) => boolean {
  const earliest = addDays(day, -followersKeptDays);
  return (told) => told.day <= day && told.day >= earliest;
}

function seriesOf(
  period: Period,
  gains: readonly (PostFigures & { day: string })[],
  { live, follows }: { live: LiveCounts; follows: Follows },
): Overview['series'] {
  const gained = new Map(gains.map((gain) => [gain.day, gain]));
  const followers = followersByDay(period, follows);
  return daysOf(period).map((day) => {
    const figures = gained.get(day);
    return {
      day,
      views: figures?.views ?? null,
      interactions: figures === undefined ? null : interactionsOf(figures),
      posts: live.byDay.get(day) ?? 0,
      followers: followers.get(day) ?? null,
    };
  });
}

/** Of all accounts together; days on which nothing was told keep the count of the last days before. */
function followersByDay({ from, to }: Period, follows: Follows): Map<string, number> {
  const days = daysOf({ from: addDays(from, -followersKeptDays), to });
  const indexes = new Map(days.map((day, index) => [day, index]));
  const sums: number[] = [];
  for (const history of follows.values()) {
    for (const [place, { day, followers }] of history.entries()) {
      const index = indexes.get(day);
      if (index === undefined) continue;
      const next = indexes.get(history[place + 1]?.day ?? '') ?? days.length;
      const end = Math.min(next, index + followersKeptDays + 1);
      for (let at = index; at < end; at += 1) sums[at] = (sums[at] ?? 0) + followers;
    }
  }
  return new Map(days.flatMap((day, index) => (sums[index] === undefined ? [] : [[day, sums[index]]])));
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

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
