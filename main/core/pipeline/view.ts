import type { Post, Target } from '../../../shared/contract/pipeline.ts';
import { isoOf, isoOrNull } from '../instants.ts';
import { mediaView } from '../media/library.ts';
import type { AccountRecord, Digest, Networks, TargetRecord } from '../ports/index.ts';
import { bannedHitsOf, hashOf, problemsOf, type WholePost } from './examine.ts';

/** A post as the contract shows it. */
export function postView(whole: WholePost, deps: { digest: Digest; networks: Networks }): Post {
  const { post } = whole;
  return {
    id: post.id,
    clientId: post.clientId,
    clientName: whole.clientName,
    status: post.status,
    caption: post.caption,
    hashtags: post.hashtags,
    firstComment: post.firstComment,
    altText: post.altText,
    media: whole.media.map(mediaView),
    scheduledFor: isoOf(post.scheduledFor),
    wallTime: post.wallTime,
    timezone: post.timezone,
    targets: whole.targets.map((target) => targetView(target, whole.accounts.get(target.accountId))),
    source: post.source,
    approvedBy: post.approvedBy,
    approvedAt: isoOrNull(post.approvedAt),
    heldReason: post.heldReason,
    rejectedReason: post.rejectedReason,
    contentHash: hashOf(whole, deps.digest),
    bannedHits: bannedHitsOf(whole),
    problems: problemsOf(whole, deps.networks),
    createdAt: isoOf(post.createdAt),
    updatedAt: isoOf(post.updatedAt),
  };
}

function targetView(target: TargetRecord, account: AccountRecord | undefined): Target {
  const { errorCode, errorMessage } = target;
  return {
    id: target.id,
    accountId: target.accountId,
    accountName: account?.displayName ?? 'Removed account',
    platform: target.platform,
    status: target.status,
    caption: target.caption,
    options: target.options,
    remoteId: target.remoteId,
    permalink: target.permalink,
    publishedAt: isoOrNull(target.publishedAt),
    nextAttemptAt: isoOrNull(target.nextAttemptAt),
    error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? errorCode },
  };
}
