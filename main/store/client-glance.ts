import { brandSchema } from '../../shared/contract/brand.ts';
import { rulesSchema } from '../../shared/contract/rules.ts';
import type { ClientGlanceRecord } from '../core/ports/store.ts';
import { readJsonOrNull, without } from './codec.ts';
import type { Db } from './schema.ts';

/** Every client with its posts counted, by name: five questions, each answered from an index. */
export async function glanceAtClients(db: Db, from: number, to: number): Promise<ClientGlanceRecord[]> {
  const [rows, waiting, atRisk, planned, next] = await Promise.all([
    clientsWithPlans(db),
    countWaiting(db),
    countAtRisk(db),
    countPlanned(db, from, to),
    nextPosts(db, from),
  ]);
  return rows.map(({ brand, rules, ...row }) => ({
    client: without(row, 'sortName'),
    brand: readJsonOrNull('brand_assets.brand', brandSchema, brand),
    rules: readJsonOrNull('content_rules.rules', rulesSchema, rules),
    toReview: waiting.get(row.id)?.toReview ?? 0,
    needsYou: waiting.get(row.id)?.needsYou ?? 0,
    atRisk: atRisk.get(row.id) ?? 0,
    planned: planned.get(row.id) ?? 0,
    nextPostAt: next.get(row.id) ?? null,
  }));
}

function clientsWithPlans(db: Db) {
  return db
    .selectFrom('clients')
    .leftJoin('brandAssets', 'brandAssets.clientId', 'clients.id')
    .leftJoin('contentRules', 'contentRules.clientId', 'clients.id')
    .selectAll('clients')
    .select(['brandAssets.brand', 'contentRules.rules'])
    .where('clients.deletedAt', 'is', null)
    .orderBy('clients.sortName')
    .orderBy('clients.id')
    .execute();
}

async function countWaiting(db: Db): Promise<Map<string, { toReview: number; needsYou: number }>> {
  const rows = await db
    .selectFrom('contentPipeline')
    .select(({ fn, eb }) => [
      'clientId',
      fn.countAll<number>().as('all'),
      fn.sum<number>(eb.case().when('status', '=', 'in_review').then(1).else(0).end()).as('toReview'),
    ])
    .where('deletedAt', 'is', null)
    .where('status', 'in', ['in_review', 'held', 'failed', 'partly_published'])
    .groupBy('clientId')
    .execute();
  return new Map(
    rows.map(({ clientId, all, toReview }) => [
      clientId,
      { toReview: Number(toReview), needsYou: Number(all) - Number(toReview) },
    ]),
  );
}

/** Posts that are approved and wait, and of which a look ahead found that they would not go out. */
async function countAtRisk(db: Db): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('preflights')
    .innerJoin('postTargets', 'postTargets.id', 'preflights.targetId')
    .innerJoin('contentPipeline', 'contentPipeline.id', 'postTargets.postId')
    .select(({ fn }) => ['contentPipeline.clientId', fn.count<number>('contentPipeline.id').distinct().as('count')])
    .where('preflights.risk', 'is not', null)
    .where('postTargets.status', '=', 'pending')
    .where('postTargets.removedAt', 'is', null)
    .where('contentPipeline.approvedHash', 'is not', null)
    .where('contentPipeline.deletedAt', 'is', null)
    .groupBy('contentPipeline.clientId')
    .execute();
  return new Map(rows.map(({ clientId, count }) => [clientId, Number(count)]));
}

async function countPlanned(db: Db, from: number, to: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('contentPipeline')
    .select(({ fn }) => ['clientId', fn.countAll<number>().as('count')])
    .where('deletedAt', 'is', null)
    .where('scheduledFor', '>=', from)
    .where('scheduledFor', '<', to)
    .where('status', 'not in', ['rejected', 'failed'])
    .groupBy('clientId')
    .execute();
  return new Map(rows.map(({ clientId, count }) => [clientId, Number(count)]));
}

async function nextPosts(db: Db, from: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('contentPipeline')
    .select(({ fn }) => ['clientId', fn.min<number>('scheduledFor').as('at')])
    .where('deletedAt', 'is', null)
    .where('status', '=', 'approved')
    .where('scheduledFor', '>=', from)
    .groupBy('clientId')
    .execute();
  return new Map(rows.map(({ clientId, at }) => [clientId, at]));
}
