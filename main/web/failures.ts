import type { Context } from 'hono';
import type { Log, Random } from '../core/ports/index.ts';

/** What nobody foresaw: the answer carries an id and no details, the log carries both. */
export function answerFailure({ random, log }: { random: Random; log: Log }) {
  return (error: Error, c: Context): Response => {
    const id = random.id();
    log.error('request failed', { id, path: c.req.path, error: error.message });
    const message = `Something went wrong. It is in the log as ${id}.`;
    return c.json({ code: 'INTERNAL_SERVER_ERROR', message, data: {} }, 500);
  };
}
