import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  allScopes,
  call,
  code,
  codeChallenge,
  logIn,
  oauth,
  paths,
  post,
  redirectUri,
  startHarness,
  verifier,
} from './harness.ts';
import { checkRedirectUris, isRegisteredRedirect } from './redirects.ts';

let harness: Awaited<ReturnType<typeof startHarness>>;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.tiktok.close());

function loginUrl(change: Record<string, string | null> = {}): string {
  const query = new URLSearchParams({
    client_key: 'agency',
    response_type: 'code',
    scope: allScopes.join(','),
    redirect_uri: redirectUri,
    state: 's&1',
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
  });
  for (const [name, value] of Object.entries(change)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return `${harness.tiktok.origins.www}/v2/auth/authorize/?${query}`;
}

function submit(url: string, form: [string, string][]): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
}

function newCode(): string {
  const { tiktok, creator } = harness;
  return tiktok.consent({ creatorId: creator.id, clientKey: 'agency', redirectUri, scopes: allScopes, codeChallenge });
}

function exchange(change: Record<string, string> = {}) {
  const form = { grant_type: 'authorization_code', redirect_uri: redirectUri, code_verifier: verifier, ...change };
  return oauth(
    harness.tiktok,
    'token',
    'code' in form ? (form as Record<string, string>) : { ...form, code: newCode() },
  );
}

