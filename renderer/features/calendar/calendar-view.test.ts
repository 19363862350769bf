import { addDays } from '../../../shared/domain/days.ts';
import '../../i18n/english.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarSearch, calendarViews, daysShown, step, titleOf } from './calendar-view.ts';

const day = fc
  .date({ min: new Date('2001-02-01'), max: new Date('2098-12-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const view = fc.constantFrom(...calendarViews);

describe('the days a view shows', () => {
  it.each([
    ['month', '2026-11-23', '2026-10-26', '2026-12-07'],
    ['month', '2027-02-10', '2027-02-01', '2027-03-01'],
    ['week', '2026-11-29', '2026-11-23', '2026-11-30'],
    ['week', '2027-01-01', '2026-12-28', '2027-01-04'],
    ['day', '2026-12-31', '2026-12-31', '2027-01-01'],
    ['agenda', '2026-11-23', '2026-11-23', '2026-12-07'],
  ] as const)('%s around %s', (name, around, from, to) => {
    expect(daysShown(name, around, 1)).toEqual({ from, to });
  });

  it('hold the day, whatever it is, and whole weeks where weeks are shown', () => {
    fc.assert(
      fc.property(view, day, fc.integer({ min: 0, max: 6 }), (name, around, weekday) => {
        const { from, to } = daysShown(name, around, weekday);
        expect(from <= around && around < to).toBe(true);
        const length = (Date.parse(to) - Date.parse(from)) / 86_400_000;
        if (name !== 'month' && name !== 'week') return;
        expect(length % 7).toBe(0);
        expect(new Date(from).getUTCDay()).toBe(weekday);
      }),
    );
  });

  it('lie side by side when one goes on', () => {
    fc.assert(
      fc.property(fc.constantFrom('week', 'day', 'agenda'), day, (name, around) => {
        expect(daysShown(name, step(name, around, 1), 0).from).toBe(daysShown(name, around, 0).to);
      }),
    );
  });
});

it('goes from month to month without leaving one out', () => {
  expect(step('month', '2026-01-31', 1)).toBe('2026-02-01');
  expect(step('month', '2026-01-31', -1)).toBe('2025-12-01');
  expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
});

it('says which days are shown', () => {
  // Engines differ about spaces and commas.
  const plain = (text: string) => text.replaceAll(/\s*–\s*/g, ' – ');
  expect(titleOf('month', '2026-11-23', 1)).toBe('November 2026');
  expect(plain(titleOf('week', '2026-11-23', 1))).toBe('23 – 29 Nov 2026');
  expect(plain(titleOf('week', '2026-12-01', 1))).toBe('30 Nov – 6 Dec 2026');
  expect(plain(titleOf('week', '2027-01-01', 1))).toBe('28 Dec 2026 – 3 Jan 2027');
  expect(titleOf('day', '2026-11-23', 1)).toMatch(/^Mon,? 23 Nov 2026$/);
});

it('takes from an address only what it understands', () => {
  expect(
    calendarSearch({ view: 'week', day: '2026-02-28', network: 'tiktok', color: 'client', slots: 'hide' }),
  ).toEqual({
    view: 'week',
    day: '2026-02-28',
    network: 'tiktok',
    color: 'client',
    slots: 'hide',
  });
  expect(
    calendarSearch({ view: 'year', day: '2026-02-30', network: 'x', color: 1, slots: null, tab: 'rules' }),
  ).toEqual({});
});

it('begins weeks with the day that it is told', () => {
  expect(daysShown('week', '2026-11-24', 0)).toEqual({ from: '2026-11-22', to: '2026-11-29' });
  expect(daysShown('week', '2026-11-24', 6)).toEqual({ from: '2026-11-21', to: '2026-11-28' });
});
