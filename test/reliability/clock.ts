import { clockWorlds, runClockWorld } from './clock-worlds.ts';
import { fakeSteps, runFakeClock, whyNoFakeClock } from './fake-clock.ts';
import { type Check, numberIn, readOptions, report } from './report.ts';
import { checkZones, hashesOnOtherMachines } from './zone-times.ts';

/*
 * rel:clock. Wall times of all IANA zones from 2024 to 2030 on machines of other zones; the core on a computer whose
 * clock is set, drifts or sleeps (--seeds N random mixtures besides, --world NAME only those whose name holds it); the
 * real host under libfaketime (--part zones|worlds|real for one part only). The host must have been built.
 */

const parts = ['zones', 'worlds', 'real'] as const;
type Part = (typeof parts)[number];

interface Outcome {
  figures: Record<string, unknown>;
  checks: Check[];
}

function zones(): Outcome {
  const { violations, ...figures } = checkZones();
  const hashes = hashesOnOtherMachines();
  return {
    figures,
    checks: [
      ...checksOf(violations, '--part zones', {
        Z1: 'a wall time means one instant, skipped and doubled ones too',
        Z2: 'an instant is shown as its zone shows it',
        Z3: 'a rule fires once a date',
      }),
      { name: 'Z4 the machine’s own zone changes nothing', isGood: hashes.size === 1 },
    ],
  };
}

async function worlds(seeds: number, only: string | undefined): Promise<Outcome> {
  const figures = { worlds: 0, sent: 0, held: 0, longestGapMs: 0 };
  const violations: string[] = [];
  for (const world of clockWorlds(seeds)) {
    if (only !== undefined && !world.name.includes(only)) continue;
    const verdict = await runClockWorld(world);
    figures.worlds += 1;
    figures.sent += verdict.sent;
    figures.held += verdict.held;
    figures.longestGapMs = Math.max(figures.longestGapMs, Math.round(verdict.longestGapMs));
    violations.push(...verdict.violations);
  }
  const names = {
    C1: 'nothing is visible twice',
    C2: 'nothing leaves early',
    C3: 'nothing is lost: live, held with a reason, or waiting for the clock',
    C4: 'what is due is looked at one look at a time, at least every 35 s',
    C5: 'nothing leaves while the clock runs ahead',
  };
  return { figures, checks: checksOf(violations, `--part worlds --seeds ${seeds}`, names) };
}

async function real(): Promise<Outcome> {
  const missing = whyNoFakeClock();
  if (missing !== null) {
    console.log(`SKIPPED the real host under libfaketime: ${missing}`);
    return { figures: { real: 'skipped' }, checks: [] };
  }
  const violations: string[] = [];
  for (const step of fakeSteps) violations.push(...(await runFakeClock(step)));
  const names = {
    F1: 'the real host: nothing is visible twice',
    F2: 'the real host: nothing leaves early',
    F3: 'the real host: the clock is not trusted while it is wrong, and nothing leaves',
    F4: 'the real host: everything goes on when the clock is right again',
  };
  return { figures: { real: fakeSteps.length }, checks: checksOf(violations, '--part real', names) };
}

function checksOf(violations: readonly string[], replay: string, names: Record<string, string>): Check[] {
  return Object.entries(names).map(([code, name]) => {
    const broken = violations.filter((violation) => violation.startsWith(`${code} `));
    const why = [...broken.slice(0, 10), `npm run rel:clock -- ${replay}`].join('\n  ');
    return { name: `${code} ${name}`, isGood: broken.length === 0, why };
  });
}

async function main(): Promise<void> {
  const options = readOptions(['seeds', 'world', 'part']);
  const wanted = parts.filter((part) => options.part === undefined || options.part === part);
  const startedAt = performance.now();
  const run: Record<Part, () => Outcome | Promise<Outcome>> = {
    zones,
    worlds: () => worlds(numberIn(options.seeds) ?? 40, options.world),
    real,
  };
  const outcomes: Outcome[] = [];
  for (const part of wanted) outcomes.push(await run[part]());
  const figures = Object.assign({}, ...outcomes.map((outcome) => outcome.figures)) as Record<string, unknown>;
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  report(
    { tool: 'rel:clock', ...figures, seconds },
    outcomes.flatMap(({ checks }) => checks),
  );
}

if (import.meta.main) await main();