describe('login page', () => {
  it('sends the person back with code, scopes and state; unticked scopes are not granted', async () => {
    const page = await (await fetch(loginUrl())).text();
    expect(page).toContain('Simulated TikTok login — sandbox');
    expect(page).toContain('@cafe.uno');
    const answer = await submit(loginUrl(), [
      ['creator', harness.creator.id],
      ['scope', 'video.upload'],
      ['scope', 'user.info.basic'],
      ['answer', 'authorize'],
    ]);
    const back = new URL(answer.headers.get('location') ?? '');
    expect(back.origin + back.pathname).toBe(redirectUri);
    expect(back.searchParams.get('state')).toBe('s&1');
    expect(back.searchParams.get('scopes')).toBe('user.info.basic,video.upload');
    const tokens = await exchange({ code: back.searchParams.get('code') ?? '' });
    expect(tokens.body).toMatchObject({
      scope: 'user.info.basic,video.upload',
      expires_in: 86_400,
      token_type: 'Bearer',
    });
  });

  it('goes back with access_denied on Cancel', async () => {
    const back = new URL((await submit(loginUrl(), [['answer', 'cancel']])).headers.get('location') ?? '');
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.get('state')).toBe('s&1');
    expect(back.searchParams.has('code')).toBe(false);
  });

  it('adds an account and comes back with it selected', async () => {
    const url = loginUrl().replace('/authorize/?', '/authorize/account?');
    const answer = await submit(url, [
      ['username', 'new.one'],
      ['nickname', '<b>New</b>'],
    ]);
    expect(answer.status).toBe(303);
    const page = await (await fetch(new URL(answer.headers.get('location') ?? '', harness.tiktok.origins.www))).text();
    expect(page).toContain('@new.one');
    expect(page).not.toContain('<b>New</b>');
    expect((await submit(url, [['username', 'cafe.uno']])).status).toBe(400);
    expect((await submit(url, [['username', 'a/b']])).status).toBe(400);
  });

  it.each([
    ['without a challenge on loopback', { code_challenge: null }, '10007'],
    [
      'with a challenge in base64url',
      { code_challenge: Buffer.from(codeChallenge, 'hex').toString('base64url') },
      '10007',
    ],
    ['with the plain method', { code_challenge_method: 'plain' }, '10007'],
    ['with another redirect', { redirect_uri: 'http://127.0.0.1:51000/other/' }, '10006'],
    ['with an unknown app', { client_key: 'nobody' }, '10003'],
    ['with an unknown scope', { scope: 'video.delete' }, 'video.delete'],
  ])('stays on its own page %s', async (_, change, shown) => {
    const answer = await fetch(loginUrl(change), { redirect: 'manual' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(shown);
  });
});

describe('token', () => {
  it('answers flat errors, with HTTP 200 by default and 400 by switch', async () => {
    const wrong = await exchange({ code: 'nope' });
    expect(wrong.status).toBe(200);
    expect(wrong.body).toMatchObject({ error: 'invalid_grant', error_description: expect.any(String) });
    harness.tiktok.settings.oauthErrorStatus = 400;
    expect((await exchange({ code: 'nope' })).status).toBe(400);
  });

  it.each([
    ['a wrong verifier', { code_verifier: 'w'.repeat(64) }, 'invalid_grant'],
    ['a short verifier', { code_verifier: 'short' }, 'invalid_request'],
    ['no verifier', { code_verifier: '' }, 'invalid_request'],
    ['another redirect', { redirect_uri: 'http://127.0.0.1:51001/callback/' }, 'invalid_grant'],
    ['a wrong secret', { client_secret: 'x' }, 'invalid_client'],
    ['another grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
  ])('refuses %s', async (_, change, error) => {
    expect((await exchange(change)).body.error).toBe(error);
  });

  it('takes a code once and for ten minutes, and no JSON', async () => {
    const used = newCode();
    expect((await exchange({ code: used })).body.access_token).toMatch(/^act\./);
    expect((await exchange({ code: used })).body.error).toBe('invalid_grant');
    const late = newCode();
    harness.clock.now += 10 * 60_000;
    expect((await exchange({ code: late })).body.error).toBe('invalid_grant');
    const url = `${harness.tiktok.origins.api}/v2/oauth/token/`;
    expect((await post(url, '{}', { 'content-type': 'application/json' })).body.error).toBe('invalid_request');
  });

  it('needs no PKCE on an https redirect', async () => {
    const { tiktok, creator } = harness;
    const uri = 'https://agency.example/callback';
    const plain = tiktok.consent({ creatorId: creator.id, clientKey: 'agency', redirectUri: uri, scopes: allScopes });
    expect((await exchange({ code: plain, redirect_uri: uri })).body.open_id).toBeTypeOf('string');
  });

  it('rotates the refresh token, or keeps it', async () => {
    const first = (await exchange()).body;
    const second = (await refresh(first.refresh_token)).body;
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await refresh(first.refresh_token)).body.error).toBe('invalid_grant');
    harness.tiktok.settings.rotateRefreshToken = false;
    expect((await refresh(second.refresh_token)).body.refresh_token).toBe(second.refresh_token);
  });

  it('loses a rotated refresh token when the answer is lost', async () => {
    const first = (await exchange()).body;
    harness.tiktok.faults.add({ operation: 'tiktok.token', kind: 'lost-answer' });
    await expect(refresh(first.refresh_token)).rejects.toThrow();
    expect((await refresh(first.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('ends access after a day and after a revocation', async () => {
    const { tiktok, clock, creator } = harness;
    const token = await logIn(tiktok, creator.id);
    expect(code(await call(tiktok, token, paths.creatorInfo, {}))).toBe('ok');
    const other = await logIn(tiktok, creator.id);
    const revoked = await oauth(tiktok, 'revoke', { token: other });
    expect([revoked.status, revoked.text]).toEqual([200, '']);
    expect(code(await call(tiktok, token, paths.creatorInfo, {}))).toBe('access_token_invalid');
    const third = await logIn(tiktok, creator.id);
    clock.now += 86_400_000;
    const late = await call(tiktok, third, paths.creatorInfo, {});
    expect([late.status, code(late)]).toEqual([401, 'access_token_invalid']);
  });

  it('gives an error that was asked for', async () => {
    harness.tiktok.faults.add({ operation: 'tiktok.token', kind: 'error', value: 'temporarily_unavailable' });
    expect((await exchange()).body.error).toBe('temporarily_unavailable');
    expect((await exchange()).body.error).toBeUndefined();
  });

  function refresh(token: unknown) {
    return oauth(harness.tiktok, 'token', { grant_type: 'refresh_token', refresh_token: String(token) });
  }
});

describe('redirect rules', () => {
  it.each([
    'http://127.0.0.1/callback/',
    'http://192.168.1.5:80/callback/',
    'http://agency.example/callback',
    'https://agency.example:*/callback',
    'https://agency.example/callback?x=1',
    'http://127.0.0.1:*/callback/#x',
    'autosocial://oauth/callback',
    `https://agency.example/${'x'.repeat(512)}`,
  ])('refuses %s', (uri) => {
    expect(() => checkRedirectUris([uri])).toThrow();
  });

  it('takes loopback with any port, and at most ten', () => {
    expect(() => checkRedirectUris(['http://127.0.0.1:*/callback/', 'http://localhost:8080/'])).not.toThrow();
    expect(() => checkRedirectUris(Array.from({ length: 11 }, (_, i) => `https://a.example/${i}`))).toThrow();
  });

  it('matches exactly but for the port', () => {
    const registered = ['http://127.0.0.1:*/callback/'];
    expect(isRegisteredRedirect(registered, 'http://127.0.0.1:4711/callback/')).toBe(true);
    expect(isRegisteredRedirect(registered, 'http://127.0.0.1:4711/callback')).toBe(false);
    expect(isRegisteredRedirect(registered, 'http://127.0.0.1:/callback/')).toBe(false);
    expect(isRegisteredRedirect(registered, 'http://127.0.0.1:1@evil.example/callback/')).toBe(false);
    expect(isRegisteredRedirect(registered, 'http://localhost:4711/callback/')).toBe(false);
  });
});
