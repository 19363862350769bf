import { createServer } from 'node:http';
import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { VirtualTime } from '../../test/doubles/virtual-time.ts';
import { createLogins, callbackPath, type LoginReturn } from './logins.ts';
import { createLoopback } from './loopback.ts';
import { wordsIn } from './words/index.ts';

const state = 'bC-L96WrWOaWJYmVkrC-h0YBNy5CRObJ0FH07W0WJlk';

function loopback(port = 0) {
  const time = new VirtualTime(0);
  const logins = createLogins(time);
  const returned: LoginReturn[] = [];
  const listener = createLoopback({
    port,
    logins,
    timers: time,
    onReturn: (login) => returned.push(login),
    words: () => wordsIn.en,
  });
  onTestFinished(() => listener.close());
  return { time, logins, returned, listener, pass: (ms: number) => time.pass(ms, () => Promise.resolve()) };
}

/** Asks as exactly as a hostile program can, which `fetch` does not allow. */
function ask(
  origin: string,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; text: string }> {
  const { hostname, port, host } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: { host, ...headers } }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('a login that comes back to this computer', () => {
  it('is taken once, and then nothing listens any more', async () => {
    const { listener, logins, returned, pass } = loopback();
    const origin = await listener.open();
    logins.begin({ platform: 'tiktok', state });
    const path = `/api/auth/tiktok/callback?code=a%2Bb*v%211&scopes=user.info.basic&state=${state}`;
    const answer = await ask(origin, path, { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('The login is done');
    expect(returned).toEqual([{ platform: 'tiktok', state, code: 'a+b*v!1', error: null }]);
    expect((await ask(origin, path)).status).toBe(404);
    await pass(1_000);
    expect(listener.isOpen()).toBe(false);
    await expect(ask(origin, path)).rejects.toThrow('ECONNREFUSED');
    expect(returned).toHaveLength(1);
  });

  it('waits for the other one when two are out', async () => {
    const { listener, logins, returned, pass } = loopback();
    const origin = await listener.open();
    logins.begin({ platform: 'tiktok', state });
    logins.begin({ platform: 'facebook', state: `${state}2` });
    await ask(origin, `/api/auth/tiktok/callback?error=access_denied&state=${state}`);
    await pass(1_000);
    expect(listener.isOpen()).toBe(true);
    await ask(origin, `/api/auth/facebook/callback?code=x&state=${state}2`);
    expect(returned.map(({ error }) => error)).toEqual(['access_denied', null]);
  });

  it.each([
    ['another state', '?code=x&state=another-state-that-nobody-began-here', {}, 'GET'],
    ['no state', '?code=x', {}, 'GET'],
    ['neither code nor error', `?state=${state}`, {}, 'GET'],
    ['another host', `?code=x&state=${state}`, { host: 'evil.example' }, 'GET'],
    ['a name for this computer', `?code=x&state=${state}`, { host: 'localhost:PORT' }, 'GET'],
    ['a page that fetches it', `?code=x&state=${state}`, { 'sec-fetch-mode': 'no-cors' }, 'GET'],
    ['a page that asks for it', `?code=x&state=${state}`, { origin: 'https://evil.example' }, 'GET'],
    ['a form that is sent', `?code=x&state=${state}`, {}, 'POST'],
  ])('is refused with %s', async (_what, query, headers, method) => {
    const { listener, logins, returned } = loopback();
    const origin = await listener.open();
    logins.begin({ platform: 'tiktok', state });
    const exact = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', new URL(origin).port)]),
    );
    const answer = await ask(origin, `/api/auth/tiktok/callback${query}`, exact, method);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain(state);
    expect(returned).toEqual([]);
    expect(logins.waiting()).toBe(1);
  });

  it.each(['/', '/api/auth/facebook/callback', '/api/auth/tiktok/callback/', '/api/auth/tiktok/start', '/../callback'])(
    'is not looked for at %s',
    async (path) => {
      const { listener, logins, returned } = loopback();
      const origin = await listener.open();
      logins.begin({ platform: 'tiktok', state });
      expect((await ask(origin, `${path}?code=x&state=${state}`)).status).toBe(404);
      expect(returned).toEqual([]);
    },
  );

  it('is not waited for longer than five minutes', async () => {
    const { listener, pass } = loopback();
    await listener.open();
    await pass(5 * 60_000);
    expect(listener.isOpen()).toBe(false);
    expect(await listener.open()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('comes to any free port when the usual one is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const address = other.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;
    const { listener } = loopback(taken);
    const origins = await Promise.all([listener.open(), listener.open()]);
    expect(new URL(origins[0]).port).not.toBe(String(taken));
    expect(origins[1]).toBe(origins[0]);
  });
});

describe('a login under way', () => {
  it('is forgotten after ten minutes, and belongs to its network', async () => {
    const { logins, pass } = loopback();
    logins.begin({ platform: 'tiktok', state });
    expect(logins.take({ platform: 'facebook', state })).toBe(false);
    await pass(10 * 60_000);
    expect(logins.take({ platform: 'tiktok', state })).toBe(false);
  });

  it('goes on at a page of ours, whatever the network wrote', () => {
    const path = callbackPath({ platform: 'facebook', state, code: 'a&b=c#d', error: null });
    const { pathname, searchParams } = new URL(path, 'app://bundle/');
    expect(pathname).toBe('/api/auth/facebook/callback');
    expect(searchParams.get('code')).toBe('a&b=c#d');
    expect([...searchParams.keys()]).toEqual(['state', 'code']);
  });
});
