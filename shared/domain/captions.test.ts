import { describe, expect, it } from 'vitest';
import { captionProblems, composeText, hashtagsIn, mentionsIn, normalizeHashtag } from './captions.ts';

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
