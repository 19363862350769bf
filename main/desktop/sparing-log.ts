import type { Clock, Log } from '../core/ports/index.ts';

const everyMs = 60_000;
const linesEach = 20;

/**
 * Warns of what strangers do, at most twenty times a minute, so that they cannot push everything else out of the log.
 * What was left out is counted in the first line after it.
 */
export function sparingWarnings(log: Pick<Log, 'warn'>, clock: Pick<Clock, 'monotonic'>): (message: string) => void {
  let since = clock.monotonic();
  let written = 0;
  let leftOut = 0;
  return (message) => {
    if (clock.monotonic() - since >= everyMs) {
      since = clock.monotonic();
      written = 0;
    }
    if (written >= linesEach) {
      leftOut += 1;
      return;
    }
    written += 1;
    log.warn(message, leftOut === 0 ? {} : { leftOut });
    leftOut = 0;
  };
}
