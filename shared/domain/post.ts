/**
 * Where a post is on its way.
 * `held` waits for a person and says why; `partly_published` means some targets are live and others are not.
 */
export const postStatuses = [
  'draft',
  'generating',
  'in_review',
  'approved',
  'publishing',
  'published',
  'partly_published',
  'failed',
  'rejected',
  'held',
] as const;
export type PostStatus = (typeof postStatuses)[number];

/**
 * Where a post is on one account.
 * - `pending`: not started, or waiting for its next try
 * - `publishing`: an attempt is under way
 * - `confirming`: sent; the network has not yet told us how it ended, nothing is sent again
 * - `published`: live, seen on the network
 * - `delivered`: in the creator's TikTok inbox, to be finished in the TikTok app
 * - `held`: a person must decide
 * - `failed`: refused for good
 * - `dropped`: a person decided that it is not sent
 */
export const targetStatuses = [
  'pending',
  'publishing',
  'confirming',
  'published',
  'delivered',
  'held',
  'failed',
  'dropped',
] as const;
export type TargetStatus = (typeof targetStatuses)[number];

/** Tries of a target that count before it is given up. */
export const maxTries = 5;

/** Posts a person may still change. */
export const editableStatuses: readonly PostStatus[] = ['draft', 'in_review', 'approved', 'rejected', 'held', 'failed'];

const successful: readonly TargetStatus[] = ['published', 'delivered'];

/**
 * The status of an approved post that follows from its targets.
 * Dropped targets count only when nothing else is left.
 */
export function statusFromTargets(targets: readonly TargetStatus[]): PostStatus {
  const kept = targets.filter((status) => status !== 'dropped');
  if (kept.length === 0) return 'rejected';
  if (kept.includes('held')) return 'held';
  if (kept.includes('publishing') || kept.includes('confirming')) return 'publishing';
  if (kept.every((status) => status === 'pending')) return 'approved';
  if (kept.includes('pending')) return 'publishing';
  const live = kept.filter((status) => successful.includes(status)).length;
  if (live === kept.length) return 'published';
  return live === 0 ? 'failed' : 'partly_published';
}

/** What a person can change about a post. */
export const postParts = [
  'caption',
  'hashtags',
  'media',
  'firstComment',
  'altText',
  'accounts',
  'options',
  'time',
] as const;
export type PostPart = (typeof postParts)[number];
