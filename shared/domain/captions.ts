import type { Platform } from './platform.ts';

/** What each network takes; lengths in UTF-16 units, the strictest unit any of them is known to count in. */
export const captionLimits: Record<Platform, { length: number; hashtags: number | null; mentions: number | null }> = {
  facebook: { length: 63_206, hashtags: null, mentions: null },
  instagram: { length: 2_200, hashtags: 30, mentions: 20 },
  tiktok: { length: 2_200, hashtags: null, mentions: null },
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

export function hashtagsIn(text: string): string[] {
  return text.match(/#[\p{L}\p{M}\p{N}_]+/gu) ?? [];
}

export function mentionsIn(text: string): string[] {
  return text.match(/(?<![\p{L}\p{N}_.])@[\p{L}\p{N}_.]+/gu) ?? [];
}

/** What is wrong with a text for a network, in words for a person; empty when it fits. */
export function captionProblems(platform: Platform, text: string): string[] {
  const limit = captionLimits[platform];
  const problems: string[] = [];
  if (text.length > limit.length) {
    problems.push(`The text has ${text.length} characters; at most ${limit.length} are allowed.`);
  }
  const hashtags = hashtagsIn(text).length;
  if (limit.hashtags !== null && hashtags > limit.hashtags) {
    problems.push(`The text has ${hashtags} hashtags; at most ${limit.hashtags} are allowed.`);
  }
  const mentions = mentionsIn(text).length;
  if (limit.mentions !== null && mentions > limit.mentions) {
    problems.push(`The text mentions ${mentions} accounts; at most ${limit.mentions} are allowed.`);
  }
  return problems;
}
