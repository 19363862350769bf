import { describe, expect, it } from 'vitest';
import {
  captionProblems,
  composeText,
  countsOf,
  foldOf,
  hashtagsIn,
  isOver,
  mentionsIn,
  normalizeHashtag,
} from './captions.ts';

describe('composeText', () => {
  it.each([
    ['Fresh bread', ['bakery', '#local'], 'Fresh bread\n\n#bakery #local'],
    ['Fresh #Bakery bread', ['bakery'], 'Fresh #Bakery bread'],
    ['Fresh bread', ['#A', 'a', '#a'], 'Fresh bread\n\n#A'],
    ['  Fresh bread \n', [], 'Fresh bread'],
    ['', ['one two'], '#onetwo'],
    ['', ['#', ''], ''],
  ])('%j with %j is %j', (caption, hashtags, expected) => {
    expect(composeText(caption, hashtags)).toBe(expected);
  });
});

describe('finding hashtags and mentions', () => {
  it('knows other scripts, and what is neither', () => {
    expect(hashtagsIn('#дом, #café! and # alone, a#b')).toEqual(['#дом', '#café', '#b']);
    expect(mentionsIn('@cafe.uno and mail@example.com, @b')).toEqual(['@cafe.uno', '@b']);
    expect(normalizeHashtag('##summer sale')).toBe('#summersale');
  });
});

describe('captionProblems', () => {
  it('counts in UTF-16 units', () => {
    expect(captionProblems('tiktok', '😀'.repeat(1_100))).toEqual([]);
    expect(captionProblems('tiktok', '😀'.repeat(1_101))).toEqual([
      'The text has 2202 characters; at most 2200 are allowed.',
    ]);
  });

  it('counts hashtags and mentions where the network does', () => {
    const tags = Array.from({ length: 31 }, (_, index) => `#t${index}`).join(' ');
    const names = Array.from({ length: 21 }, (_, index) => `@n${index}`).join(' ');
    expect(captionProblems('instagram', `${tags} ${names}`)).toHaveLength(2);
    expect(captionProblems('facebook', `${tags} ${names}`)).toEqual([]);
  });
});

describe('what is folded away', () => {
  it('is what does not fit before "more", between words', () => {
    const text = 'word '.repeat(100).trim();
    const fold = foldOf('instagram', 'feed', text) ?? 0;
    expect(fold).toBeLessThanOrEqual(125);
    expect(text.slice(0, fold)).toMatch(/word$/);
    expect(foldOf('facebook', 'feed', 'word '.repeat(60).trim())).toBeNull();
    expect(foldOf('tiktok', 'clip', 'Short.')).toBeNull();
  });

  it('is what stands below the lines that are shown', () => {
    expect(foldOf('instagram', 'feed', 'one\ntwo\nthree')).toBe('one\ntwo'.length);
    expect(foldOf('instagram', 'clip', 'one\ntwo')).toBe('one'.length);
  });

  it('never cuts a family apart', () => {
    const family = '👨‍👩‍👧‍👦';
    const fold = foldOf('instagram', 'clip', family.repeat(80)) ?? 0;
    expect(fold % family.length).toBe(0);
    expect(fold / family.length).toBe(60);
  });
});

describe('what a network counts', () => {
  it('is in its own units, with hashtags and mentions', () => {
    expect(countsOf('instagram', '🥐 #bread @cafe.uno')).toEqual({
      length: { is: 19, most: 2_200 },
      hashtags: { is: 1, most: 30 },
      mentions: { is: 1, most: 20 },
    });
    expect(isOver(countsOf('facebook', '#a '.repeat(40)).hashtags)).toBe(false);
  });
});
