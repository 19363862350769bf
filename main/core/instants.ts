import { Temporal } from 'temporal-polyfill';
import { Unprocessable } from './errors.ts';

/** UTC ms as `2026-11-24T09:00:00.000Z`. */
export function isoOf(instant: number): string {
  return new Date(instant).toISOString();
}

/** Like {@link isoOf}, null stays null. */
export function isoOrNull(instant: number | null): string | null {
  return instant === null ? null : isoOf(instant);
}

/**
 * UTC ms of an ISO instant with its offset.
 * @param field named in the problem when the text is no instant
 * @throws {Unprocessable}
 */
export function instantOf(text: string, field: string): number {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    throw new Unprocessable([{ field, code: 'instant', message: 'Use a time such as 2026-11-24T09:00:00Z.' }]);
  }
}

/** UTC ms at which the calendar month (UTC) of an instant began. */
export function monthStartOf(instant: number): number {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('UTC').with({ day: 1 }).startOfDay()
    .epochMilliseconds;
}

/** Calendar day (UTC) of an instant: `2026-11-24`. */
export function dayOf(instant: number): string {
  return isoOf(instant).slice(0, 10);
}
