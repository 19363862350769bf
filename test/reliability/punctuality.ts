import { noFaults } from './faults.ts';
import type { Check } from './report.ts';
import { calmScenario } from './scenario.ts';
import type { Universe } from './universe.ts';

export interface Punctuality {
  posts: number;
  published: number;
  early: number;
  /** From the due time to the irrevocable request, ms. */
  latenessMs: { p50: number; p99: number; max: number };
  violations: string[];
}

/** Publishes posts over a day while everything goes well. */
export async function measurePunctuality(universe: Universe, seed: number, posts: number): Promise<Punctuality> {
  const { lateness, published, violations } = await universe.run({
    scenario: calmScenario(seed, posts),
    faults: noFaults,
  });
  const sorted = lateness.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? NaN;
  return {
    posts,
    published,
    early: sorted.filter((ms) => ms < 0).length,
    latenessMs: { p50: at(0.5), p99: at(0.99), max: at(1) },
    violations,
  };
}

export function checksOf({ posts, published, early, latenessMs, violations }: Punctuality): Check[] {
  return [
    { name: 'every post goes out', isGood: published === posts, why: `${published} of ${posts}` },
    { name: 'nothing goes out before its time', isGood: early === 0, why: `${early} did` },
    { name: '99 % go out within two seconds', isGood: latenessMs.p99 <= 2_000, why: `${latenessMs.p99} ms` },
    { name: 'all go out within 31 seconds', isGood: latenessMs.max <= 31_000, why: `${latenessMs.max} ms` },
    { name: 'nothing else is wrong', isGood: violations.length === 0, why: violations.slice(0, 5).join('; ') },
  ];
}
