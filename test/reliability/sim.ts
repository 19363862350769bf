import { awakeCheck } from './awake.ts';
import { isServing, serve, workOff } from './pool.ts';
import { checksOf, measurePunctuality } from './punctuality.ts';
import { numberIn, printTrace, promises, readOptions, report } from './report.ts';
import { type SimulationPart, simulate } from './simulation.ts';
import { profiles } from './scenario.ts';
import { blindSpots } from './sites.ts';
import { sumTallies, type Tally } from './tally.ts';
import { Universe } from './universe.ts';

/*
 * rel:sim. Seeded random worlds, in safety and in liveness mode by turns.
 * --profile meddling|limits: people work on the posts meanwhile; the networks refuse by rate. --punctual: a day without
 * faults, and how late its posts go out. --seeds N how many, --seed N only this one, --mode safety|liveness, --faults 0.25 the share of answers that go wrong.
 */

const seedsOfLongForm = 20_000;
const seedsAtOnce = 100;
const postsOfADay = 1_000;
/** In the long form each fault must have struck at each site at least so often. */
const leastStrikes = 100;
/** Traces that are compared with those of a second run. */
const repeatedSeeds = 50;
/** Of the targets whose network gives a handle, people are asked about at most this share. */
const mostAsked = 0.005;

async function run(part: SimulationPart): Promise<Tally> {
  const universe = await Universe.open();
  try {
    return await simulate(universe, part);
  } finally {
    await universe.close();
  }
}

async function punctual(seed: number): Promise<void> {
  const startedAt = performance.now();
  const universe = await Universe.open();
  const { violations, ...figures } = await measurePunctuality(universe, seed, postsOfADay);
  await universe.close();
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  report({ tool: 'rel:sim', profile: 'punctual', ...figures, seconds }, checksOf({ ...figures, violations }));
}

async function main(): Promise<void> {
  const options = readOptions(['seeds', 'seed', 'from', 'mode', 'faults', 'threads', 'profile'], ['punctual', 'blind']);
  const isBlind = options.flags.has('blind');
  if (options.flags.has('punctual')) return punctual(numberIn(options.seed) ?? 1);
  const profile = profiles.find((name) => name === options.profile) ?? 'default';
  const mode = options.mode === 'safety' || options.mode === 'liveness' ? options.mode : undefined;
  const faultRate = numberIn(options.faults) ?? 0.25;
  const only = numberIn(options.seed);
  const from = only ?? numberIn(options.from) ?? 1;
  const to = only === undefined ? from + (numberIn(options.seeds) ?? seedsOfLongForm) : only + 1;
  const parts: SimulationPart[] = [];
  for (let start = from; start < to; start += seedsAtOnce) {
    const repeat = Math.max(0, Math.min(seedsAtOnce, repeatedSeeds - (start - from)));
    parts.push({ from: start, to: Math.min(start + seedsAtOnce, to), faultRate, mode, profile, repeat, isBlind });
  }
  const startedAt = performance.now();
  const tally = sumTallies(await workOff(import.meta.url, parts, numberIn(options.threads)));
  const rates = Object.entries(tally.asked).map(([kind, { targets, asked }]) => [kind, asked / targets] as const);
  const askedTooOften = rates.filter(([kind, rate]) => kind !== 'text_only' && rate > mostAsked);
  const missed = blindSpots(tally, leastStrikes);
  const isLong = profile === 'default' && tally.runs >= seedsOfLongForm;
  printTrace(tally);
  report(
    {
      tool: 'rel:sim',
      profile,
      seeds: tally.runs,
      failed: tally.failed,
      faultRate,
      targets: tally.targets,
      published: tally.published,
      steps: tally.steps,
      humanRate: Object.fromEntries(rates),
      unequalTraces: tally.unequal,
      seconds: Math.round((performance.now() - startedAt) / 1_000),
    },
    [
      ...promises(tally, 'npm run rel:sim --'),
      await awakeCheck(isBlind),
      { name: 'the same seed gives the same trace', isGood: tally.unequal === 0 },
      ...(isLong
        ? [{ name: 'I15 every fault struck everywhere', isGood: missed.length === 0, why: missed.join(', ') }]
        : []),
      {
        name: 'people are asked in at most 0.5 % of cases where there is a handle',
        isGood: askedTooOften.length === 0,
        why: askedTooOften.map(([kind, rate]) => `${kind}: ${rate}`).join(', '),
      },
    ],
  );
}

if (isServing) serve(run);
else if (import.meta.main) await main();
