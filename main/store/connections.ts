import type { ConnectionRepository } from '../core/ports/store.ts';
import { encode, mustExist } from './codec.ts';
import { atomically, type Db } from './schema.ts';

export function connectionRepository(db: Db): ConnectionRepository {
  return {
    async insertLink(link) {
      await db.insertInto('onboardingLinks').values(link).execute();
    },

    linkByHash: (tokenHash) =>
      db.selectFrom('onboardingLinks').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst(),

    linkById: (id) => db.selectFrom('onboardingLinks').selectAll().where('id', '=', id).executeTakeFirst(),

    linksOfClient: (clientId) =>
      db
        .selectFrom('onboardingLinks')
        .selectAll()
        .where('clientId', '=', clientId)
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .execute(),

    async updateLink(id, change) {
      const row = { ...encode(change), id };
      const result = await db.updateTable('onboardingLinks').set(row).where('id', '=', id).executeTakeFirst();
      mustExist(result, 'onboarding link', id);
    },

    async insertState(state) {
      await db.insertInto('oauthStates').values(state).execute();
    },

    stateByHash: (stateHash) =>
      db.selectFrom('oauthStates').selectAll().where('stateHash', '=', stateHash).executeTakeFirst(),

    async consumeState(stateHash, at) {
      const { numUpdatedRows } = await db
        .updateTable('oauthStates')
        .set({ consumedAt: at })
        .where('stateHash', '=', stateHash)
        .where('consumedAt', 'is', null)
        .where('expiresAt', '>', at)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async keepFound(stateHash, sealedFound) {
      const result = await db
        .updateTable('oauthStates')
        .set({ sealedFound })
        .where('stateHash', '=', stateHash)
        .executeTakeFirst();
      mustExist(result, 'login', stateHash);
    },

    /** Logins and sessions; onboarding links stay, so that an old one can be told from a made-up one. */
    async removeExpired(before) {
      await atomically(db, async (within) => {
        await within.deleteFrom('oauthStates').where('expiresAt', '<', before).execute();
        await within.deleteFrom('sessions').where('expiresAt', '<', before).execute();
      });
    },

    async insertSession(session) {
      await db.insertInto('sessions').values(session).execute();
    },

    sessionByHash: (tokenHash) =>
      db.selectFrom('sessions').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst(),

    async removeSession(tokenHash) {
      await db.deleteFrom('sessions').where('tokenHash', '=', tokenHash).execute();
    },
  };
}
