import type { FigureQuery } from '../../../shared/contract/insights.ts';
import { csvLine, csvOf, type Separator } from '../../../shared/domain/csv.ts';
import { figureNames, interactionsOf } from '../../../shared/domain/metrics.ts';
import { isoOf } from '../instants.ts';
import type { LivePost, MeasuredAccount, Repositories } from '../ports/index.ts';
import { scoresOf } from './scores.ts';

/* Scripts go by the names of the columns: they stay as they are. */

const figureColumns = ['views', 'people_reached', 'likes', 'comments', 'shares', 'saves', 'reposts', 'clicks'];
const postColumns = [
  'published_at',
  'client',
  'network',
  'account',
  'post_id',
  'caption',
  ...figureColumns,
  'interactions',
  'score',
];
const accountColumns = ['day', 'client', 'network', 'account', 'followers', ...figureColumns, 'interactions'];

/** Captions are read so many at a time. */
const batch = 200;

/** The figures of the posts that went live in a period, one row for each account a post is on, newest first. */
export function exportPosts(store: Repositories, query: FigureQuery, separator: Separator): AsyncGenerator<string> {
  return fileOf(postColumns, postRows(store, query), separator);
}

async function* postRows({ metrics, posts }: Repositories, query: FigureQuery) {
  const [live, accounts] = await Promise.all([metrics.livePosts(query), metrics.accounts(query)]);
  const scores = scoresOf(live);
  const known = new Map(accounts.map((account) => [account.accountId, account]));
  for (let first = 0; first < live.length; first += batch) {
    const rows = live.slice(first, first + batch);
    const captions = new Map(
      (await posts.getMany(rows.map(({ postId }) => postId))).map((post) => [post.id, post.caption]),
    );
    for (const row of rows) yield postRow(row, known.get(row.accountId), captions.get(row.postId), scores);
  }
}

function postRow(
  { publishedAt, platform, postId, targetId, figures }: LivePost,
  account: MeasuredAccount | undefined,
  caption: string | undefined,
  scores: ReadonlyMap<string, number | null>,
) {
  const score = scores.get(targetId) ?? null;
  return [
    isoOf(publishedAt),
    account?.clientName ?? null,
    platform,
    account?.accountName ?? null,
    postId,
    caption ?? null,
    ...figureNames.map((name) => figures[name]),
    interactionsOf(figures),
    score === null ? null : Math.round(score * 100) / 100,
  ];
}

/** What each account's posts gained on each day of a period, and how many followed it. */
export function exportAccounts(store: Repositories, query: FigureQuery, separator: Separator): AsyncGenerator<string> {
  return fileOf(accountColumns, accountRows(store, query), separator);
}

async function* accountRows({ metrics }: Repositories, query: FigureQuery) {
  const [accounts, gains, followers] = await Promise.all([
    metrics.accounts(query),
    metrics.gainsByAccountAndDay(query),
    metrics.followers(query),
  ]);
  const rows = new Map<
    string,
    { accountId: string; day: string; followers: number | null; gain?: (typeof gains)[number] }
  >();
  for (const one of followers) rows.set(`${one.day} ${one.accountId}`, one);
  for (const gain of gains) {
    const name = `${gain.day} ${gain.accountId}`;
    rows.set(name, { ...(rows.get(name) ?? { ...gain, followers: null }), gain });
  }
  const known = new Map(accounts.map((account, index) => [account.accountId, { ...account, index }]));
  const place = (accountId: string) => known.get(accountId)?.index ?? known.size;
  const inOrder = [...rows.values()].sort((a, b) =>
    a.day === b.day ? place(a.accountId) - place(b.accountId) : a.day < b.day ? -1 : 1,
  );
  for (const { day, accountId, followers: count, gain } of inOrder) {
    const account = known.get(accountId);
    yield [
      day,
      account?.clientName ?? null,
      account?.platform ?? null,
      account?.accountName ?? null,
      count,
      ...figureNames.map((name) => gain?.[name] ?? null),
      gain === undefined ? null : interactionsOf(gain),
    ];
  }
}

async function* fileOf(
  header: readonly string[],
  rows: AsyncIterable<(string | number | null)[]>,
  separator: Separator,
): AsyncGenerator<string> {
  yield csvOf([header], separator);
  for await (const row of rows) yield csvLine(row, separator);
}

/** `insights-posts-2026-11-01-2026-11-30.csv`. */
export function exportName(kind: 'posts' | 'accounts', { from, to }: FigureQuery): string {
  return `insights-${kind}-${from}-${to}.csv`;
}
