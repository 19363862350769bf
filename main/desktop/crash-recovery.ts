const withinMs = 5 * 60_000;
const reloadsAllowed = 3;

/**
 * What is done after the page crashed.
 * @param crashes when it did, by the monotonic clock in ms, this time included
 * @returns `reload`, or after three within five minutes `plain`: a page without scripts, with the kill switch
 */
export function afterCrash(crashes: readonly number[]): 'reload' | 'plain' {
  const last = crashes.at(-1) ?? 0;
  const lately = crashes.filter((at) => last - at < withinMs);
  return lately.length <= reloadsAllowed ? 'reload' : 'plain';
}
