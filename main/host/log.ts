import type { Log } from '../core/ports/index.ts';

type Level = 'info' | 'warn' | 'error';

const levels: Level[] = ['info', 'warn', 'error'];

/**
 * One JSON object a line, to standard error so that standard output stays for people.
 * @param from the lowest level that is written
 */
export function lineLog(from: Level, write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const at =
    (level: Level) =>
    (message: string, fields: Record<string, unknown> = {}) => {
      if (levels.indexOf(level) < levels.indexOf(from)) return;
      write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...fields })}\n`);
    };
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
