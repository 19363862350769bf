import { currentLocale } from '../i18n/i18n.ts';

/** Wall clocks of time zones, by what the browser knows of IANA zones. Walls are `YYYY-MM-DDTHH:mm`; instants are ISO. */

const wallFormats = new Map<string, Intl.DateTimeFormat>();

/** What a clock in the zone shows at an instant (ISO text or ms since 1970). */
export function wallTimeAt(instant: string | number, zone: string): string {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant);
  const parts = new Map(
    wallFormat(zone)
      .formatToParts(ms)
      .map((part) => [part.type, part.value]),
  );
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}T${parts.get('hour')}:${parts.get('minute')}`;
}

/**
 * The instant at which a clock in the zone shows the wall time, as ISO in UTC.
 * A time that occurs twice (clocks set back) is its first occurrence; one that never occurs (clocks set forward)
 * is read with the offset from before the change, as calendars do.
 */
export function instantAt(wall: string, zone: string): string {
  const asUtc = Date.parse(`${wall}:00Z`);
  const dayMs = 86_400_000;
  const before = asUtc - offsetMs(asUtc - dayMs, zone);
  const after = asUtc - offsetMs(asUtc + dayMs, zone);
  const match = [before, after].sort((a, b) => a - b).find((ms) => wallTimeAt(ms, zone) === wall);
  return new Date(match ?? before).toISOString().replace('.000Z', 'Z');
}

/** The zone this browser is set to. */
export const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `Europe/Berlin` as `Berlin`. */
export function zoneCity(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** How far the zone's clock is ahead of UTC at an instant, e.g. `GMT+2`. */
export function zoneOffsetLabel(zone: string, at: number = Date.now()): string {
  const parts = new Intl.DateTimeFormat(currentLocale(), { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(
    at,
  );
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** True when both zones show the same wall time at the instant. */
export function showSameTime(instant: string, a: string, b: string): boolean {
  return a === b || wallTimeAt(instant, a) === wallTimeAt(instant, b);
}

function offsetMs(ms: number, zone: string): number {
  return Date.parse(`${wallTimeAt(ms, zone)}:00Z`) - Math.floor(ms / 60_000) * 60_000;
}

function wallFormat(zone: string): Intl.DateTimeFormat {
  let format = wallFormats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    wallFormats.set(zone, format);
  }
  return format;
}
