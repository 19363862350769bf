import type { RenewalRepository } from '../core/ports/store.ts';
import { mustExist } from './codec.ts';
import type { Db } from './schema.ts';

export function renewalRepository(db: Db): RenewalRepository {
  return {
    async last(accountId) {
      return (
        db
          .selectFrom('tokenRenewals')
          .selectAll()
          .where('accountId', '=', accountId)
          // There is at most one under way, and whatever the clock said then, it was begun last.
          .orderBy((eb) => eb.case().when('state', '=', 'sent').then(0).else(1).end())
          .orderBy('startedAt', 'desc')
          .orderBy('id', 'desc')
          .limit(1)
          .executeTakeFirst()
      );
    },

    async lastRenewedAt(accountId) {
      const row = await db
        .selectFrom('tokenRenewals')
        .select((eb) => eb.fn.max('endedAt').as('at'))
        .where('accountId', '=', accountId)
        .where('state', '=', 'renewed')
        .executeTakeFirst();
      return row?.at ?? null;
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
