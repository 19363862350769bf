import { parseArgs } from 'node:util';
import type { Tally } from './tally.ts';

/** `--name value` pairs of the command line. @throws Error for a name that is not among `names` and `flags` */
export function readOptions<Name extends string>(
  names: readonly Name[],
  flags: readonly string[] = [],
): Partial<Record<Name, string>> & { flags: ReadonlySet<string> } {
  const options = Object.fromEntries([
    ...names.map((name) => [name, { type: 'string' as const }]),
    ...flags.map((name) => [name, { type: 'boolean' as const }]),
  ]);
  const { values } = parseArgs({ options });
  const given = Object.entries(values).filter(([name, value]) => flags.includes(name) && value === true);
  return { ...(values as Partial<Record<Name, string>>), flags: new Set(given.map(([name]) => name)) };
}

/** @throws Error when it is there and no number */
export function numberIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`“${text}” is not a number.`);
  return value;
}

export interface Check {
  name: string;
  isGood: boolean;
  /** Printed when it is not. */
  why?: string;
}

/** What every tool prints: one line of figures as JSON, what failed, then how many. Sets the exit code. */
export function report(figures: Record<string, unknown>, checks: readonly Check[]): void {
  console.log(JSON.stringify(figures));
  for (const { name, isGood, why } of checks) {
    if (!isGood) console.log(`FAILED ${name}${why === undefined ? '' : `\n  ${why}`}`);
  }
  const failed = checks.filter(({ isGood }) => !isGood).length;
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** The promises as checks, each with the runs that broke it and how to see them again. */
export function promises(tally: Tally, command: string): Check[] {
  return Object.entries(invariants).map(([invariant, name]) => {
    const broken = tally.failures.filter(({ violations }) =>
      violations.some((line) => line.startsWith(`${invariant} `)),
    );
    const shown = broken
      .slice(0, 3)
      .map(({ replay, violations }) => `${violations.join('; ')}\n    ${command} ${replay}`);
    return { name: `${invariant} ${name}`, isGood: (tally.violations[invariant] ?? 0) === 0, why: shown.join('\n  ') };
  });
}

const invariants = {
  I1: 'nothing is visible twice',
  I2: 'nothing approved is lost',
  I3: 'what is said to be live is live, and the other way round',
  I4: 'nothing passes the gate after the kill switch',
  I5: 'nothing goes out before its time',
  I6: 'nothing goes out with a banned term',
  I7: 'nothing goes to another account, in other words, or with another account’s token',
  I8: 'what goes out is what was approved',
  I9: 'nothing goes out without an approval',
  I10: 'attempts move along their arrows only',
  I11: 'nothing is asked before the network said so, nor more than eight times an hour',
  I14: 'everything comes to rest, and no timer is left',
  I16: 'one process publishes at a time',
  I17: 'nothing that a post may need is removed',
  W: 'what is sent was written down before',
};

/** A single failed run in all its steps. */
export function printTrace({ runs, failures: [failure] }: Tally): void {
  if (runs === 1 && failure !== undefined) console.log(failure.trace.join('\n'));
}
