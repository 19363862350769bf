import type { PostRecord } from '../core/ports/records.ts';
import { type PostRepository, SlotTaken } from '../core/ports/store.ts';
import { encode, inBatches, mustExist } from './codec.ts';
import { refreshDue } from './due.ts';
import { calendarOfPosts, countPosts, listPosts, waitingPosts } from './post-list.ts';
import { readIds, toPost } from './post-row.ts';
import { atomically, type Db } from './schema.ts';
import { postSearchText } from './searchable.ts';

export function postRepository(db: Db): PostRepository {
  return {
    async get(id) {
      const row = await living(db).where('id', '=', id).executeTakeFirst();
      return row && toPost(row);
    },

    getMany: async (ids) => [...(await postsById(db, ids)).values()],

    list: (filter) => listPosts(db, filter),
    calendar: (conditions) => calendarOfPosts(db, conditions),
    countByStatus: (conditions = {}) => countPosts(db, conditions),
    waiting: (conditions) => waitingPosts(db, conditions),

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
      const encoded = encode(post);
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('contentPipeline')
        .values({ ...encoded, searchText: postSearchText(post.caption, encoded.hashtags) })
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
        if (change.caption !== undefined || change.hashtags !== undefined) await refreshSearchText(within, id);
        if (typeof change.publishNowAt === 'number') await stopWaiting(within, id);
        await refreshDue(within, { postId: id });
      });
    },

    async isKnown(id) {
      const row = await db.selectFrom('contentPipeline').select('id').where('id', '=', id).executeTakeFirst();
      return row !== undefined;
    },

    restore: (id, at) =>
      atomically(db, async (within) => {
        const row = await within
          .selectFrom('contentPipeline')
          .select('slot')
          .where('id', '=', id)
          .where('deletedAt', 'is not', null)
          .executeTakeFirst();
        if (row === undefined) return false;
        const isTaken = row.slot !== null && (await isSlotTaken(within, row.slot));
        await within
          .updateTable('contentPipeline')
          .set({ deletedAt: null, updatedAt: at, ...(isTaken ? { slot: null } : {}) })
          .where('id', '=', id)
          .execute();
        await refreshDue(within, { postId: id });
        return true;
      }),

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

async function isSlotTaken(db: Db, slot: string): Promise<boolean> {
  const row = await db
    .selectFrom('contentPipeline')
    .select('id')
    .where('slot', '=', slot)
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
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

async function refreshSearchText(db: Db, id: string): Promise<void> {
  const { caption, hashtags } = await db
    .selectFrom('contentPipeline')
    .select(['caption', 'hashtags'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const searchText = postSearchText(caption, hashtags);
  await db.updateTable('contentPipeline').set({ searchText }).where('id', '=', id).execute();
}
