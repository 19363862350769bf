import { z } from 'zod';
import { targetOptionsSchema } from '../../shared/contract/pipeline.ts';
import type { TargetRecord } from '../core/ports/records.ts';
import { AttemptOpen, type DueTarget, RowGone, type TargetRepository } from '../core/ports/store.ts';
import type { Clock } from '../core/ports/time.ts';
import { isOpen } from './attempts.ts';
import { encode, inBatches, readJson, readJsonOrNull, without } from './codec.ts';
import { refreshDue } from './due.ts';
import { postsById } from './posts.ts';
import { atomically, type Db, type TargetRow } from './schema.ts';

export function targetRepository(db: Db, clock: Clock): TargetRepository {
  return {
    async get(id) {
      const row = await present(db).where('id', '=', id).executeTakeFirst();
      return row && toTarget(row);
    },

    listOfPost: (postId) => listOfPosts(db, [postId]),
    listOfPosts: (postIds) => listOfPosts(db, postIds),

    async insert(target) {
      await atomically(db, async (within) => {
        await within
          .insertInto('postTargets')
          .values({ ...encode(target), dueAt: null, removedAt: null })
          .execute();
        await refreshDue(within, { targetId: target.id });
        await logStatus(within, target, target.status, target.updatedAt);
      });
    },

    async update(id, change) {
      await atomically(db, async (within) => {
        const before = await present(within).where('id', '=', id).executeTakeFirst();
        if (before === undefined) throw new RowGone(`The store has no target ${id}.`);
        await within
          .updateTable('postTargets')
          .set({ ...encode(change), id })
          .where('id', '=', id)
          .execute();
        await refreshDue(within, { targetId: id });
        if (change.status !== undefined && change.status !== before.status) {
          await logStatus(within, before, `${before.status} → ${change.status}`, change.updatedAt ?? clock.now());
        }
      });
    },

    /** @throws {AttemptOpen} while something may still be sent for it */
    async remove(id) {
      await atomically(db, async (within) => {
        const target = await present(within).where('id', '=', id).executeTakeFirst();
        if (target === undefined) throw new RowGone(`The store has no target ${id}.`);
        const open = await within
          .selectFrom('publishAttempts')
          .select('id')
          .where('targetId', '=', id)
          .where(isOpen)
          .execute();
        if (open.length > 0) throw new AttemptOpen(`Target ${id} is being published and cannot be removed.`);
        await within
          .updateTable('postTargets')
          .set({ removedAt: clock.now(), dueAt: null })
          .where('id', '=', id)
          .execute();
        await logStatus(within, target, 'removed', clock.now());
      });
    },

    due: async (at, limit) => withPosts(db, await dueQuery(db, at, limit).execute()),

    async waitingFor(accountId, errorCodes) {
      const rows = await db
        .selectFrom('postTargets')
        .selectAll()
        .where('accountId', '=', accountId)
        .where('dueAt', 'is not', null)
        .where('errorCode', 'in', errorCodes)
        .orderBy('dueAt')
        .orderBy('id')
        .execute();
      return withPosts(db, rows);
    },

    async standing({ statuses, errorCodes, clientId, accountId, limit }) {
      let query = db
        .selectFrom('postTargets')
        .innerJoin('contentPipeline as post', 'post.id', 'postTargets.postId')
        .selectAll('postTargets')
        .where('postTargets.removedAt', 'is', null)
        .where('post.deletedAt', 'is', null)
        .where(({ eb, or, and }) =>
          or([
            eb('postTargets.status', 'in', statuses),
            and([eb('postTargets.status', '=', 'pending'), eb('postTargets.errorCode', 'in', errorCodes)]),
          ]),
        );
      if (clientId !== undefined) query = query.where('post.clientId', '=', clientId);
      if (accountId !== undefined) query = query.where('postTargets.accountId', '=', accountId);
      return withPosts(db, await query.orderBy('post.scheduledFor').orderBy('postTargets.id').limit(limit).execute());
    },

    async nextDueAfter(at) {
      const row = await db
        .selectFrom('postTargets')
        .select('dueAt')
        .where('dueAt', '>', at)
        .orderBy('dueAt')
        .limit(1)
        .executeTakeFirst();
      return row?.dueAt ?? null;
    },

    async countFailed() {
      const { count } = await db
        .selectFrom('postTargets')
        .innerJoin('contentPipeline as post', 'post.id', 'postTargets.postId')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('postTargets.status', '=', 'failed')
        .where('postTargets.removedAt', 'is', null)
        .where('post.deletedAt', 'is', null)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async awaitingComment(since) {
      const rows = await db
        .selectFrom('postTargets')
        .innerJoin('contentPipeline as post', 'post.id', 'postTargets.postId')
        .selectAll('postTargets')
        .where('postTargets.publishedAt', '>=', since)
        .where('postTargets.status', '=', 'published')
        .where('postTargets.removedAt', 'is', null)
        .where('post.deletedAt', 'is', null)
        .where('post.firstComment', 'is not', null)
        .where('post.firstComment', '<>', '')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('publishAttempts as attempt')
                .select('attempt.id')
                .whereRef('attempt.targetId', '=', 'postTargets.id')
                .where('attempt.kind', '=', 'first_comment')
                .where('attempt.state', '<>', 'not_sent'),
            ),
          ),
        )
        .orderBy('postTargets.publishedAt')
        .execute();
      return rows.map(toTarget);
    },

    async liveOf(accountId, since) {
      const rows = await present(db)
        .where('accountId', '=', accountId)
        .where('publishedAt', '>=', since)
        .where('status', '=', 'published')
        .where('remoteId', 'is not', null)
        .orderBy('publishedAt', 'desc')
        .execute();
      return rows.map(toTarget);
    },

    async withoutLink(since, limit) {
      const rows = await db
        .selectFrom('postTargets')
        .selectAll()
        .where('publishedAt', '>=', since)
        .where('status', 'in', ['published', 'delivered'])
        .where('permalink', 'is', null)
        .where('removedAt', 'is', null)
        .orderBy('publishedAt', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toTarget);
    },
  };
}

