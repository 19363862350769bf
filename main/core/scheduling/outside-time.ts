import type { TimeReading } from '../ports/index.ts';

/** Our clock may differ from those outside by this much. */
export const toleranceMs = 120_000;
/** A slower answer says too little about the time. */
const slowestMs = 10_000;
/** The last few answers count, and fewer than three decide nothing: one server may be wrong, or a cache. */
const readingsKept = 5;
const readingsNeeded = 3;

/** What answers from outside say about this computer's clock. */
export interface OutsideTime {
  note(reading: TimeReading): void;
  /** What was said before the clock was set says nothing any more. */
  forget(): void;
  /** By how much this computer's clock is ahead, ms, once several answers agree that it is wrong; otherwise null. */
  wrongBy(): number | null;
  /** The last answer: whether it agreed with our clock; null while there is none. */
  lastAgreed(): boolean | null;
}

export function createOutsideTime(): OutsideTime {
  /** How far our clock was ahead at each answer, ms; 0 within the tolerance. Newest last. */
  let differences: number[] = [];

  return {
    note(reading) {
      if (reading.tookMs > slowestMs) return;
      differences = [...differences, differenceOf(reading)].slice(-readingsKept);
    },

    forget() {
      differences = [];
    },

    wrongBy() {
      if (differences.length < readingsNeeded) return null;
      const middle = differences.toSorted((a, b) => a - b)[Math.floor(differences.length / 2)] ?? 0;
      return middle === 0 ? null : middle;
    },

    lastAgreed() {
      const last = differences.at(-1);
      return last === undefined ? null : last === 0;
    },
  };
}

/** By how much our clock was ahead at the least, ms: the answer was written at some moment of the exchange. */
function differenceOf({ remote, local, tookMs }: TimeReading): number {
  // A `Date` header is cut to whole seconds.
  const most = local - remote;
  const least = most - tookMs - 1_000;
  if (least > toleranceMs) return least;
  return most < -toleranceMs ? most : 0;
}
