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

  it.each(['facebook', 'instagram'] as const)(
    'gives %s the pictures in their order, the video only without them',
    (platform) => {
      expect(mediaFor(platform, [other, video, picture])).toEqual([other, picture]);
      expect(mediaFor(platform, [video])).toEqual([video]);
      expect(mediaFor(platform, [])).toEqual([]);
    },
  );
});
