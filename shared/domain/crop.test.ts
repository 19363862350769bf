import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropFor } from './crop.ts';

describe('crop', () => {
  it.each([
    [
      'an AI portrait',
      'instagram',
      896,
      1120,
      { left: 0, top: 0, width: 896, height: 1120, out: { width: 1080, height: 1350 } },
    ],
    [
      'a story picture for the feed',
      'instagram',
      1080,
      1920,
      { left: 0, top: 285, width: 1080, height: 1350, out: { width: 1080, height: 1350 } },
    ],
    [
      'a square',
      'instagram',
      3000,
      3000,
      { left: 0, top: 0, width: 3000, height: 3000, out: { width: 1440, height: 1440 } },
    ],
    [
      'a panorama',
      'instagram',
      4000,
      1000,
      { left: 1045, top: 0, width: 1910, height: 1000, out: { width: 1440, height: 754 } },
    ],
    [
      'a small one',
      'instagram',
      200,
      200,
      { left: 0, top: 0, width: 200, height: 200, out: { width: 320, height: 320 } },
    ],
    [
      'a camera picture',
      'facebook',
      6000,
      4000,
      { left: 0, top: 0, width: 6000, height: 4000, out: { width: 2048, height: 1365 } },
    ],
    [
      'a still for TikTok',
      'tiktok',
      1080,
      1920,
      { left: 0, top: 0, width: 1080, height: 1920, out: { width: 1080, height: 1920 } },
    ],
  ] as const)('%s', (_, platform, width, height, expected) => {
    expect(cropFor(platform, { width, height })).toEqual(expected);
  });

  it('lies in the picture and keeps to the ratio of the network, whatever the picture', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 10_000 }), (width, height) => {
        const { left, top, out, ...kept } = cropFor('instagram', { width, height });
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(left + kept.width).toBeLessThanOrEqual(width);
        expect(top + kept.height).toBeLessThanOrEqual(height);
        expect(out.width / out.height).toBeGreaterThanOrEqual(0.8);
        expect(out.width / out.height).toBeLessThanOrEqual(1.91);
        expect(out.width).toBeGreaterThanOrEqual(320);
        expect(out.width).toBeLessThanOrEqual(1440);
      }),
    );
  });
});
