import { z } from 'zod';
import type { SettingRepository } from '../core/ports/store.ts';
import { readJson } from './codec.ts';
import type { Db } from './schema.ts';

export function settingRepository(db: Db): SettingRepository {
  return {
    async get(key) {
      const row = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
      return row && readJson('settings.value', z.unknown(), row.value);
    },

    async put(key, value, at) {
      const row = { key, value: JSON.stringify(value), updatedAt: at };
      await db
        .insertInto('settings')
        .values(row)
        .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
        .execute();
    },

    jobRuns: () => db.selectFrom('jobRuns').selectAll().orderBy('name').execute(),

    async putJobRun(run) {
      await db
        .insertInto('jobRuns')
        .values(run)
        .onConflict((conflict) => conflict.column('name').doUpdateSet(run))
        .execute();
    },

    credentials: () => db.selectFrom('credentials').selectAll().orderBy('provider').execute(),

    async putCredential(credential) {
      await db
        .insertInto('credentials')
        .values(credential)
        .onConflict((conflict) => conflict.column('provider').doUpdateSet(credential))
        .execute();
    },
  };
}
