import { formatTime } from '../../components/format.ts';
import { wallTimeAt } from '../../components/zoned-time.ts';

/** A wall time such as `09:00` as people here write it. */
export function clockTime(time: string): string {
  return formatTime(`2024-01-01T${time}:00Z`, 'UTC');
}

/** The wall time so many minutes later: `23:50` and 20 make `00:10`. */
export function laterBy(time: string, minutes: number): string {
  return new Date(Date.parse(`2024-01-01T${time}:00Z`) + minutes * 60_000).toISOString().slice(11, 16);
}

/** How many minutes a zone's clock is ahead of UTC at an instant (ISO text or ms). */
export function offsetMinutes(at: string | number, zone: string): number {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  return Math.round((Date.parse(`${wallTimeAt(ms, zone)}:00Z`) - Math.floor(ms / 60_000) * 60_000) / 60_000);
}
