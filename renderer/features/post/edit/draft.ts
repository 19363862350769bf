import type { Account } from '../../../../shared/contract/accounts.ts';
import type { DraftContent } from '../../../../shared/contract/drafts.ts';
import type { Media } from '../../../../shared/contract/media.ts';
import type { Post, TargetOptions } from '../../../../shared/contract/pipeline.ts';
import { composeText } from '../../../../shared/domain/captions.ts';
import { mediaFor } from '../../../../shared/domain/media.ts';
import type { Platform } from '../../../../shared/domain/platform.ts';
import { isStory, type StoryFault, storyFaults } from '../../../../shared/domain/story.ts';

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

/** What can be changed of a post. */
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

/** An account that the post shall go to, with nothing of its own yet. */
export function targetOf(account: Pick<Account, 'id' | 'displayName' | 'platform'>): DraftTarget {
  return {
    accountId: account.id,
    accountName: account.displayName,
    platform: account.platform,
    caption: null,
    options: {},
  };
}

/**
 * A draft from what was kept of it. Files and accounts that are gone are left out.
 * @param known the accounts that there are, as targets
 */
export function draftFrom(content: DraftContent, media: readonly Media[], known: readonly DraftTarget[]): Draft {
  return {
    caption: content.caption,
    hashtags: content.hashtags,
    firstComment: content.firstComment,
    altText: content.altText,
    media: content.media.flatMap((id) => media.find((item) => item.id === id) ?? []),
    targets: content.targets.flatMap(({ accountId, caption, options }) => {
      const account = known.find((target) => target.accountId === accountId);
      return account === undefined ? [] : { ...account, caption, options };
    }),
  };
}

/** Accounts for which TikTok's consent is given in this window. It is never kept: who goes on with a draft gives it anew. */
export function consentsIn({ targets }: Draft): string[] {
  return targets.filter(({ options }) => options.consent === true).map(({ accountId }) => accountId);
}

/** The draft as it is kept; characters that no text may hold, such as those of a bad paste, are left out. */
export function contentOf(draft: Draft, scheduledFor: string | null): DraftContent {
  return {
    caption: plain(draft.caption),
    hashtags: draft.hashtags.map(plain),
    firstComment: draft.firstComment?.trim() ? plain(draft.firstComment) : null,
    altText: draft.altText?.trim() ? plain(draft.altText) : null,
    media: draft.media.map(({ id }) => id),
    scheduledFor,
    targets: draft.targets.map(({ accountId, caption, options }) => ({
      accountId,
      caption: caption === null ? null : plain(caption),
      options: withoutConsent(options),
    })),
  };
}

/** Whether there is nothing in it that somebody would miss. */
export function isBlank({ caption, hashtags, firstComment, altText, media, targets }: Draft): boolean {
  const texts = [caption, firstComment, altText, ...targets.map((target) => target.caption)];
  return texts.every((text) => !text?.trim()) && hashtags.length === 0 && media.length === 0;
}

/**
 * The draft with a change. What TikTok was agreed to show and is changed must be agreed to again; a file that is taken
 * out is taken out of every network's choice, and nobody is tagged on it.
 */
export function changedDraft(draft: Draft, change: Partial<Draft>): Draft {
  const isForAll = change.caption !== undefined || change.hashtags !== undefined || change.media !== undefined;
  const before = new Map(draft.targets.map((target) => [target.accountId, target]));
  const media = change.media ?? draft.media;
  const targets = (change.targets ?? draft.targets).map((target) => {
    const was = before.get(target.accountId);
    const isChanged = isForAll || target.caption !== was?.caption || target.options.media !== was?.options.media;
    const kept = isChanged ? { ...target, options: withoutConsent(target.options) } : target;
    return { ...kept, options: withoutMissing(kept.options, media) };
  });
  return { ...draft, ...change, targets };
}

/** The same options while all files that they name are there. */
function withoutMissing(options: TargetOptions, media: readonly Media[]): TargetOptions {
  const isThere = (id: string) => media.some((item) => item.id === id);
  const chosen = options.media?.filter(isThere);
  const tagPlaces = options.tagPlaces?.filter((place) => isThere(place.media));
  const isSame = chosen?.length === options.media?.length && tagPlaces?.length === options.tagPlaces?.length;
  return isSame ? options : { ...options, ...(chosen && { media: chosen }), ...(tagPlaces && { tagPlaces }) };
}

/** The draft with some of a target's options changed; those that are undefined are left out. */
export function withOptions(draft: Draft, accountId: string, change: Partial<TargetOptions>): Partial<Draft> {
  return {
    targets: draft.targets.map((target) => {
      if (target.accountId !== accountId) return target;
      const entries = Object.entries({ ...target.options, ...change }).filter(([, value]) => value !== undefined);
      return { ...target, options: Object.fromEntries(entries) as TargetOptions };
    }),
  };
}

/** The text that a target gets, hashtags included. */
export function textOn(draft: Pick<Draft, 'caption' | 'hashtags'>, target: Pick<DraftTarget, 'caption'>): string {
  return composeText(target.caption ?? draft.caption, draft.hashtags);
}

/** The files that a target gets, in order. */
export function mediaOn(draft: Pick<Draft, 'media'>, { platform, options }: Pick<DraftTarget, 'platform' | 'options'>) {
  return mediaFor(platform, draft.media, options);
}

/** Whether an account gets the post as a story. */
export function isStoryOn({ options }: Pick<DraftTarget, 'options'>): boolean {
  return isStory(options);
}

/** Whether nothing but stories is to be made of the draft. */
export function isOnlyStories({ targets }: Pick<Draft, 'targets'>): boolean {
  return targets.length > 0 && targets.every(isStoryOn);
}

/** What Instagram would refuse of the files that a story gets. */
export function storyFaultsOf(draft: Pick<Draft, 'media'>, target: DraftTarget): StoryFault[] {
  const files = mediaOn(draft, target).map((file) => ({ ...file, bytes: file.kind === 'video' ? file.bytes : null }));
  return storyFaults(files);
}

function withoutConsent(given: TargetOptions): TargetOptions {
  const { consent: _, ...options } = given;
  return options;
}

function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, '');
}
