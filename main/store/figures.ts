import { sql } from 'kysely';
import { type FigureName, figureNames, type PostFigures } from '../../shared/domain/metrics.ts';
import type { PostMetricsRecord } from '../core/ports/records.ts';
import {
  type AccountOutcomes,
  comparedFigures,
  type FigureFilter,
  type LiveCounts,
  type LivePost,
  type MetricRepository,
} from '../core/ports/store.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import type { Db } from './schema.ts';

const dayMs = 86_400_000;

type FigureQueries = Pick<
  MetricRepository,
  | 'gainsByAccount'
  | 'gainsByDay'
  | 'gainsByAccountAndDay'
  | 'followers'
  | 'countLivePosts'
  | 'livePosts'
  | 'outcomes'
  | 'accounts'
>;

/** Questions about many posts at once. They read what {@link keepFigures} has added up. */
export function figureQueries(db: Db): FigureQueries {
  return {
    gainsByAccount: (filter) => gains(db, filter).select('gain.accountId').groupBy('gain.accountId').execute(),

    gainsByDay: (filter) => gains(db, filter).select('gain.day').groupBy('gain.day').orderBy('gain.day').execute(),

    gainsByAccountAndDay: (filter) =>
      gains(db, filter).select(['gain.accountId', 'gain.day']).groupBy(['gain.day', 'gain.accountId']).execute(),

    async followers({ from, to, ...filter }) {
      const rows = await measured(db, filter)
        .innerJoin('accountMetrics as metric', 'metric.accountId', 'account.id')
        .select([
          'metric.accountId',
          'metric.day',
          sql<number | null>`json_extract(metric.metrics, '$.followers')`.as('followers'),
        ])
        .where('metric.day', '>=', from)
        .where('metric.day', '<=', to)
        .orderBy('metric.accountId')
        .orderBy('metric.day')
        .execute();
      return rows.flatMap(({ followers, ...row }) => (followers === null ? [] : [{ ...row, followers }]));
    },

    countLivePosts: (filter) => countLivePosts(db, filter),

    livePosts: (filter) => livePosts(db, filter),

    outcomes: whileUnchanged(db, (filter) => outcomes(db, filter)),

    accounts: (filter) =>
      measured(db, filter)
        .select(['account.id as accountId', 'account.displayName as accountName', 'account.platform'])
        .select(['client.id as clientId', 'client.name as clientName', 'client.timezone'])
        .orderBy('client.sortName')
        .orderBy('account.platform')
        .orderBy('account.id')
        .execute(),
  };
}

async function countLivePosts(db: Db, filter: FigureFilter): Promise<LiveCounts> {
  const rows = await live(db, filter)
    .select(['post.clientId', 'target.platform', listOf('target.post_id', 'postIds')])
    .select(listOf('target.published_at', 'at'))
    .groupBy(['post.clientId', 'target.platform'])
    .execute();
  const [clients, platforms, days] = [new Counted<string>(), new Counted<Platform>(), new Counted<number>()];
  for (const { clientId, platform, ...lists } of rows) {
    const at = listIn<number>(lists.at);
    for (const [place, postId] of listIn<string>(lists.postIds).entries()) {
      clients.add(clientId, postId);
      platforms.add(platform, postId);
      days.add(Math.floor((at[place] ?? 0) / dayMs), postId);
    }
  }
  const byDay = [...days.counts()].map(([day, count]) => [dayOf(day * dayMs), count] as const);
  return { byClient: clients.counts(), byPlatform: platforms.counts(), byDay: new Map(byDay) };
}

/** How many different posts each thing has. */
class Counted<Name> {
  readonly #posts = new Map<Name, Set<string>>();

  add(name: Name, postId: string): void {
    const known = this.#posts.get(name);
    if (known === undefined) this.#posts.set(name, new Set([postId]));
    else known.add(postId);
  }

