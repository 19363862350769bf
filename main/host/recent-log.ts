import type { Log, LogLine } from '../core/ports/index.ts';

const linesKept = 500;

/**
 * Fields that hold codes, ids and names of our own. All other texts may quote what a person or a network wrote,
 * so they stay in the log itself.
 */
const tellable = new Set([
  'account',
  'asked',
  'attempt',
  'backup',
  'call',
  'class',
  'clientId',
  'code',
  'id',
  'job',
  'method',
  'occasion',
  'platform',
  'postId',
  'scope',
  'scopeId',
  'served',
  'targetId',
  'work',
]);

/** A log that also keeps its last 500 lines, without the fields that could name somebody or quote a text. */
export interface RecentLog extends Log {
  /** Oldest first. */
  recent(): LogLine[];
}

/** @param log gets every line whole */
export function rememberingLog(log: Log, now: () => number): RecentLog {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine['level']) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      log[level](message, fields);
      lines.push({ at: new Date(now()).toISOString(), level, message, facts: factsIn(fields) });
      if (lines.length > linesKept) lines.shift();
    };
  return { info: at('info'), warn: at('warn'), error: at('error'), recent: () => [...lines] };
}

function factsIn(fields: Record<string, unknown>): LogLine['facts'] {
  const facts: LogLine['facts'] = {};
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'number' || typeof value === 'boolean') facts[name] = value;
    else if (typeof value === 'string' && name === 'stack') facts.where = placesIn(value);
    else if (typeof value === 'string' && tellable.has(name)) facts[name] = value.slice(0, 100);
  }
  return facts;
}

/** Where in our own code an error came from: function, file and line, without what it said and without folders. */
function placesIn(stack: string): string {
  const places = [...stack.matchAll(/^\s+at (?:async )?(?:([\w$.<>]+) )?.*?([\w.-]+:\d+:\d+)\)?$/gm)];
  return places
    .slice(0, 5)
    .map(([, name = '', place = '']) => `${name} ${place}`.trim())
    .join(' < ');
}
