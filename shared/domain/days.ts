const dayMs = 86_400_000;

/** The day so many days later, or earlier. @param day `2026-11-24` */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}
