import type { PostStatus, TargetStatus } from './post.ts';

/** What posts that go no further without a person wait for, the most pressing first. */
export const needKinds = ['unclear', 'account', 'content', 'missed', 'failed'] as const;
/**
 * - `unclear`: say whether it is live
 * - `account`: mend the account or the app's registration
 * - `content`: change it or approve it anew
 * - `missed`: its time has passed; say whether it still goes out
 * - `failed`: refused or given up
 */
export type NeedKind = (typeof needKinds)[number];

/** Only posts in one of these states wait for a person after their approval. */
export const waitingStatuses = ['held', 'failed', 'partly_published'] as const satisfies readonly PostStatus[];

/** As much of a target as tells what it waits for. */
export interface Waiting {
  status: TargetStatus;
  /** The class is that of a network's answer; null when the app itself had a reason. */
  error: { code: string; class: string | null } | null;
}

/** What a target waits for; null when it goes on by itself or is done. Pure. */
export function needOfTarget({ status, error }: Waiting): NeedKind | null {
  if (status === 'failed') return 'failed';
  if (status !== 'held') return null;
  if (error === null) return 'unclear';
  return heldByCode[error.code] ?? heldByClass[error.class ?? ''] ?? 'content';
}

/** The most pressing of what a post's targets wait for; null when none does. Pure. */
export function needOf(post: { status: PostStatus; targets: readonly Waiting[] }): NeedKind | null {
  const needs = post.targets.map(needOfTarget);
  // Held as a whole, such as one whose writing broke off.
  if (post.status === 'held' && !post.targets.some(({ status }) => status === 'held')) needs.push('content');
  return needKinds.find((kind) => needs.includes(kind)) ?? null;
}

const heldByCode: Partial<Record<string, NeedKind>> = {
  unclear: 'unclear',
  restored: 'unclear',
  late: 'missed',
  crowded: 'missed',
  after_stop: 'missed',
  reconnect: 'account',
  disconnected: 'account',
  unreadable: 'account',
  account_changed: 'account',
  not_approved: 'content',
  changed: 'content',
  banned: 'content',
};

const heldByClass: Partial<Record<string, NeedKind>> = {
  token: 'account',
  permission: 'account',
  config: 'account',
  account: 'account',
};
