import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const maxBytes = 5_000_000;

/**
 * Writes lines to a file, which above 5 MB becomes `<file>.1` in place of the one before. A line that cannot be
 * written goes to standard error.
 */
export function logFile(file: string): (line: string) => void {
  let bytes = sizeOf(file);
  return (line) => {
    try {
      if (bytes === 0) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      if (bytes > maxBytes) {
        renameSync(file, `${file}.1`);
        bytes = 0;
      }
      appendFileSync(file, line, { mode: 0o600 });
      bytes += Buffer.byteLength(line);
    } catch {
      process.stderr.write(line);
    }
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
