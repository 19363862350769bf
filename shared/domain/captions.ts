import type { Platform } from './platform.ts';

/** What each network takes; lengths in UTF-16 units, the strictest unit any of them is known to count in. */
export const captionLimits: Record<Platform, { length: number; hashtags: number | null; mentions: number | null }> = {
  facebook: { length: 63_206, hashtags: null, mentions: null },
  instagram: { length: 2_200, hashtags: 30, mentions: 20 },
  tiktok: { length: 2_200, hashtags: null, mentions: null },
};

/** Length of a first comment in UTF-16 units: one text for both networks that take one, as the stricter of them takes it. */
export const commentLimit = 2_200;
export const commentNetworks: readonly Platform[] = ['facebook', 'instagram'];

/** How a network shows a post: in a feed, or over a full-screen video. */
export type Showing = 'feed' | 'clip';

/**
 * About how much of a text is seen before "more": characters, and lines as typed. No network documents
 * it, and it changes with the width of the screen; these are what a common phone shows.
 */
const folds: Record<Platform, Record<Showing, { characters: number; lines: number }>> = {
  facebook: { feed: { characters: 400, lines: 5 }, clip: { characters: 100, lines: 2 } },
  instagram: { feed: { characters: 125, lines: 2 }, clip: { characters: 60, lines: 1 } },
  tiktok: { feed: { characters: 90, lines: 2 }, clip: { characters: 90, lines: 2 } },
};

/** The text that is sent: caption, a blank line, then the hashtags that the caption does not already carry. */
export function composeText(caption: string, hashtags: readonly string[]): string {
  const present = new Set(hashtagsIn(caption).map((tag) => tag.toLowerCase()));
  const missing: string[] = [];
  for (const hashtag of hashtags.map(normalizeHashtag)) {
    if (hashtag === '#' || present.has(hashtag.toLowerCase())) continue;
    present.add(hashtag.toLowerCase());
    missing.push(hashtag);
  }
  return [caption.trim(), missing.join(' ')].filter((part) => part !== '').join('\n\n');
}

/** `summer sale` and `#summersale` both become `#summersale`. */
export function normalizeHashtag(hashtag: string): string {
  return `#${hashtag.replace(/^#+/, '').replace(/\s+/g, '')}`;
}

/** As they are written, with `#`, in their order. */
export function hashtagsIn(text: string): string[] {
  return text.match(/#[\p{L}\p{M}\p{N}_]+/gu) ?? [];
}

/** As they are written, with `@`; an address of mail has none. */
export function mentionsIn(text: string): string[] {
  return text.match(/(?<![\p{L}\p{N}_.])@[\p{L}\p{N}_.]+/gu) ?? [];
}

/**
 * Where a network folds a text away behind "more", as an index of UTF-16 units; null when all of it is seen. Between
 * words, and never within what a reader sees as one character.
 */
export function foldOf(platform: Platform, showing: Showing, text: string): number | null {
  const { characters, lines } = folds[platform][showing];
  const afterLines = text.split('\n', lines).join('\n').length;
  const seen = Math.min(afterLines, indexAfter(text, characters));
  if (seen >= text.length) return null;
  if (seen === afterLines) return seen;
  const space = text.lastIndexOf(' ', seen);
  return space > seen / 2 ? space : seen;
}

/** The index after that many characters as a reader counts them. */
function indexAfter(text: string, characters: number): number {
  if (text.length <= characters) return text.length;
  let index = 0;
  let count = 0;
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, characters * 30))) {
    if (count === characters) return index;
    index += segment.length;
    count += 1;
  }
  return index;
}

/** What a network counts of a text, in its own units, beside what it takes; null: no limit. */
export interface Counts {
  length: { is: number; most: number };
  hashtags: { is: number; most: number | null };
  mentions: { is: number; most: number | null };
}

/** What a network counts in a caption, beside the most it takes. */
export function countsOf(platform: Platform, text: string): Counts {
  const limit = captionLimits[platform];
  return {
    length: { is: text.length, most: limit.length },
    hashtags: { is: hashtagsIn(text).length, most: limit.hashtags },
    mentions: { is: mentionsIn(text).length, most: limit.mentions },
  };
}

/** Whether there is more than the network takes. */
export function isOver({ is, most }: { is: number; most: number | null }): boolean {
  return most !== null && is > most;
}

/** What is wrong with a text for a network, in words for a person; empty when it fits. */
export function captionProblems(platform: Platform, text: string): string[] {
  const { length, hashtags, mentions } = countsOf(platform, text);
  const problems: string[] = [];
  if (isOver(length)) problems.push(`The text has ${length.is} characters; at most ${length.most} are allowed.`);
  if (isOver(hashtags)) problems.push(`The text has ${hashtags.is} hashtags; at most ${hashtags.most} are allowed.`);
  if (isOver(mentions))
    problems.push(`The text mentions ${mentions.is} accounts; at most ${mentions.most} are allowed.`);
  return problems;
}
