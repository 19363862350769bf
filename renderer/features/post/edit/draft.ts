import type { Media } from '../../../../shared/contract/media.ts';
import type { Post, TargetOptions } from '../../../../shared/contract/pipeline.ts';
import type { Platform } from '../../../../shared/domain/platform.ts';

export interface DraftTarget {
  accountId: string;
  accountName: string;
  platform: Platform;
  /** This network's own wording; null means the common caption. */
  caption: string | null;
  options: TargetOptions;
}

/** The content of a post while a person works on it. */
export interface Draft {
  caption: string;
  hashtags: string[];
  firstComment: string | null;
  altText: string | null;
  media: Media[];
  targets: DraftTarget[];
}

export function draftOf(post: Post): Draft {
  return {
    caption: post.caption,
    hashtags: post.hashtags,
    firstComment: post.firstComment,
    altText: post.altText,
    media: post.media,
    targets: post.targets.map(({ accountId, accountName, platform, caption, options }) => ({
      accountId,
      accountName,
      platform,
      caption,
      options,
    })),
  };
}

/** The draft with a change. What TikTok was agreed to show and is changed must be agreed to again. */
export function changedDraft(draft: Draft, change: Partial<Draft>): Draft {
  const isForAll = change.caption !== undefined || change.hashtags !== undefined || change.media !== undefined;
  const captions = new Map(draft.targets.map(({ accountId, caption }) => [accountId, caption]));
  const targets = (change.targets ?? draft.targets).map((target) => {
    const isChanged = isForAll || target.caption !== captions.get(target.accountId);
    return isChanged && target.options.consent ? withoutConsent(target) : target;
  });
  return { ...draft, ...change, targets };
}

function withoutConsent(target: DraftTarget): DraftTarget {
  const { consent: _, ...options } = target.options;
  return { ...target, options };
}

/** The draft as the contract's input, for both creating and changing a post. */
export function inputOf(draft: Draft) {
  return {
    caption: draft.caption,
    hashtags: draft.hashtags,
    firstComment: draft.firstComment?.trim() ? draft.firstComment : null,
    altText: draft.altText?.trim() ? draft.altText : null,
    media: draft.media.map(({ id }) => id),
    targets: draft.targets.map(({ accountId, caption, options }) => ({ accountId, caption, options })),
  };
}
