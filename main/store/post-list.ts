import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import { z } from 'zod';
import { calendarPostSchema } from '../../shared/contract/pipeline.ts';
import { waitingStatuses } from '../../shared/domain/need.ts';
import { type PostStatus, statusesByUrgency } from '../../shared/domain/post.ts';
import type { PostRecord } from '../core/ports/records.ts';
import type { CalendarRecord, Page, PostConditions, PostFilter, WaitingPost } from '../core/ports/store.ts';
import { pageOf, placeByTime, placeIn } from './cursor.ts';
import { readJson } from './codec.ts';
import { toPost } from './post-row.ts';
import type { Db, PostRow, Tables } from './schema.ts';
import { searchedWords } from './searchable.ts';

/** `from` is the first instant of the range, `to` the first after it. */
export function listPosts(db: Db, filter: PostFilter): Promise<Page<PostRecord>> {
  switch (filter.order ?? 'time') {
    case 'time':
      return byTime(db, filter, 'asc');
    case 'latest':
      return byTime(db, filter, 'desc');
    case 'client':
      return byClient(db, filter);
    case 'status':
      return byStatus(db, filter);
  }
}

/** How many posts meet the conditions, by status; a status without any is missing. */
export async function countPosts(db: Db, conditions: PostConditions): Promise<Partial<Record<PostStatus, number>>> {
  const rows = await where(db.selectFrom('contentPipeline').where('deletedAt', 'is', null), conditions)
    .select(['status', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('status')
    .execute();
  return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]));
}

/** Only the columns that a calendar shows, of however many posts there are. */
export async function calendarOfPosts(db: Db, conditions: PostConditions): Promise<CalendarRecord[]> {
  const rows = await matching(db, conditions)
    .innerJoin('clients', 'clients.id', 'contentPipeline.clientId')
    .where('clients.deletedAt', 'is', null)
    .select(['contentPipeline.id', 'clientId', 'clients.name as clientName', 'contentPipeline.status'])
    .select(['scheduledFor', 'contentPipeline.timezone', sql<string>`substr(caption, 1, 140)`.as('caption')])
    .select(
      // Of the options only what is shown: a month has thousands of them to read.
      sql<string>`(SELECT json_group_array(json_object('platform', platform,
        'options', json_patch('{}', json_object('format', options ->> 'format'))) ORDER BY platform)
        FROM post_targets AS target WHERE target.post_id = content_pipeline.id AND target.removed_at IS NULL)`.as(
        'targets',
      ),
    )
    .orderBy('scheduledFor')
    .orderBy('contentPipeline.id')
    .execute();
  return rows.map(({ targets, ...row }) => ({ ...row, targets: readJson('post_targets', targetsInShort, targets) }));
}

/** Those that wait for a person, each with what of its targets tells why. */
export async function waitingPosts(db: Db, conditions: PostConditions): Promise<WaitingPost[]> {
  const rows = await matching(db, { ...conditions, statuses: waitingStatuses })
    .leftJoin('postTargets as target', (join) =>
      join
        .onRef('target.postId', '=', 'contentPipeline.id')
        .on('target.removedAt', 'is', null)
        .on('target.status', 'in', ['held', 'failed']),
    )
    .select(['contentPipeline.id', 'contentPipeline.status', 'target.status as targetStatus', 'target.errorCode'])
    .select(
      // The last attempt tells the class, where it is its error that the target stands under.
      sql<string | null>`(SELECT CASE WHEN attempt.error_code = target.error_code THEN attempt.error_class END
        FROM publish_attempts AS attempt WHERE attempt.target_id = target.id AND attempt.kind = 'post'
        ORDER BY attempt.created_at DESC, attempt.id DESC LIMIT 1)`.as('errorClass'),
    )
    .execute();
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, ofPost]) => ({
    id,
    status: ofPost[0]?.status ?? 'held',
    targets: ofPost.flatMap(({ targetStatus: status, errorCode, errorClass }) =>
      status === null ? [] : [{ status, error: errorCode === null ? null : { code: errorCode, class: errorClass } }],
    ),
  }));
}

const targetsInShort = calendarPostSchema.shape.targets;

