import { z } from 'zod';
import { riskCodes } from '../../shared/domain/risk.ts';
import type { PreflightRecord } from '../core/ports/records.ts';
import type { PreflightRepository } from '../core/ports/store.ts';
import { type Encoded, encode, inBatches, readJsonOrNull } from './codec.ts';
import type { Db } from './schema.ts';

export function preflightRepository(db: Db): PreflightRepository {
  return {
    async of(targetIds) {
      const rows = await inBatches(targetIds, (batch) =>
        db.selectFrom('preflights').selectAll().where('targetId', 'in', batch).execute(),
      );
      return rows.map(toPreflight);
    },

    async atRisk() {
      const rows = await db.selectFrom('preflights').selectAll().where('risk', 'is not', null).execute();
      return rows.map(toPreflight);
    },

    async put(preflight) {
      const row = encode(preflight);
      await db
        .insertInto('preflights')
        .values(row)
        .onConflict((conflict) => conflict.column('targetId').doUpdateSet(row))
        .execute();
    },
  };
}

const riskSchema = z.object({
  code: z.enum(riskCodes),
  message: z.string(),
  remedy: z.string(),
  since: z.number(),
});

function toPreflight(row: Encoded<PreflightRecord>): PreflightRecord {
  return { ...row, risk: readJsonOrNull('preflights.risk', riskSchema, row.risk) };
}
