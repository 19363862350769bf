import type { ControlRepository } from '../core/ports/store.ts';
import { encode } from './codec.ts';
import type { Db } from './schema.ts';

export function controlRepository(db: Db): ControlRepository {
  return {
    async killSwitches() {
      const rows = await db.selectFrom('killSwitches').selectAll().orderBy('scope').orderBy('scopeId').execute();
      return rows.map((row) => ({ ...row, engaged: row.engaged === 1 }));
    },

    async putKillSwitch(killSwitch) {
      const row = encode(killSwitch);
      await db
        .insertInto('killSwitches')
        .values(row)
        .onConflict((conflict) => conflict.columns(['scope', 'scopeId']).doUpdateSet(row))
        .execute();
    },
  };
}
