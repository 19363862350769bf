import { type Platform, platforms } from '../../../shared/domain/platform.ts';
import { addDays } from '../../../shared/domain/days.ts';
import { currentLocale } from '../../i18n/i18n.ts';

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

/**
 * The days that a view shows around a day: the first of them, and the first after them.
 * @param weekday that weeks begin with, 0 is Sunday
 */
export function daysShown(view: CalendarView, day: string, weekday: number): { from: string; to: string } {
  switch (view) {
    case 'month': {
      const next = step('month', day, 1);
      return { from: weekOf(firstOfMonth(day), weekday), to: addDays(weekOf(addDays(next, -1), weekday), 7) };
    }
    case 'week':
      return { from: weekOf(day, weekday), to: addDays(weekOf(day, weekday), 7) };
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

/** `November 2026`, `23–29 Nov 2026`, `Mon, 23 Nov 2026`, as the person's language writes it. */
export function titleOf(view: CalendarView, day: string, weekday: number): string {
  if (view === 'month') return inWords(day, { month: 'long', year: 'numeric' });
  if (view === 'day') return inWords(day, { weekday: 'short', ...dayParts });
  const { from, to } = daysShown(view, day, weekday);
  return formatOf(dayParts).formatRange(Date.parse(from), Date.parse(addDays(to, -1)));
}

/** The time of a wall clock, `2026-11-24T09:00`, as people write it: `09:00`, `9:00 AM`. */
export function timeOf(wall: string): string {
  return formatOf({ timeStyle: 'short' }).format(Date.parse(`${wall}Z`));
}

/** The name of a day: `Tue`. */
export function weekdayOf(day: string): string {
  return inWords(day.slice(0, 10), { weekday: 'short' });
}

/** `May 19, 2027`, for who cannot see where it stands. */
export function spokenDay(day: string): string {
  return inWords(day, { dateStyle: 'long' });
}

function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

/** The first day of the week that a day is in. */
function weekOf(day: string, first: number): string {
  const weekday = new Date(`${day}T00:00Z`).getUTCDay();
  return addDays(day, -((weekday - first + 14) % 7));
}

const dayParts = { day: 'numeric', month: 'short', year: 'numeric' } as const;

function inWords(day: string, parts: Intl.DateTimeFormatOptions): string {
  return formatOf(parts).format(Date.parse(`${day}T00:00Z`));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once each: a month of entries asks for hundreds. */
function formatOf(parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${currentLocale()} ${JSON.stringify(parts)}`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat(currentLocale(), { timeZone: 'UTC', ...parts });
  formats.set(name, format);
  return format;
}

/** A day that exists, in years that a calendar is for: 2026-02-30 is none. */
function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(value)) return false;
  const date = new Date(`${value}T00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
