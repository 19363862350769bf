import type { Approval } from '../../../shared/contract/review.ts';
import type { PostPart } from '../../../shared/domain/post.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { isoOf } from '../instants.ts';
import { mediaView } from '../media/view.ts';
import type { ApprovalRecord, PostRecord, Random, Repositories, TargetRecord } from '../ports/index.ts';
import { sortKeys } from './content.ts';
import { wholePostOf } from './deps.ts';

/** A post as it stands, with its targets in the order they were given. */
type Standing = { post: PostRecord; targets: readonly TargetRecord[] };

/** Keeps a copy of what was approved, beside the approval itself. */
export async function keepApproval(
  repositories: Repositories,
  random: Random,
  { post, targets }: Standing,
  given: { by: string; at: number; hash: string },
): Promise<void> {
  const { caption, hashtags, firstComment, altText, mediaIds, scheduledFor, wallTime, timezone } = post;
  await repositories.approvals.insert({
    id: random.id(),
    postId: post.id,
    approvedBy: given.by,
    approvedAt: given.at,
    contentHash: given.hash,
    content: {
      caption,
      hashtags,
      firstComment,
      altText,
      mediaIds,
      scheduledFor,
      wallTime,
      timezone,
      targets: targets.map((target) => ({
        accountId: target.accountId,
        platform: target.platform,
        caption: target.caption,
        options: target.options,
      })),
    },
  });
}

/** What the post was when it was approved last; null when it never was, or before copies were kept. @throws {NotFound} */
export async function lastApproval(repositories: Repositories, postId: string): Promise<Approval | null> {
  await wholePostOf(repositories, postId);
  const approval = await repositories.approvals.last(postId);
  return approval === undefined ? null : approvalView(repositories, approval);
}

async function approvalView(repositories: Repositories, approval: ApprovalRecord): Promise<Approval> {
  const { mediaIds, scheduledFor, targets, ...content } = approval.content;
  const media = new Map((await repositories.media.getMany(mediaIds)).map((item) => [item.id, item]));
  return {
    by: approval.approvedBy,
    at: isoOf(approval.approvedAt),
    ...content,
    mediaIds,
    media: mediaIds.flatMap((id) => {
      const item = media.get(id);
      return item === undefined ? [] : [mediaView(item)];
    }),
    scheduledFor: isoOf(scheduledFor),
    targets: await Promise.all(
      targets.map(async (target) => ({
        ...target,
        accountName: (await repositories.accounts.get(target.accountId))?.displayName ?? phrase`Removed account`,
      })),
    ),
  };
}

/** What differs between two states of a post. */
export function changedParts(before: Standing, after: Standing): PostPart[] {
  const [a, b] = [partsOf(before), partsOf(after)];
  return (Object.keys(a) as PostPart[]).filter((part) => JSON.stringify(a[part]) !== JSON.stringify(b[part]));
}

function partsOf({ post, targets }: Standing): Record<PostPart, unknown> {
  const sorted = [...targets].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
  return {
    caption: [
      post.caption,
      ...sorted.flatMap(({ accountId, caption }) => (caption === null ? [] : [accountId, caption])),
    ],
    hashtags: post.hashtags,
    media: post.mediaIds,
    firstComment: post.firstComment,
    altText: post.altText,
    accounts: sorted.map(({ accountId }) => accountId),
    options: sortKeys(sorted.map(({ options }) => ({ ...options, consent: undefined }))),
    time: post.scheduledFor,
  };
}
