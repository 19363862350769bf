import { currentLocale } from '../../../i18n/i18n.ts';

/** This calendar month in UTC, `2026-11`. */
export function thisMonth(now = Date.now()): string {
  return new Date(now).toISOString().slice(0, 7);
}

/** The month `by` months later. @param month `2026-11` */
export function monthLater(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by)).toISOString().slice(0, 7);
}

/** `November 2026`, or `Nov` where room is small. @param month `2026-11` */
export function monthName(month: string, isShort = false): string {
  const format: Intl.DateTimeFormatOptions = isShort ? { month: 'short' } : { month: 'long', year: 'numeric' };
  return new Date(`${month}-01T00:00Z`).toLocaleDateString(currentLocale(), { ...format, timeZone: 'UTC' });
}
