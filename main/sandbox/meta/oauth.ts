import { badParameter, GraphFailure } from './errors.ts';
import { effectiveScopes, grantKey } from './grants.ts';
import { requiredParameter } from './request.ts';
import type { GraphRequest } from './request.ts';
import type { App, AuthorizationCode, Token, World } from './state.ts';
import { issueToken, longLife, shortLife, tokenProblem } from './tokens.ts';

/** `/oauth/access_token`: a code, or a short user token, becomes a token. Expiry is told in seconds. */
export function accessToken(world: World, request: GraphRequest): object {
  const app = authenticateApp(world, request);
  const grantType = request.parameters.grant_type ?? 'authorization_code';
  if (grantType === 'authorization_code') return tokenForCode(world, request, app);
  if (grantType === 'fb_exchange_token') return longToken(world, request, app);
  throw badParameter(`Unsupported grant_type: ${grantType}`);
}

/** The app that `client_id` and `client_secret` prove. @throws GraphFailure 101 or 1 */
function authenticateApp(world: World, request: GraphRequest): App {
  const app = world.store.value.apps[requiredParameter(request, 'client_id')];
  if (app === undefined) {
    const message = 'Error validating application. Cannot get application info due to a system error.';
    throw new GraphFailure({ code: 101, message });
  }
  if (requiredParameter(request, 'client_secret') !== app.secret) {
    throw new GraphFailure({ code: 1, message: 'Error validating client secret.', status: 400, transient: false });
  }
  return app;
}

function tokenForCode(world: World, request: GraphRequest, app: App): object {
  const code = world.store.value.codes[requiredParameter(request, 'code')];
  checkCode(world, code, app, requiredParameter(request, 'redirect_uri'));
  code.used = true;
  const token = issueToken(world, {
    kind: 'user',
    appId: app.id,
    subjectId: code.subjectId,
    pageId: null,
    scopes: code.scopes,
    long: false,
    expiresAt: world.now() + shortLife,
  });
  return { access_token: token, token_type: 'bearer', expires_in: shortLife / 1000 };
}

function checkCode(
  world: World,
  code: AuthorizationCode | undefined,
  app: App,
  redirectUri: string,
): asserts code is AuthorizationCode {
  if (code?.product !== 'facebook' || code.appId !== app.id) {
    throw new GraphFailure({ code: 100, message: 'Invalid verification code format.' });
  }
  if (code.redirectUri !== redirectUri) {
    const message =
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request';
    throw new GraphFailure({ code: 100, subcode: 36008, message });
  }
  if (code.used) {
    throw new GraphFailure({ code: 100, subcode: 36009, message: 'This authorization code has been used.' });
  }
  if (code.expiresAt <= world.now()) {
    throw new GraphFailure({ code: 100, subcode: 36007, message: 'This authorization code has expired.' });
  }
}

function longToken(world: World, request: GraphRequest, app: App): object {
  const token = world.store.value.tokens[requiredParameter(request, 'fb_exchange_token')];
  if (token === undefined || token.kind === 'instagram' || token.appId !== app.id) {
    throw new GraphFailure({ code: 190, message: 'Invalid OAuth access token - Cannot parse access token' });
  }
  const problem = tokenProblem(world, token);
  if (problem !== null) throw new GraphFailure(problem);
  const expiresAt = token.kind === 'page' ? null : world.now() + longLife;
  const value = issueToken(world, { ...token, long: true, expiresAt });
  return { access_token: value, token_type: 'bearer', ...(expiresAt === null ? {} : { expires_in: longLife / 1000 }) };
}

/** `/debug_token`, called with an app token `{app-id}|{secret}`. Times are in Unix seconds, 0 means never. */
export function debugToken(world: World, request: GraphRequest): object {
  const app = appOfToken(world, request);
  const input = requiredParameter(request, 'input_token');
  const token = world.store.value.tokens[input];
  if (token?.kind === 'instagram') {
    throw new GraphFailure({ code: 2, message: '(#2) Service temporarily unavailable' });
  }
  if (token === undefined) {
    const error = { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' };
    return { data: { error, is_valid: false, scopes: [] } };
  }
  if (token.appId !== app.id) {
    throw badParameter('The App_id in the input_token did not match the Viewing App');
  }
  return { data: inspect(world, token, app) };
}

function appOfToken(world: World, request: GraphRequest): App {
  const [id = '', secret] = (request.token?.value ?? '').split('|');
  const app = world.store.value.apps[id];
  if (app === undefined || app.secret !== secret) {
    throw badParameter(
      'You must provide an app access token, or a user access token that is an owner or developer of the app',
    );
  }
  return app;
}

function inspect(world: World, token: Token, app: App): object {
  const problem = tokenProblem(world, token);
  const grant = world.store.value.grants[grantKey(token.subjectId, token.appId)];
  const scopes = effectiveScopes(world, token);
  return {
    app_id: app.id,
    type: token.kind === 'page' ? 'PAGE' : 'USER',
    application: app.name,
    data_access_expires_at: seconds(grant?.dataAccessExpiresAt ?? 0),
    ...(problem === null ? {} : { error: { code: problem.code, message: problem.message, subcode: problem.subcode } }),
    expires_at: token.expiresAt === null ? 0 : seconds(token.expiresAt),
    is_valid: problem === null,
    issued_at: seconds(token.issuedAt),
    ...(token.pageId === null ? {} : { profile_id: token.pageId }),
    scopes,
    granular_scopes: scopes.map((scope) => granularScope(world, scope, grant?.pageIds ?? [])),
    user_id: token.subjectId,
  };
}

function granularScope(world: World, scope: string, pageIds: string[]): object {
  if (scope.startsWith('pages_') || scope === 'read_insights') return { scope, target_ids: pageIds };
  if (scope.startsWith('instagram_')) {
    const ids = pageIds.flatMap((id) => world.store.value.pages[id]?.instagramId ?? []);
    return { scope, target_ids: ids };
  }
  return { scope };
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
