import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockDoubt, compareClocks, createClockGuard } from './clock-guard.ts';

const built = Date.UTC(2026, 10, 1);
const day = 86_400_000;

describe('compareClocks', () => {
  it('sees sleep, steps forward and steps back, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: -day, max: day }), fc.nat(day), (step, passed) => {
        const jump = compareClocks({ wall: built, monotonic: 0 }, { wall: built + passed + step, monotonic: passed });
        expect(jump).toEqual(Math.abs(step) > 5_000 ? { byMs: step } : null);
      }),
    );
  });
});

describe('clockDoubt', () => {
  it.each([
    ['before the app was built', built - 1, built, true],
    ['a second behind what was seen', built + day - 1_000, built + day, false],
    ['eleven minutes behind what was seen', built + day - 11 * 60_000, built + day, true],
    ['ahead', built + 2 * day, built + day, false],
  ])('%s', (_, wall, lastSeenAt, doubted) => {
    expect(clockDoubt(wall, { builtAt: built, lastSeenAt }) !== null).toBe(doubted);
  });
});

describe('the guard', () => {
  it('keeps the last trusted moment while the clock is set back, and trusts again when it is mended', () => {
    let wall = built + day;
    let monotonic = 0;
    const guard = createClockGuard({ now: () => wall, monotonic: () => monotonic }, { builtAt: built, lastSeenAt: 0 });
    guard.look();
    wall -= 3_600_000;
    monotonic += 5_000;
    expect(guard.look()?.byMs).toBe(-3_605_000);
    expect(guard.doubt()).toMatch(/set back/);
    expect(guard.lastSeenAt()).toBe(built + day);
    wall += 3_600_000;
    expect(guard.doubt()).toBeNull();
  });

  it('takes a clock that was set back for the right one after a quarter of an hour without a jump', () => {
    let wall = built + 400 * day;
    let monotonic = 0;
    const guard = createClockGuard({ now: () => wall, monotonic: () => monotonic }, { builtAt: built, lastSeenAt: 0 });
    guard.look();
    wall = built + day;
    const pass = (ms: number): void => {
      wall += ms;
      monotonic += ms;
      guard.look();
    };
    pass(5_000);
    pass(14 * 60_000);
    expect(guard.doubt()).toMatch(/set back/);
    pass(60_000);
    expect(guard.doubt()).toBeNull();
    expect(guard.lastSeenAt()).toBe(wall);
  });
});
