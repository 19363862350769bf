import type { Bug } from './app.ts';
import { canHappen, crashFirst, faultAt, type FaultKind, faultKinds, type FaultPlan, type SiteKind } from './faults.ts';
import { crowdedScenario, type Kind, type Mishap, randomScenario, type Scenario, smallScenario } from './scenario.ts';
import { addTally, emptyTally, type Tally } from './tally.ts';
import type { Universe } from './universe.ts';

/** A scenario each of whose steps is struck by each fault in turn. */
interface Base {
  scenario: Scenario;
  /** Wraps the enumerated fault: the run may have crashed before. */
  within(fault: FaultPlan): FaultPlan;
}

const kinds: readonly Kind[] = ['two_phase', 'container', 'upload', 'text_only', 'story'];
const mishaps: readonly (Mishap | null)[] = [null, 'applied-silent', 'late', 'dropped', 'rate'];

/** Every kind of account with every way for its request to end, after a crash, with its comment ending otherwise; then several posts at once. */
export const bases: readonly Base[] = [
  ...kinds.flatMap((kind, row) =>
    mishaps.map((mishap, column) => base(smallScenario(1 + row * 10 + column, kind, mishap))),
  ),
  ...kinds.map((kind, row) => ({
    scenario: smallScenario(101 + row, kind, null),
    within: (fault: FaultPlan) => crashFirst('http.publish', 1, 'after', fault),
  })),
  ...kinds.map((kind, row) => ({
    scenario: smallScenario(111 + row, kind, 'dropped'),
    within: (fault: FaultPlan) => crashFirst('http.publish', 1, 'before', fault),
  })),
  ...(['two_phase', 'container'] as const).flatMap((kind, row) =>
    (['applied-silent', 'late', 'dropped'] as const).map((mishap, column) =>
      base(smallScenario(131 + row * 10 + column, kind, null, mishap)),
    ),
  ),
  base(smallScenario(121, 'text_only', 'late-stale')),
  base(smallScenario(122, 'two_phase', 'late-stale')),
  base(randomScenario(201, 0)),
  base(randomScenario(202, 0.25)),
  base(crowdedScenario(211, 'upload', 3)),
];

function base(scenario: Scenario): Base {
  return { scenario, within: (fault) => fault };
}

export interface EnumerationPart {
  /** Index in {@link bases}. */
  base: number;
  /** Only every so many runs; 1 for all. */
  stride: number;
  /** Only this step, to replay it. */
  step?: number;
  faults?: readonly FaultKind[];
  bug?: Bug | null;
  /** Stop at the first failure. */
  untilFirst?: boolean;
  /** Nothing is judged. */
  isBlind?: boolean;
}

/** Strikes one base at every step with every fault that can happen there. */
export async function enumerate(universe: Universe, part: EnumerationPart): Promise<Tally> {
  const struck = bases[part.base];
  if (struck === undefined) throw new Error(`There are ${bases.length} scenarios, from 0; not ${part.base}.`);
  const { scenario, within } = struck;
  const { faults = faultKinds, bug = null } = part;
  const tally = emptyTally();
  const steps = await stepsOf(universe, struck, bug);
  let turn = part.base;
  for (const step of steps) {
    const { number } = step;
    for (const fault of faults) {
      if (!isWorthwhile(fault, step)) continue;
      if (part.step === undefined ? turn++ % part.stride !== 0 : part.step !== number) continue;
      const verdict = await universe.run({
        scenario,
        faults: within(faultAt(number, fault)),
        bug,
        isBlind: part.isBlind,
        keepTrace: part.step !== undefined,
      });
      addTally(tally, verdict, `--seed ${part.base} --step ${number} --fault ${fault}`);
      if (part.untilFirst === true && tally.failed > 0) return tally;
    }
  }
  return tally;
}

interface EnumeratedStep {
  number: number;
  kind: SiteKind;
  /** A read between two others, in a scenario whose post's own request meets with something. */
  isInner: boolean;
}

/**
 * The steps of a run without the enumerated fault, counted as {@link Base.within} counts them. A step
 * that comes again by the same way while journal and ledger stand as they stood is left out: the app
 * idles or asks again, and a fault would meet the same state.
 */
async function stepsOf(universe: Universe, { scenario, within }: Base, bug: Bug | null): Promise<EnumeratedStep[]> {
  const kinds = new Map<number, SiteKind>();
  const numbers: number[] = [];
  const seen = new Set<string>();
  const way: string[] = [];
  const watch: FaultPlan = {
    at({ number, kind, site, standing }) {
      kinds.set(number, kind);
      way.push(site);
      const place = `${standing()} ${way.slice(-4).join(' ')}`;
      if (!seen.has(place)) numbers.push(number);
      seen.add(place);
      return null;
    },
  };
  await universe.run({ scenario, faults: within(watch), bug });
  const isThorough = scenario.script[0] === null;
  return numbers.map((number) => ({
    number,
    kind: kinds.get(number) ?? 'read',
    isInner: !isThorough && [number - 1, number, number + 1].every((one) => kinds.get(one) === 'read'),
  }));
}

/** Between two reads nothing happens that another fault than a failing read could change. */
function isWorthwhile(fault: FaultKind, { kind, isInner }: EnumeratedStep): boolean {
  return canHappen(fault, kind) && (!isInner || fault === 'busy');
}
