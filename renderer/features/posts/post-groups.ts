import type { PostStatus } from '../../../shared/domain/post.ts';

/** How a person looks at posts: the tabs of the posts page. */
export const postGroups = {
  all: { label: 'All', statuses: null },
  review: { label: 'To review', statuses: ['in_review'] },
  scheduled: { label: 'Scheduled', statuses: ['approved', 'publishing'] },
  attention: { label: 'Needs you', statuses: ['held', 'failed', 'partly_published'] },
  published: { label: 'Published', statuses: ['published'] },
  drafts: { label: 'Drafts', statuses: ['draft', 'generating'] },
  rejected: { label: 'Rejected', statuses: ['rejected'] },
} as const satisfies Record<string, { label: string; statuses: readonly PostStatus[] | null }>;

export type PostGroup = keyof typeof postGroups;
export const postGroupNames = Object.keys(postGroups) as PostGroup[];

/** How many posts a group has by the core's counts; null when the whole is meant. */
export function countOf(group: PostGroup, counts: Record<PostStatus, number>): number | null {
  const { statuses } = postGroups[group];
  return statuses === null ? null : statuses.reduce((sum, status) => sum + counts[status], 0);
}
