import { type ExpressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { AttemptEventRecord, AttemptRecord, AttemptState } from '../core/ports/records.ts';
import { AttemptOpen, type AttemptRepository } from '../core/ports/store.ts';
import { linked } from './chain.ts';
import { type Encoded, encode, inBatches, mustExist, readJsonOrNull, without } from './codec.ts';
import { type AttemptEventRow, atomically, type Db, type Tables } from './schema.ts';

const openStates: readonly AttemptState[] = ['intent', 'prepared', 'sending', 'accepted', 'unknown', 'needs_human'];

/** Attempts that may still end either way. Literals, because only they match the partial index. */
export function isOpen(eb: ExpressionBuilder<Tables, 'publishAttempts'>) {
  return eb(
    'publishAttempts.state',
    'in',
    openStates.map((state) => sql.lit(state)),
  );
}

export function attemptRepository(db: Db): AttemptRepository {
  const attempts = () => db.selectFrom('publishAttempts').selectAll('publishAttempts');

  return {
    async get(id) {
      const row = await attempts().where('id', '=', id).executeTakeFirst();
      return row && toAttempt(row);
    },

    async listOfPost(postId) {
      const rows = await attempts()
        .innerJoin('postTargets', 'postTargets.id', 'publishAttempts.targetId')
        .where('postTargets.postId', '=', postId)
        .orderBy('publishAttempts.createdAt')
        .orderBy('publishAttempts.id')
        .execute();
      return rows.map(toAttempt);
    },

    async listOfTarget(targetId) {
      const rows = await attempts().where('targetId', '=', targetId).orderBy('createdAt').orderBy('id').execute();
      return rows.map(toAttempt);
    },

    async latestOf(targetIds) {
      const rows = await inBatches(targetIds, (batch) =>
        attempts()
          .where('targetId', 'in', batch)
          .where('kind', '=', 'post')
          .orderBy('createdAt')
          .orderBy('id')
          .execute(),
      );
      return new Map(rows.map((row) => [row.targetId, toAttempt(row)]));
    },

    async begunSince(accountId, since) {
      const rows = await attempts()
        .where('accountId', '=', accountId)
        .where('createdAt', '>=', since)
        .where('kind', '=', 'post')
        .execute();
      return rows.map(toAttempt);
    },

    async openOf(targetId, kind) {
      const row = await attempts()
        .where('targetId', '=', targetId)
        .where('kind', '=', kind)
        .where(isOpen)
        .executeTakeFirst();
      return row && toAttempt(row);
    },

    async listOpen() {
      return (await attempts().where(isOpen).orderBy('createdAt').orderBy('id').execute()).map(toAttempt);
    },

    async insert(attempt) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('publishAttempts')
        .values(encode(attempt))
        .onConflict((conflict) =>
          conflict
            .columns(['targetId', 'kind'])
            .where(
              'state',
              'in',
              openStates.map((state) => sql.lit(state)),
            )
            .doNothing(),
        )
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 0n) {
        throw new AttemptOpen(`Target ${attempt.targetId} already has an open attempt (${attempt.kind}).`);
      }
    },

    async update(id, change) {
      const row = { ...encode(change), id };
      mustExist(
        await db.updateTable('publishAttempts').set(row).where('id', '=', id).executeTakeFirst(),
        'attempt',
        id,
      );
    },

    record: (event) => atomically(db, (within) => append(within, event)),

    async events(attemptId) {
      const rows = await db
        .selectFrom('attemptEvents')
        .selectAll()
        .where('attemptId', '=', attemptId)
        .orderBy('sequence')
        .execute();
      return rows.map(toEvent);
    },

    async boundPosts(remoteAccountId, remoteIds) {
      const rows = await inBatches(remoteIds, (batch) =>
        db
          .selectFrom('publishAttempts')
          .innerJoin('postTargets', 'postTargets.id', 'publishAttempts.targetId')
          .select(['publishAttempts.remoteId', 'postTargets.postId'])
          .where('publishAttempts.kind', '=', 'post')
          .where('publishAttempts.remoteAccountId', '=', remoteAccountId)
          .where('publishAttempts.remoteId', 'in', batch)
          // A person may have named it for a target of which no attempt is known here.
          .union(
            db
              .selectFrom('postTargets')
              .innerJoin('socialAccounts as account', 'account.id', 'postTargets.accountId')
              .select(['postTargets.remoteId', 'postTargets.postId'])
              .where('account.remoteId', '=', remoteAccountId)
              .where('postTargets.remoteId', 'in', batch),
          )
          .execute(),
      );
      return new Map(rows.flatMap(({ remoteId, postId }) => (remoteId === null ? [] : [[remoteId, postId] as const])));
    },

    async lastStart(accountId, exceptTargets) {
      const row = await db
        .selectFrom('publishAttempts')
        .select('createdAt')
        .where('accountId', '=', accountId)
        .where('kind', '=', 'post')
        .where('state', 'not in', ['not_sent', 'rejected'])
        .where('targetId', 'not in', exceptTargets)
        .orderBy('createdAt', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row?.createdAt ?? null;
    },

    async firstSteps(remoteAccountId, since, limit) {
      const rows = await db
        .selectFrom('publishAttempts')
        .leftJoin('attemptEvents as step', (join) =>
          // The first event is that it begins.
          join.onRef('step.attemptId', '=', 'publishAttempts.id').on('step.sequence', '=', 2),
        )
        .select(['step.at', 'step.monotonicAt', 'step.bootId'])
        .where('publishAttempts.accountId', 'in', (eb) =>
          eb.selectFrom('socialAccounts').select('id').where('remoteId', '=', remoteAccountId),
        )
        .where('publishAttempts.remoteAccountId', '=', remoteAccountId)
        .where('publishAttempts.createdAt', '>', since)
        .where('publishAttempts.kind', '=', 'post')
        .where((eb) => eb.or([eb.and([eb('step.kind', 'is', null), isOpen(eb)]), eb('step.kind', '<>', 'prepared')]))
        .orderBy('step.position', (order) => order.desc().nullsFirst())
        .limit(limit)
        .execute();
      return rows.map(({ at, monotonicAt, bootId }) =>
        at === null || monotonicAt === null || bootId === null ? null : { at, monotonicAt, bootId },
      );
    },

    async isBound(remoteAccountId, remoteId) {
      const row = await attempts()
        .where('remoteAccountId', '=', remoteAccountId)
        .where('remoteId', '=', remoteId)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

/** One event at the end of the journal, and as a line in the log of its post. */
async function append(db: Db, event: Omit<AttemptEventRecord, 'sequence'>): Promise<void> {
  const last = await db.selectFrom('attemptEvents').selectAll().orderBy('position', 'desc').limit(1).executeTakeFirst();
  const { sequence } = await db
    .selectFrom('attemptEvents')
    .select((eb) => eb.fn.max<number | null>('sequence').as('sequence'))
    .where('attemptId', '=', event.attemptId)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('attemptEvents')
    .values(linked(last, { ...event, sequence: (sequence ?? 0) + 1 }))
    .execute();
  await db
    .insertInto('postLogs')
    .columns(['postId', 'targetId', 'attemptId', 'at', 'kind', 'message'])
    .expression((eb) =>
      eb
        .selectFrom('publishAttempts')
        .innerJoin('postTargets', 'postTargets.id', 'publishAttempts.targetId')
        .select(({ ref, val }) => [
          ref('postTargets.postId').as('postId'),
          ref('postTargets.id').as('targetId'),
          ref('publishAttempts.id').as('attemptId'),
          val(event.at).as('at'),
          val(event.kind).as('kind'),
          val(event.detail).as('message'),
        ])
        .where('publishAttempts.id', '=', event.attemptId),
    )
    .execute();
}

function toAttempt({ handle, ...row }: Encoded<AttemptRecord>): AttemptRecord {
  return {
    ...row,
    handle: readJsonOrNull('publish_attempts.handle', z.record(z.string(), z.unknown()), handle),
  };
}

function toEvent(row: AttemptEventRow): AttemptEventRecord {
  return without(row, 'position', 'previousHash', 'hash');
}
