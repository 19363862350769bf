import { connect as openSocket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type ErrorBody, expectWords, pathOf } from './e2e/bad-input.ts';
import { everything } from './e2e/everything.ts';
import { type Holding, settleClient } from './e2e/holding.ts';
import { apiToken, type Host } from './e2e/host.ts';
import { hostileCalls } from './e2e/hostile-calls.ts';
import { type LiveAgency, startLiveAgency } from './e2e/live-agency.ts';
import { type Answer, ask } from './e2e/rest.ts';

/* Who may reach the host, by which name and from which page. */

let agency: LiveAgency;
let host: Host;
let mine: Holding;

beforeAll(async () => {
  agency = await startLiveAgency();
  ({ host } = agency);
  mine = await settleClient(agency, 'Café Uno', 'cafe.uno');
});

afterAll(() => agency.close());

/** Sends a request as it stands, which no HTTP client would. @returns the whole answer */
function sendRaw(lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = openSocket(Number(new URL(host.origin).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
  });
}

async function rawStatus(path: string, ...headers: string[]): Promise<number> {
  const answer = await sendRaw([`GET ${path} HTTP/1.1`, ...headers]);
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
}

/** Logs in as the dashboard does. @returns the cookie */
async function logIn(attempt: { token: string } | { code: string }, origin = host.origin): Promise<Answer> {
  return ask(host.origin, 'POST', '/api/session', { body: attempt, token: null, headers: { origin } });
}

