import { instantAt, ownZone, wallTimeAt } from '../../components/zoned-time.ts';
import type { PostGroup } from './post-groups.ts';

const dayMs = 86_400_000;

/**
 * The stretch of time a list asks for, as instants: the chosen days (`YYYY-MM-DD`, by this computer's calendar,
 * both included), else what is useful for the group. Starts of days, so that it stays the same all day.
 */
export function rangeOf(chosen: { from?: string; to?: string }, group: PostGroup): { from?: string; to?: string } {
  const from =
    chosen.from ?? (group === 'all' ? dayFromToday(-1) : group === 'published' ? dayFromToday(-30) : undefined);
  const to = chosen.to === undefined ? undefined : nextDay(chosen.to);
  return {
    ...(from === undefined ? {} : { from: startOf(from) }),
    ...(to === undefined ? {} : { to: startOf(to) }),
  };
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
