import type { Media } from '../../../../shared/contract/media.ts';
import type { Post, TargetOptions } from '../../../../shared/contract/pipeline.ts';
import type { Approval } from '../../../../shared/contract/review.ts';
import type { Platform } from '../../../../shared/domain/platform.ts';

/** What differs between a post and what was approved of it. */
export interface Changes {
  /** Texts that were changed; `platform` where it is one account's own wording. */
  texts: { part: TextPart; platform: Platform | null; before: string; after: string }[];
  /** Null when the files are the same, in the same order. */
  media: { added: Media[]; removed: Media[]; gone: number } | null;
  /** Null when it is still to go out at the same time. */
  time: { from: string; to: string } | null;
  accounts: { added: AccountName[]; removed: AccountName[] };
  /** Networks whose settings were changed. */
  options: Platform[];
}

export type TextPart = 'caption' | 'hashtags' | 'firstComment' | 'altText';
type AccountName = Pick<Approval['targets'][number], 'accountName' | 'platform'>;

/** Null when the post is still what was approved. */
export function changesSince(approval: Approval, post: Post): Changes | null {
  const changes: Changes = {
    texts: [...commonTexts(approval, post), ...ownTexts(approval, post)].filter(
      ({ before, after }) => before !== after,
    ),
    media: mediaChange(approval, post),
    time:
      Date.parse(approval.scheduledFor) === Date.parse(post.scheduledFor)
        ? null
        : { from: approval.scheduledFor, to: post.scheduledFor },
    accounts: {
      added: without(post.targets, approval.targets),
      removed: without(approval.targets, post.targets),
    },
    options: changedOptions(approval, post),
  };
  const { texts, media, time, accounts, options } = changes;
  const isSame =
    texts.length + accounts.added.length + accounts.removed.length + options.length === 0 &&
    media === null &&
    time === null;
  return isSame ? null : changes;
}

function commonTexts(before: Approval, after: Post): Changes['texts'] {
  const text = (part: TextPart, was: string | null, is: string | null) => ({
    part,
    platform: null,
    before: was ?? '',
    after: is ?? '',
  });
  return [
    text('caption', before.caption, after.caption),
    text('hashtags', before.hashtags.join(' '), after.hashtags.join(' ')),
    text('firstComment', before.firstComment, after.firstComment),
    text('altText', before.altText, after.altText),
  ];
}

/** What an account said in its own words, before or now, against what it says then or now. */
function ownTexts(before: Approval, after: Post): Changes['texts'] {
  return after.targets.flatMap((target): Changes['texts'] => {
    const was = before.targets.find(({ accountId }) => accountId === target.accountId);
    if (was === undefined || (was.caption === null && target.caption === null)) return [];
    return [
      {
        part: 'caption',
        platform: target.platform,
        before: was.caption ?? before.caption,
        after: target.caption ?? after.caption,
      },
    ];
  });
}

function mediaChange(before: Approval, after: Post): Changes['media'] {
  const ids = after.media.map(({ id }) => id);
  if (before.mediaIds.join() === ids.join()) return null;
  return {
    added: after.media.filter(({ id }) => !before.mediaIds.includes(id)),
    removed: before.media.filter(({ id }) => !ids.includes(id)),
    gone: before.mediaIds.filter((id) => !before.media.some((item) => item.id === id)).length,
  };
}

function without(targets: readonly (AccountName & { accountId: string })[], others: readonly { accountId: string }[]) {
  return targets.filter(({ accountId }) => !others.some((other) => other.accountId === accountId));
}

function changedOptions(before: Approval, after: Post): Platform[] {
  return after.targets.flatMap(({ accountId, platform, options }) => {
    const was = before.targets.find((target) => target.accountId === accountId);
    return was === undefined || asText(was.options) === asText(options) ? [] : [platform];
  });
}

/** Consent is given to a content; it is no setting of it. */
function asText(options: TargetOptions): string {
  const entries = Object.entries(options).filter(([name, value]) => name !== 'consent' && value !== undefined);
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
