import type { Estimate } from '../../../../shared/contract/writing.ts';

/** A budget that ends the writing before all of it is done. */
export interface Stop {
  /** Whose own budget it is; null for that of all clients together. */
  client: string | null;
  /** What it has left, in millionths of a US dollar. */
  left: number;
}

/**
 * Which budgets end the writing early: that of all first. What a client's own budget does not allow takes nothing from
 * that of all. Pure.
 * @param leftOfAll in millionths of a US dollar; null without a budget
 */
export function stopsOf(estimates: readonly Estimate[], leftOfAll: number | null): Stop[] {
  const own = estimates.flatMap((estimate): Stop[] => {
    const left = estimate.budgetLeftMicroUsd;
    return left !== null && priceOf(estimate) > left ? [{ client: estimate.clientName, left }] : [];
  });
  const needed = estimates.reduce((sum, estimate) => sum + affordable(estimate), 0);
  return leftOfAll !== null && needed > leftOfAll ? [{ client: null, left: leftOfAll }, ...own] : own;
}

function affordable(estimate: Estimate): number {
  return Math.min(priceOf(estimate), estimate.budgetLeftMicroUsd ?? Number.POSITIVE_INFINITY);
}

function priceOf({ captions, images, videos }: Estimate): number {
  return captions.microUsd + images.microUsd + videos.microUsd;
}
