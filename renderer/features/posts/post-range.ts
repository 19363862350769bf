import { instantAt, ownZone, wallTimeAt } from '../../components/zoned-time.ts';
import type { PostFilter } from './filter/post-filter.ts';

const dayMs = 86_400_000;

/**
 * The stretch of time that a filter means, as instants: its days (by this computer's calendar, both included), else
 * what is useful for what is shown; words are looked for at any time. Starts of days, so that it stays the same all day.
 */
export function rangeOf(filter: PostFilter): { from?: string; to?: string } {
  const to = filter.to === undefined ? undefined : nextDay(filter.to);
  const from = filter.from ?? (filter.to === undefined ? usualStart(filter) : undefined);
  return {
    ...(from === undefined ? {} : { from: startOf(from) }),
    ...(to === undefined ? {} : { to: startOf(to) }),
  };
}

function usualStart({ groups, need, text }: PostFilter): string | undefined {
  if (text !== '' || need !== undefined) return undefined;
  if (groups.length === 0 || groups.includes('all')) return dayFromToday(-1);
  return groups.includes('published') ? dayFromToday(-30) : undefined;
}

/** The calendar day so many days from today, `YYYY-MM-DD`. */
export function dayFromToday(days: number): string {
  const today = wallTimeAt(Date.now(), ownZone).slice(0, 10);
  return new Date(Date.parse(`${today}T00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The instant a day begins on this computer. */
export function startOf(day: string): string {
  return instantAt(`${day}T00:00`, ownZone);
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00Z`) + dayMs).toISOString().slice(0, 10);
}
