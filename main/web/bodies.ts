import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/** Refuses larger bodies with 413, before they are read. */
export function atMost(maxBytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: maxBytes,
    onError: (c) => {
      const message = 'That is more than this takes.';
      return unread(c, { code: 'PAYLOAD_TOO_LARGE', message, data: { maxBytes } }, 413);
    },
  });
}

/** Lets through no body, and multipart forms. */
export const multipartOnly: MiddlewareHandler = async (c, next) => {
  return !hasBody(c) || typeOf(c) === 'multipart/form-data' ? next() : wrongType(c, 'multipart/form-data');
};

/** Lets through no body, and JSON objects. A form of a foreign page, for one, is never taken for JSON. */
export const jsonObjectOnly: MiddlewareHandler = async (c, next) => {
  if (!hasBody(c)) return next();
  if (typeOf(c) !== 'application/json') return wrongType(c, 'application/json');
  const content: unknown = await c.req.raw
    .clone()
    .json()
    .catch(() => undefined);
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return next();
  return c.json({ code: 'BAD_REQUEST', message: 'The body is not a JSON object.', data: {} }, 400);
};

function hasBody(c: Context): boolean {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return false;
  return c.req.header('transfer-encoding') !== undefined || Number(c.req.header('content-length') ?? 0) > 0;
}

/** The media type without its parameters. */
function typeOf(c: Context): string {
  return (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function wrongType(c: Context, type: string): Response {
  return unread(c, { code: 'UNSUPPORTED_MEDIA_TYPE', message: `Send this as content-type ${type}.`, data: {} }, 415);
}

/** Answers without reading the body, after which nothing more can come over this connection. */
function unread(c: Context, error: { code: string; message: string; data: object }, status: 413 | 415): Response {
  c.header('connection', 'close');
  return c.json(error, status);
}