  counts(): Map<Name, number> {
    return new Map(Array.from(this.#posts, ([name, posts]) => [name, posts.size]));
  }
}

/** `2026-11-24`, in UTC. */
function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

async function livePosts(
  db: Db,
  { postIds, ...filter }: FigureFilter & { postIds?: readonly string[] },
): Promise<LivePost[]> {
  let query = withFigures(live(db, filter))
    .select(['target.id as targetId', 'target.postId', 'target.accountId', 'target.platform', 'post.clientId'])
    .select(sql<string | null>`json_extract(target.options, '$.format')`.as('format'))
    .select(['target.publishedAt', ...figureNames.map((name) => `figure.${name}` as const)]);
  if (postIds !== undefined) query = query.where('target.postId', 'in', postIds);
  const rows = await query.orderBy('target.publishedAt', 'desc').orderBy('target.id').execute();
  return rows.map(({ targetId, postId, accountId, platform, clientId, format, publishedAt, ...figures }) => ({
    targetId,
    postId,
    clientId,
    accountId,
    platform,
    isStory: format === 'story',
    publishedAt: publishedAt ?? 0,
    figures,
  }));
}

/** Tens of thousands of rows take longer to hand over than to find: each account's are handed over together. */
async function outcomes(db: Db, filter: FigureFilter): Promise<AccountOutcomes[]> {
  const rows = await withFigures(live(db, filter))
    .select(['target.accountId', listOf('target.post_id', 'postIds'), listOf('target.published_at', 'at')])
    .select(comparedFigures.map((name) => listOf(`figure.${name}`, name)))
    .groupBy(['target.accountId', isStory])
    .execute();
  return rows.map((row) => ({
    accountId: row.accountId,
    postIds: listIn<string>(row.postIds),
    publishedAt: listIn<number>(row.at),
    figures: {
      views: listIn<number | null>(row.views),
      likes: listIn<number | null>(row.likes),
      comments: listIn<number | null>(row.comments),
      shares: listIn<number | null>(row.shares),
      saves: listIn<number | null>(row.saves),
      reposts: listIn<number | null>(row.reposts),
    },
  }));
}

/** Stories are told apart from posts. */
const isStory = sql<boolean>`coalesce(json_extract(target.options, '$.format') = 'story', false)`;

/** All values of a group, as text that {@link listIn} reads. */
function listOf<const Name extends string>(column: string, name: Name) {
  return sql<string>`json_group_array(${sql.ref(column)})`.as(name);
}

function listIn<V>(text: string): V[] {
  return JSON.parse(text) as V[];
}

/**
 * Reads again only when anything in the store was changed since: a page asks the same of tens of thousands of posts for several
 * of its parts. What was read is not kept from being forgotten.
 */
function whileUnchanged<Q extends object, T extends object>(db: Db, read: (query: Q) => Promise<T>) {
  let last: { name: string; answer: WeakRef<T> } | undefined;
  return async (query: Q): Promise<T> => {
    // By this connection, and by any other.
    const { rows } = await sql`SELECT total_changes() AS own, data_version AS others FROM pragma_data_version`.execute(
      db,
    );
    const name = JSON.stringify([rows, query]);
    const known = last?.name === name ? last.answer.deref() : undefined;
    if (known !== undefined) return known;
    const answer = await read(query);
    last = { name, answer: new WeakRef(answer) };
    return answer;
  };
}

function measured(db: Db, { clientId, platform }: Pick<FigureFilter, 'clientId' | 'platform'>) {
  let query = db
    .selectFrom('socialAccounts as account')
    .innerJoin('clients as client', 'client.id', 'account.clientId')
    .where('client.deletedAt', 'is', null);
  if (clientId !== undefined) query = query.where('account.clientId', '=', clientId);
  if (platform !== undefined) query = query.where('account.platform', '=', platform);
  return query;
}

function live(db: Pick<Db, 'selectFrom'>, { from, to, clientId, platform }: FigureFilter) {
  let query = db
    .selectFrom('postTargets as target')
    .innerJoin('contentPipeline as post', 'post.id', 'target.postId')
    .innerJoin('clients as client', 'client.id', 'post.clientId')
    .where('target.publishedAt', '>=', Date.parse(from))
    .where('target.publishedAt', '<', Date.parse(to) + dayMs)
    .where('target.status', '=', 'published')
    .where('target.removedAt', 'is', null)
    .where('post.deletedAt', 'is', null)
    .where('client.deletedAt', 'is', null);
  if (clientId !== undefined) query = query.where('post.clientId', '=', clientId);
  if (platform !== undefined) query = query.where('target.platform', '=', platform);
  return query;
}

type LiveTargets = ReturnType<typeof live>;

function withFigures(targets: LiveTargets) {
  return targets.leftJoin('postFigures as figure', 'figure.targetId', 'target.id');
}

function gains(db: Db, { from, to, ...filter }: FigureFilter) {
  return measured(db, filter)
    .innerJoin('metricGains as gain', 'gain.accountId', 'account.id')
    .select((eb) => figureNames.map((name) => eb.fn.sum<number | null>(`gain.${name}`).as(name)))
    .where('gain.day', '>=', from)
    .where('gain.day', '<=', to)
    .$castTo<PostFigures>();
}

type Taken = Pick<PostMetricsRecord, 'day' | 'metrics'>;

/** Adds to the sums what one post's snapshots say now and did not say before; within the transaction that writes them. */
export async function keepFigures(
  db: Db,
  targetId: string,
  before: readonly Taken[],
  after: readonly Taken[],
): Promise<void> {
  const latest = { targetId, ...latestOf(after) };
  await db
    .insertInto('postFigures')
    .values(latest)
    .onConflict((conflict) => conflict.column('targetId').doUpdateSet(latest))
    .execute();
  const { accountId } = await db
    .selectFrom('postTargets')
    .select('accountId')
    .where('id', '=', targetId)
    .executeTakeFirstOrThrow();
  const [was, is] = [gainsOf(before), gainsOf(after)];
  for (const day of new Set([...was.keys(), ...is.keys()])) {
    const change = changeOf(was.get(day), is.get(day));
    if (change !== null) await addTo(db, day, accountId, change);
  }
}

/** What was gained on each day of a post's snapshots (any order): each figure less the one told before it. */
export function gainsOf(snapshots: readonly Taken[]): Map<string, PostFigures> {
  const known: Partial<Record<FigureName, number>> = {};
  const byDay = [...snapshots].sort((a, b) => (a.day < b.day ? -1 : 1));
  return new Map(
    byDay.map(({ day, metrics }) => [
      day,
      figuresFrom((name) => {
        const value = metrics[name];
        if (value === undefined) return null;
        const gain = Math.round(value) - (known[name] ?? 0);
        known[name] = Math.round(value);
        return gain;
      }),
    ]),
  );
}

/** The newest of each figure that was ever told. */
function latestOf(snapshots: readonly Taken[]): PostFigures {
  const newestFirst = [...snapshots].sort((a, b) => (a.day < b.day ? 1 : -1));
  return figuresFrom((name) => {
    const value = newestFirst.find(({ metrics }) => metrics[name] !== undefined)?.metrics[name];
    return value === undefined ? null : Math.round(value);
  });
}

function changeOf(was: PostFigures | undefined, is: PostFigures | undefined): PostFigures | null {
  const change = figuresFrom((name) => {
    const [before, now] = [was?.[name] ?? null, is?.[name] ?? null];
    return before === now ? null : (now ?? 0) - (before ?? 0);
  });
  return figureNames.every((name) => change[name] === null) ? null : change;
}

async function addTo(db: Db, day: string, accountId: string, change: PostFigures): Promise<void> {
  await db
    .insertInto('metricGains')
    .values({ day, accountId, ...change })
    .onConflict((conflict) =>
      conflict
        .columns(['day', 'accountId'])
        .doUpdateSet((eb) =>
          Object.fromEntries(
            figureNames
              .filter((name) => change[name] !== null)
              .map((name) => [name, eb(eb.fn.coalesce(eb.ref(`metricGains.${name}`), eb.lit(0)), '+', change[name])]),
          ),
        ),
    )
    .execute();
}

function figuresFrom(valueOf: (name: FigureName) => number | null): PostFigures {
  return Object.fromEntries(figureNames.map((name) => [name, valueOf(name)])) as PostFigures;
}
