import { expect, it } from 'vitest';
import { insightsSearch, monthsBefore, periodOf } from './insights-search.ts';

it('takes from an address only what it understands', () => {
  const good = { period: 'custom', from: '2026-02-01', to: '2026-02-28', network: 'tiktok' };
  expect(insightsSearch({ ...good, client: 'x' })).toEqual(good);
  expect(insightsSearch({ period: 'year', from: '2026-02-30', to: 7, network: 'x' })).toEqual({});
});

it.each([
  [{}, '2026-11-04', '2026-12-01'],
  [{ period: 'days7' }, '2026-11-25', '2026-12-01'],
  [{ period: 'thisMonth' }, '2026-12-01', '2026-12-01'],
  [{ period: 'lastMonth' }, '2026-11-01', '2026-11-30'],
  [{ period: 'custom', from: '2026-03-02', to: '2026-03-01' }, '2026-03-01', '2026-03-02'],
  [{ period: 'custom', from: '2020-03-02', to: '2026-03-01' }, '2025-03-01', '2026-03-01'],
  [{ period: 'custom', from: '2026-03-02' }, '2026-11-04', '2026-12-01'],
] as const)('%o are the days from %s to %s', (search, from, to) => {
  expect(periodOf(search, '2026-12-01')).toEqual({ from, to });
});

it('offers whole months for reports', () => {
  expect(monthsBefore('2026-02-10').slice(0, 3)).toEqual(['2026-01', '2025-12', '2025-11']);
  expect(new Set(monthsBefore('2026-02-10')).size).toBe(12);
});
