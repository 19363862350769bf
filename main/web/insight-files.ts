import { Readable } from 'node:stream';
import { type Context, Hono } from 'hono';
import { idSchema } from '../../shared/contract/common.ts';
import { figureFilterSchema, isMonth } from '../../shared/contract/insights.ts';
import { type SeparatorName, separators } from '../../shared/domain/csv.ts';
import type { Core } from '../core/core.ts';
import { NotFound, Unprocessable } from '../core/errors.ts';
import type { ServerEnv } from './actor.ts';

const kinds = ['posts', 'accounts'] as const;

/**
 * GET `/api/insights/export.csv`: figures for a spreadsheet, line by line as they are read; with `separator=semicolon` for one
 * that splits there.
 * GET `/api/clients/{id}/report.pdf?month=2026-11`: a client's report of a month, the last whole one by default.
 */
export function insightFileApp({ insights }: Pick<Core, 'insights'>): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();

  app.get('/api/insights/export.csv', async (c) => {
    const { kind: wanted, separator: between = 'comma', ...asked } = c.req.query();
    const kind = kinds.find((name) => name === wanted);
    if (kind === undefined) return bad(c, 'kind', 'Use kind=posts or kind=accounts.');
    if (!isSeparator(between)) return bad(c, 'separator', 'Use separator=comma or separator=semicolon.');
    const query = figureFilterSchema.strict().safeParse(asked);
    if (!query.success) {
      const [issue] = query.error.issues;
      return bad(c, issue?.path.join('.') ?? '', issue?.message ?? 'Not understood.');
    }
    const { name, lines } = await insights.file(kind, query.data, separators[between]);
    fileHeaders(c, name, 'text/csv; charset=utf-8');
    return c.body(Readable.toWeb(Readable.from(encoded(lines))) as ReadableStream<Uint8Array>);
  });

  app.get('/api/clients/:id/report.pdf', async (c) => {
    const month = c.req.query('month');
    if (month !== undefined && !isMonth(month)) return bad(c, 'month', 'Use a month such as 2026-11.');
    const id = idSchema.safeParse(c.req.param('id'));
    if (!id.success) return bad(c, 'id', 'This is no id.');
    const { name, bytes } = await insights.report(id.data, month);
    fileHeaders(c, name, 'application/pdf');
    return c.body(new Uint8Array(bytes));
  });

  app.onError((error, c) => {
    if (error instanceof NotFound) {
      return c.json({ code: 'NOT_FOUND', message: error.message, data: { what: error.what, id: error.id } }, 404);
    }
    if (!(error instanceof Unprocessable)) throw error;
    return c.json({ code: 'UNPROCESSABLE', message: error.message, data: { problems: error.problems } }, 422);
  });
  return app;
}

function isSeparator(name: string): name is SeparatorName {
  return Object.hasOwn(separators, name);
}

async function* encoded(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const line of lines) yield encoder.encode(line);
}

/** The name is written as RFC 6266 has it, so that it may hold any letters. */
function fileHeaders(c: Context, name: string, type: string): void {
  c.header('content-type', type);
  c.header('cache-control', 'no-store');
  const encodedName = encodeURIComponent(name).replaceAll("'", '%27');
  c.header('content-disposition', `attachment; filename="download"; filename*=UTF-8''${encodedName}`);
}

function bad(c: Context, field: string, message: string): Response {
  const problems = [{ field, code: 'invalid', message }];
  return c.json({ code: 'BAD_REQUEST', message, data: { problems } }, 400);
}
