import { draftContentSchema } from '../../shared/contract/drafts.ts';
import type { DraftRecord } from '../core/ports/records.ts';
import type { DraftRepository } from '../core/ports/store.ts';
import { type Encoded, encode, readJson } from './codec.ts';
import type { Db } from './schema.ts';

export function draftRepository(db: Db): DraftRepository {
  return {
    async get(id) {
      const row = await db.selectFrom('drafts').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : toDraft(row);
    },

    async list({ clientId, limit }) {
      const query = db.selectFrom('drafts').selectAll().orderBy('updatedAt', 'desc').orderBy('id').limit(limit);
      const rows = await (clientId === undefined ? query : query.where('clientId', '=', clientId)).execute();
      return rows.map(toDraft);
    },

    async put(draft) {
      const row = encode(draft);
      await db
        .insertInto('drafts')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    async remove(id) {
      await db.deleteFrom('drafts').where('id', '=', id).execute();
    },
  };
}

function toDraft(row: Encoded<DraftRecord>): DraftRecord {
  return { ...row, content: readJson('drafts.content', draftContentSchema, row.content) };
}
