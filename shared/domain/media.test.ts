import { describe, expect, it } from 'vitest';
import { mediaFor } from './media.ts';

const picture = { kind: 'image' as const, id: 'p' };
const other = { kind: 'image' as const, id: 'q' };
const video = { kind: 'video' as const, id: 'v' };

describe('mediaFor', () => {
  it('gives TikTok one video, and one picture only where there is none', () => {
    expect(mediaFor('tiktok', [picture, video, { ...video, id: 'w' }])).toEqual([video]);
    expect(mediaFor('tiktok', [picture, other])).toEqual([picture]);
    expect(mediaFor('tiktok', [])).toEqual([]);
  });

  it('gives a story all that was chosen for it, so that more than one is noticed', () => {
    const format = 'story' as const;
    expect(mediaFor('instagram', [other, video], { format })).toEqual([other, video]);
    expect(mediaFor('instagram', [other, video], { format, media: ['v'] })).toEqual([video]);
    expect(mediaFor('instagram', [other, video], { media: ['v'] })).toEqual([video]);
  });

  it.each(['facebook', 'instagram'] as const)(
    'gives %s the pictures in their order, the video only without them',
    (platform) => {
      expect(mediaFor(platform, [other, video, picture])).toEqual([other, picture]);
      expect(mediaFor(platform, [video])).toEqual([video]);
      expect(mediaFor(platform, [])).toEqual([]);
    },
  );
});
