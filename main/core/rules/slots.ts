import { Temporal } from 'temporal-polyfill';
import { type Rules, weekdays } from '../../../shared/contract/rules.ts';

/** A moment at which the rules want a post. */
export interface Slot {
  /** UTC ms. */
  at: number;
  /** As the rules name it, in the client's zone: `2026-11-24T09:00`. */
  wallTime: string;
}

/**
 * The slots in `[from, to)`, UTC ms, in order of time. Each ISO week of the client's zone has at most
 * `postsPerWeek`, spread evenly over the days and times the rules allow, and the same ones whatever
 * window is asked for.
 */
export function slotsBetween(
  rules: Pick<Rules, 'postsPerWeek' | 'days' | 'times'>,
  timezone: string,
  from: number,
  to: number,
): Slot[] {
  if (to <= from) return [];
  const end = Temporal.PlainDate.from(wallTimeOf(to, timezone)).add({ days: 1 });
  const slots: Slot[] = [];
  let monday = mondayOf(Temporal.PlainDate.from(wallTimeOf(from, timezone)).subtract({ days: 1 }));
  for (; Temporal.PlainDate.compare(monday, end) <= 0; monday = monday.add({ weeks: 1 })) {
    slots.push(...slotsOfWeek(rules, timezone, monday));
  }
  return slots.filter(({ at }) => at >= from && at < to).sort((a, b) => a.at - b.at);
}

/**
 * The instant at which the clocks of a zone show a wall time. A time that the clocks skip is moved
 * forward by what they skip; of a time that comes twice the first is meant (the rule of RFC 5545).
 * @param wallTime `2026-11-24T09:00`
 * @param timezone IANA name
 * @returns UTC ms
 * @throws {RangeError} when either is not what it should be
 */
export function instantOfWallTime(wallTime: string, timezone: string): number {
  const zoned = Temporal.PlainDateTime.from(wallTime).toZonedDateTime(timezone, { disambiguation: 'compatible' });
  return zoned.epochMilliseconds;
}

/** What the clocks of a zone show at an instant (UTC ms), to the minute: `2026-11-24T09:00`. */
export function wallTimeOf(instant: number, timezone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(timezone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

function slotsOfWeek(
  rules: Pick<Rules, 'postsPerWeek' | 'days' | 'times'>,
  timezone: string,
  monday: Temporal.PlainDate,
): Slot[] {
  const possible = new Map<number, Slot>();
  for (const [index, weekday] of weekdays.entries()) {
    if (!rules.days.includes(weekday)) continue;
    const date = monday.add({ days: index }).toString();
    for (const time of [...rules.times].sort()) {
      const wallTime = `${date}T${time}`;
      const at = instantOfWallTime(wallTime, timezone);
      if (!possible.has(at)) possible.set(at, { at, wallTime });
    }
  }
  return spread([...possible.values()], rules.postsPerWeek);
}

/** `count` of the items, evenly from first to last: the middle one of each of `count` equal shares. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (count >= items.length) return [...items];
  return Array.from({ length: count }, (_, share) => {
    return items[Math.floor(((2 * share + 1) * items.length) / (2 * count))] as T;
  });
}

function mondayOf(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.subtract({ days: date.dayOfWeek - 1 });
}
