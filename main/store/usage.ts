import { type ExpressionBuilder, sql } from 'kysely';
import type { UsageFilter, UsageRepository, UsageSums } from '../core/ports/store.ts';
import { encode, mustExist } from './codec.ts';
import { pageOf, placeByTime } from './cursor.ts';
import type { Db, Tables } from './schema.ts';

export function usageRepository(db: Db): UsageRepository {
  return {
    /** The open or settled row of an intent; when there is none, its latest failed one. */
    byIntent: (intent) =>
      db
        .selectFrom('usageEvents')
        .selectAll()
        .where('intent', '=', intent)
        .orderBy((eb) => eb.case().when('state', '=', 'failed').then(1).else(0).end())
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst(),

    async insert(usage) {
      await db.insertInto('usageEvents').values(usage).execute();
    },

    async update(id, change) {
      const row = { ...encode(change), id };
      mustExist(await db.updateTable('usageEvents').set(row).where('id', '=', id).executeTakeFirst(), 'paid call', id);
    },

    async totals(from, to, clientId) {
      return sumsOf(await created(db, { from, to, clientId }).select(sums).executeTakeFirstOrThrow());
    },

    async byClient(filter) {
      const rows = await created(db, filter)
        .select(['clientId', 'purpose'])
        .select(sums)
        .groupBy(['clientId', 'purpose'])
        .execute();
      return rows.map(({ clientId, purpose, ...row }) => ({ clientId, purpose, ...sumsOf(row) }));
    },

    async byMonth(filter) {
      const month = sql<string>`strftime('%Y-%m', created_at / 1000, 'unixepoch')`;
      const rows = await created(db, filter)
        .select([month.as('month'), 'purpose'])
        .select(sums)
        .groupBy([month, 'purpose'])
        .orderBy('month')
        .execute();
      return rows.map(({ month: name, purpose, ...row }) => ({ month: name, purpose, ...sumsOf(row) }));
    },

    async list(filter) {
      const after = placeByTime(filter);
      let query = created(db, filter).selectAll();
      if (after !== undefined) query = query.where((eb) => eb(eb.refTuple('createdAt', 'id'), '<', eb.tuple(...after)));
      const rows = await query
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .limit(filter.limit + 1)
        .execute();
      return pageOf(
        rows,
        filter.limit,
        (row) => row,
        (row) => [row.createdAt, row.id],
      );
    },

    async firstAt() {
      const row = await db
        .selectFrom('usageEvents')
        .select('createdAt')
        .orderBy('createdAt')
        .limit(1)
        .executeTakeFirst();
      return row?.createdAt ?? null;
    },

    budgets: () => db.selectFrom('clientBudgets').selectAll().execute(),

    budgetOf: (clientId) =>
      db.selectFrom('clientBudgets').selectAll().where('clientId', '=', clientId).executeTakeFirst(),

    async putBudget(budget) {
      await db
        .insertInto('clientBudgets')
        .values(budget)
        .onConflict((conflict) => conflict.column('clientId').doUpdateSet(budget))
        .execute();
    },

    async removeBudget(clientId) {
      await db.deleteFrom('clientBudgets').where('clientId', '=', clientId).execute();
    },

    async addNetworkCalls(calls) {
      await db
        .insertInto('networkCalls')
        .values(calls)
        .onConflict((conflict) =>
          conflict.columns(['service', 'day']).doUpdateSet({
            calls: sql`network_calls.calls + excluded.calls`,
            failed: sql`network_calls.failed + excluded.failed`,
            busiestPercent: sql`coalesce(max(network_calls.busiest_percent, excluded.busiest_percent),
              network_calls.busiest_percent, excluded.busiest_percent)`,
          }),
        )
        .execute();
    },

    async networkCalls(firstDay, lastDay) {
      const rows = await db
        .selectFrom('networkCalls')
        .select(({ fn }) => [
          'service',
          fn.sum<number>('calls').as('calls'),
          fn.sum<number>('failed').as('failed'),
          fn.max('busiestPercent').as('busiestPercent'),
        ])
        .where('day', '>=', firstDay)
        .where('day', '<=', lastDay)
        .groupBy('service')
        .orderBy('service')
        .execute();
      return rows.map((row) => ({ ...row, calls: Number(row.calls), failed: Number(row.failed) }));
    },
  };
}

function created(db: Db, { from, to, clientId }: UsageFilter) {
  const query = db.selectFrom('usageEvents').where('createdAt', '>=', from).where('createdAt', '<', to);
  return clientId === undefined ? query : query.where('clientId', '=', clientId);
}

function sums({ fn }: ExpressionBuilder<Tables, 'usageEvents'>) {
  return [
    fn.countAll<number>().as('calls'),
    fn.sum<number | null>('costMicroUsd').as('microUsd'),
    fn.sum<number | null>('inputTokens').as('inputTokens'),
    fn.sum<number | null>('outputTokens').as('outputTokens'),
    fn.sum<number | null>('images').as('images'),
    fn.sum<number | null>('videos').as('videos'),
  ] as const;
}

type Row = Record<'calls' | 'microUsd' | 'inputTokens' | 'outputTokens' | 'images' | 'videos', number | null>;

/** Of no rows SQL's sum is null. */
function sumsOf({ calls, microUsd, inputTokens, outputTokens, images, videos }: Row): UsageSums {
  return {
    microUsd: Number(microUsd),
    calls: Number(calls),
    tokens: Number(inputTokens) + Number(outputTokens),
    images: Number(images),
    videos: Number(videos),
  };
}
