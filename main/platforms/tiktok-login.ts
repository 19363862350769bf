import { createHash } from 'node:crypto';
import { z } from 'zod';
import { scopesOf } from '../../shared/domain/permissions.ts';
import { type FoundAccount, NetworkFailure, type RenewableTokens, type RenewedTokens } from '../core/ports/networks.ts';
import { Secret } from '../core/ports/secrets.ts';
import type { Context } from './context.ts';
import { missingInWords } from './missing.ts';
import { parseData, type TikTokApi } from './tiktok-api.ts';

const way = { platform: 'tiktok', via: 'tiktok' } as const;

interface TikTokApp {
  clientKey: string;
  clientSecret: Secret;
}

/** As long as TikTok asks for. */
const madeUpVerifier = 'v'.repeat(64);

const tokenSchema = z.object({
  open_id: z.string().min(1),
  scope: z.string().catch(''),
  access_token: z.string().min(1),
  expires_in: z.number(),
  refresh_token: z.string().min(1).nullish(),
  refresh_expires_in: z.number().nullish(),
});

const userSchema = z.object({
  user: z.object({ display_name: z.string().nullish(), username: z.string().nullish() }),
});

/** TikTok's Login Kit: on a loopback redirect its desktop form with PKCE, on an https one its web form. */
export class TikTokLogin {
  readonly #context: Context;
  readonly #api: TikTokApi;

  constructor(context: Context, api: TikTokApi) {
    this.#context = context;
    this.#api = api;
  }

  async authorizeUrl(input: { state: string; redirectUri: string; codeVerifier: string }): Promise<string> {
    const { clientKey } = await this.#app();
    const url = new URL('/v2/auth/authorize/', this.#context.endpoints.tiktokWww);
    url.searchParams.set('client_key', clientKey);
    url.searchParams.set('scope', scopesOf(way).join(','));
    url.searchParams.set('redirect_uri', input.redirectUri);
    url.searchParams.set('state', input.state);
    url.searchParams.set('response_type', 'code');
    if (isLoopback(input.redirectUri)) {
      url.searchParams.set('code_challenge', codeChallenge(input.codeVerifier));
      url.searchParams.set('code_challenge_method', 'S256');
    }
    return url.href;
  }

  /** @param input.code already URL-decoded. @throws {NetworkFailure} */
  async exchangeCode(input: { code: string; redirectUri: string; codeVerifier: string }): Promise<FoundAccount> {
    const token = await this.#token({
      grant_type: 'authorization_code',
      code: input.code,
      redirect_uri: input.redirectUri,
      ...(isLoopback(input.redirectUri) ? { code_verifier: input.codeVerifier } : {}),
    });
    const granted = token.scope.split(/[\s,]+/).filter((scope) => scope !== '');
    const accessToken = new Secret(token.access_token);
    const user = await this.#user({ token: accessToken, remoteId: token.open_id }, granted);
    return {
      ...way,
      remoteId: token.open_id,
      displayName: user.display_name ?? user.username ?? 'TikTok',
      username: user.username ?? null,
      pageId: null,
      loginId: token.open_id,
      accessToken,
      refreshToken: token.refresh_token == null ? null : new Secret(token.refresh_token),
      userToken: null,
      ...this.#expiries(token),
      scopes: granted,
      missing: missingInWords(way, granted),
    };
  }

  /** A new refresh token replaces the old one, which may be dead from now on. @throws {NetworkFailure} */
  async renew(tokens: RenewableTokens): Promise<RenewedTokens> {
    if (tokens.refreshToken === null) {
      throw new NetworkFailure({ class: 'token', code: 'no_refresh_token', message: 'Please log in to TikTok again.' });
    }
    const token = await this.#token({ grant_type: 'refresh_token', refresh_token: tokens.refreshToken.reveal() });
    return {
      accessToken: new Secret(token.access_token),
      refreshToken: token.refresh_token == null ? tokens.refreshToken : new Secret(token.refresh_token),
      userToken: null,
      ...this.#expiries(token),
    };
  }

  /** Takes back what this creator allowed: all tokens of the creator end, no other account's. @throws {NetworkFailure} */
  async revoke(tokens: RenewableTokens): Promise<void> {
    await this.#api.oauth('/v2/oauth/revoke/', { ...formOf(await this.#app()), token: tokens.accessToken.reveal() });
  }

  /**
   * Whether a login code that was made up is all that TikTok finds wrong: it is looked at after key and secret. False when
   * the answer says neither. @throws {NetworkFailure} that key or secret are wrong, or that it could not be asked
   */
  async refusesOnlyTheCode(app: TikTokApp): Promise<boolean> {
    const grant = {
      grant_type: 'authorization_code',
      code: 'made-up',
      redirect_uri: 'https://localhost/',
      code_verifier: madeUpVerifier,
    };
    try {
      await this.#api.oauth('/v2/oauth/token/', { ...formOf(app), ...grant });
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      const { code, message } = error.failure;
      if (code === 'invalid_grant') return true;
      if (code !== 'invalid_request') throw error;
      return !/redirect/i.test(message) && /\bcode|verifier/i.test(message);
    }
    return false;
  }

  async #token(grant: Record<string, string>): Promise<z.infer<typeof tokenSchema>> {
    const client = formOf(await this.#app());
    return parseData(tokenSchema, await this.#api.oauth('/v2/oauth/token/', { ...client, ...grant }));
  }

  /** Name and handle as far as they were granted; one field that was not granted fails the whole call. */
  async #user(
    caller: { token: Secret; remoteId: string },
    granted: string[],
  ): Promise<z.infer<typeof userSchema>['user']> {
    const fields = granted.includes('user.info.basic') ? ['open_id', 'display_name'] : [];
    if (granted.includes('user.info.profile')) fields.push('username');
    if (fields.length === 0) return {};
    try {
      const { data } = await this.#api.get(caller, '/v2/user/info/', { fields: fields.join(',') });
      return parseData(userSchema, data).user;
    } catch (error) {
      // The code is used up by now: a name is not worth another login.
      if (error instanceof NetworkFailure) return {};
      throw error;
    }
  }

  #expiries(token: z.infer<typeof tokenSchema>): { expiresAt: number; refreshExpiresAt: number | null } {
    const now = this.#context.clock.now();
    return {
      expiresAt: now + token.expires_in * 1000,
      refreshExpiresAt: token.refresh_expires_in == null ? null : now + token.refresh_expires_in * 1000,
    };
  }

  async #app(): Promise<TikTokApp> {
    const { tiktok } = await this.#context.credentials();
    if (tiktok !== undefined) return tiktok;
    throw new NetworkFailure({
      class: 'config',
      code: 'no_credentials',
      message: 'No TikTok app is set up. Enter its client key and client secret in the settings.',
    });
  }
}

/** TikTok's own form of PKCE: the SHA-256 of the verifier in lowercase hex, not base64url. */
export function codeChallenge(verifier: string): string {
  return createHash('sha256').update(verifier).digest('hex');
}

function formOf({ clientKey, clientSecret }: TikTokApp): Record<'client_key' | 'client_secret', string> {
  return { client_key: clientKey, client_secret: clientSecret.reveal() };
}

function isLoopback(redirectUri: string): boolean {
  return ['localhost', '127.0.0.1'].includes(new URL(redirectUri).hostname);
}
