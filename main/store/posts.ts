import { sql } from 'kysely';
import { z } from 'zod';
import type { PostRecord } from '../core/ports/records.ts';
import { type PostFilter, type PostRepository, SlotTaken } from '../core/ports/store.ts';
import { type Encoded, encode, inBatches, mustExist, readJson } from './codec.ts';
import { pageOf, placeByTime } from './cursor.ts';
import { refreshDue } from './due.ts';
import { atomically, type Db } from './schema.ts';

export function postRepository(db: Db): PostRepository {
  return {
    async get(id) {
      const row = await living(db).where('id', '=', id).executeTakeFirst();
      return row && toPost(row);
    },

    getMany: async (ids) => [...(await postsById(db, ids)).values()],

    /** `from` is the first instant of the range, `to` the first after it. */
    async list(filter) {
      const rows = await filtered(db, filter)
        .orderBy('scheduledFor')
        .orderBy('id')
        .limit(filter.limit + 1)
        .execute();
      return pageOf(rows, filter.limit, toPost, (row) => [row.scheduledFor, row.id]);
    },

    async recentOfClient(clientId, limit) {
      const rows = await living(db)
        .where('clientId', '=', clientId)
        .orderBy('scheduledFor', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toPost);
    },

    async slotsTaken(clientId, slots) {
      const rows = await inBatches(slots, (batch) =>
        living(db).clearSelect().select('slot').where('clientId', '=', clientId).where('slot', 'in', batch).execute(),
      );
      return rows.flatMap(({ slot }) => (slot === null ? [] : [slot]));
    },

    async withMedia(clientId, mediaIds) {
      if (mediaIds.length === 0) return [];
      const wanted = new Set(mediaIds);
      const rows = await living(db)
        .clearSelect()
        .select(['id', 'mediaIds'])
        .where('clientId', '=', clientId)
        .where('mediaIds', '<>', '[]')
        .execute();
      const holding = rows.filter((row) => readIds(row.mediaIds).some((id) => wanted.has(id))).map(({ id }) => id);
      return [...(await postsById(db, holding)).values()];
    },

    async insert(post) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('contentPipeline')
        .values(encode(post))
        .onConflict((conflict) =>
          conflict.column('slot').where('slot', 'is not', null).where('deletedAt', 'is', null).doNothing(),
        )
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) throw new SlotTaken(`Another post fills the slot ${post.slot}.`);
    },

    async update(id, change) {
      await atomically(db, async (within) => {
        const row = { ...encode(change), id };
        const result = await within.updateTable('contentPipeline').set(row).where('id', '=', id).executeTakeFirst();
        mustExist(result, 'post', id);
        if (typeof change.publishNowAt === 'number') await stopWaiting(within, id);
        await refreshDue(within, { postId: id });
      });
    },

    async countByStatus() {
      const rows = await db
        .selectFrom('contentPipeline')
        .select(['status', (eb) => eb.fn.countAll<number>().as('count')])
        .where('deletedAt', 'is', null)
        .groupBy('status')
        .execute();
      return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]));
    },

    /** Posts with something to publish in [from, to). */
    async countDueBetween(from, to) {
      const { count } = await db
        .selectFrom('postTargets')
        .select((eb) => eb.fn.count<number>('postId').distinct().as('count'))
        .where('dueAt', '>=', from)
        .where('dueAt', '<', to)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

/** The posts of these ids by id; deleted ones are left out. */
export async function postsById(db: Db, ids: readonly string[]): Promise<Map<string, PostRecord>> {
  const rows = await inBatches(ids, (batch) => living(db).where('id', 'in', batch).execute());
  return new Map(rows.map((row) => [row.id, toPost(row)]));
}

function living(db: Db) {
  return db.selectFrom('contentPipeline').selectAll().where('deletedAt', 'is', null);
}

function filtered(db: Db, filter: PostFilter) {
  const after = placeByTime(filter);
  let query = living(db);
  if (filter.clientId !== undefined) query = query.where('clientId', '=', filter.clientId);
  if (filter.statuses !== undefined) query = query.where('status', 'in', filter.statuses);
  if (filter.from !== undefined) query = query.where('scheduledFor', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('scheduledFor', '<', filter.to);
  for (const word of (filter.search ?? '').split(/\s+/).filter((part) => part !== '')) {
    query = query.where(sql<boolean>`caption LIKE ${`%${word.replaceAll(/[\\%_]/g, '\\$&')}%`} ESCAPE '\\'`);
  }
  if (after === undefined) return query;
  return query.where((eb) => eb(eb.refTuple('scheduledFor', 'id'), '>', eb.tuple(...after)));
}

/** A person wants it now: what its targets waited for no longer counts. */
async function stopWaiting(db: Db, postId: string): Promise<void> {
  await db
    .updateTable('postTargets')
    .set({ nextAttemptAt: null })
    .where('postId', '=', postId)
    .where('status', '=', 'pending')
    .execute();
}

function toPost({ hashtags, mediaIds, ...row }: Encoded<PostRecord>): PostRecord {
  return {
    ...row,
    hashtags: readJson('content_pipeline.hashtags', z.array(z.string()), hashtags),
    mediaIds: readIds(mediaIds),
  };
}

function readIds(mediaIds: string): string[] {
  return readJson('content_pipeline.media_ids', z.array(z.string()), mediaIds);
}
