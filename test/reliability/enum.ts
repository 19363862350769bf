import { bases, type EnumerationPart, enumerate } from './enumeration.ts';
import { type FaultKind, faultKinds } from './faults.ts';
import { awakeCheck } from './awake.ts';
import { isServing, serve, workOff } from './pool.ts';
import { numberIn, printTrace, promises, readOptions, report } from './report.ts';
import { blindSpots } from './sites.ts';
import { sumTallies } from './tally.ts';
import { Universe } from './universe.ts';

/*
 * rel:enum. Strikes every step of every base scenario with every fault that can happen there.
 * --seed N (which scenario), --step K and --fault NAME replay one run; --stride N takes every Nth run only.
 */

async function strike(part: EnumerationPart) {
  const universe = await Universe.open();
  try {
    return await enumerate(universe, part);
  } finally {
    await universe.close();
  }
}

async function main(): Promise<void> {
  const options = readOptions(['seed', 'step', 'fault', 'stride', 'threads'], ['blind']);
  const isBlind = options.flags.has('blind');
  const seed = numberIn(options.seed);
  const step = numberIn(options.step);
  const stride = numberIn(options.stride) ?? 1;
  const faults = faultKinds.filter(
    (fault): fault is FaultKind => options.fault === undefined || fault === options.fault,
  );
  const parts = [...bases.keys()]
    .filter((base) => seed === undefined || base === seed)
    .map((base) => ({ base, stride, step, faults, isBlind }));
  const startedAt = performance.now();
  const tally = sumTallies(await workOff(import.meta.url, parts, numberIn(options.threads)));
  const isWhole = seed === undefined && step === undefined && stride === 1 && options.fault === undefined;
  const missed = blindSpots(tally, 1);
  printTrace(tally);
  report(
    {
      tool: 'rel:enum',
      scenarios: parts.length,
      runs: tally.runs,
      failed: tally.failed,
      steps: tally.steps,
      struck: Object.keys(tally.sites).filter((name) => name.includes(' × ')).length,
      published: tally.published,
      seconds: Math.round((performance.now() - startedAt) / 1_000),
    },
    [
      ...promises(tally, 'npm run rel:enum --'),
      await awakeCheck(isBlind),
      ...(isWhole
        ? [{ name: 'I15 every site was struck by every fault', isGood: missed.length === 0, why: missed.join(', ') }]
        : []),
    ],
  );
}

if (isServing) serve(strike);
else if (import.meta.main) await main();
