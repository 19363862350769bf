import { ownZone, instantAt, wallTimeAt } from '../../components/zoned-time.ts';

/** Which posts are gone through: all that wait, or those of one week on this computer's calendar. */
export const reviewSpans = ['week', 'next'] as const;
export type ReviewSpan = (typeof reviewSpans)[number];

export interface ReviewScope {
  client?: string;
  when?: ReviewSpan;
}

/**
 * The scope as a question to the core.
 * @param now UTC ms
 * @param firstWeekday that weeks begin with; 0 is Sunday
 */
export function queryOf({ client, when }: ReviewScope, now: number, firstWeekday: number) {
  return {
    status: 'in_review' as const,
    limit: 200,
    ...(client === undefined ? {} : { clientId: client }),
    ...(when === undefined ? {} : weekOf(when, now, firstWeekday)),
  };
}

function weekOf(when: ReviewSpan, now: number, firstWeekday: number): { from: string; to: string } {
  const today = Date.parse(`${wallTimeAt(now, ownZone).slice(0, 10)}T00:00Z`);
  const sinceFirst = (new Date(today).getUTCDay() - firstWeekday + 7) % 7;
  const begin = today - (sinceFirst - (when === 'next' ? 7 : 0)) * dayMs;
  const midnight = (day: number) => instantAt(`${new Date(day).toISOString().slice(0, 10)}T00:00`, ownZone);
  return { from: midnight(begin), to: midnight(begin + 7 * dayMs) };
}

const dayMs = 86_400_000;
