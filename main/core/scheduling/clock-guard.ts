import type { Clock } from '../ports/index.ts';

/** A difference between wall and monotonic clock above this is a jump. */
const jumpMs = 5_000;
/** Wall clock behind the last time seen by more than this: not to be trusted. */
const backwardsMs = 10 * 60_000;
/** A clock that was set back and then ran evenly for this long is the right one: the time before was wrong. */
const quietMs = 15 * 60_000;

export interface Jump {
  /** Positive: the wall clock ran ahead of the monotonic one (sleep, or set forward). */
  byMs: number;
}

/** What one look at both clocks says. Pure. */
export function compareClocks(
  before: { wall: number; monotonic: number },
  after: { wall: number; monotonic: number },
): Jump | null {
  const byMs = after.wall - before.wall - (after.monotonic - before.monotonic);
  return Math.abs(byMs) > jumpMs ? { byMs } : null;
}

/** Why a wall time cannot be trusted, or null. Pure. */
export function clockDoubt(wall: number, facts: { builtAt: number; lastSeenAt: number }): string | null {
  if (wall < facts.builtAt) {
    return "The computer's clock shows a time before this app was built. Correct it; nothing is published until then.";
  }
  if (facts.lastSeenAt - wall > backwardsMs) {
    return "The computer's clock was set back. Correct it, or wait a quarter of an hour if it is right now; nothing is published until then.";
  }
  return null;
}

/** Notices sleep and clock steps. Ask it often; it keeps the last moment that could be trusted. */
export interface ClockGuard {
  /** Looks at the clocks; returns the jump since the last look, if there was one. */
  look(): Jump | null;
  doubt(): string | null;
  /** The latest trusted wall time, UTC ms, to be kept across restarts. */
  lastSeenAt(): number;
}

export function createClockGuard(clock: Clock, facts: { builtAt: number; lastSeenAt: number }): ClockGuard {
  let { lastSeenAt } = facts;
  let before = { wall: clock.now(), monotonic: clock.monotonic() };
  let evenSince = clock.monotonic();
  const doubt = (): string | null => clockDoubt(clock.now(), { builtAt: facts.builtAt, lastSeenAt });

  return {
    doubt,
    lastSeenAt: () => lastSeenAt,
    look() {
      const after = { wall: clock.now(), monotonic: clock.monotonic() };
      const jump = compareClocks(before, after);
      before = after;
      if (jump !== null) evenSince = after.monotonic;
      const ranEvenly = after.monotonic - evenSince >= quietMs;
      if (doubt() === null) lastSeenAt = Math.max(lastSeenAt, after.wall);
      else if (ranEvenly && after.wall >= facts.builtAt) lastSeenAt = after.wall;
      return jump;
    },
  };
}
