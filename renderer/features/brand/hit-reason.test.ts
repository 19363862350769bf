import { expect, it } from 'vitest';
import { findBannedTerms } from '../../../shared/domain/banned-terms.ts';
import { hitReason } from './hit-reason.ts';
import { ownHits } from './own-hits.ts';

it.each([
  ['Never stale here.', 'stale', 'same'],
  ['Never STALE here.', 'stale', 'same'],
  ['Never s-t-a-l-e here.', 'stale', 'spelled'],
  ['It is s t a l e bread.', 'stale', 'spelled'],
  ['So #stale today', 'stale', 'hashtag'],
  ['So #NoRisk today', 'no risk', 'hashtag'],
  ['There is no - risk at all', 'no risk', 'spacing'],
  ['Never stаle here.', 'stale', 'dressed'],
  ['Never ｓｔａｌｅ here.', 'stale', 'dressed'],
] as const)('%s holds %s: %s', (text, term, reason) => {
  const [hit] = findBannedTerms(text, [term]);
  expect(hit?.term).toBe(term);
  expect(hit && hitReason(text, hit)).toBe(reason);
});

it('finds banned terms in the brand’s own texts, and says in which', () => {
  const brand = {
    bannedTerms: ['cheap'],
    ctas: ['Come by.', 'Cheap bread!'],
    hashtags: ['#cheap'],
    examplePosts: [''],
  };
  expect(ownHits(brand)).toEqual([
    { where: 'ctas', text: 'Cheap bread!', term: 'cheap' },
    { where: 'hashtags', text: '#cheap', term: 'cheap' },
  ]);
});
