import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backupOccasions } from '../../../shared/contract/backups.ts';
import type { BackupRecord } from '../ports/index.ts';
import { kept, toRemove } from './retention.ts';

type Backup = Pick<BackupRecord, 'id' | 'takenAt' | 'occasion'>;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 23, 12);

const history = fc
  .array(
    fc.record({
      // Up to a year back, and some from a future that a wrong clock told of.
      takenAt: fc.oneof(
        fc.integer({ min: now - 366 * day, max: now }),
        fc.integer({ min: now - 3 * day, max: now }),
        fc.integer({ min: now + 1, max: now + 400 * day }),
      ),
      occasion: fc.constantFrom(...backupOccasions),
    }),
    { maxLength: 250 },
  )
  .map((backups) => backups.map((backup, index): Backup => ({ ...backup, id: `backup-${index}` })));

function afterRemoval(backups: readonly Backup[], at = now): Backup[] {
  const gone = new Set(toRemove(backups, at));
  return backups.filter((backup) => !gone.has(backup));
}

function newest(backups: readonly Backup[]): number {
  return Math.max(...backups.map(({ takenAt }) => takenAt));
}

describe('what is kept of the backups', () => {
  it('always holds the newest, and the newest that is not from the future', () => {
    fc.assert(
      fc.property(history, (backups) => {
        const left = afterRemoval(backups);
        if (backups.length > 0) expect(newest(left)).toBe(newest(backups));
        const past = backups.filter(({ takenAt }) => takenAt <= now);
        const pastLeft = left.filter(({ takenAt }) => takenAt <= now);
        if (past.length > 0) expect(newest(pastLeft)).toBe(newest(past));
      }),
    );
  });

  it('is bounded, and removing again removes nothing more', () => {
    fc.assert(
      fc.property(history, (backups) => {
        const left = afterRemoval(backups);
        const most = kept.hours + kept.days + kept.weeks + 3 * kept.ofEachOccasion;
        for (const isFuture of [true, false]) {
          expect(left.filter(({ takenAt }) => takenAt > now === isFuture).length).toBeLessThanOrEqual(most);
        }
        expect(toRemove(left, now)).toEqual([]);
      }),
    );
  });

  it('has one of every hour of the last day, every day of the last fortnight, every week of the last eight', () => {
    fc.assert(
      fc.property(history, (backups) => {
        const left = afterRemoval(backups);
        const covers = (spanMs: number, periods: number, offset = 0): void => {
          const periodOf = ({ takenAt }: Backup): number => Math.floor((takenAt + offset) / spanMs);
          const current = Math.floor((now + offset) / spanMs);
          const recent = backups.filter((backup) => backup.takenAt <= now && periodOf(backup) > current - periods);
          for (const backup of recent) {
            const best = newest(recent.filter((other) => periodOf(other) === periodOf(backup)));
            expect(left.some(({ takenAt }) => takenAt === best)).toBe(true);
          }
        };
        covers(hour, kept.hours);
        covers(day, kept.days);
        covers(7 * day, kept.weeks, 3 * day);
      }),
    );
  });

  it('after a year of hourly backups is 24 hours, 14 days and 8 weeks', () => {
    let backups: Backup[] = [];
    for (let at = now - 365 * day; at <= now; at += hour) {
      backups = afterRemoval([...backups, { id: `at-${at}`, takenAt: at, occasion: 'hourly' }], at);
    }
    const ages = backups.map(({ takenAt }) => (now - takenAt) / hour).sort((a, b) => a - b);
    expect(ages.slice(0, 24)).toEqual(Array.from({ length: 24 }, (_, index) => index));
    const days = new Set(backups.map(({ takenAt }) => Math.floor(takenAt / day)));
    for (let index = 0; index < 14; index += 1) expect(days).toContain(Math.floor(now / day) - index);
    // Now is Monday noon: the eighth week back ended on a Sunday at 23:00.
    expect(ages.at(-1)).toBe(6 * 7 * 24 + 13);
    expect(backups.length).toBeLessThanOrEqual(24 + 14 + 8);
  });

  it('holds what was taken before an update and before a restore, although later ones of the hour are there', () => {
    const before: Backup[] = [
      { id: 'update', takenAt: now - 40 * 60_000, occasion: 'update' },
      { id: 'restore', takenAt: now - 30 * 60_000, occasion: 'restore' },
      { id: 'person', takenAt: now - 20 * 60_000, occasion: 'person' },
    ];
    expect(toRemove([...before, { id: 'hourly', takenAt: now - 60_000, occasion: 'hourly' }], now)).toEqual([]);
  });

  it('keeps the history when the clock falls back by years, as it does when its battery is empty', () => {
    const history: Backup[] = [];
    for (let days = 1; days <= 14; days += 1)
      history.push({ id: `${days}`, takenAt: now - days * day, occasion: 'hourly' });
    const wrong = Date.UTC(2020, 0, 1);
    const first: Backup = { id: 'wrong', takenAt: wrong, occasion: 'hourly' };
    expect(toRemove([...history, first], wrong)).toEqual([]);
  });

  it('thins out what a wrong clock took in the future like the rest, and apart from it', () => {
    const future = Array.from(
      { length: 30 },
      (_, index): Backup => ({ id: `${index}`, takenAt: now + day + index * minute, occasion: 'hourly' }),
    );
    const past: Backup = { id: 'past', takenAt: now - 60 * day, occasion: 'hourly' };
    expect(afterRemoval([...future, past]).map(({ id }) => id)).toEqual(['29', 'past']);
  });
});
