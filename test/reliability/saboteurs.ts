import type { Bug } from './app.ts';
import { bugs } from './bugs.ts';
import { bases, enumerate } from './enumeration.ts';
import { isServing, serve, workOff } from './pool.ts';
import { numberIn, readOptions, report } from './report.ts';
import { simulate } from './simulation.ts';
import { emptyTally, type Tally } from './tally.ts';
import { Universe } from './universe.ts';

/*
 * rel:saboteurs. Plants one bug after the other; each must be caught by the random simulation, or else
 * by the enumeration. --bug N plants only that one.
 */

interface Hunt {
  bug: number;
  /** Random seeds. */
  seeds: number;
  /** Every so many runs of the enumeration, when the seeds found nothing. */
  stride: number;
}

/** Ends at the first run that catches the bug; the tally's only failure says which one it was. */
async function hunt({ bug: index, stride, seeds }: Hunt): Promise<Tally> {
  const bug = bugs[index]?.();
  if (bug === undefined) throw new Error(`There are ${bugs.length} bugs, from 0; not ${index}.`);
  const universe = await Universe.open();
  try {
    return named(bug, await caughtBy(universe, bug, stride, seeds));
  } finally {
    await universe.close();
  }
}

/** Some random worlds first, then the enumeration, which finds what is rare. */
async function caughtBy(universe: Universe, bug: Bug, stride: number, seeds: number): Promise<Tally> {
  const { profile } = bug;
  const random = { from: 1, to: seeds + 1, faultRate: 0.25, repeat: 0, bug, profile, untilFirst: true };
  let tally = await simulate(universe, random);
  let { runs } = tally;
  for (const base of bases.keys()) {
    if (tally.failed > 0) break;
    tally = await enumerate(universe, { base, stride, bug, untilFirst: true });
    runs += tally.runs;
  }
  return { ...tally, runs };
}

/** The bug's name stands first in what it broke. */
function named(bug: Bug, tally: Tally): Tally {
  const [failure] = tally.failures;
  const failures = [
    { replay: failure?.replay ?? '', violations: [bug.name, ...(failure?.violations ?? [])], trace: [] },
  ];
  return { ...emptyTally(), runs: tally.runs, failed: tally.failed, failures };
}

async function main(): Promise<void> {
  const options = readOptions(['bug', 'stride', 'seeds', 'threads']);
  const only = numberIn(options.bug);
  const parts = [...bugs.keys()]
    .filter((bug) => only === undefined || bug === only)
    .map((bug) => ({ bug, stride: numberIn(options.stride) ?? 20, seeds: numberIn(options.seeds) ?? 400 }));
  const startedAt = performance.now();
  const tallies = await workOff(import.meta.url, parts, numberIn(options.threads));
  const found = tallies.map(({ runs, failed, failures: [failure] }) => {
    const [name = '', first = ''] = failure?.violations ?? [];
    return { name, isCaught: failed > 0, runs, first, replay: failure?.replay ?? '' };
  });
  report(
    {
      tool: 'rel:saboteurs',
      bugs: found.length,
      caught: found.filter(({ isCaught }) => isCaught).length,
      caughtBy: Object.fromEntries(
        found.map(({ name, runs, first, replay }) => [name, `${first.split(' ')[0]} in run ${runs}: ${replay}`]),
      ),
      seconds: Math.round((performance.now() - startedAt) / 1_000),
    },
    found.map(({ name, isCaught, runs }) => ({
      name: `caught: ${name}`,
      isGood: isCaught,
      why: `not found in ${runs} runs`,
    })),
  );
}

if (isServing) serve(hunt);
else if (import.meta.main) await main();
