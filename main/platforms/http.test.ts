import { describe, expect, it } from 'vitest';
import { listen } from '../sandbox/simulator.ts';
import { Hono } from 'hono';
import type { SimulatorEnv } from '../sandbox/simulator.ts';
import { fetchHttp, parseObject, provesNotSent, readText, retryAfter } from './http.ts';

/** A server whose only answer is `handler`'s; gives its origin to `use`. */
async function withServer(handler: () => Response | Promise<Response>, use: (url: string) => Promise<void>) {
  const app = new Hono<SimulatorEnv>();
  app.all('*', handler);
  const origin = await listen(app, { dir: null, name: 'http-test' });
  try {
    await use(origin.url);
  } finally {
    await origin.close();
  }
}

describe('fetchHttp', () => {
  it('hands a redirect back instead of carrying the token along', async () => {
    const redirect = () => new Response(null, { status: 302, headers: { location: 'http://127.0.0.1:9/' } });
    await withServer(redirect, async (url) => {
      const request = new Request(url, { headers: { authorization: 'Bearer x' } });
      expect((await fetchHttp(request, { timeoutMs: 1_000 })).status).toBe(302);
    });
  });

  it('ends by its deadline, and that proves nothing about what was sent', async () => {
    await withServer(
      () => new Promise(() => undefined),
      async (url) => {
        const attempt = fetchHttp(new Request(url), { timeoutMs: 50 });
        await expect(attempt.catch(provesNotSent)).resolves.toBe(false);
      },
    );
  });

  it('covers the body with the same deadline', async () => {
    const endless = () => new Response(new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(1)) }));
    await withServer(endless, async (url) => {
      expect(await readText(await fetchHttp(new Request(url), { timeoutMs: 100 }))).toBeNull();
    });
  });

  it('knows a refused connection and a name that does not resolve for not sent', async () => {
    let closed = '';
    await withServer(
      () => new Response(),
      async (url) => {
        closed = url;
      },
    );
    for (const url of [closed, 'http://does-not-exist.invalid/']) {
      const error = await fetchHttp(new Request(url), { timeoutMs: 5_000 }).catch((reason: unknown) => reason);
      expect(provesNotSent(error)).toBe(true);
    }
  });
});

describe('reading', () => {
  it('takes no body that is too large or no text', async () => {
    expect(await readText(new Response('a'.repeat(5_000_000)))).toBeNull();
    expect(await readText(new Response(new Uint8Array([0xff, 0xfe])))).toBeNull();
    expect(await readText(new Response('é'))).toBe('é');
  });

  it.each(['', '[]', 'null', '"x"', '{"a":', '<html>'])('finds no object in %j', (text) => {
    expect(parseObject(text)).toBeNull();
  });

  it.each([
    ['3600', 3_600_000],
    ['1', 60_000],
    ['999999', 86_400_000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 60_000],
    ['soon', null],
    ['', null],
  ])('Retry-After %j waits %s ms', (value, expected) => {
    const now = 1_800_000_000_000;
    const at = retryAfter(new Headers({ 'retry-after': value }), now);
    expect(at === null ? null : at - now).toBe(expected);
  });
});
