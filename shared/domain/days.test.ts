import { expect, it } from 'vitest';
import { addDays } from './days.ts';

it.each([
  ['2026-11-24', 1, '2026-11-25'],
  ['2026-12-31', 1, '2027-01-01'],
  ['2028-03-01', -1, '2028-02-29'],
  ['2026-03-28', 2, '2026-03-30'],
])('%s and %i days make %s', (day, days, other) => {
  expect(addDays(day, days)).toBe(other);
});
