const dayMs = 24 * 3_600_000;

/** The last two whole days (UTC) as Graph's `since` and `until`, in Unix seconds. Meta counts up to 48 h late. */
export function lastDays(now: number): { since: string; until: string } {
  const today = Math.floor(now / dayMs) * dayMs;
  return { since: String((today - 2 * dayMs) / 1000), until: String(today / 1000) };
}
