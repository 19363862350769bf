import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantAt, showSameTime, wallTimeAt, zoneCity } from './zoned-time.ts';

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];

describe('instantAt', () => {
  it.each([
    ['2026-07-01T09:00', 'Europe/Berlin', '2026-07-01T07:00:00Z'],
    ['2026-12-01T09:00', 'Europe/Berlin', '2026-12-01T08:00:00Z'],
    ['2026-12-01T09:00', 'Asia/Kolkata', '2026-12-01T03:30:00Z'],
    // Clocks go forward from 02:00 to 03:00: 02:30 does not exist and is read as the hour after.
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
    // Clocks go back from 03:00 to 02:00: 02:30 occurs twice, the first is meant.
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00Z'],
  ])('reads %s in %s as %s', (wall, zone, instant) => {
    expect(instantAt(wall, zone)).toBe(instant);
  });

  it('undoes wallTimeAt but for the second occurrence of a repeated hour', () => {
    const minute = fc.integer({ min: Date.UTC(2024, 0) / 60_000, max: Date.UTC(2030, 0) / 60_000 });
    fc.assert(
      fc.property(minute, fc.constantFrom(...zones), (minutes, zone) => {
        const ms = minutes * 60_000;
        const back = Date.parse(instantAt(wallTimeAt(ms, zone), zone));
        expect(wallTimeAt(back, zone)).toBe(wallTimeAt(ms, zone));
        expect(back).toBeLessThanOrEqual(ms);
        expect(ms - back).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });
});

it('compares zones by what their clocks show', () => {
  expect(showSameTime('2026-12-01T09:00:00Z', 'Europe/Berlin', 'Europe/Paris')).toBe(true);
  expect(showSameTime('2026-12-01T09:00:00Z', 'Europe/Berlin', 'Europe/London')).toBe(false);
});

it('names a zone by its city', () => {
  expect(zoneCity('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
});
