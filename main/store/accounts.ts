import { z } from 'zod';
import type { AccountRecord } from '../core/ports/records.ts';
import type { AccountRepository } from '../core/ports/store.ts';
import { type Encoded, encode, inBatches, mustExist, readJson } from './codec.ts';
import type { Db } from './schema.ts';

export function accountRepository(db: Db): AccountRepository {
  return {
    async get(id) {
      const row = await db.selectFrom('socialAccounts').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toRecord(row);
    },

    async getMany(ids) {
      const rows = await inBatches(ids, (batch) =>
        db.selectFrom('socialAccounts').selectAll().where('id', 'in', batch).execute(),
      );
      return rows.map(toRecord);
    },

    async listOfClient(clientId) {
      return (await connected(db).where('clientId', '=', clientId).execute()).map(toRecord);
    },

    async listAll() {
      return (await connected(db).execute()).map(toRecord);
    },

    async findByRemote(platform, remoteId) {
      const rows = await db
        .selectFrom('socialAccounts')
        .selectAll()
        .where('platform', '=', platform)
        .where('remoteId', '=', remoteId)
        .orderBy('connectedAt')
        .orderBy('id')
        .execute();
      return rows.map(toRecord);
    },

    async insert(account) {
      await db.insertInto('socialAccounts').values(encode(account)).execute();
    },

    async update(id, change) {
      const row = { ...encode(change), id };
      mustExist(await db.updateTable('socialAccounts').set(row).where('id', '=', id).executeTakeFirst(), 'account', id);
    },
  };
}

function connected(db: Db) {
  return db
    .selectFrom('socialAccounts')
    .selectAll()
    .where('disconnectedAt', 'is', null)
    .orderBy('platform')
    .orderBy('displayName')
    .orderBy('id');
}

function toRecord({ scopes, audited, ...row }: Encoded<AccountRecord>): AccountRecord {
  return {
    ...row,
    scopes: readJson('social_accounts.scopes', z.array(z.string()), scopes),
    audited: audited === 1,
  };
}
