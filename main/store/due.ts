import type { PostStatus } from '../../shared/domain/post.ts';
import type { Db } from './schema.ts';

/**
 * Posts whose pending targets are to be published. One target that is held or failed makes its post so;
 * the others of an approved post still go out.
 */
const sendable: readonly PostStatus[] = ['approved', 'publishing', 'partly_published', 'held', 'failed'];

/** Brings `due_at` in line after a post or one of its targets changed; part of the same transaction. */
export async function refreshDue(db: Db, of: { postId: string } | { targetId: string }): Promise<void> {
  const update = db.updateTable('postTargets').set((eb) => ({
    dueAt: eb
      .selectFrom('contentPipeline as post')
      .select(({ fn }) => fn.coalesce('postTargets.nextAttemptAt', 'post.publishNowAt', 'post.scheduledFor').as('time'))
      .whereRef('post.id', '=', 'postTargets.postId')
      .where('postTargets.status', '=', 'pending')
      .where('postTargets.removedAt', 'is', null)
      .where('post.deletedAt', 'is', null)
      .where('post.approvedHash', 'is not', null)
      .where('post.status', 'in', sendable),
  }));
  const narrowed = 'postId' in of ? update.where('postId', '=', of.postId) : update.where('id', '=', of.targetId);
  await narrowed.execute();
}
