import type { VariantRepository } from '../core/ports/store.ts';
import type { Db } from './schema.ts';

export function variantRepository(db: Db): VariantRepository {
  return {
    listOfPost: (postId) =>
      db
        .selectFrom('captionVariants')
        .selectAll()
        .where('postId', '=', postId)
        .orderBy('createdAt', 'desc')
        .orderBy('id', 'desc')
        .execute(),

    async insert(variant) {
      await db.insertInto('captionVariants').values(variant).execute();
    },
  };
}
