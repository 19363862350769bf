import type { UsageRepository } from '../core/ports/store.ts';
import { encode, mustExist } from './codec.ts';
import type { Db } from './schema.ts';

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

    async totals(from, to) {
      const sums = await db
        .selectFrom('usageEvents')
        .select(({ fn }) => [
          fn.countAll<number>().as('calls'),
          fn.sum<number | null>('costMicroUsd').as('microUsd'),
          fn.sum<number | null>('inputTokens').as('inputTokens'),
          fn.sum<number | null>('outputTokens').as('outputTokens'),
          fn.sum<number | null>('images').as('images'),
          fn.sum<number | null>('videos').as('videos'),
        ])
        .where('createdAt', '>=', from)
        .where('createdAt', '<', to)
        .executeTakeFirstOrThrow();
      return {
        microUsd: Number(sums.microUsd),
        calls: Number(sums.calls),
        tokens: Number(sums.inputTokens) + Number(sums.outputTokens),
        images: Number(sums.images),
        videos: Number(sums.videos),
      };
    },
  };
}
