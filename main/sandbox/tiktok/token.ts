import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { operation, type SimulatorContext, type SimulatorEnv } from '../simulator.ts';
import { oauthError } from './answers.ts';
import { openId } from './creators.ts';
import { type App, type Code, type Grant, randomHex, type Token, type World } from './world.ts';

const accessLifeMs = 86_400_000;
const refreshLifeMs = 365 * 86_400_000;

/** Error of the OAuth endpoints; its strings are those of OAuth 2.0. */
class OAuthError extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

export function addTokenRoutes(app: Hono<SimulatorEnv>, world: World): void {
  app.post(
    '/v2/oauth/token/',
    oauthEndpoint(world, 'tiktok.token', (form, client, detail) => {
      const grantType = required(form, 'grant_type');
      detail.grantType = grantType;
      if (grantType === 'authorization_code') return exchangeCode(world, client, form, detail);
      if (grantType === 'refresh_token') return refresh(world, client, form, detail);
      throw new OAuthError('unsupported_grant_type', 'This grant_type is not supported.');
    }),
  );

  app.post(
    '/v2/oauth/revoke/',
    oauthEndpoint(world, 'tiktok.revoke', (form, client, detail) => {
      const state = world.store.value;
      const token = required(form, 'token');
      const grant = state.accessTokens[token] ?? state.refreshTokens[token];
      if (grant === undefined || grant.clientKey !== client.clientKey) {
        throw new OAuthError('invalid_request', 'The token is invalid or not found.');
      }
      detail.creatorId = grant.creatorId;
      removeGrants(world, grant);
      return new Response(null, { status: 200 });
    }),
  );
}

type Form = URLSearchParams;
type Detail = Record<string, unknown>;

function oauthEndpoint(
  world: World,
  name: string,
  handler: (form: Form, client: App, detail: Detail) => Response,
): (c: SimulatorContext) => Promise<Response> {
  return operation(world, name, async (c, detail) => {
    try {
      const fault = world.faults.take(name, 'error');
      if (fault !== undefined) throw new OAuthError(String(fault.value), 'Fault switched on in the sandbox.');
      const form = await readForm(c);
      return handler(form, authenticateClient(world, form), detail);
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      detail.error = error.error;
      return oauthError(error.error, error.message, world.settings.oauthErrorStatus);
    }
  });
}

async function readForm(c: SimulatorContext): Promise<Form> {
  if (!(c.req.header('content-type') ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded')) {
    throw new OAuthError('invalid_request', 'Only application/x-www-form-urlencoded is supported as Content-Type.');
  }
  return new URLSearchParams(await c.req.text());
}

function required(form: Form, name: string): string {
  const value = form.get(name);
  if (value === null || value === '') throw new OAuthError('invalid_request', `The parameter ${name} is missing.`);
  return value;
}

function authenticateClient(world: World, form: Form): App {
  const app = world.store.value.apps[required(form, 'client_key')];
  if (app === undefined || required(form, 'client_secret') !== app.clientSecret) {
    throw new OAuthError('invalid_client', 'Client key or secret is incorrect.');
  }
  return app;
}

function exchangeCode(world: World, client: App, form: Form, detail: Detail): Response {
  const { codes } = world.store.value;
  const text = required(form, 'code');
  const redirectUri = required(form, 'redirect_uri');
  const code = codes[text];
  if (code === undefined || code.clientKey !== client.clientKey || code.expiresAt <= world.now()) {
    throw new OAuthError('invalid_grant', 'Authorization code is expired or was used.');
  }
  // Single use, even when the rest turns out wrong.
  delete codes[text];
  world.store.save();
  if (code.redirectUri !== redirectUri) {
    throw new OAuthError('invalid_grant', 'Redirect_uri is not matched with the uri when requesting code.');
  }
  checkVerifier(code, form);
  detail.creatorId = code.creatorId;
  return issueTokens(world, code, null);
}

/** TikTok's challenge is the verifier's SHA-256 in lowercase hex, unlike OAuth's usual base64url. */
function checkVerifier(code: Code, form: Form): void {
  if (code.codeChallenge === null) return;
  const verifier = required(form, 'code_verifier');
  if (!/^[A-Za-z0-9\-._~]{43,128}$/.test(verifier)) {
    throw new OAuthError('invalid_request', 'code_verifier has 43 to 128 unreserved characters.');
  }
  if (createHash('sha256').update(verifier).digest('hex') !== code.codeChallenge) {
    throw new OAuthError('invalid_grant', 'Code verifier or code challenge is invalid.');
  }
}

function refresh(world: World, client: App, form: Form, detail: Detail): Response {
  const { refreshTokens } = world.store.value;
  const text = required(form, 'refresh_token');
  const token = refreshTokens[text];
  if (token === undefined || token.clientKey !== client.clientKey || token.expiresAt <= world.now()) {
    throw new OAuthError('invalid_grant', 'Refresh token is invalid or expired.');
  }
  detail.creatorId = token.creatorId;
  if (!world.settings.rotateRefreshToken) return issueTokens(world, token, { text, token });
  delete refreshTokens[text];
  return issueTokens(world, token, null);
}

function issueTokens(world: World, grant: Grant, kept: { text: string; token: Token } | null): Response {
  const state = world.store.value;
  const { clientKey, creatorId, scopes } = grant;
  const accessToken = `act.${randomHex(32)}`;
  const refreshToken = kept?.text ?? `rft.${randomHex(32)}`;
  const refreshExpiresAt = kept?.token.expiresAt ?? world.now() + refreshLifeMs;
  state.accessTokens[accessToken] = { clientKey, creatorId, scopes, expiresAt: world.now() + accessLifeMs };
  state.refreshTokens[refreshToken] = { clientKey, creatorId, scopes, expiresAt: refreshExpiresAt };
  world.store.save();
  return Response.json({
    open_id: openId(clientKey, creatorId),
    scope: scopes.join(','),
    access_token: accessToken,
    expires_in: accessLifeMs / 1000,
    refresh_token: refreshToken,
    refresh_expires_in: Math.floor((refreshExpiresAt - world.now()) / 1000),
    token_type: 'Bearer',
  });
}

/** Takes back everything this person has granted to this app. */
function removeGrants(world: World, grant: Grant): void {
  const state = world.store.value;
  for (const tokens of [state.accessTokens, state.refreshTokens]) {
    for (const [text, token] of Object.entries(tokens)) {
      if (token.clientKey === grant.clientKey && token.creatorId === grant.creatorId) delete tokens[text];
    }
  }
  world.store.save();
}
