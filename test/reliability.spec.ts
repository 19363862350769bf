import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bugs } from './reliability/bugs.ts';
import { bases, enumerate } from './reliability/enumeration.ts';
import { killAgainAndAgain } from './reliability/killing.ts';
import { simulate } from './reliability/simulation.ts';
import { sumTallies, type Tally } from './reliability/tally.ts';
import { Universe } from './reliability/world.ts';

/* The short form of the proof; docs/reliability.md tells of the long one. */

let universe: Universe;

beforeAll(async () => {
  universe = await Universe.open();
});

afterAll(() => universe.close());

describe('never twice, never lost', () => {
  it('holds whatever happens at one step of the app', async () => {
    const tallies: Tally[] = [];
    for (const base of bases.keys()) tallies.push(await enumerate(universe, { base, stride: 250 }));
    const tally = sumTallies(tallies);
    expect(tally.failures).toEqual([]);
    expect(tally.runs).toBeGreaterThan(200);
    expect(tally.published).toBeGreaterThan(0);
  });

  it('holds in random worlds, and the same seed gives the same world', async () => {
    const tally = await simulate(universe, { from: 1, to: 101, faultRate: 0.25, repeat: 10 });
    expect(tally.failures).toEqual([]);
    expect(tally.unequal).toBe(0);
  });

  it('holds when the real server host is killed while it publishes', async () => {
    const verdict = await killAgainAndAgain({ kills: 4, seed: 7, isStepwise: true });
    expect(verdict.violations).toEqual([]);
    expect(verdict.kills).toBe(4);
  });
});

describe('a planted bug', () => {
  const frequent = bugs.map((make) => make()).filter(({ isRare }) => isRare !== true);

  it.each(frequent.map((bug) => [bug.name, bug] as const))('is caught: %s', async (_, bug) => {
    const tally = await simulate(universe, { from: 1, to: 61, faultRate: 0.25, repeat: 0, bug, untilFirst: true });
    expect(tally.failed).toBe(1);
  });
});
