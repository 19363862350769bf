import { z } from 'zod';
import type { MetricRepository } from '../core/ports/store.ts';
import { encode, readJson } from './codec.ts';
import type { Db } from './schema.ts';

export function metricRepository(db: Db): MetricRepository {
  return {
    async put(metric) {
      const row = encode(metric);
      await db
        .insertInto('postMetrics')
        .values(row)
        .onConflict((conflict) => conflict.columns(['targetId', 'day']).doUpdateSet(row))
        .execute();
    },

    /** By day, rising. */
    async listOfTarget(targetId) {
      const rows = await db
        .selectFrom('postMetrics')
        .selectAll()
        .where('targetId', '=', targetId)
        .orderBy('day')
        .execute();
      return rows.map(({ metrics, ...row }) => ({
        ...row,
        metrics: readJson('post_metrics.metrics', z.record(z.string(), z.number()), metrics),
      }));
    },
  };
}
