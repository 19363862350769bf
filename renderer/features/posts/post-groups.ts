import { type PostStatus, postStatuses } from '../../../shared/domain/post.ts';
import type { WordKey } from '../../i18n/i18n.ts';

/** How a person looks at posts: the tabs of the posts page, the columns of its board. */
export const postGroups = {
  all: { label: 'posts:group.all', statuses: null },
  review: { label: 'posts:group.review', statuses: ['in_review'] },
  scheduled: { label: 'posts:group.scheduled', statuses: ['approved', 'publishing'] },
  attention: { label: 'posts:group.attention', statuses: ['held', 'failed', 'partly_published'] },
  published: { label: 'posts:group.published', statuses: ['published'] },
  drafts: { label: 'posts:group.drafts', statuses: ['draft', 'generating'] },
  rejected: { label: 'posts:group.rejected', statuses: ['rejected'] },
} as const satisfies Record<string, { label: WordKey; statuses: readonly PostStatus[] | null }>;

export type PostGroup = keyof typeof postGroups;
export const postGroupNames = Object.keys(postGroups) as PostGroup[];

/** The statuses of several groups together; null when nothing is left out. */
export function statusesOf(groups: readonly PostGroup[]): PostStatus[] | null {
  if (groups.length === 0 || groups.includes('all')) return null;
  return groups.flatMap((group) => postGroups[group].statuses ?? []);
}

/** How many posts a group has by the core's counts. */
export function countOf(group: PostGroup, counts: Partial<Record<PostStatus, number>>): number {
  const statuses: readonly PostStatus[] = postGroups[group].statuses ?? postStatuses;
  return statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
}
