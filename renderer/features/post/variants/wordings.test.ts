import { describe, expect, it } from 'vitest';
import type { Post, Target } from '../../../../shared/contract/pipeline.ts';
import type { Variant } from '../../../../shared/contract/review.ts';
import { batchesOf, changeTo, wordingOf } from './wordings.ts';

const target = (accountId: string, caption: string | null) => ({ accountId, caption }) as Target;
const post = { id: 'p', caption: 'Common', targets: [target('fb', null), target('ig', 'Own')] } as Post;
const variant = (id: string, minute: number, accountId: string | null = null) =>
  ({ id, accountId, createdAt: `2026-11-24T12:0${minute}:00.000Z` }) as Variant;

describe('the wording that is looked at', () => {
  it('is the common one, unless the account has its own', () => {
    expect(wordingOf(post, post.targets[0])).toEqual({ accountId: null, text: 'Common' });
    expect(wordingOf(post, undefined)).toEqual({ accountId: null, text: 'Common' });
    expect(wordingOf(post, post.targets[1])).toEqual({ accountId: 'ig', text: 'Own' });
  });

  it('is changed alone: no other text is', () => {
    expect(changeTo(post, wordingOf(post, post.targets[0]), 'New')).toEqual({
      id: 'p',
      caption: 'New',
      targets: [
        { accountId: 'fb', caption: null },
        { accountId: 'ig', caption: 'Own' },
      ],
    });
    expect(changeTo(post, wordingOf(post, post.targets[1]), 'New')).toEqual({
      id: 'p',
      targets: [
        { accountId: 'fb', caption: null },
        { accountId: 'ig', caption: 'New' },
      ],
    });
  });

  it('has other wordings, those written together side by side, the newest first', () => {
    const all = [variant('d', 2), variant('c', 1), variant('x', 1, 'ig'), variant('b', 1), variant('a', 1)];
    const ids = (accountId: string | null) =>
      batchesOf(all, { accountId, text: '' }).map((batch) => batch.map(({ id }) => id));
    expect(ids(null)).toEqual([['d'], ['a', 'b', 'c']]);
    expect(ids('ig')).toEqual([['x']]);
  });
});
