import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterCrash } from './crash-recovery.ts';
import { boundsFor, smallest } from './window-bounds.ts';

const laptop = { x: 0, y: 25, width: 1_440, height: 875 };
const screen = { x: 1_440, y: 0, width: 2_560, height: 1_400 };

describe('the window', () => {
  it('opens in the middle the first time, no larger than the display', () => {
    expect(boundsFor(null, [laptop])).toEqual({ width: 1_320, height: 860 });
    expect(boundsFor(null, [{ ...laptop, width: 1_000, height: 600 }])).toEqual({ width: 1_000, height: 600 });
  });

  it('opens where it was', () => {
    const saved = { x: 1_600, y: 100, width: 1_800, height: 1_100 };
    expect(boundsFor(saved, [laptop, screen])).toEqual(saved);
  });

  it('comes back when its display is gone, or was moved', () => {
    const saved = { x: 1_600, y: 100, width: 1_800, height: 1_100 };
    expect(boundsFor(saved, [laptop])).toEqual({ width: 1_440, height: 875 });
    expect(boundsFor({ ...saved, y: -2_000 }, [screen])).not.toHaveProperty('x');
  });

  it('can always be moved with the mouse, on whatever displays', () => {
    const side = fc.integer({ min: -10_000, max: 10_000 });
    const size = fc.integer({ min: 1, max: 8_000 });
    const place = fc.record({ x: side, y: side, width: size, height: size });
    fc.assert(
      fc.property(fc.option(place), fc.array(place, { maxLength: 4 }), (saved, displays) => {
        const bounds = boundsFor(saved, displays);
        expect(bounds.width).toBeGreaterThanOrEqual(smallest.width);
        if (bounds.x === undefined || bounds.y === undefined) return;
        const { x, y, width } = bounds;
        const isReachable = displays.some(
          (area) => y >= area.y && y < area.y + area.height && x < area.x + area.width && x + width > area.x,
        );
        expect(isReachable).toBe(true);
      }),
    );
  });
});

describe('after a crash', () => {
  it('the page is loaded anew three times, then a plain one takes its place', () => {
    expect(afterCrash([0])).toBe('reload');
    expect(afterCrash([0, 1_000, 2_000])).toBe('reload');
    expect(afterCrash([0, 1_000, 2_000, 3_000])).toBe('plain');
  });

  it('crashes of long ago do not count', () => {
    expect(afterCrash([0, 1_000, 2_000, 400_000])).toBe('reload');
  });
});
