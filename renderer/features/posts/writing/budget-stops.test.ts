import { expect, it } from 'vitest';
import type { Estimate } from '../../../../shared/contract/writing.ts';
import { stopsOf } from './budget-stops.ts';

function estimate(clientName: string, price: number, budgetLeftMicroUsd: number | null): Estimate {
  const none = { count: 0, microUsd: 0 };
  return {
    clientId: clientName,
    clientName,
    timezone: 'UTC',
    slots: [],
    taken: 0,
    networks: [],
    captions: none,
    images: { count: 1, microUsd: price },
    videos: none,
    seconds: 1,
    budgetLeftMicroUsd,
    blocked: null,
  };
}

it.each([
  ['nothing is limited', [estimate('Café', 900, null)], null, []],
  ['all fits', [estimate('Café', 900, 900), estimate('Gym', 100, null)], 1_000, []],
  ['only one client has less', [estimate('Café', 900, 300), estimate('Gym', 100, null)], null, [['Café', 300]]],
  ['that of all is less', [estimate('Café', 900, null)], 899, [[null, 899]]],
  [
    'a client’s own takes nothing more from that of all',
    [estimate('Café', 900, 0), estimate('Gym', 100, null)],
    100,
    [['Café', 0]],
  ],
  [
    'both end it',
    [estimate('Café', 900, 300), estimate('Gym', 100, null)],
    399,
    [
      [null, 399],
      ['Café', 300],
    ],
  ],
])('budgets end the writing: %s', (_, estimates, leftOfAll, stops) => {
  expect(stopsOf(estimates, leftOfAll).map(({ client, left }) => [client, left])).toEqual(stops);
});
