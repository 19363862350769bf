import { describe, expect, it } from 'vitest';
import type { Media } from '../../../../shared/contract/media.ts';
import type { Post, Target } from '../../../../shared/contract/pipeline.ts';
import type { Approval } from '../../../../shared/contract/review.ts';
import { changesSince } from './changes.ts';

const media = (id: string) => ({ id }) as Media;
const target = (change: Partial<Target> = {}) =>
  ({ accountId: 'fb', accountName: 'Café', platform: 'facebook', caption: null, options: {}, ...change }) as Target;
const post = (change: Partial<Post> = {}) =>
  ({
    caption: 'Fresh bread',
    hashtags: ['#bread'],
    firstComment: null,
    altText: null,
    media: [media('a'), media('b')],
    scheduledFor: '2026-11-24T14:00:00.000Z',
    targets: [target()],
    ...change,
  }) as Post;
const approval: Approval = {
  by: 'mia',
  at: '2026-11-24T12:00:00.000Z',
  caption: 'Fresh bread',
  hashtags: ['#bread'],
  firstComment: null,
  altText: null,
  mediaIds: ['a', 'b'],
  media: [media('a'), media('b')],
  scheduledFor: '2026-11-24T14:00:00Z',
  wallTime: '2026-11-24T15:00',
  timezone: 'Europe/Berlin',
  targets: [{ accountId: 'fb', accountName: 'Café', platform: 'facebook', caption: null, options: {} }],
};

describe('what was changed since the approval', () => {
  it('is nothing while the post is what was approved, whoever agreed to it since', () => {
    expect(changesSince(approval, post())).toBeNull();
    expect(
      changesSince(approval, post({ targets: [target({ options: { consent: true, mode: undefined } })] })),
    ).toBeNull();
  });

  it('is each text, its own wordings too, against what the account said before', () => {
    const changes = changesSince(
      approval,
      post({ hashtags: [], firstComment: 'Warm.', targets: [target({ caption: 'Fresh bread 🥖' })] }),
    );
    expect(changes?.texts).toEqual([
      { part: 'hashtags', platform: null, before: '#bread', after: '' },
      { part: 'firstComment', platform: null, before: '', after: 'Warm.' },
      { part: 'caption', platform: 'facebook', before: 'Fresh bread', after: 'Fresh bread 🥖' },
    ]);
    expect(changes).toMatchObject({ media: null, time: null, options: [] });
  });

  it('is files that came, went, or are gone for good, and another order', () => {
    expect(changesSince(approval, post({ media: [media('b'), media('c')] }))?.media).toEqual({
      added: [media('c')],
      removed: [media('a')],
      gone: 0,
    });
    expect(changesSince({ ...approval, media: [media('b')] }, post({ media: [media('b')] }))?.media).toEqual({
      added: [],
      removed: [],
      gone: 1,
    });
    expect(changesSince(approval, post({ media: [media('b'), media('a')] }))?.media).toEqual({
      added: [],
      removed: [],
      gone: 0,
    });
  });

  it('is another time, other accounts and other settings', () => {
    const changes = changesSince(
      approval,
      post({ scheduledFor: '2026-11-25T14:00:00.000Z', targets: [target({ accountId: 'tt', platform: 'tiktok' })] }),
    );
    expect(changes).toMatchObject({
      time: { from: approval.scheduledFor, to: '2026-11-25T14:00:00.000Z' },
      accounts: { added: [{ platform: 'tiktok' }], removed: [{ platform: 'facebook' }] },
    });
    expect(changesSince(approval, post({ targets: [target({ options: { locationId: '7' } })] }))?.options).toEqual([
      'facebook',
    ]);
  });
});
