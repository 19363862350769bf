import { rmSync } from 'node:fs';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { Hono } from 'hono';
import type { CoreRouter } from '../core/api/router.ts';
import type { Log } from '../core/ports/index.ts';
import { atMost, jsonObjectOnly, multipartOnly } from './bodies.ts';
import type { ServerEnv } from './actor.ts';
import { BadForm, receiveForm } from './multipart.ts';

const maxJsonBytes = 1_000_000;
const maxUploadBytes = 310_000_000;

/**
 * The contract as REST below `/api`; an actor must be set.
 * @param uploads a folder for files on their way in; what an earlier run left there is removed
 */
export function restApp(router: CoreRouter, log: Log, uploads: string): Hono<ServerEnv> {
  const handler = new OpenAPIHandler(router, {
    customErrorResponseBodyEncoder: (error) => ({ code: error.code, message: error.message, data: error.data ?? {} }),
    filter: ({ path }) => path[0] !== 'events',
  });
  rmSync(uploads, { recursive: true, force: true });
  const app = new Hono<ServerEnv>();
  app.use('/api/media', atMost(maxUploadBytes), multipartOnly);
  app.post('/api/media', async (c, next) => {
    if (c.req.raw.body === null) return next();
    const { form, remove } = await receiveForm(c.req.raw, uploads);
    try {
      const context = { actor: c.get('actor') };
      const { response } = await handler.handle(requestWith(form, c.req.url), { prefix: '/api', context });
      return response === undefined ? c.notFound() : c.newResponse(response.body, response);
    } finally {
      await remove();
    }
  });
  app.onError((error, c) => {
    if (!(error instanceof BadForm)) throw error;
    c.header('connection', 'close');
    return c.json({ code: 'BAD_REQUEST', message: error.message, data: {} }, 400);
  });
  for (const check of [atMost(maxJsonBytes), jsonObjectOnly]) {
    app.use('/api/*', async (c, next) => (c.req.path === '/api/media' ? next() : check(c, next)));
  }
  app.all('/api/*', async (c) => {
    const { matched, response } = await handler.handle(c.req.raw, {
      prefix: '/api',
      context: { actor: c.get('actor') },
    });
    if (matched) return c.newResponse(response.body, response);
    log.info('no such call', { method: c.req.method });
    return c.json({ code: 'NOT_FOUND', message: 'There is no such call. See /api/openapi.json.', data: {} }, 404);
  });
  return app;
}

/** A request whose form was received already. */
function requestWith(form: FormData, url: string): Request {
  const request = new Request(url, { method: 'POST', headers: { 'content-type': 'multipart/form-data' } });
  return Object.defineProperty(request, 'formData', { value: () => Promise.resolve(form) });
}
