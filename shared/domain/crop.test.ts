import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platforms } from './platform.ts';
import { carouselRatio, cropFor, focalFor, movedFocal } from './crop.ts';

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

describe('the point of a network', () => {
  it('is its own where it has one, else the common one', () => {
    const focals = { focal: { x: 0.2, y: 0.3 }, focalOn: { instagram: { x: 0.9, y: 0.8 } } };
    expect(platforms.map((platform) => focalFor(platform, focals))).toEqual([
      { x: 0.2, y: 0.3 },
      { x: 0.9, y: 0.8 },
      { x: 0.2, y: 0.3 },
    ]);
    expect(focalFor('tiktok', { focal: null, focalOn: {} })).toBeNull();
  });
});

describe('a part that is moved', () => {
  const size = { width: 2_400, height: 1_000 };
  const crop = cropFor('facebook', size);

  it('moves with the point, and stops at the edge of the picture', () => {
    const moved = movedFocal(size, crop, null, { x: 100, y: 0 });
    expect(cropFor('facebook', size, { focal: moved }).left).toBeCloseTo(crop.left + 100, -1);
    const end = movedFocal(size, crop, null, { x: 9_999, y: 0 });
    expect(cropFor('facebook', size, { focal: end }).left).toBe(size.width - crop.width);
    // From the edge it comes back by the first step: the point lies in the middle of what is kept.
    const back = movedFocal(size, cropFor('facebook', size, { focal: end }), end, { x: -100, y: 0 });
    expect(cropFor('facebook', size, { focal: back }).left).toBeCloseTo(size.width - crop.width - 100, -1);
  });

  it('keeps the point along a side that is not cut', () => {
    expect(movedFocal(size, crop, { x: 0.5, y: 0.1 }, { x: 10, y: 400 }).y).toBe(0.1);
  });

  it('has its point in the picture and lies where it was moved to, whatever the picture', () => {
    const side = fc.integer({ min: 1, max: 10_000 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const way = fc.integer({ min: -20_000, max: 20_000 });
    fc.assert(
      fc.property(fc.constantFrom(...platforms), side, side, share, way, (platform, width, height, x, by) => {
        const before = cropFor(platform, { width, height }, { focal: { x, y: x } });
        const focal = movedFocal({ width, height }, before, { x, y: x }, { x: by, y: by });
        for (const at of [focal.x, focal.y]) expect(at >= 0 && at <= 1).toBe(true);
        const after = cropFor(platform, { width, height }, { focal });
        const wanted = Math.min(Math.max(before.left + by, 0), width - before.width);
        expect(Math.abs(after.left - wanted)).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('the ratio of a carousel', () => {
  it('is that of its first picture, as Instagram cuts it', () => {
    const [tall, wide] = [
      { width: 1_000, height: 2_000 },
      { width: 1_500, height: 1_000 },
    ];
    expect(carouselRatio([tall, wide])).toBe(0.8);
    expect(carouselRatio([wide, tall])).toBe(1.5);
    expect([carouselRatio([tall]), carouselRatio([])]).toEqual([undefined, undefined]);
  });
});
