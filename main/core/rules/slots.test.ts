import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { weekdays } from '../../../shared/contract/rules.ts';
import { instantOfWallTime, slotsBetween, wallTimeOf } from './slots.ts';

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'America/St_Johns',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Asia/Tehran',
  'America/Sao_Paulo',
  'Pacific/Chatham',
];

const hour = 3_600_000;
const day = 24 * hour;
const daily = { postsPerWeek: 70, days: [...weekdays], times: ['09:00'] };

describe('a wall time', () => {
  it.each([
    ['winter in Berlin', '2026-11-24T09:00', 'Europe/Berlin', '2026-11-24T08:00:00Z'],
    ['summer in Berlin', '2026-07-24T09:00', 'Europe/Berlin', '2026-07-24T07:00:00Z'],
    ['skipped in Berlin: an hour later', '2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
    ['twice in Berlin: the first', '2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['skipped in New York', '2026-03-08T02:15', 'America/New_York', '2026-03-08T07:15:00Z'],
    ['twice in New York', '2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00Z'],
    ['skipped on Lord Howe, by half an hour', '2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00Z'],
    ['twice on Lord Howe', '2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00Z'],
    ['a zone of half hours', '2026-01-01T00:00', 'Asia/Kolkata', '2025-12-31T18:30:00Z'],
    ['a zone of three quarters', '2026-01-01T09:00', 'Pacific/Chatham', '2025-12-31T19:15:00Z'],
    ['no summer time any more', '2026-07-01T09:00', 'Pacific/Apia', '2026-06-30T20:00:00Z'],
  ])('%s', (_, wallTime, zone, expected) => {
    expect(new Date(instantOfWallTime(wallTime, zone)).toISOString()).toBe(expected.replace('Z', '.000Z'));
  });

  it('comes back from its instant, unless the clocks skip it', () => {
    expect(wallTimeOf(instantOfWallTime('2026-11-24T09:00', 'Asia/Tehran'), 'Asia/Tehran')).toBe('2026-11-24T09:00');
    expect(wallTimeOf(instantOfWallTime('2026-03-29T02:30', 'Europe/Berlin'), 'Europe/Berlin')).toBe(
      '2026-03-29T03:30',
    );
  });
});

describe('slots', () => {
  it('keep to the days and times of the rules', () => {
    const rules = { postsPerWeek: 3, days: ['mon', 'wed', 'fri'] as const, times: ['09:00'] };
    const from = Date.UTC(2026, 10, 22);
    expect(slotsBetween({ ...rules, days: [...rules.days] }, 'Europe/Berlin', from, from + 7 * day)).toEqual([
      { at: Date.UTC(2026, 10, 23, 8), wallTime: '2026-11-23T09:00' },
      { at: Date.UTC(2026, 10, 25, 8), wallTime: '2026-11-25T09:00' },
      { at: Date.UTC(2026, 10, 27, 8), wallTime: '2026-11-27T09:00' },
    ]);
  });

  it('are spread over the week when there are fewer than days and times', () => {
    const monday = Date.UTC(2026, 10, 23);
    const days = (postsPerWeek: number): string[] =>
      slotsBetween({ ...daily, postsPerWeek }, 'UTC', monday, monday + 7 * day).map(({ wallTime }) =>
        wallTime.slice(8, 10),
      );
    expect(days(1)).toEqual(['26']);
    expect(days(2)).toEqual(['24', '28']);
    expect(days(3)).toEqual(['24', '26', '28']);
    expect(days(0)).toEqual([]);
  });

  it('come once when a skipped time meets another one', () => {
    const rules = { postsPerWeek: 70, days: ['sun' as const], times: ['02:30', '03:30', '02:30'] };
    const from = Date.UTC(2026, 2, 29);
    expect(slotsBetween(rules, 'Europe/Berlin', from, from + day)).toEqual([
      { at: Date.UTC(2026, 2, 29, 1, 30), wallTime: '2026-03-29T02:30' },
    ]);
  });

  it('are none in an empty or backward window, or without days or times', () => {
    expect(slotsBetween(daily, 'UTC', 1_000, 1_000)).toEqual([]);
    expect(slotsBetween(daily, 'UTC', day, 0)).toEqual([]);
    expect(slotsBetween({ ...daily, days: [] }, 'UTC', 0, 9 * day)).toEqual([]);
    expect(slotsBetween({ ...daily, times: [] }, 'UTC', 0, 9 * day)).toEqual([]);
  });
});

/** The instants from 2024 to 2030 at which the offset of a zone changes. */
function changesOf(zone: string): number[] {
  const changes: number[] = [];
  for (let at = Date.UTC(2024, 0, 1); at < Date.UTC(2031, 0, 1); at += day) {
    if (offsetAt(at, zone) !== offsetAt(at + day, zone)) changes.push(changeWithin(at, at + day, zone));
  }
  return changes;
}

function changeWithin(from: number, to: number, zone: string): number {
  if (to - from === 1) return to;
  const middle = Math.floor((from + to) / 2);
  return offsetAt(from, zone) === offsetAt(middle, zone)
    ? changeWithin(middle, to, zone)
    : changeWithin(from, middle, zone);
}

/** Minutes east of Greenwich. */
function offsetAt(instant: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).offsetNanoseconds / 60e9;
}

const changes = zones.map((zone) => ({ zone, at: changesOf(zone) }));

const moments = fc.constantFrom(...changes).chain(({ zone, at }) =>
  fc.record({
    zone: fc.constant(zone),
    at: at.length === 0 ? fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 11) }) : fc.constantFrom(...at),
    shift: fc.integer({ min: -3 * day, max: 3 * day }),
    span: fc.integer({ min: 1, max: 20 * day }),
  }),
);

