import { withInstants } from '../../shared/domain/filled-in-instants.ts';
import { currentLocale, t } from '../i18n/i18n.ts';
import { said } from '../i18n/said.ts';
import { ownZone, showSameTime, wallTimeAt, zoneCity } from './zoned-time.ts';

/** Instants, numbers and amounts as people of the shown language and the person's own region write them. */

const dayMs = 86_400_000;

/** `09:00`, or `9:00 AM`, as a clock of the zone shows it. */
export function formatTime(instant: string, zone = ownZone): string {
  return dateFormat({ timeZone: zone, timeStyle: 'short' }).format(Date.parse(instant));
}

/** The same with seconds: `09:00:07`. */
export function formatSeconds(instant: string, zone = ownZone): string {
  return dateFormat({ timeZone: zone, timeStyle: 'medium' }).format(Date.parse(instant));
}

/** `Today`, `Tomorrow`, `Yesterday` or `Thu 26 Nov`, by the zone's calendar. */
export function formatDay(instant: string, zone = ownZone, now = Date.now()): string {
  return capitalised(dayWords(instant, zone, now));
}

/** `Thu 26 Nov, 09:00`, or `Today, 09:00`. */
export function formatDayTime(instant: string, zone = ownZone): string {
  return capitalised(dayTimeWords(instant, zone));
}

/** The same inside a sentence, naming the place when its clock differs from ours: `tomorrow, 09:00 in Berlin`. */
export function formatWhen(instant: string, zone: string): string {
  const when = dayTimeWords(instant, zone);
  return showSameTime(instant, zone, ownZone) ? when : t('common:time.inPlace', { when, city: zoneCity(zone) });
}

/** `Thursday 26 November`: the day of an instant on this computer's calendar. */
export function formatLongDay(instant: string): string {
  return dateFormat({ weekday: 'long', day: 'numeric', month: 'long' }).format(Date.parse(instant));
}

/** `in 3 hours`, `5 minutes ago`, `just now`. */
export function formatRelative(instant: string, now = Date.now()): string {
  const seconds = (Date.parse(instant) - now) / 1_000;
  const distance = Math.abs(seconds);
  if (distance < 45) return seconds > 5 ? t('common:time.inAMoment') : t('common:time.justNow');
  if (distance < 45 * 60) return relative(Math.round(seconds / 60), 'minute');
  if (distance < 22 * 3_600) return relative(Math.round(seconds / 3_600), 'hour');
  return relative(Math.round(seconds / 86_400), 'day');
}

/** `1,200`. */
export function formatNumber(value: number, parts: Intl.NumberFormatOptions = {}): string {
  return numberFormat(parts).format(value);
}

/** Millionths of a US dollar as `$4.31`. */
export function formatUsd(microUsd: number): string {
  const parts = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;
  return numberFormat(parts).format(microUsd / 1_000_000);
}

/** `1.4 sec`, `12 ms`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return formatUnit(Math.round(ms), 'millisecond');
  return ms < 60_000 ? formatUnit(ms / 1_000, 'second') : formatUnit(Math.round(ms / 60_000), 'minute');
}

/** `640 kB`, `12.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return formatUnit(Math.max(1, Math.round(bytes / 1_000)), 'kilobyte');
  return bytes < 1_000_000_000
    ? formatUnit(bytes / 1_000_000, 'megabyte')
    : formatUnit(bytes / 1_000_000_000, 'gigabyte');
}

/** `Facebook, Instagram and TikTok`. */
export function formatList(names: Iterable<string>): string {
  return new Intl.ListFormat(currentLocale()).format(names);
}

/**
 * What the core says, in the person's language; its instants as this computer's clock shows them, or the clock of the
 * zone they name.
 */
export function withLocalTimes(message: string): string {
  return withInstants(said(message), (instant, zone = ownZone) => formatWhen(instant, zone));
}

/** The weekday that weeks begin with where the person lives; 0 is Sunday. */
export function firstWeekday(): number {
  const locale: Intl.Locale & { getWeekInfo?: () => { firstDay: number } } = new Intl.Locale(currentLocale());
  return (locale.getWeekInfo?.().firstDay ?? 1) % 7;
}

/** Whether clocks count to twelve twice where the person lives. */
export function hasHalfDays(): boolean {
  return dateFormat({ timeStyle: 'short' }).resolvedOptions().hour12 === true;
}

/** As inside a sentence: `today`, `Thu 26 Nov`. */
function dayWords(instant: string, zone: string, now: number): string {
  const day = wallTimeAt(instant, zone).slice(0, 10);
  const distance = Math.round((Date.parse(day) - Date.parse(wallTimeAt(now, zone).slice(0, 10))) / dayMs);
  if (Math.abs(distance) <= 1) return relative(distance, 'day');
  const sameYear = day.slice(0, 4) === wallTimeAt(now, zone).slice(0, 4);
  return dateFormat({
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(Date.parse(instant));
}

function dayTimeWords(instant: string, zone: string): string {
  return t('common:time.dayAndTime', {
    day: dayWords(instant, zone, Date.now()),
    time: formatTime(instant, zone),
  });
}

function relative(distance: number, unit: Intl.RelativeTimeFormatUnit): string {
  const parts = { numeric: 'auto' } as const;
  const format = kept(relativeFormats, parts, () => new Intl.RelativeTimeFormat(currentLocale(), parts));
  return format.format(distance, unit);
}

function formatUnit(value: number, unit: string): string {
  return numberFormat({ style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value);
}

function capitalised(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase(currentLocale()) + text.slice(1);
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

/** Writes instants in these parts. A format is far dearer to make than to use, so each is made once. */
export function dateFormat(parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(dateFormats, parts, () => new Intl.DateTimeFormat(currentLocale(), parts));
}

function numberFormat(parts: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(numberFormats, parts, () => new Intl.NumberFormat(currentLocale(), parts));
}

function kept<F>(formats: Map<string, F>, parts: object, make: () => F): F {
  const key = `${currentLocale()} ${JSON.stringify(parts)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const format = make();
  formats.set(key, format);
  return format;
}
