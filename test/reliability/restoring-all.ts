import type { Check } from './report.ts';
import { largeRestoreSeconds } from './large-restore.ts';
import { type RestoreVerdict, runRestore, type Way, ways } from './restoring.ts';

/** A restore of this many megabytes may take this long. */
const longestSeconds = 10;

export interface RestoreOptions {
  scenarios: number;
  /** Only this one. */
  seed?: number;
  way?: string;
  /** Size of the store whose restore is timed; 0: none is. */
  megabytes: number;
}

/** Runs the scenarios, the four ways by turns, and the same ones with the planted bug until it has shown itself. */
export async function restoreAll(
  options: RestoreOptions,
): Promise<{ figures: Record<string, unknown>; checks: Check[] }> {
  const runs = runsOf(options);
  const verdicts: { name: string; verdict: RestoreVerdict }[] = [];
  for (const run of runs) {
    const verdict = await runRestore({ ...run, isBlind: false });
    verdicts.push({ name: `--seed ${run.seed} --way '${run.way}'`, verdict });
  }
  const blind = await blindDuplicates(runs);
  const seconds = options.megabytes > 0 ? await largeRestoreSeconds(options.megabytes) : null;
  const sum = (count: (verdict: RestoreVerdict) => number): number =>
    verdicts.reduce((total, { verdict }) => total + count(verdict), 0);
  return {
    figures: {
      scenarios: verdicts.length,
      duplicates: sum(({ duplicates }) => duplicates),
      liveButForgotten: sum(({ forgotten }) => forgotten),
      published: sum(({ found }) => found),
      asked: sum(({ asked }) => asked),
      duplicatesWhenNobodyAsks: blind,
      restoreSeconds: seconds,
    },
    checks: [
      ...verdicts.map(({ name, verdict }) => ({
        name,
        isGood: verdict.violations.length === 0,
        why: `${verdict.violations.join('; ')}\n  npm run rel:restore -- ${name}`,
      })),
      { name: 'the data was older than the world', isGood: sum(({ forgotten }) => forgotten) > 0 },
      ...ways
        .filter((way) => runs.some((run) => run.way === way))
        .map((way) => ({ name: `without the procedure posts go out twice: ${way}`, isGood: (blind[way] ?? 0) > 0 })),
      ...(seconds === null
        ? []
        : [
            {
              name: `a restore takes at most ${longestSeconds} s`,
              isGood: seconds <= longestSeconds,
              why: `${seconds} s`,
            },
          ]),
    ],
  };
}

function runsOf({ scenarios, seed, way }: RestoreOptions): { seed: number; way: Way }[] {
  const wanted = ways.filter((one) => way === undefined || one === way);
  if (wanted.length === 0) throw new Error(`There is no way “${way}”: ${ways.join(', ')}.`);
  if (seed !== undefined) return wanted.map((one) => ({ seed, way: one }));
  return Array.from({ length: scenarios }, (_, index) => ({
    seed: Math.floor(index / wanted.length) + 1,
    way: wanted[index % wanted.length] ?? 'backup',
  }));
}

/** Duplicates by way, each way until it has shown some. */
async function blindDuplicates(runs: readonly { seed: number; way: Way }[]): Promise<Partial<Record<Way, number>>> {
  const found: Partial<Record<Way, number>> = {};
  for (const run of runs) {
    if ((found[run.way] ?? 0) > 0) continue;
    found[run.way] = (await runRestore({ ...run, isBlind: true })).duplicates;
  }
  return found;
}
