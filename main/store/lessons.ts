import type { LessonRepository } from '../core/ports/store.ts';
import { encode, mustExist } from './codec.ts';
import type { Db } from './schema.ts';

export function lessonRepository(db: Db): LessonRepository {
  return {
    get: (id) => db.selectFrom('lessons').selectAll().where('id', '=', id).executeTakeFirst(),

    listOfClient: (clientId, limit) =>
      db
        .selectFrom('lessons')
        .selectAll()
        .where('clientId', '=', clientId)
        .where('withdrawnAt', 'is', null)
        .where('taughtAt', 'is not', null)
        .orderBy('taughtAt', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute(),

    listOfPost: (postId) => db.selectFrom('lessons').selectAll().where('postId', '=', postId).orderBy('id').execute(),

    async insert(lesson) {
      await db.insertInto('lessons').values(lesson).execute();
    },

    async update(id, change) {
      const row = { ...encode(change), id };
      mustExist(await db.updateTable('lessons').set(row).where('id', '=', id).executeTakeFirst(), 'lesson', id);
    },
  };
}
