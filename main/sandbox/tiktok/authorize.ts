import { randomHex, type World } from './world.ts';
import { isLoopbackRedirect, isRegisteredRedirect } from './redirects.ts';

const codeLifeMs = 10 * 60_000;

const knownScopes = [
  'user.info.basic',
  'user.info.profile',
  'user.info.stats',
  'video.list',
  'video.upload',
  'video.publish',
];

/** What the app asks for on TikTok's login page. */
export interface AuthorizeRequest {
  clientKey: string;
  redirectUri: string;
  scopes: string[];
  state: string;
  /** Lowercase hex SHA-256 of the verifier; null without PKCE. */
  codeChallenge: string | null;
}

/** Shown on TikTok's own page instead of being sent back to the app. */
export class LoginPageError extends Error {
  readonly errCode: number;
  readonly errorType: string;

  constructor(errCode: number, errorType: string, message: string) {
    super(message);
    this.errCode = errCode;
    this.errorType = errorType;
  }
}

/**
 * Reads the query of the login page.
 *
 * @throws LoginPageError for everything TikTok refuses on its own page: an unknown app, a
 * redirect that is not registered, an unknown scope, and 10007 when a loopback redirect comes
 * without a PKCE challenge in hex.
 */
export function readAuthorizeRequest(world: World, query: URLSearchParams): AuthorizeRequest {
  const clientKey = query.get('client_key') ?? '';
  const app = world.store.value.apps[clientKey];
  if (app === undefined) throw new LoginPageError(10003, 'client_key', 'No app has this client_key.');

  const redirectUri = query.get('redirect_uri') ?? '';
  if (!isRegisteredRedirect(app.redirectUris, redirectUri)) {
    throw new LoginPageError(10006, 'redirect_uri', 'The redirect_uri is not registered for this app.');
  }
  if (query.get('response_type') !== 'code') {
    throw new LoginPageError(10002, 'response_type', 'response_type must be code.');
  }
  const scopes = (query.get('scope') ?? '').split(/[,\s]+/).filter((scope) => scope !== '');
  const unknown = scopes.find((scope) => !knownScopes.includes(scope));
  if (scopes.length === 0 || unknown !== undefined) {
    throw new LoginPageError(10004, 'scope', unknown === undefined ? 'No scope.' : `Unknown scope ${unknown}.`);
  }
  const codeChallenge = readChallenge(query, redirectUri);
  return { clientKey, redirectUri, scopes, state: query.get('state') ?? '', codeChallenge };
}

function readChallenge(query: URLSearchParams, redirectUri: string): string | null {
  const challenge = query.get('code_challenge');
  if (challenge === null && !isLoopbackRedirect(redirectUri)) return null;
  if (challenge === null || !/^[0-9a-f]{64}$/.test(challenge)) {
    throw new LoginPageError(10007, 'code_challenge', 'code_challenge must be the SHA-256 of the verifier in hex.');
  }
  if (query.get('code_challenge_method') !== 'S256') {
    throw new LoginPageError(10007, 'code_challenge', 'code_challenge_method must be S256.');
  }
  return challenge;
}

/** Notes the creator's consent and returns the code for it: single use, ten minutes. */
export function issueCode(world: World, request: AuthorizeRequest, creatorId: string, scopes: string[]): string {
  // Real codes hold characters that must be URL-decoded before use.
  const code = `${randomHex(24)}*0!${randomHex(2)}.va`;
  world.store.value.codes[code] = {
    clientKey: request.clientKey,
    creatorId,
    scopes,
    redirectUri: request.redirectUri,
    codeChallenge: request.codeChallenge,
    expiresAt: world.now() + codeLifeMs,
  };
  world.store.save();
  return code;
}

/** The address that sends the person back to the app. */
export function callbackUrl(request: AuthorizeRequest, answer: Record<string, string>): string {
  const url = new URL(request.redirectUri);
  for (const [name, value] of Object.entries({ ...answer, state: request.state })) url.searchParams.set(name, value);
  return url.href;
}
