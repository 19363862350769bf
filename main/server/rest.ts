import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { contract } from '../../shared/contract/index.ts';
import type { CoreRouter } from '../core/api/router.ts';
import type { Log } from '../core/ports/index.ts';
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
  const limit = (maxSize: number) =>
    bodyLimit({
      maxSize,
      onError: (c) =>
        c.json(
          { code: 'PAYLOAD_TOO_LARGE', message: 'That is more than this takes.', data: { maxBytes: maxSize } },
          413,
        ),
    });
  app.use('/api/media', limit(maxUploadBytes));
  app.use('/api/*', async (c, next) => (c.req.path === '/api/media' ? next() : limit(maxJsonBytes)(c, next)));
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

/** The description of the REST API, made once. */
export function describeRest(version: string): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(contract, {
    info: { title: 'AutoSocial AI', version, description: 'Everything the dashboard can do, for scripts.' },
    servers: [{ url: '/api' }],
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    filter: ({ path }) => path[0] !== 'events',
  });
}
