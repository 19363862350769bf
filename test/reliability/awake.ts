import { bugs } from './bugs.ts';
import type { Check } from './report.ts';
import { simulate } from './simulation.ts';
import { Universe } from './universe.ts';

/** Worlds in which the bug that is planted here shows for sure. */
const seeds = 60;

/**
 * Plants a bug; a judge that does not see it sees nothing. Part of every run, so that a proof whose
 * judge is switched off fails.
 * @param isBlind the judge is switched off
 */
export async function isJudgeAwake(universe: Universe, isBlind: boolean): Promise<boolean> {
  const bug = bugs.map((make) => make()).find(({ name }) => name === 'what a look-up found is not marked');
  if (bug === undefined) throw new Error('The bug is gone.');
  const part = { from: 1, to: seeds + 1, faultRate: 0.25, repeat: 0, bug, untilFirst: true, isBlind };
  return (await simulate(universe, part)).failed > 0;
}

export async function awakeCheck(isBlind: boolean): Promise<Check> {
  const universe = await Universe.open();
  try {
    const isGood = await isJudgeAwake(universe, isBlind);
    return { name: 'the judge sees a planted bug', isGood, why: 'nothing is judged: this proves nothing' };
  } finally {
    await universe.close();
  }
}
