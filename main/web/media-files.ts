import { Hono } from 'hono';
import type { Core } from '../core/core.ts';
import type { ServerEnv } from './actor.ts';

/** A file under an id never changes. */
const forGood = 'private, max-age=31536000, immutable';

/**
 * GET `/api/media/{id}/file`: the bytes, with ranges so that videos can be scrubbed.
 * GET `/api/media/{id}/thumbnail`: a small JPEG of a picture.
 */
export function mediaFileApp(core: Core): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();

  app.get('/api/media/:id/file', async (c) => {
    const file = await core.library.open(c.req.param('id'));
    if (file === undefined) return c.json(unknown, 404);
    c.header('content-type', file.mime);
    c.header('content-disposition', 'inline');
    c.header('cache-control', forGood);
    c.header('accept-ranges', 'bytes');
    const range = rangeOf(c.req.header('range'), file.bytes);
    if (range === 'unsatisfiable') {
      c.header('content-range', `bytes */${file.bytes}`);
      return c.body(null, 416);
    }
    if (range === null) {
      c.header('content-length', String(file.bytes));
      return c.body(file.stream());
    }
    c.header('content-range', `bytes ${range.start}-${range.end}/${file.bytes}`);
    c.header('content-length', String(range.end - range.start + 1));
    return c.body(file.stream({ start: range.start, end: range.end + 1 }), 206);
  });

  app.get('/api/media/:id/thumbnail', async (c) => {
    const picture = await core.library.thumbnail(c.req.param('id'));
    if (picture === undefined) return c.json(unknown, 404);
    c.header('content-type', 'image/jpeg');
    c.header('cache-control', forGood);
    return c.body(new Uint8Array(picture));
  });
  return app;
}

const unknown = { code: 'NOT_FOUND', message: 'There is no media with this id.', data: {} };

/** One byte range as RFC 9110 writes it, both ends included; null when the header asks for nothing we serve in part. */
export function rangeOf(
  header: string | undefined,
  length: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  const suffix = match[1] === '';
  const start = suffix ? Math.max(length - Number(match[2]), 0) : Number(match[1]);
  const end = suffix || match[2] === '' ? length - 1 : Math.min(Number(match[2]), length - 1);
  return start >= length || start > end ? 'unsatisfiable' : { start, end };
}
