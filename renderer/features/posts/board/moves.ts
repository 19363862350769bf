import type { PostStatus } from '../../../../shared/domain/post.ts';
import type { PostGroup } from '../post-groups.ts';

/** The columns of the board, as a post goes through them. */
export const boardGroups = [
  'drafts',
  'review',
  'scheduled',
  'attention',
  'published',
] as const satisfies readonly PostGroup[];
export type BoardGroup = (typeof boardGroups)[number];

/**
 * What moving a card to a column does: approves what waits for review, or takes an approval back. Null where a move
 * means nothing that is safe: nothing is published, and nothing that is under way is touched.
 */
export function moveTo(column: BoardGroup, status: PostStatus): 'approve' | 'reopen' | null {
  if (column === 'scheduled' && status === 'in_review') return 'approve';
  if (column === 'review' && status === 'approved') return 'reopen';
  return null;
}
