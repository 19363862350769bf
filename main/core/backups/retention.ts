import type { BackupRecord } from '../ports/index.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;

/** Of as many hours, days and weeks (UTC, weeks from Monday) as have backups, the newest of each is kept. */
export const kept = { hours: 24, days: 14, weeks: 8, ofEachOccasion: 3 };

/** What the clock did not ask for: the state before something that a person may want to undo. */
const singular = ['update', 'restore', 'person'] as const;

/**
 * Which backups need not be kept any longer: all but those of the newest 24 hours, 14 days and 8 weeks that
 * have any, and the newest three of each occasion but the clock and quitting. Those up to `now` and those from the
 * future are judged apart: whether the clock was wrong then or is wrong now, neither may push out the others.
 * @param now UTC ms
 */
export function toRemove<B extends Pick<BackupRecord, 'id' | 'takenAt' | 'occasion'>>(
  backups: readonly B[],
  now: number,
): B[] {
  const newestFirst = [...backups].sort((a, b) => b.takenAt - a.takenAt || (a.id < b.id ? 1 : -1));
  const past = newestFirst.filter(({ takenAt }) => takenAt <= now);
  const future = newestFirst.filter(({ takenAt }) => takenAt > now);
  const staying = new Set([...worthKeeping(past), ...worthKeeping(future)]);
  return newestFirst.filter((backup) => !staying.has(backup));
}

function worthKeeping<B extends Pick<BackupRecord, 'takenAt' | 'occasion'>>(newestFirst: readonly B[]): B[] {
  return [
    ...newestOfEach(newestFirst, kept.hours, ({ takenAt }) => Math.floor(takenAt / hourMs)),
    ...newestOfEach(newestFirst, kept.days, ({ takenAt }) => Math.floor(takenAt / dayMs)),
    // 1 January 1970 was a Thursday.
    ...newestOfEach(newestFirst, kept.weeks, ({ takenAt }) => Math.floor((takenAt + 3 * dayMs) / weekMs)),
    ...singular.flatMap((occasion) =>
      newestFirst.filter((backup) => backup.occasion === occasion).slice(0, kept.ofEachOccasion),
    ),
  ];
}

/** The first backup of each of the first `count` periods. */
function newestOfEach<B>(newestFirst: readonly B[], count: number, periodOf: (backup: B) => number): B[] {
  const periods = new Map<number, B>();
  for (const backup of newestFirst) {
    const period = periodOf(backup);
    if (!periods.has(period)) periods.set(period, backup);
  }
  return [...periods.values()].slice(0, count);
}
