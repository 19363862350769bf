import { ownZone, showSameTime, wallTimeAt, zoneCity } from './zoned-time.ts';

const dayMs = 86_400_000;
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `09:00` as a clock of the zone shows it. */
export function formatTime(instant: string, zone = ownZone): string {
  return wallTimeAt(instant, zone).slice(11);
}

/** `Today`, `Tomorrow`, `Yesterday` or `Thu 26 Nov`, by the zone's calendar. */
export function formatDay(instant: string, zone = ownZone, now = Date.now()): string {
  const day = wallTimeAt(instant, zone).slice(0, 10);
  const distance = Math.round((Date.parse(day) - Date.parse(wallTimeAt(now, zone).slice(0, 10))) / dayMs);
  if (distance === 0) return 'Today';
  if (distance === 1) return 'Tomorrow';
  if (distance === -1) return 'Yesterday';
  const sameYear = day.slice(0, 4) === wallTimeAt(now, zone).slice(0, 4);
  return new Date(`${day}T00:00Z`).toLocaleDateString('en-GB', {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

/** `Thu 26 Nov, 09:00`. */
export function formatDayTime(instant: string, zone = ownZone): string {
  return `${formatDay(instant, zone)}, ${formatTime(instant, zone)}`;
}

/** The same inside a sentence, naming the place when its clock differs from ours: `tomorrow, 09:00 in Berlin`. */
export function formatWhen(instant: string, zone: string): string {
  const text = formatDayTime(instant, zone).replace(/^(Today|Tomorrow|Yesterday)/, (word) => word.toLowerCase());
  return showSameTime(instant, zone, ownZone) ? text : `${text} in ${zoneCity(zone)}`;
}

/** `in 3 hours`, `5 minutes ago`, `now`. */
export function formatRelative(instant: string, now = Date.now()): string {
  const seconds = (Date.parse(instant) - now) / 1_000;
  const distance = Math.abs(seconds);
  if (distance < 45) return seconds > 5 ? 'in a moment' : 'just now';
  if (distance < 45 * 60) return relative.format(Math.round(seconds / 60), 'minute');
  if (distance < 22 * 3_600) return relative.format(Math.round(seconds / 3_600), 'hour');
  return relative.format(Math.round(seconds / 86_400), 'day');
}

/** Millionths of a US dollar as `$4.31`. */
export function formatUsd(microUsd: number): string {
  return (microUsd / 1_000_000).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
}

/** `1 post`, `3 posts`. */
export function count(quantity: number, one: string, many = `${one}s`): string {
  return `${quantity.toLocaleString('en-US')} ${quantity === 1 ? one : many}`;
}

/** `1.4 s`, `12 ms`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}

/** `640 kB`, `12.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))} kB`;
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

/** A message of the server with its instants as this computer's clock shows them. */
export function withLocalTimes(message: string): string {
  return message.replaceAll(/(?:at )?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/g, (_, instant: string) =>
    formatDayTime(instant).replace(/^(Today|Tomorrow|Yesterday)/, (word) => word.toLowerCase()),
  );
}