function cookieOf(answer: Answer): string {
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

describe('who may call', () => {
  const authorization = `Authorization: Bearer ${apiToken}`;

  it('is asked at every call but health, and a foreign page gets nothing even with the token', async () => {
    const before = everything(agency);
    for (const [call, { valid }] of Object.entries(hostileCalls(mine, mine))) {
      const [method = '', path] = [call.split(' ')[0], `/api${pathOf(call, mine)}`];
      const body = method === 'GET' ? undefined : valid;
      if (call !== 'GET /health') {
        const stranger = await ask<ErrorBody>(host.origin, method, path, { body, token: null });
        expect([call, stranger.status, stranger.body.code]).toEqual([call, 401, 'UNAUTHORIZED']);
        expectWords(stranger, call);
        for (const origin of ['https://evil.example', 'null', `${host.origin}.evil.example`]) {
          const foreign = await ask<ErrorBody>(host.origin, method, path, { body, headers: { origin } });
          expect([call, foreign.status, foreign.body.code]).toEqual([call, 403, 'FORBIDDEN']);
        }
      }
    }
    expect(everything(agency)).toBe(before);
  });

  it('is told apart by the whole token', async () => {
    for (const authorizations of ['Bearer', 'Bearer ', `Basic ${apiToken}`, apiToken, `Bearer  `]) {
      const answer = await ask(host.origin, 'GET', '/api/clients', {
        token: null,
        headers: { authorization: authorizations },
      });
      expect([authorizations, answer.status]).toEqual([authorizations, 401]);
    }
    expect((await ask(host.origin, 'GET', '/api/clients', { headers: { origin: host.origin } })).status).toBe(200);
    expect((await ask(host.origin, 'GET', `/api/clients?token=${apiToken}`, { token: null })).status).toBe(401);
  });

  it('must name this host', async () => {
    const { host: own, port } = new URL(host.origin);
    expect(await rawStatus('/api/clients', `Host: ${own}`, authorization)).toBe(200);
    expect(await rawStatus('/api/clients', `Host: localhost:${port}`, authorization)).toBe(200);
    for (const wrong of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:1`,
      `${own}.evil.example`,
      '',
    ]) {
      for (const path of ['/api/clients', '/api/health', '/', '/onboard/x']) {
        const status = await rawStatus(path, `Host: ${wrong}`, authorization);
        expect([path, wrong, [400, 421].includes(status)]).toEqual([path, wrong, true]);
      }
    }
    expect(await rawStatus('/api/clients', authorization)).toBe(400);
  });

  it('has, with the cookie, to come from our own pages', async () => {
    const cookie = cookieOf(await logIn({ token: apiToken }));
    expect(cookie).toMatch(/^autosocial_session=.{40,}/);
    const as = (method: string, headers: Record<string, string>, body?: unknown) =>
      ask(host.origin, method, '/api/admin/settings', { body, token: null, headers: { cookie, ...headers } });
    expect((await as('GET', {})).status).toBe(200);
    expect((await as('GET', { origin: host.origin })).status).toBe(200);
    expect((await as('GET', { origin: 'https://evil.example' })).status).toBe(403);
    const own = `Host: ${new URL(host.origin).host}`;
    expect(await rawStatus('/api/clients', own, `Cookie: ${cookie}`, 'Sec-Fetch-Site: same-origin')).toBe(200);
    expect(await rawStatus('/api/clients', own, `Cookie: ${cookie}`, 'Sec-Fetch-Site: cross-site')).toBe(403);
    expect(await rawStatus('/api/clients', own, `Cookie: ${cookie}`, 'Sec-Fetch-Site: same-site')).toBe(403);
    const before = everything(agency);
    for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }]) {
      expect((await as('PATCH', headers as Record<string, string>, { agencyName: 'Mallory' })).status).toBe(403);
    }
    expect(everything(agency)).toBe(before);
    expect((await as('PATCH', { origin: host.origin }, { agencyName: 'Studio Mia' })).status).toBe(200);
  });

  it('logs in once with a link, and from our own pages only', async () => {
    const code = new URL(host.loginLink).hash.slice(1);
    for (const origin of ['https://evil.example', 'null']) {
      expect((await logIn({ code }, origin)).status).toBe(403);
    }
    const first = await logIn({ code });
    expect(first.status).toBe(200);
    const cookie = first.headers.get('set-cookie') ?? '';
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(attribute);
    expect((await logIn({ code })).status).toBe(401);
    const strange: unknown[] = [
      null,
      [],
      {},
      { code: 7 },
      { code: '' },
      { token: apiToken, code: 'x' },
      { code: 'x'.repeat(70_000) },
    ];
    for (const attempt of strange) {
      const answer = await ask(host.origin, 'POST', '/api/session', {
        body: attempt,
        headers: { origin: host.origin },
      });
      expect([400, 413]).toContain(answer.status);
    }
  });

  it('opens no WebSocket without our page, our host and a session', async () => {
    const url = `${host.origin.replace('http', 'ws')}/api/rpc`;
    const cookie = cookieOf(await logIn({ token: apiToken }));
    const own = { origin: host.origin, cookie };
    expect(await upgrade(url, own)).toBe('open');
    expect(await upgrade(url, { cookie })).toBe(403);
    expect(await upgrade(url, { ...own, origin: 'https://evil.example' })).toBe(403);
    expect(await upgrade(url, { ...own, origin: 'null' })).toBe(403);
    expect(await upgrade(url, { ...own, host: 'evil.example' })).toBe(421);
    expect(await upgrade(url, { origin: host.origin })).toBe(401);
    expect(await upgrade(url, { origin: host.origin, cookie: 'autosocial_session=guessed' })).toBe(401);
    expect(await upgrade(url, { origin: host.origin, authorization: `Bearer ${apiToken}` })).toBe(401);
    expect(await upgrade(url.replace('rpc', 'clients'), own)).toBe(404);
  });

  it('is slowed down after ten wrong tokens, but not with the right one', async () => {
    const statuses: number[] = [];
    for (let attempt = 1; attempt <= 15; attempt += 1) {
      statuses.push((await ask(host.origin, 'GET', '/api/clients', { token: `guess-number-${attempt}` })).status);
    }
    expect(statuses[0]).toBe(401);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
    expect(statuses.slice(-5)).toEqual([429, 429, 429, 429, 429]);
    expect((await logIn({ token: 'guess-again-and-again' })).status).toBe(429);
    expect((await ask(host.origin, 'GET', '/api/clients')).status).toBe(200);
    expect((await logIn({ token: apiToken })).status).toBe(200);
  });
});

/** Tries to open a WebSocket. @returns the status of the refusal, or that it opened */
function upgrade(url: string, headers: Record<string, string>): Promise<number | 'open'> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('unexpected-response', (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', reject);
  });
}

describe('files', () => {
  const own = (): string => `Host: ${new URL(host.origin).host}`;

  it.each([
    '/../../../../../../etc/passwd',
    '/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
    '/assets/../../../package.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/..\\..\\..\\package.json',
    '/....//....//package.json',
    '/../server/index.js',
    '/%2e%2e/server/index.js',
    '/index.html%00.js',
    '/%E0%A4%A',
    '/api/media/..%2f..%2f..%2fetc%2fpasswd/file',
    '/api/media/../../../etc/passwd/file',
    '/api/media/%00/file',
    '/onboard/..%2f..%2f..%2fetc%2fpasswd',
    '//etc/passwd',
    'file:///etc/passwd',
  ])('outside of the dashboard are not served: %s', async (path) => {
    const answer = await sendRaw([`GET ${path} HTTP/1.1`, own(), `Authorization: Bearer ${apiToken}`]);
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
    expect([200, 400, 404, 421]).toContain(status);
    expect(answer).not.toMatch(/root:.*:0:0|"autosocial-ai"|createAdaptorServer|SQLite format 3/);
    if (status === 200) expect(answer).toContain('<!doctype html>');
  });

  it('of media need a login', async () => {
    const path = `/api/media/${mine.mediaId}/file`;
    expect(await rawStatus(path, own(), `Authorization: Bearer ${apiToken}`)).toBe(200);
    expect((await ask(host.origin, 'GET', path, { token: null })).status).toBe(401);
    for (const range of ['bytes=5-2', 'bytes=99999999-', 'bytes=a-b', 'bytes=-', 'bytes=0-1,5-6', 'lines=1-2']) {
      expect([200, 206, 416]).toContain((await ask(host.origin, 'GET', path, { headers: { range } })).status);
    }
  });
});
