import { describe, expect, it } from 'vitest';
import { clockTime, laterBy } from './clock.ts';
import { slotWeeks } from './slot-weeks.ts';

const slot = (at: string, wallTime: string) => ({ at, wallTime, taken: false });

describe('slotWeeks', () => {
  it('groups by the client’s own weeks, whatever day it is in UTC', () => {
    const slots = [slot('2026-12-06T23:30:00Z', '2026-12-07T08:30'), slot('2026-12-05T23:30:00Z', '2026-12-06T08:30')];
    const weeks = slotWeeks(slots.toReversed(), 'Asia/Tokyo', 'Europe/London', Date.parse('2026-12-01T00:00:00Z'));
    expect(weeks.map(({ monday }) => monday)).toEqual(['2026-11-30', '2026-12-07']);
    expect(weeks.flatMap((week) => week.slots.flatMap(({ changes }) => changes))).toEqual([]);
  });

  it('points out where clocks are set, in the client’s zone and in mine, each once', () => {
    const slots = [
      slot('2027-03-12T14:00:00Z', '2027-03-12T09:00'),
      slot('2027-03-15T13:00:00Z', '2027-03-15T09:00'),
      slot('2027-03-29T13:00:00Z', '2027-03-29T09:00'),
    ];
    const now = Date.parse('2027-03-10T00:00:00Z');
    const lines = slotWeeks(slots, 'America/New_York', 'Europe/Berlin', now).flatMap((week) => week.slots);
    expect(lines.map(({ changes }) => changes)).toEqual([
      [],
      [{ zone: 'America/New_York', minutes: 60 }],
      [{ zone: 'Europe/Berlin', minutes: 60 }],
    ]);
  });

  it('counts a change before the first slot, and shows where a skipped time goes', () => {
    const slots = [slot('2027-03-28T01:30:00Z', '2027-03-28T02:30')];
    const [week] = slotWeeks(slots, 'Europe/Berlin', 'Europe/Berlin', Date.parse('2027-03-27T12:00:00Z'));
    expect(week?.slots[0]).toMatchObject({ changes: [{ zone: 'Europe/Berlin', minutes: 60 }], movedTo: '03:30' });
  });
});

it('adds minutes to a wall time over midnight', () => {
  expect(laterBy('09:00', 30)).toBe('09:30');
  expect(laterBy('23:50', 20)).toBe('00:10');
  expect(clockTime('09:05')).toBe('09:05');
});
