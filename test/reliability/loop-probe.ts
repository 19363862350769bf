import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/*
 * Loaded into a process before it starts: measures by how much its event loop is late. At SIGUSR2 it writes what it has
 * measured into the file that LOOP_FILE names, and begins anew.
 */

/** How much later than its millisecond a timer came, ms. */
export interface LoopDelay {
  p50: number;
  p99: number;
  max: number;
}

const resolutionMs = 1;
const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
const file = process.env.LOOP_FILE;

if (file !== undefined) {
  histogram.enable();
  process.on('SIGUSR2', () => {
    const late = (nanoseconds: number): number => Math.max(Math.round(nanoseconds / 1e5 - resolutionMs * 10) / 10, 0);
    const delay: LoopDelay = {
      p50: late(histogram.percentile(50)),
      p99: late(histogram.percentile(99)),
      max: late(histogram.max),
    };
    writeFileSync(`${file}.new`, JSON.stringify(delay));
    renameSync(`${file}.new`, file);
    histogram.reset();
  });
}
