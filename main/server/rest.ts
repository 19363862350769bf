import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { Hono } from 'hono';
import type { CoreRouter } from '../core/api/router.ts';
import type { Log } from '../core/ports/index.ts';
import { atMost, jsonObjectOnly, multipartOnly } from './bodies.ts';
import type { ServerEnv } from './guard.ts';

const maxJsonBytes = 1_000_000;
const maxUploadBytes = 310_000_000;

/** The contract as REST below `/api`; an actor must be set. */
export function restApp(router: CoreRouter, log: Log): Hono<ServerEnv> {
  const handler = new OpenAPIHandler(router, {
    customErrorResponseBodyEncoder: (error) => ({ code: error.code, message: error.message, data: error.data ?? {} }),
    filter: ({ path }) => path[0] !== 'events',
  });
  const app = new Hono<ServerEnv>();
  app.use('/api/media', atMost(maxUploadBytes), multipartOnly);
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