const time = fc
  .tuple(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 23 })), fc.constantFrom(0, 15, 30, 45, 59))
  .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);

const someRules = fc.record({
  postsPerWeek: fc.integer({ min: 0, max: 70 }),
  days: fc.uniqueArray(fc.constantFrom(...weekdays)),
  times: fc.array(time, { maxLength: 5 }),
});

describe('around every change of the clocks from 2024 to 2030 in ten zones', () => {
  it('the zones that change do change in the test data', () => {
    const byZone = Object.fromEntries(changes.map(({ zone, at }) => [zone, at.length]));
    expect(byZone).toMatchObject({ 'Europe/Berlin': 14, 'America/New_York': 14, 'Australia/Lord_Howe': 14 });
    expect(byZone['Africa/Casablanca']).toBeGreaterThan(0);
    expect(byZone['Asia/Kolkata']).toBe(0);
  });

  it('slots lie in the window, rise, and show the time the rules name unless the clocks skip it', () => {
    fc.assert(
      fc.property(moments, someRules, ({ zone, at, shift, span }, rules) => {
        const from = at + shift;
        const slots = slotsBetween(rules, zone, from, from + span);
        for (const [index, slot] of slots.entries()) {
          expect(slot.at).toBeGreaterThanOrEqual(from);
          expect(slot.at).toBeLessThan(from + span);
          expect(slot.at).toBeGreaterThan(slots[index - 1]?.at ?? Number.NEGATIVE_INFINITY);
          expect(rules.times).toContain(slot.wallTime.slice(11));
          const shown = wallTimeOf(slot.at, zone);
          if (shown === slot.wallTime) {
            expect(wallTimeOf(slot.at - hour, zone)).not.toBe(shown);
            expect(wallTimeOf(slot.at - hour / 2, zone)).not.toBe(shown);
          } else {
            expect(shown > slot.wallTime).toBe(true);
            const skipped = Temporal.PlainDateTime.from(slot.wallTime).until(shown).total('minutes');
            expect(skipped).toBe(offsetAt(slot.at, zone) - offsetAt(slot.at - 2 * hour, zone));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a window and its parts have the same slots', () => {
    fc.assert(
      fc.property(
        moments,
        someRules,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ zone, at, shift, span }, rules, cut) => {
          const from = at + shift;
          const middle = from + Math.floor(span * cut);
          expect([
            ...slotsBetween(rules, zone, from, middle),
            ...slotsBetween(rules, zone, middle, from + span),
          ]).toEqual(slotsBetween(rules, zone, from, from + span));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('no week has more than the rules allow, and a full week has all it can', () => {
    fc.assert(
      fc.property(moments, someRules, ({ zone, at }, rules) => {
        const slots = slotsBetween(rules, zone, at - 21 * day, at + 21 * day);
        const weeks = Map.groupBy(slots, ({ wallTime }) => {
          const date = Temporal.PlainDate.from(wallTime);
          return date.subtract({ days: date.dayOfWeek - 1 }).toString();
        });
        for (const week of weeks.values()) expect(week.length).toBeLessThanOrEqual(rules.postsPerWeek);
        const whole = [...weeks.values()].slice(1, -1);
        const possible = rules.days.length * new Set(rules.times).size;
        for (const week of whole) {
          const expected = Math.min(rules.postsPerWeek, possible);
          expect(week.length).toBeLessThanOrEqual(expected);
          if (changes.find((entry) => entry.zone === zone)?.at.length === 0) expect(week.length).toBe(expected);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('every day has its nine o’clock, once', () => {
    fc.assert(
      fc.property(moments, ({ zone, at }) => {
        const slots = slotsBetween(daily, zone, at - 10 * day, at + 10 * day);
        const dates = slots.map(({ wallTime }) => wallTime.slice(0, 10));
        expect(new Set(dates).size).toBe(dates.length);
        for (const [index, date] of dates.entries()) {
          const before = dates[index - 1];
          if (before !== undefined) expect(Temporal.PlainDate.from(before).add({ days: 1 }).toString()).toBe(date);
        }
      }),
    );
  });
});
