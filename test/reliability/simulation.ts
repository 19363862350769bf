import type { Bug } from './app.ts';
import { type FaultKind, type FaultPlan, randomFaults } from './faults.ts';
import { type Profile, randomScenario } from './scenario.ts';
import { addTally, emptyTally, type Tally } from './tally.ts';
import type { Universe } from './universe.ts';

export interface SimulationPart {
  /** Seeds [from, to). Even ones run in liveness mode, odd ones in safety mode, unless told. */
  from: number;
  to: number;
  /** Share of the networks' answers that go wrong. */
  faultRate: number;
  mode?: 'safety' | 'liveness';
  profile?: Profile;
  /** The first so many seeds are run twice, and their traces compared. */
  repeat: number;
  bug?: Bug | null;
  untilFirst?: boolean;
  /** Nothing is judged. */
  isBlind?: boolean;
}

/**
 * Runs seeded worlds. In liveness mode the faults stop and everything must come to rest; in safety mode
 * they go on to the end, and only what may never happen is judged.
 */
export async function simulate(universe: Universe, part: SimulationPart): Promise<Tally> {
  const tally = emptyTally();
  for (let seed = part.from; seed < part.to; seed++) {
    const mode = part.mode ?? (seed % 2 === 0 ? 'liveness' : 'safety');
    const run = () =>
      universe.run({
        scenario: randomScenario(seed, part.faultRate, part.profile),
        faults: faultsOf(seed, part.profile),
        isSafetyOnly: mode === 'safety',
        bug: part.bug ?? null,
        isBlind: part.isBlind,
        keepTrace: part.to - part.from === 1,
      });
    const verdict = await run();
    const profile = (part.profile ?? 'default') === 'default' ? '' : ` --profile ${part.profile}`;
    addTally(tally, verdict, `--seed ${seed} --mode ${mode}${profile}`);
    if (seed - part.from < part.repeat && (await run()).traceHash !== verdict.traceHash) tally.unequal += 1;
    if (part.untilFirst === true && tally.failed > 0) break;
  }
  return tally;
}

/** A crash may lose what a network said about its rate before it is written down: there only the others strike. */
const withoutCrashes: readonly FaultKind[] = ['kill', 'suspend', 'nap', 'token-revoked'];

function faultsOf(seed: number, profile: Profile = 'default'): FaultPlan {
  if (profile === 'limits') return randomFaults({ seed, kinds: withoutCrashes });
  return randomFaults({ seed, meddling: profile === 'meddling' ? 0.02 : 0 });
}
