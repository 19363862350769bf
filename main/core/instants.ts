import { Temporal } from 'temporal-polyfill';
import { Unprocessable } from './errors.ts';

/** UTC ms as `2026-11-24T09:00:00.000Z`. */
export function isoOf(instant: number): string {
  return new Date(instant).toISOString();
}

/**
 * UTC ms with the zone that it is to be shown in, as `2026-11-24T10:00:00+01:00[Europe/Berlin]` (RFC 9557). For texts that
 * say when a post of a client is due: the dashboard writes it as the clock there shows it, in the person's language.
 */
export function zonedOf(instant: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toString();
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
