import type { RunnerRepository } from '../core/ports/store.ts';
import { without } from './codec.ts';
import type { Db } from './schema.ts';

/** There is one row. */
const id = 1;

export function runnerRepository(db: Db): RunnerRepository {
  return {
    async current() {
      const row = await db.selectFrom('runner').selectAll().executeTakeFirst();
      return row && without(row, 'id');
    },

    async put(record) {
      await db
        .insertInto('runner')
        .values({ ...record, id })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(record))
        .execute();
    },
  };
}
