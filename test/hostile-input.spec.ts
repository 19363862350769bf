import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Bad,
  badBodies,
  badPaths,
  bodyOf,
  type Call,
  type ErrorBody,
  expectWords,
  pathOf,
} from './e2e/bad-input.ts';
import { everything } from './e2e/everything.ts';
import { type Holding, settleClient } from './e2e/holding.ts';
import { hostileCalls } from './e2e/hostile-calls.ts';
import { type LiveAgency, startLiveAgency } from './e2e/live-agency.ts';
import type { Answer } from './e2e/rest.ts';

/* What strangers, broken scripts and fuzzers send. Each call answers the right 4xx in words, and the store stays as it was. */

let agency: LiveAgency;
/** Two clients, so that each can be asked for what is the other's. */
let mine: Holding;
let theirs: Holding;
let calls: Record<string, Call>;

beforeAll(async () => {
  agency = await startLiveAgency();
  mine = await settleClient(agency, 'Café Uno', 'cafe.uno');
  theirs = await settleClient(agency, 'Bakery Dois', 'bakery.dois');
  calls = hostileCalls(mine, theirs);
});

afterAll(() => agency.close());

describe('bad input', () => {
  it('is known for every call that there is', async () => {
    const { body } = await agency.ask<{ paths: Record<string, object> }>('GET', '/api/openapi.json');
    const described = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const pagesForBrowsers = ['GET /auth/{platform}/start', 'GET /auth/{platform}/callback'];
    expect(Object.keys(calls).concat(pagesForBrowsers).sort()).toEqual(described.sort());
  });

  it('is answered with the right 4xx in words, and changes nothing', async () => {
    const wrong: string[] = [];
    for (const [name, call] of Object.entries(calls)) {
      const before = everything(agency);
      const bad = [
        ...badPaths(name, mine, theirs),
        ...(call.valid === undefined ? [] : badBodies(call)),
        ...(call.bad ?? []),
      ];
      for (const one of bad) {
        const answer = await send(name, call.valid, one);
        const about = `${name}, ${one.why.slice(0, 80)}`;
        if (answer.status === one.status) expectWords(answer, about);
        else wrong.push(`${about}: ${answer.status} ${answer.text.slice(0, 200)}, not ${one.status}`);
      }
      if (everything(agency) !== before) wrong.push(`${name} changed the store`);
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['GET', '/api/auth/myspace/start?clientId=x', 404],
    ['GET', '/api/auth/facebook/start', 400],
    ['GET', '/api/auth/facebook/start?clientId=', 404],
    ['GET', '/api/auth/facebook/start?clientId=__proto__', 404],
    ['GET', '/api/auth/facebook/start?onboarding=', 409],
    ['GET', `/api/auth/facebook/start?onboarding=${'x'.repeat(5_000)}`, 409],
    ['GET', '/api/auth/myspace/callback?code=x&state=y', 404],
    ['GET', '/api/auth/facebook/callback', 400],
    ['GET', '/api/auth/facebook/callback?code=x&state=__proto__', 400],
    ['GET', '/api/auth/facebook/callback?error=<script>alert(1)</script>&state=x', 400],
    ['GET', '/onboard/__proto__', 404],
    ['GET', `/onboard/${'x'.repeat(5_000)}`, 404],
    ['POST', '/api/auth/choose', 409],
    ['POST', '/api/auth/choose', 409, { choice: 'x' }],
    ['POST', '/api/auth/choose', 409, new URLSearchParams({ choice: '__proto__', remoteId: '1' })],
    ['POST', '/api/auth/choose', 413, new URLSearchParams({ choice: 'x'.repeat(200_000) })],
  ] as const)('of pages for browsers is answered in words too: %s %s %i', async (method, path, status, body?) => {
    const before = everything(agency);
    const answer = await agency.ask(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain('<script');
    expect(answer.text.length).toBeGreaterThan(40);
    expect(everything(agency)).toBe(before);
  });

  it('is no reason for an error in the log', () => {
    expect(agency.host.output()).not.toMatch(/"level":"error"/);
  });
});

function send(call: string, valid: Record<string, unknown> | undefined, bad: Bad): Promise<Answer<ErrorBody>> {
  const method = call.split(' ')[0] ?? '';
  const body = method === 'GET' ? undefined : bodyOf(bad, valid);
  return agency.ask<ErrorBody>(method, `/api${bad.path ?? pathOf(call, mine)}`, body, { headers: bad.headers });
}
