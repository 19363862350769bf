import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isJudgeAwake } from './reliability/awake.ts';
import { bugs } from './reliability/bugs.ts';
import { bases, enumerate } from './reliability/enumeration.ts';
import { killAgainAndAgain } from './reliability/killing.ts';
import { measurePunctuality } from './reliability/punctuality.ts';
import { simulate } from './reliability/simulation.ts';
import { sumTallies, type Tally } from './reliability/tally.ts';
import { Universe } from './reliability/universe.ts';

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
    expect(tally.runs).toBeGreaterThan(100);
    expect(tally.published).toBeGreaterThan(0);
  });

  it('holds in random worlds, and the same seed gives the same world', async () => {
    const tally = await simulate(universe, { from: 1, to: 101, faultRate: 0.25, repeat: 10 });
    expect(tally.failures).toEqual([]);
    expect(tally.unequal).toBe(0);
  });

  it.each(['meddling', 'limits'] as const)('holds in random worlds of the profile %s', async (profile) => {
    const tally = await simulate(universe, { from: 1, to: 41, faultRate: 0.25, repeat: 0, profile });
    expect(tally.failures).toEqual([]);
    expect(tally.published).toBeGreaterThan(0);
  });

  it('holds when the real server host is killed while it publishes', async () => {
    const verdict = await killAgainAndAgain({ kills: 4, seed: 7, isStepwise: true, settleWithinMs: 20_000 });
    expect(verdict.violations).toEqual([]);
    expect(verdict.kills).toBe(4);
    expect(verdict.postsAtRest).toBeGreaterThan(0);
  });
});

it('asks nobody, and is punctual, where nothing goes wrong', async () => {
  const { published, early, latenessMs, violations } = await measurePunctuality(universe, 1, 40);
  expect(violations).toEqual([]);
  expect({ published, early }).toEqual({ published: 40, early: 0 });
  expect(latenessMs.max).toBeLessThanOrEqual(2_000);
});

it('a judge that is switched off is noticed', async () => {
  expect(await isJudgeAwake(universe, false)).toBe(true);
  expect(await isJudgeAwake(universe, true)).toBe(false);
});

describe('a planted bug', () => {
  const frequent = bugs.map((make) => make()).filter(({ isRare }) => isRare !== true);

  it.each(frequent.map((bug) => [bug.name, bug] as const))('is caught: %s', async (_, bug) => {
    const { profile } = bug;
    const part = { from: 1, to: 121, faultRate: 0.25, repeat: 0, bug, profile, untilFirst: true };
    expect((await simulate(universe, part)).failed).toBe(1);
  });
});
