import { z } from 'zod';
import { accountMetrics, postMetrics } from '../../shared/domain/metrics.ts';
import type { PostMetricsRecord } from '../core/ports/records.ts';
import type { MetricRepository } from '../core/ports/store.ts';
import { encode, inBatches, readJson, without } from './codec.ts';
import { figureQueries, keepFigures } from './figures.ts';
import { atomically, type Db } from './schema.ts';

const ofPost = z.partialRecord(z.enum(postMetrics), z.number());
const ofAccount = z.partialRecord(z.enum(accountMetrics), z.number());

export function metricRepository(db: Db): MetricRepository {
  return {
    ...figureQueries(db),

    async putOfTarget(metrics) {
      const row = encode(metrics);
      await atomically(db, async (within) => {
        const before = await listOfTarget(within, metrics.targetId);
        await within
          .insertInto('postMetrics')
          .values(row)
          .onConflict((conflict) => conflict.columns(['targetId', 'day']).doUpdateSet(row))
          .execute();
        const after = [...before.filter(({ day }) => day !== metrics.day), metrics];
        await keepFigures(within, metrics.targetId, before, after);
      });
    },

    listOfTarget: (targetId) => listOfTarget(db, targetId),

    async putOfAccount(metrics) {
      const row = encode(metrics);
      await db
        .insertInto('accountMetrics')
        .values(row)
        .onConflict((conflict) => conflict.columns(['accountId', 'day']).doUpdateSet(row))
        .execute();
    },

    async listOfAccount(accountId, since) {
      const rows = await db
        .selectFrom('accountMetrics')
        .selectAll()
        .where('accountId', '=', accountId)
        .where('day', '>=', since)
        .orderBy('day')
        .execute();
      return rows.map((row) => ({
        ...without(row, 'metrics'),
        metrics: readJson('account_metrics.metrics', ofAccount, row.metrics),
      }));
    },

    async takenOn(day, targetIds) {
      const rows = await inBatches(targetIds, (batch) =>
        db.selectFrom('postMetrics').select('targetId').where('day', '=', day).where('targetId', 'in', batch).execute(),
      );
      return rows.map((row) => row.targetId);
    },

    refused: () => db.selectFrom('refusedMetrics').selectAll().execute(),

    async putRefused(metric) {
      await db
        .insertInto('refusedMetrics')
        .values(metric)
        .onConflict((conflict) => conflict.columns(['platform', 'subject', 'metric']).doUpdateSet(metric))
        .execute();
    },
  };
}

async function listOfTarget(db: Db, targetId: string): Promise<PostMetricsRecord[]> {
  const rows = await db.selectFrom('postMetrics').selectAll().where('targetId', '=', targetId).orderBy('day').execute();
  return rows.map((row) => ({
    ...without(row, 'metrics'),
    metrics: readJson('post_metrics.metrics', ofPost, row.metrics),
  }));
}
