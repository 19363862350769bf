import type { DataAge } from '../../main/core/control/data-age.ts';

/** Data that nothing is to be doubted about. */
export const upToDate: Pick<DataAge, 'halt' | 'unsettled' | 'isDoubtful' | 'sentSince' | 'settled'> = {
  halt: () => null,
  unsettled: () => null,
  isDoubtful: () => false,
  sentSince: () => new Set(),
  settled: () => Promise.resolve(),
};
