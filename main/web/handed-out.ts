import { Hono } from 'hono';
import { handoutPath, type Handouts } from '../platforms/index.ts';
import { rangeOf } from './media-files.ts';

/**
 * GET `/handout/{name}`: a file that a network was given the address of, for as long as it is handed out. Everything else
 * below the path is answered alike.
 */
export function handedOutApp(handouts: Pick<Handouts, 'find'>): Hono {
  const app = new Hono();
  app.get(`${handoutPath}:name{.*}`, (c) => {
    c.header('cache-control', 'no-store');
    c.header('x-robots-tag', 'noindex');
    const file = handouts.find(c.req.param('name'));
    if (file === undefined) return c.text('Not found', 404);
    const bytes = file.bytes as Uint8Array<ArrayBuffer>;
    c.header('content-type', file.mime);
    c.header('accept-ranges', 'bytes');
    const range = rangeOf(c.req.header('range'), bytes.byteLength);
    if (range === 'unsatisfiable') {
      c.header('content-range', `bytes */${bytes.byteLength}`);
      return c.body(null, 416);
    }
    if (range === null) return c.body(bytes);
    c.header('content-range', `bytes ${range.start}-${range.end}/${bytes.byteLength}`);
    return c.body(bytes.subarray(range.start, range.end + 1), 206);
  });
  return app;
}
