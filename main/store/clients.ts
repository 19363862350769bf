import { brandSchema } from '../../shared/contract/brand.ts';
import { rulesSchema } from '../../shared/contract/rules.ts';
import type { ClientRecord } from '../core/ports/records.ts';
import type { ClientRepository } from '../core/ports/store.ts';
import { glanceAtClients } from './client-glance.ts';
import { encode, inBatches, mustExist, readJson, without } from './codec.ts';
import { pageOf, placeByText } from './cursor.ts';
import type { ClientRow, Db } from './schema.ts';
import { searchable } from './searchable.ts';

export function clientRepository(db: Db): ClientRepository {
  return {
    async get(id) {
      const row = await living(db).where('id', '=', id).executeTakeFirst();
      return row && toClient(row);
    },

    async getMany(ids) {
      return (await inBatches(ids, (batch) => living(db).where('id', 'in', batch).execute())).map(toClient);
    },

    async list(filter) {
      const after = placeByText(filter);
      let query = living(db)
        .orderBy('sortName')
        .orderBy('id')
        .limit(filter.limit + 1);
      if (filter.status !== undefined) query = query.where('status', '=', filter.status);
      if (after !== undefined) {
        query = query.where((eb) => eb(eb.refTuple('sortName', 'id'), '>', eb.tuple(...after)));
      }
      return pageOf(await query.execute(), filter.limit, toClient, (row) => [row.sortName, row.id]);
    },

    async insert(client) {
      await db
        .insertInto('clients')
        .values({ ...encode(client), sortName: searchable(client.name) })
        .execute();
    },

    async update(id, change) {
      const sortName = change.name === undefined ? undefined : searchable(change.name);
      const row = { ...encode({ ...change, sortName }), id };
      mustExist(await db.updateTable('clients').set(row).where('id', '=', id).executeTakeFirst(), 'client', id);
    },

    async brand(clientId) {
      const row = await db
        .selectFrom('brandAssets')
        .select('brand')
        .where('clientId', '=', clientId)
        .executeTakeFirst();
      return row && readJson('brand_assets.brand', brandSchema, row.brand);
    },

    async brands(clientIds) {
      const rows = await inBatches(clientIds, (batch) =>
        db.selectFrom('brandAssets').select(['clientId', 'brand']).where('clientId', 'in', batch).execute(),
      );
      return new Map(rows.map((row) => [row.clientId, readJson('brand_assets.brand', brandSchema, row.brand)]));
    },

    async putBrand(clientId, brand, at) {
      const row = { clientId, brand: JSON.stringify(brand), updatedAt: at };
      await db
        .insertInto('brandAssets')
        .values(row)
        .onConflict((conflict) => conflict.column('clientId').doUpdateSet(row))
        .execute();
    },

    async rules(clientId) {
      const row = await db
        .selectFrom('contentRules')
        .select('rules')
        .where('clientId', '=', clientId)
        .executeTakeFirst();
      return row && readJson('content_rules.rules', rulesSchema, row.rules);
    },

    async putRules(clientId, rules, at) {
      const row = { clientId, rules: JSON.stringify(rules), updatedAt: at };
      await db
        .insertInto('contentRules')
        .values(row)
        .onConflict((conflict) => conflict.column('clientId').doUpdateSet(row))
        .execute();
    },

    async countByStatus() {
      const rows = await db
        .selectFrom('clients')
        .select(['status', (eb) => eb.fn.countAll<number>().as('count')])
        .where('deletedAt', 'is', null)
        .groupBy('status')
        .execute();
      return Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]));
    },

    glance: (from, to) => glanceAtClients(db, from, to),
  };
}

function living(db: Db) {
  return db.selectFrom('clients').selectAll().where('deletedAt', 'is', null);
}

function toClient(row: ClientRow): ClientRecord {
  return without(row, 'sortName');
}
