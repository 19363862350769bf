import { Hono } from 'hono';
import { operation, type SimulatorApp, type SimulatorContext, type SimulatorEnv } from '../simulator.ts';
import { appByInstagramId } from './directory.ts';
import { badParameter, GraphFailure } from './errors.ts';
import { type GraphRequest, requiredParameter } from './request.ts';
import type { AuthorizationCode, Token, World } from './state.ts';
import { authenticate, issueToken, longLife, shortLife } from './tokens.ts';

const day = 24 * 3_600_000;

/** api.instagram.com: only `POST /oauth/access_token`, form bodies only, and an error shape of its own. */
export function instagramApiApp(world: World): SimulatorApp {
  const app = new Hono<SimulatorEnv>();
  app.post(
    '/oauth/access_token',
    operation(world, 'instagram.oauth.token', (c, detail) => tokenForCode(world, c, detail)),
  );
  return app;
}

async function tokenForCode(world: World, c: SimulatorContext, detail: Record<string, unknown>): Promise<Response> {
  const type = c.req.header('content-type') ?? '';
  const isForm = type.startsWith('application/x-www-form-urlencoded') || type.startsWith('multipart/form-data');
  const form = isForm ? await c.req.parseBody() : {};
  const field = (name: string): string => (typeof form[name] === 'string' ? form[name] : '');

  const app = appByInstagramId(world, field('client_id'));
  if (app === undefined) return refuse('Invalid platform app');
  if (app.instagramAppSecret !== field('client_secret')) return refuse('Error validating client secret.');
  if (field('grant_type') !== 'authorization_code') return refuse('Invalid grant_type');
  const code = world.store.value.codes[field('code')];
  const problem = codeProblem(world, code, app.id, field('redirect_uri'));
  if (problem !== null || code === undefined) return refuse(problem ?? 'Invalid authorization code');
  code.used = true;
  const token = issueToken(world, {
    kind: 'instagram',
    appId: app.id,
    subjectId: code.subjectId,
    pageId: null,
    scopes: code.scopes,
    long: false,
    expiresAt: world.now() + shortLife,
  });
  world.store.save();
  detail.instagramId = code.subjectId;
  // The id is written as a bare number, larger than what JavaScript keeps exactly, as on the live service.
  const body = `{"access_token":"${token}","user_id":${code.subjectId},"permissions":${JSON.stringify(code.scopes)}}`;
  const shown = world.settings.instagramTokenShape === 'flat' ? body : `{"data":[${body}]}`;
  return c.body(shown, 200, { 'content-type': 'application/json' });
}

function codeProblem(
  world: World,
  code: AuthorizationCode | undefined,
  appId: string,
  redirectUri: string,
): string | null {
  if (code?.product !== 'instagram' || code.appId !== appId) return 'Invalid authorization code';
  if (code.redirectUri !== redirectUri) return 'Invalid redirect_uri';
  if (code.used) return 'This authorization code has been used';
  return code.expiresAt <= world.now() ? 'This authorization code has expired' : null;
}

function refuse(error_message: string): Response {
  return Response.json({ error_type: 'OAuthException', code: 400, error_message }, { status: 400 });
}

/** `GET graph.instagram.com/access_token`: a short token becomes one of 60 days. */
export function exchangeInstagramToken(world: World, request: GraphRequest): object {
  if (requiredParameter(request, 'grant_type') !== 'ig_exchange_token') throw badParameter('Invalid grant_type');
  const { token } = authenticate(world, request, 'instagram');
  const secret = world.store.value.apps[token.appId]?.instagramAppSecret;
  if (secret !== requiredParameter(request, 'client_secret')) {
    throw new GraphFailure({ code: 1, message: 'Error validating client secret.', status: 400, transient: false });
  }
  return longToken(world, token);
}

/** `GET graph.instagram.com/refresh_access_token`: a long token of at least 24 h, still valid, gets 60 new days. */
export function refreshInstagramToken(world: World, request: GraphRequest): object {
  if (requiredParameter(request, 'grant_type') !== 'ig_refresh_token') throw badParameter('Invalid grant_type');
  const { token, scopes } = authenticate(world, request, 'instagram');
  if (!token.long || token.issuedAt + day > world.now()) throw badParameter('The token is too new to be refreshed');
  if (!scopes.has('instagram_business_basic')) {
    throw new GraphFailure({ code: 10, message: '(#10) instagram_business_basic is needed to refresh the token' });
  }
  return longToken(world, token);
}

function longToken(world: World, token: Token): object {
  const value = issueToken(world, { ...token, long: true, expiresAt: world.now() + longLife });
  return { access_token: value, token_type: 'bearer', expires_in: longLife / 1000 };
}
