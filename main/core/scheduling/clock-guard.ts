import { phrase } from '../../../shared/domain/phrase.ts';
import type { Clock, TimeReading } from '../ports/index.ts';
import { createOutsideTime, toleranceMs } from './outside-time.ts';

/** A difference between wall and monotonic clock above this is a jump. */
const jumpMs = 5_000;
/** Two looks further apart than this on the monotonic clock: nothing of the app ran meanwhile. */
const standstillMs = 30_000;
/** Wall clock behind the last time seen by more than this: not to be trusted. */
const backwardsMs = 10 * 60_000;
/** A clock that was set back and then ran evenly for this long is the right one: the time before was wrong. */
const quietMs = 15 * 60_000;

export interface Jump {
  /** Positive: the wall clock ran ahead of the monotonic one (sleep, or set forward). */
  byMs: number;
}

export interface Clocks {
  /** UTC ms. */
  wall: number;
  monotonic: number;
}

/** What one look at both clocks says. Pure. */
export function compareClocks(before: Clocks, after: Clocks): Jump | null {
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

/** The computer slept, its clock was set, or the app stood still. */
export interface Interruption {
  /** By how much the wall clock ran ahead of the monotonic one, ms; negative when it was set back. */
  byMs: number;
  /** How long the app stood still by the monotonic clock, ms; 0 when it did not. */
  stoodMs: number;
}

/** Notices sleep and clock steps, and what answers from outside say about the time. */
export interface ClockGuard {
  /** Looks at the clocks, to be done every few seconds from the start of the work; returns what happened since the last look, if anything did. */
  look(): Interruption | null;
  /**
   * True from an interruption on, whether a look has found it yet or not, until {@link resumed}. Synchronous, so
   * that nothing is sent on the strength of what was known before.
   */
  isInterrupted(): boolean;
  /** Stock was taken after what the last look found. */
  resumed(): void;
  /** Why the clock cannot be trusted, or null. */
  doubt(): string | null;
  /** The clock ran ahead, or nobody has confirmed it since the start: whether it is right is to be asked outside before anything is sent on the strength of it. */
  isUnproven(): boolean;
  /** An answer should be had now that says what time it is. */
  wantsAnswer(): boolean;
  /** A network answered, but not with a time: then nothing more can be found out. */
  answeredWithoutTime(): void;
  /** What an answer from outside said. */
  note(reading: TimeReading): void;
  /** The latest trusted wall time, UTC ms, to be kept across restarts. */
  lastSeenAt(): number;
}

export function createClockGuard(clock: Clock, facts: { builtAt: number; lastSeenAt: number }): ClockGuard {
  const outside = createOutsideTime();
  let { lastSeenAt } = facts;
  /** At the last look; until the first, nobody watches. */
  let before: Clocks | null = null;
  let evenSince = clock.monotonic();
  let isUnsettled = false;
  /** By how much the clock may have been set forward since a network last agreed with it, ms; sleep counts too. */
  let unprovenMs = 0;

  function readClocks(): Clocks {
    return { wall: clock.now(), monotonic: clock.monotonic() };
  }

  function interruptionUntil(after: Clocks): Interruption | null {
    if (before === null) return null;
    const byMs = compareClocks(before, after)?.byMs ?? 0;
    const passedMs = after.monotonic - before.monotonic;
    const stoodMs = passedMs > standstillMs ? passedMs : 0;
    return byMs === 0 && stoodMs === 0 ? null : { byMs, stoodMs };
  }

  function doubt(): string | null {
    const wrongBy = outside.wrongBy();
    if (wrongBy !== null) return wrongWords(wrongBy);
    return clockDoubt(clock.now(), { builtAt: facts.builtAt, lastSeenAt });
  }

  function stepped({ byMs }: Interruption): void {
    evenSince = clock.monotonic();
    outside.forget();
    unprovenMs += byMs;
  }

  /** Whether the computer slept or its clock was set, only others can tell. A clock that is behind sends nothing early. */
  function isUnproven(): boolean {
    return unprovenMs > toleranceMs;
  }

  return {
    doubt,
    lastSeenAt: () => lastSeenAt,
    isUnproven,
    wantsAnswer: () => isUnproven() || outside.lastAgreed() === false || doubt() !== null,
    isInterrupted: () => isUnsettled || interruptionUntil(readClocks()) !== null,

    resumed() {
      isUnsettled = false;
    },

    answeredWithoutTime() {
      if (outside.lastAgreed() === null) unprovenMs = 0;
    },

    note(reading) {
      outside.note(reading);
      if (outside.lastAgreed() !== true || outside.wrongBy() !== null) return;
      unprovenMs = 0;
      // It was set back and is right now: the time before was wrong.
      if (clock.now() < lastSeenAt && interruptionUntil(readClocks()) === null) lastSeenAt = clock.now();
    },

    look() {
      const after = readClocks();
      const found = interruptionUntil(after);
      // A computer can start with a wrong clock, and nobody has watched it until now.
      if (before === null) unprovenMs = Number.POSITIVE_INFINITY;
      before = after;
      if (found !== null) isUnsettled = true;
      if (found !== null && found.byMs !== 0) stepped(found);
      const isTrusted = doubt() === null && !isUnproven();
      const ranEvenly = after.monotonic - evenSince >= quietMs;
      if (isTrusted) lastSeenAt = Math.max(lastSeenAt, after.wall);
      else if (ranEvenly && !isUnproven() && outside.wrongBy() === null && after.wall >= facts.builtAt) {
        lastSeenAt = after.wall;
      }
      return found;
    },
  };
}

function wrongWords(wrongBy: number): string {
  const minutes = Math.round(Math.abs(wrongBy) / 60_000);
  const much =
    minutes < 180
      ? minutes === 1
        ? phrase`1 minute`
        : phrase`${minutes} minutes`
      : phrase`${Math.round(minutes / 60)} hours`;
  return wrongBy > 0
    ? `The computer's clock is about ${much} ahead of the networks' clocks. Correct it; nothing is published until then.`
    : `The computer's clock is about ${much} behind the networks' clocks. Correct it; nothing is published until then.`;
}