async function byTime(db: Db, filter: PostFilter, direction: 'asc' | 'desc'): Promise<Page<PostRecord>> {
  const after = placeByTime(filter);
  let query = matching(db, filter).selectAll('contentPipeline');
  if (after !== undefined) {
    query = query.where((eb) =>
      eb(eb.refTuple('scheduledFor', 'contentPipeline.id'), direction === 'asc' ? '>' : '<', eb.tuple(...after)),
    );
  }
  const rows = await query
    .orderBy('scheduledFor', direction)
    .orderBy('contentPipeline.id', direction)
    .limit(filter.limit + 1)
    .execute();
  return pageOf(rows, filter.limit, toPost, (row) => [row.scheduledFor, row.id]);
}

const placeWithClient = z.tuple([z.string(), z.number().int(), z.string()]);

async function byClient(db: Db, filter: PostFilter): Promise<Page<PostRecord>> {
  const after = placeIn(filter, placeWithClient);
  let query = matching(db, filter)
    .innerJoin('clients', 'clients.id', 'contentPipeline.clientId')
    .selectAll('contentPipeline');
  if (after !== undefined) {
    const [clientId, time, id] = after;
    query = query.where(
      sql<boolean>`(clients.sort_name, clients.id, scheduled_for, content_pipeline.id)
        > ((SELECT sort_name FROM clients WHERE id = ${clientId}), ${clientId}, ${time}, ${id})`,
    );
  }
  const rows = await query
    .orderBy('clients.sortName')
    .orderBy('clients.id')
    .orderBy('scheduledFor')
    .orderBy('contentPipeline.id')
    .limit(filter.limit + 1)
    .execute();
  return pageOf(rows, filter.limit, toPost, (row) => [row.clientId, row.scheduledFor, row.id]);
}

const placeWithRank = z.tuple([z.number().int(), z.number().int(), z.string()]);

/** One status after the other, each by the index that it has. */
async function byStatus(db: Db, filter: PostFilter): Promise<Page<PostRecord>> {
  const after = placeIn(filter, placeWithRank);
  const rows: PostRow[] = [];
  const wanted = filter.statuses ?? statusesByUrgency;
  for (const [rank, status] of statusesByUrgency.entries()) {
    if (rank < (after?.[0] ?? 0) || !wanted.includes(status)) continue;
    let query = matching(db, { ...filter, statuses: [status] }).selectAll('contentPipeline');
    if (after !== undefined && rank === after[0]) {
      const [, time, id] = after;
      query = query.where((eb) => eb(eb.refTuple('scheduledFor', 'contentPipeline.id'), '>', eb.tuple(time, id)));
    }
    const rest = filter.limit + 1 - rows.length;
    rows.push(...(await query.orderBy('scheduledFor').orderBy('contentPipeline.id').limit(rest).execute()));
    if (rows.length > filter.limit) break;
  }
  return pageOf(rows, filter.limit, toPost, (row) => [statusesByUrgency.indexOf(row.status), row.scheduledFor, row.id]);
}

function matching(db: Db, conditions: PostConditions) {
  return where(db.selectFrom('contentPipeline').where('contentPipeline.deletedAt', 'is', null), conditions);
}

type Query = SelectQueryBuilder<Tables, 'contentPipeline', object>;

function where(posts: Query, { ids, clientIds, statuses, platforms, from, to, search = '' }: PostConditions): Query {
  let query = posts;
  if (ids !== undefined) query = query.where('contentPipeline.id', 'in', ids.length === 0 ? [''] : ids);
  if (clientIds !== undefined) query = query.where('clientId', 'in', clientIds);
  if (statuses !== undefined) query = query.where('contentPipeline.status', 'in', statuses);
  if (from !== undefined) query = query.where('scheduledFor', '>=', from);
  if (to !== undefined) query = query.where('scheduledFor', '<', to);
  if (platforms !== undefined) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('postTargets as target')
          .select('target.id')
          .whereRef('target.postId', '=', 'contentPipeline.id')
          .where('target.removedAt', 'is', null)
          .where('target.platform', 'in', platforms),
      ),
    );
  }
  for (const word of searchedWords(search)) query = query.where(says(word));
  return query;
}

/** Plain `instr`: what is searched is kept without case and accents, and no character of a word means anything else. */
function says(word: string): RawBuilder<boolean> {
  return sql<boolean>`(instr(search_text, ${word}) > 0
    OR client_id IN (SELECT id FROM clients WHERE instr(sort_name, ${word}) > 0))`;
}
