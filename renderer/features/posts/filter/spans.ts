import { addDays } from '../../../../shared/domain/days.ts';
import { day } from './post-filter.ts';

/** First and last day of a stretch of time, `YYYY-MM-DD`, both included; open where undefined. */
export interface Span {
  from?: string;
  to?: string;
}

/** Names of stretches of time, as they are typed. Weeks begin on Monday. */
export const spanNames = [
  'today',
  'tomorrow',
  'yesterday',
  'this-week',
  'next-week',
  'last-week',
  'this-month',
  'next-month',
  'last-month',
] as const;
export type SpanName = (typeof spanNames)[number];

/** The days that a name means on the day `today`. */
export function spanOf(name: SpanName, today: string): Required<Span> {
  const monday = addDays(today, -((new Date(`${today}T00:00Z`).getUTCDay() + 6) % 7));
  switch (name) {
    case 'today':
      return { from: today, to: today };
    case 'tomorrow':
      return oneDay(addDays(today, 1));
    case 'yesterday':
      return oneDay(addDays(today, -1));
    case 'this-week':
      return { from: monday, to: addDays(monday, 6) };
    case 'next-week':
      return { from: addDays(monday, 7), to: addDays(monday, 13) };
    case 'last-week':
      return { from: addDays(monday, -7), to: addDays(monday, -1) };
    case 'this-month':
      return month(today, 0);
    case 'next-month':
      return month(today, 1);
    case 'last-month':
      return month(today, -1);
  }
}

/** Reads `this-week`, `2026-11-24`, `2026-11-24..2026-11-30`, `2026-11-24..` or `..2026-11-30`; null when it is none. */
export function readSpan(text: string, today: string): Span | null {
  const name = spanNames.find((candidate) => candidate === text.toLowerCase());
  if (name !== undefined) return spanOf(name, today);
  const [first = '', last, ...more] = text.split('..');
  if (more.length > 0) return null;
  if (last === undefined) return day(first) === undefined ? null : oneDay(first);
  const [from, to] = [day(first), day(last)];
  if ((first !== '' && from === undefined) || (last !== '' && to === undefined)) return null;
  if (from === undefined && to === undefined) return null;
  if (from !== undefined && to !== undefined && to < from) return null;
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

/** A span as it is typed; empty when it is open at both ends. */
export function printSpan({ from, to }: Span, today: string): string {
  if (from === undefined && to === undefined) return '';
  const name = spanNames.find((candidate) => {
    const meant = spanOf(candidate, today);
    return meant.from === from && meant.to === to;
  });
  if (name !== undefined) return name;
  return from === to && from !== undefined ? from : `${from ?? ''}..${to ?? ''}`;
}

function oneDay(date: string): Required<Span> {
  return { from: date, to: date };
}

function month(today: string, offset: number): Required<Span> {
  const [year = 0, number = 1] = today.split('-').map(Number);
  const dayOf = (months: number, dayOfMonth: number) =>
    new Date(Date.UTC(year, number - 1 + months, dayOfMonth)).toISOString().slice(0, 10);
  return { from: dayOf(offset, 1), to: dayOf(offset + 1, 0) };
}
