import type { BannedHit } from '../../../shared/domain/banned-terms.ts';

/** Why a place in a text counts as a banned term although it may look different. */
export type HitReason = 'same' | 'hashtag' | 'spelled' | 'spacing' | 'dressed';

/** What a hit is dressed in; for people who wonder why it was found. */
export function hitReason(text: string, { term, start, end }: BannedHit): HitReason {
  const found = text.slice(start, end);
  if (isInHashtag(text, start)) return 'hashtag';
  if (small(found) === small(term)) return 'same';
  if (lettersOf(found) !== lettersOf(term)) return 'dressed';
  return /[\p{L}\p{N}]\P{L}+[\p{L}\p{N}]\P{L}+[\p{L}\p{N}](?![\p{L}\p{N}])/u.test(found) ? 'spelled' : 'spacing';
}

function isInHashtag(text: string, at: number): boolean {
  return /[#＃][\p{L}\p{M}\p{N}_]*$/u.test(text.slice(0, at)) || /^[#＃]/.test(text.slice(at));
}

function small(text: string): string {
  return text.toLowerCase().trim();
}

function lettersOf(text: string): string {
  return small(text).replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '');
}
