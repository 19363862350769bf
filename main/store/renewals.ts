import type { RenewalRepository } from '../core/ports/store.ts';
import { mustExist } from './codec.ts';
import type { Db } from './schema.ts';

export function renewalRepository(db: Db): RenewalRepository {
  return {
    async last(accountId) {
      return db
        .selectFrom('tokenRenewals')
        .selectAll()
        .where('accountId', '=', accountId)
        .orderBy('startedAt', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
    },

    async insert(renewal) {
      await db.insertInto('tokenRenewals').values(renewal).execute();
    },

    async update(id, change) {
      mustExist(
        await db.updateTable('tokenRenewals').set(change).where('id', '=', id).executeTakeFirst(),
        'renewal',
        id,
      );
    },
  };
}
