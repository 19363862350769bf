import type { Verdict } from './world.ts';

/** What many runs came to. Plain data, so that it passes between threads. */
export interface Tally {
  runs: number;
  failed: number;
  steps: number;
  targets: number;
  published: number;
  /** How often each site, and each fault at it, was passed. */
  sites: Record<string, number>;
  asked: Record<string, { targets: number; asked: number }>;
  /** Duplicates, losses and false reports, by the number of the invariant. */
  violations: Record<string, number>;
  /** The first failures: what went wrong, and how to see it again. */
  failures: { replay: string; violations: string[]; trace: string[] }[];
  /** Runs that were repeated, and whose trace differed. */
  unequal: number;
}

const failuresKept = 40;

export function emptyTally(): Tally {
  return {
    runs: 0,
    failed: 0,
    steps: 0,
    targets: 0,
    published: 0,
    sites: {},
    asked: {},
    violations: {},
    failures: [],
    unequal: 0,
  };
}

export function addTally(tally: Tally, verdict: Verdict, replay: string): void {
  tally.runs += 1;
  tally.steps += verdict.steps;
  tally.targets += verdict.targets;
  tally.published += verdict.published;
  for (const [site, times] of verdict.sites) tally.sites[site] = (tally.sites[site] ?? 0) + times;
  addAsked(tally, verdict.asked);
  if (verdict.violations.length === 0) return;
  tally.failed += 1;
  for (const violation of verdict.violations) count(tally.violations, violation.split(' ')[0] ?? '');
  if (tally.failures.length < failuresKept)
    tally.failures.push({ replay, violations: verdict.violations, trace: verdict.trace });
}

/** One tally of several. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const tally of tallies) {
    for (const key of ['runs', 'failed', 'steps', 'targets', 'published', 'unequal'] as const) sum[key] += tally[key];
    for (const [site, times] of Object.entries(tally.sites)) sum.sites[site] = (sum.sites[site] ?? 0) + times;
    for (const [name, times] of Object.entries(tally.violations)) count(sum.violations, name, times);
    addAsked(sum, tally.asked);
    sum.failures.push(...tally.failures);
  }
  sum.failures.splice(failuresKept);
  return sum;
}

function addAsked(tally: Tally, asked: Tally['asked']): void {
  for (const [kind, { targets, asked: times }] of Object.entries(asked)) {
    const total = (tally.asked[kind] ??= { targets: 0, asked: 0 });
    total.targets += targets;
    total.asked += times;
  }
}

function count(counts: Record<string, number>, name: string, times = 1): void {
  counts[name] = (counts[name] ?? 0) + times;
}
