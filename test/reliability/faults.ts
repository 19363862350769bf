import { Chance } from './chance.ts';

/**
 * What can go wrong at one step of the app's input and output. `power-cut` is a crash of the whole
 * computer: it takes long to come back, and its monotonic clock begins anew. `suspend` is an hour of
 * sleep, `nap` ten minutes: long enough for every deadline, short enough for the post to be sent late.
 * `lost-lease`: another process takes over while this one goes on. With `disk-full` writing fails, with
 * `disk-low` the app is told before it does.
 */
export const faultKinds = [
  'crash-before',
  'crash-after',
  'power-cut',
  'kill',
  'suspend',
  'nap',
  'lost-lease',
  'disk-full',
  'disk-low',
  'busy',
  'token-revoked',
] as const;
export type FaultKind = (typeof faultKinds)[number];
/** What strikes at a step; `meddle` is a person who does something with a post at that moment. */
export type Strike = FaultKind | 'meddle';

/** Where a step goes: to the store (reading or writing), to a network, or it is a timer. */
export type SiteKind = 'read' | 'write' | 'network' | 'timer';

export interface Step {
  /** From 1, in the order in which the run comes to them. */
  number: number;
  /** e.g. `attempts.update`. */
  site: string;
  kind: SiteKind;
  /** Where journal and ledger stand, in one line; asked for by those who need it. */
  standing(): string;
}

/** Says what strikes at a step, if anything. */
export interface FaultPlan {
  at(step: Step): Strike | null;
}

/** Nothing strikes. */
export const noFaults: FaultPlan = { at: () => null };

/** One fault at one step. */
export function faultAt(number: number, kind: FaultKind): FaultPlan {
  return { at: (step) => (step.number === number ? kind : null) };
}

/** A crash at the `occurrence`th step of a site, and `then` for the steps after it, which are counted anew from 1. */
export function crashFirst(site: string, occurrence: number, phase: 'before' | 'after', then: FaultPlan): FaultPlan {
  let seen = 0;
  let crashedAt: number | null = null;
  return {
    at(step) {
      if (crashedAt !== null) return then.at({ ...step, number: step.number - crashedAt });
      if (step.site !== site || ++seen < occurrence) return null;
      crashedAt = step.number;
      return phase === 'before' ? 'crash-before' : 'crash-after';
    },
  };
}

const rates: Record<FaultKind, number> = {
  'crash-before': 0.0007,
  'crash-after': 0.0009,
  'power-cut': 0.0006,
  kill: 0.0005,
  suspend: 0.0005,
  nap: 0.0005,
  'lost-lease': 0.0007,
  'disk-full': 0.0006,
  'disk-low': 0.0005,
  busy: 0.0012,
  'token-revoked': 0.0005,
};
/** Some sites are passed seldom and matter most; the others are mostly asked again and again. */
const oftener: Record<string, number> = {
  'attempts.isBound': 20,
  'control.killSwitches': 14,
  'comments.lookUp': 20,
  'http.comment': 45,
  'http.publish': 12,
  'networks.prepare': 8,
  'networks.lookUp': 3,
  'attempts.insert': 8,
  'targets.update': 4,
  'posts.update': 4,
  'attempts.update': 2,
  'attempts.record': 2,
  begin: 1,
  commit: 1,
  timer: 1,
  'targets.due': 0.6,
  'accounts.get': 0.6,
  'attempts.listOpen': 0.6,
};
const elsewhere = 0.2;

export interface RandomFaults {
  seed: number;
  kinds?: readonly FaultKind[];
  /** How often a person does something, per step. */
  meddling?: number;
}

/** Faults at random steps. */
export function randomFaults({ seed, kinds = faultKinds, meddling = 0 }: RandomFaults): FaultPlan {
  const chance = new Chance(seed * 40_503 + 7);
  return {
    at(step) {
      const often = oftener[step.site] ?? elsewhere;
      let drawn = chance.fraction() - meddling;
      if (drawn < 0) return 'meddle';
      for (const kind of kinds) {
        drawn -= rates[kind] * often;
        if (drawn < 0) return canHappen(kind, step.kind) ? kind : null;
      }
      return null;
    },
  };
}

/**
 * A full disk stops writing only, a busy file the store only. A crash after a read, and a power cut
 * before one, would be the same as a crash before the step that follows.
 */
export function canHappen(fault: FaultKind, at: SiteKind): boolean {
  switch (fault) {
    case 'disk-full':
      return at === 'write';
    case 'busy':
      return at === 'read' || at === 'write';
    case 'crash-after':
    case 'power-cut':
      return at !== 'read';
    default:
      return true;
  }
}
