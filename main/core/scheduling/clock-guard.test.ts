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
    guard.note({ remote: wall, local: wall, tookMs: 100 });
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
    guard.note({ remote: wall, local: wall, tookMs: 100 });
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

  it('is interrupted from the step on, noticed or not, until stock was taken', () => {
    const { guard, clock } = watching();
    clock.wall += 8 * 3_600_000;
    expect(guard.isInterrupted()).toBe(true);
    expect(guard.look()).toEqual({ byMs: 8 * 3_600_000, stoodMs: 0 });
    expect(guard.isInterrupted()).toBe(true);
    guard.resumed();
    expect(guard.isInterrupted()).toBe(false);
  });

  it('takes a look that comes much too late for a standstill', () => {
    const { guard, clock } = watching();
    clock.pass(29_000);
    expect(guard.look()).toBeNull();
    clock.pass(31_000);
    expect(guard.isInterrupted()).toBe(true);
    expect(guard.look()).toEqual({ byMs: 0, stoodMs: 31_000 });
  });

  it('sees no standstill before anybody looks', () => {
    const clock = new TwoClocks();
    const guard = createClockGuard(clock, { builtAt: built, lastSeenAt: 0 });
    clock.pass(3_600_000);
    expect(guard.isInterrupted()).toBe(false);
    expect(guard.look()).toBeNull();
  });

  it.each([
    ['ahead by an hour', 3_600_000, true],
    ['ahead by a minute', 60_000, false],
    ['back by an hour', -3_600_000, false],
  ])('wants proof of a clock that was set %s: %s ms, %s', (_, byMs, isUnproven) => {
    const { guard, clock } = watching();
    clock.wall += byMs;
    guard.look();
    expect(guard.isUnproven()).toBe(isUnproven);
  });

  it('wants proof of the clock that the computer has started with', () => {
    const guard = createClockGuard(new TwoClocks(), { builtAt: built, lastSeenAt: built });
    guard.look();
    expect(guard.isUnproven()).toBe(true);
    expect(guard.wantsAnswer()).toBe(true);
  });

  it('adds up small steps until a network has agreed', () => {
    const { guard, clock } = watching();
    const step = (): void => {
      clock.wall += 90_000;
      guard.look();
    };
    step();
    guard.note({ remote: clock.wall, local: clock.wall, tookMs: 100 });
    step();
    expect(guard.isUnproven()).toBe(false);
    step();
    expect(guard.isUnproven()).toBe(true);
  });

  it('does not keep the time of a clock that nobody has proven, and believes one that agrees', () => {
    const { guard, clock } = watching();
    const before = clock.wall;
    clock.wall += 400 * day;
    guard.look();
    expect(guard.lastSeenAt()).toBe(before);
    guard.note({ remote: before, local: clock.wall, tookMs: 100 });
    expect(guard.isUnproven()).toBe(true);
    clock.wall -= 400 * day;
    guard.look();
    guard.note({ remote: clock.wall, local: clock.wall, tookMs: 100 });
    expect(guard.isUnproven()).toBe(false);
    expect(guard.doubt()).toBeNull();
  });

  it('believes a clock that was set back as soon as a network agrees with it', () => {
    const { guard, clock } = watching();
    clock.wall -= 3_600_000;
    guard.look();
    expect(guard.doubt()).toMatch(/set back/);
    guard.note({ remote: clock.wall, local: clock.wall, tookMs: 100 });
    expect(guard.doubt()).toBeNull();
  });

  it('gives up asking when what answers does not tell the time', () => {
    const { guard, clock } = watching();
    clock.wall += 3_600_000;
    guard.look();
    expect(guard.wantsAnswer()).toBe(true);
    guard.answeredWithoutTime();
    expect(guard.isUnproven()).toBe(false);
    expect(guard.wantsAnswer()).toBe(false);
  });
});

class TwoClocks {
  wall = built + day;
  #monotonic = 0;

  now(): number {
    return this.wall;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  pass(ms: number): void {
    this.wall += ms;
    this.#monotonic += ms;
  }
}

/** A guard that has looked once. */
function watching() {
  const clock = new TwoClocks();
  const guard = createClockGuard(clock, { builtAt: built, lastSeenAt: 0 });
  guard.look();
  guard.note({ remote: clock.wall, local: clock.wall, tookMs: 100 });
  guard.look();
  return { guard, clock };
}
