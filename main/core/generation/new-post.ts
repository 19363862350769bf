import type { AccountRecord, ClientRecord, PostRecord, TargetRecord } from '../ports/index.ts';
import { compose } from './compose.ts';
import type { Draft } from './draft.ts';
import type { PlannedSlot } from './plan.ts';

/** A post as it is first stored: text there, pictures still to come. */
export function postOf(input: {
  id: string;
  client: ClientRecord;
  slot: PlannedSlot;
  draft: Draft;
  /** UTC ms. */
  now: number;
}): PostRecord {
  const { id, client, slot, draft, now } = input;
  const { caption, hashtags, firstComment, altText } = compose(draft, slot.cta);
  return {
    id,
    clientId: client.id,
    status: 'generating',
    source: 'ai',
    caption,
    hashtags,
    firstComment,
    altText,
    mediaIds: [],
    scheduledFor: slot.at,
    wallTime: slot.wallTime,
    timezone: client.timezone,
    slot: `${client.id}/${slot.wallTime}`,
    approvedHash: null,
    approvedBy: null,
    approvedAt: null,
    heldReason: null,
    rejectedReason: null,
    publishNowAt: null,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  };
}

/** One target for each account, with a text of its own where its network got one. */
export function targetsOf(
  post: PostRecord,
  accounts: readonly AccountRecord[],
  draft: Draft,
  cta: string | null,
  newId: () => string,
): TargetRecord[] {
  const { captionFor } = compose(draft, cta);
  return accounts.map(({ id: accountId, platform }) => ({
    id: newId(),
    postId: post.id,
    accountId,
    platform,
    status: 'pending',
    caption: captionFor(platform),
    options: {},
    consent: null,
    remoteId: null,
    permalink: null,
    publishedAt: null,
    tries: 0,
    nextAttemptAt: null,
    errorCode: null,
    errorMessage: null,
    updatedAt: post.updatedAt,
  }));
}
