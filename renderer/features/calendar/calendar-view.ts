import { type Platform, platforms } from '../../../shared/domain/platform.ts';

export const calendarViews = ['month', 'week', 'day', 'agenda'] as const;
export type CalendarView = (typeof calendarViews)[number];

/** What the address says about a calendar; whatever is left out has its usual value. */
export interface CalendarSearch {
  view?: CalendarView;
  /** A day that is shown, `YYYY-MM-DD`; today by default. */
  day?: string;
  network?: Platform;
  color?: 'client' | 'status';
  /** Whether free slots are shown where that is not usual, or hidden where it is. */
  slots?: 'show' | 'hide';
}

const dayMs = 86_400_000;
const agendaDays = 14;

/** Keeps what an address rightly says about a calendar. */
export function calendarSearch(search: Record<string, unknown>): CalendarSearch {
  const view = calendarViews.find((name) => name === search.view);
  const network = platforms.find((name) => name === search.network);
  const color = (['client', 'status'] as const).find((name) => name === search.color);
  const slots = (['show', 'hide'] as const).find((name) => name === search.slots);
  return {
    ...(view && { view }),
    ...(isDay(search.day) && { day: search.day }),
    ...(network && { network }),
    ...(color && { color }),
    ...(slots && { slots }),
  };
}

/** The days that a view shows around a day: the first of them, and the first after them. Weeks begin on Monday. */
export function daysShown(view: CalendarView, day: string): { from: string; to: string } {
  switch (view) {
    case 'month': {
      const next = step('month', day, 1);
      return { from: mondayOf(firstOfMonth(day)), to: addDays(mondayOf(addDays(next, -1)), 7) };
    }
    case 'week':
      return { from: mondayOf(day), to: addDays(mondayOf(day), 7) };
    case 'day':
      return { from: day, to: addDays(day, 1) };
    case 'agenda':
      return { from: day, to: addDays(day, agendaDays) };
  }
}

/** The day to show after going on (1) or back (-1) by one page of a view. */
export function step(view: CalendarView, day: string, direction: 1 | -1): string {
  if (view === 'month') {
    const date = new Date(`${firstOfMonth(day)}T00:00Z`);
    date.setUTCMonth(date.getUTCMonth() + direction);
    return date.toISOString().slice(0, 10);
  }
  const days = { week: 7, day: 1, agenda: agendaDays }[view];
  return addDays(day, days * direction);
}

/** `November 2026`, `23 – 29 Nov 2026`, `Mon, 23 Nov 2026`. */
export function titleOf(view: CalendarView, day: string): string {
  if (view === 'month') return inWords(day, { month: 'long', year: 'numeric' });
  if (view === 'day') return inWords(day, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const { from, to } = daysShown(view, day);
  const last = addDays(to, -1);
  const end = inWords(last, { day: 'numeric', month: 'short', year: 'numeric' });
  if (from.slice(0, 7) === last.slice(0, 7)) return `${Number(from.slice(8))} – ${end}`;
  const year = from.slice(0, 4) === last.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return `${inWords(from, { day: 'numeric', month: 'short', ...year })} – ${end}`;
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

function inWords(day: string, parts: Intl.DateTimeFormatOptions): string {
  return new Date(`${day}T00:00Z`).toLocaleDateString('en-GB', { timeZone: 'UTC', ...parts });
}

/** A day that exists, in years that a calendar is for: 2026-02-30 is none. */
function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(value)) return false;
  const date = new Date(`${value}T00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
