import { describe, expect, it } from 'vitest';
import { turnAt } from './pace.ts';

const now = { wall: 1_000_000, monotonic: 500_000, bootId: 'boot-2' };
const here = (agoMs: number) => ({ at: now.wall - agoMs, monotonicAt: now.monotonic - agoMs, bootId: 'boot-2' });
const before = (agoMs: number) => ({ at: now.wall - agoMs, monotonicAt: 7, bootId: 'boot-1' });

describe('the turn of a new post', () => {
  it('has come while fewer began within the minute than the network takes', () => {
    expect(turnAt([], 2, now)).toBeNull();
    expect(turnAt([here(0)], 2, now)).toBeNull();
    expect(turnAt([here(0), here(60_000)], 2, now)).toBeNull();
  });

  it('comes when the first of as many is a minute old', () => {
    expect(turnAt([here(1_000), here(59_999)], 2, now)).toBe(now.wall + 1);
    expect(turnAt([here(1_000), here(20_000), here(59_000)], 2, now)).toBe(now.wall + 40_000);
  });

  it('counts one that is still at it as of this moment', () => {
    expect(turnAt([null, here(59_000)], 2, now)).toBe(now.wall + 1_000);
    expect(turnAt([null, null], 2, now)).toBe(now.wall + 60_000);
  });

  it('counts what an earlier run of the app began, by the wall clock', () => {
    expect(turnAt([before(10_000), before(50_000)], 2, now)).toBe(now.wall + 10_000);
    expect(turnAt([before(10_000), before(61_000)], 2, now)).toBeNull();
  });

  it('is told by the monotonic clock within one run, however the wall clock was set', () => {
    const setForward = { ...here(10_000), at: now.wall - 3_600_000 };
    const setBack = { ...here(10_000), at: now.wall + 3_600_000 };
    expect(turnAt([setForward, setBack], 2, now)).toBe(now.wall + 50_000);
  });

  it('does not wait for a clock that was set back between two runs', () => {
    expect(turnAt([before(-3_600_000), before(-3_600_000)], 2, now)).toBeNull();
  });
});
