import { afterAll, describe, expect, it } from 'vitest';
import { speak } from '../i18n/i18n.ts';
import { english } from '../i18n/english.ts';
import {
  firstWeekday,
  formatBytes,
  formatDay,
  formatDayTime,
  formatDuration,
  formatList,
  formatNumber,
  formatRelative,
  formatTime,
  formatUsd,
  formatWhen,
  hasHalfDays,
  withLocalTimes,
} from './format.ts';
import { ownZone } from './zoned-time.ts';

const now = Date.parse('2026-11-24T10:00:00Z');
const elsewhere = ownZone === 'Asia/Kolkata' ? 'Europe/Berlin' : 'Asia/Kolkata';
/** Narrow and unbreakable spaces as plain ones. */
const plain = (text: string) => text.replaceAll(/[  ]/g, ' ');
const soon = new Date(Date.now() + 60_000).toISOString();

afterAll(() => speak('en', english, 'en-GB'));

describe('in British English', () => {
  it('shows days and times', () => {
    expect(formatTime('2026-11-24T09:05:00Z', 'Europe/Berlin')).toBe('10:05');
    expect(formatDay('2026-11-24T23:30:00Z', 'UTC', now)).toBe('Today');
    expect(formatDay('2026-11-24T23:30:00Z', 'Europe/Berlin', now)).toBe('Tomorrow');
    expect(formatDay('2026-11-23T23:30:00Z', 'UTC', now)).toBe('Yesterday');
    expect(formatDay('2026-12-03T10:00:00Z', 'UTC', now)).toMatch(/^Thu,? 3 Dec$/);
    expect(formatDay('2027-12-03T10:00:00Z', 'UTC', now)).toMatch(/^Fri,? 3 Dec 2027$/);
    expect(formatDayTime(soon)).toBe(`${formatDay(soon)}, ${formatTime(soon)}`);
    expect(formatWhen(soon, elsewhere)).toMatch(/^(today|tomorrow), \d\d:\d\d in (Kolkata|Berlin)$/);
    expect(withLocalTimes(`Due at ${soon}.`)).toMatch(/^Due (today|tomorrow), \d\d:\d\d\.$/);
    expect(withLocalTimes('Due 2027-01-04T09:00:00+05:30[Asia/Kolkata].')).toBe(
      `Due ${formatWhen('2027-01-04T03:30:00Z', 'Asia/Kolkata')}.`,
    );
    expect(withLocalTimes('Use a time such as 2026-11-24T09:00:00Z.')).toBe('Use a time such as 2026-11-24T09:00:00Z.');
  });

  it('shows how far something is', () => {
    expect(formatRelative('2026-11-24T10:03:00Z', now)).toBe('in 3 minutes');
    expect(formatRelative('2026-11-24T08:00:00Z', now)).toBe('2 hours ago');
    expect(formatRelative('2026-11-25T10:00:00Z', now)).toBe('tomorrow');
    expect(formatRelative('2026-11-24T10:00:20Z', now)).toBe('in a moment');
    expect(formatRelative('2026-11-24T09:59:50Z', now)).toBe('just now');
  });

  it('shows amounts', () => {
    expect(formatNumber(1200)).toBe('1,200');
    expect(formatUsd(4_312_000)).toBe('$4.31');
    expect(formatDuration(12)).toBe('12 ms');
    expect(formatDuration(1_400)).toMatch(/^1\.4 secs?$/);
    expect(formatBytes(640_000)).toBe('640 kB');
    expect(formatBytes(12_440_000)).toBe('12.4 MB');
    expect(formatBytes(1)).toBe('1 kB');
    expect(formatList(['Facebook', 'Instagram', 'TikTok'])).toBe('Facebook, Instagram and TikTok');
    expect(firstWeekday()).toBe(1);
    expect(hasHalfDays()).toBe(false);
  });
});

describe('in other languages and regions', () => {
  it('follows the person, as in Austria', async () => {
    await speak('de', { common: english.common }, 'de-AT');
    expect(formatDay('2026-11-24T23:30:00Z', 'UTC', now)).toBe('Heute');
    expect(formatDay('2026-12-03T10:00:00Z', 'UTC', now)).toMatch(/^Do\.?, 3\. Dez\.?$/);
    expect(formatRelative('2026-11-24T10:03:00Z', now)).toBe('in 3 Minuten');
    expect(plain(formatUsd(4_312_000))).toMatch(/4,31/);
    expect(formatList(['Facebook', 'TikTok'])).toBe('Facebook und TikTok');
    expect(firstWeekday()).toBe(1);
  });

  it('counts hours to twelve and begins weeks on Sunday in the United States', async () => {
    await speak('en', english, 'en-US');
    expect(plain(formatTime('2026-11-24T21:05:00Z', 'UTC'))).toBe('9:05 PM');
    expect(formatDay('2026-12-03T10:00:00Z', 'UTC', now)).toBe('Thu, Dec 3');
    expect(hasHalfDays()).toBe(true);
    expect(firstWeekday()).toBe(0);
  });

  it('begins weeks on Saturday in Egypt', async () => {
    await speak('ar', { common: english.common }, 'ar-EG');
    expect(firstWeekday()).toBe(6);
    expect(formatRelative('2026-11-25T10:00:00Z', now)).toBe('غدًا');
  });
});
