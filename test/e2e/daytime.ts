/** None of them changes its clock, and between them it is day somewhere at any time. */
const zones = ['Pacific/Honolulu', 'America/Bogota', 'UTC', 'Asia/Karachi', 'Asia/Tokyo'];

/**
 * A zone where it is between eight in the morning and six in the evening: an hour ago and in an hour it is the same day
 * there, whenever a test runs.
 */
export function zoneInDaytime(): string {
  const zone = zones.find((name) => {
    const hour = Number(wallTimeIn(name).slice(11, 13));
    return hour >= 8 && hour < 18;
  });
  if (zone === undefined) throw new Error('It is night everywhere.');
  return zone;
}

/** `2026-11-24T09:00`, as a clock there shows it. */
export function wallTimeIn(zone: string, at = Date.now()): string {
  return new Date(at).toLocaleString('sv', { timeZone: zone }).slice(0, 16).replace(' ', 'T');
}
