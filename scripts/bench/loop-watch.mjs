// Loaded into a host by `--import`: writes to a file, anew every 50 ms, for how long its event loop was
// held up at most, in ms: by the clock, and by the processor time its thread took meanwhile, which
// other work on the machine does not lengthen. SIGUSR2 begins anew.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const everyMs = 5;
const file = join(process.env.AUTOSOCIAL_DATA_DIR ?? '.', 'loop-delay');
let longest = { clockMs: 0, cpuMs: 0 };
let last = { at: performance.now(), cpu: process.threadCpuUsage() };

setInterval(() => {
  const { user, system } = process.threadCpuUsage(last.cpu);
  longest = {
    clockMs: Math.max(longest.clockMs, performance.now() - last.at - everyMs),
    cpuMs: Math.max(longest.cpuMs, (user + system) / 1_000),
  };
  last = { at: performance.now(), cpu: process.threadCpuUsage() };
}, everyMs).unref();
setInterval(() => {
  // Renamed into place, so that whoever reads it finds it whole.
  writeFileSync(`${file}.new`, JSON.stringify(longest));
  renameSync(`${file}.new`, file);
}, 50).unref();
process.on('SIGUSR2', () => {
  longest = { clockMs: 0, cpuMs: 0 };
});