/** What is due at `at`, earliest first; reads nothing but the index of what is due. */
export function dueQuery(db: Db, at: number, limit: number) {
  return db.selectFrom('postTargets').selectAll().where('dueAt', '<=', at).orderBy('dueAt').orderBy('id').limit(limit);
}

async function withPosts(db: Db, rows: readonly TargetRow[]): Promise<DueTarget[]> {
  const posts = await postsById(
    db,
    rows.map((row) => row.postId),
  );
  return rows.flatMap((row) => {
    const post = posts.get(row.postId);
    return post === undefined ? [] : [{ target: toTarget(row), post }];
  });
}

function present(db: Db) {
  return db.selectFrom('postTargets').selectAll().where('removedAt', 'is', null);
}

async function listOfPosts(db: Db, postIds: readonly string[]): Promise<TargetRecord[]> {
  const rows = await inBatches(postIds, (batch) =>
    present(db).where('postId', 'in', batch).orderBy('postId').orderBy('platform').orderBy('id').execute(),
  );
  return rows.map(toTarget);
}

async function logStatus(db: Db, target: Pick<TargetRow, 'id' | 'postId'>, message: string, at: number): Promise<void> {
  await db
    .insertInto('postLogs')
    .values({ postId: target.postId, targetId: target.id, attemptId: null, at, kind: 'target.status', message })
    .execute();
}

const consentSchema = z.object({ by: z.string(), at: z.number(), to: z.string() });

function toTarget(row: TargetRow): TargetRecord {
  const options = readJson('post_targets.options', targetOptionsSchema, row.options);
  const consent = readJsonOrNull('post_targets.consent', consentSchema, row.consent);
  return { ...without(row, 'dueAt', 'removedAt'), options, consent };
}
