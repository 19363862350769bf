import { z } from 'zod';
import { scopesOf, type Way } from '../../shared/domain/permissions.ts';
import { type FoundAccount, NetworkFailure, type RenewableTokens, type RenewedTokens } from '../core/ports/networks.ts';
import { Secret } from '../core/ports/secrets.ts';
import type { AppCredentials, Context } from './context.ts';
import { type Graph, type GraphCaller, parseBody } from './graph.ts';
import { deadlines, parseObject, readText, transportFailure } from './http.ts';
import { missingInWords } from './missing.ts';
import { loginAgain, type LoginStep, refusedLogin } from './refused-login.ts';
import { wordsSchema } from './words.ts';

type InstagramApp = NonNullable<AppCredentials['instagram']>;

const way: Way = { platform: 'instagram', via: 'instagram' };

const dayMs = 24 * 60 * 60_000;
/** Of a long-lived token whose answer names none. */
const usualLifeMs = 60 * dayMs;
/**
 * Business Login for Instagram: an app id of its own, no Facebook Page, and one token for sixty days that is renewed while
 * it lives. There is no call that ends it.
 */
export class InstagramLogin {
  readonly #context: Context;
  readonly #graph: Graph;

  /** @param graph of graph.instagram.com */
  constructor(context: Context, graph: Graph) {
    this.#context = context;
    this.#graph = graph;
  }

  /** @param input.again lets the person choose anew, also when Instagram still remembers the last answer */
  async authorizeUrl(input: { state: string; redirectUri: string; again?: boolean }): Promise<string> {
    const { appId } = await this.#app();
    const url = new URL('/oauth/authorize', this.#context.endpoints.instagramWww);
    url.searchParams.set('client_id', appId);
    url.searchParams.set('redirect_uri', input.redirectUri);
    url.searchParams.set('response_type', 'code');
    url.searchParams.set('scope', scopesOf(way).join(','));
    url.searchParams.set('state', input.state);
    if (input.again === true) url.searchParams.set('force_authentication', '1');
    return url.href;
  }

  /** Code to short-lived and long-lived token, and whose they are. @throws {NetworkFailure} */
  async exchangeCode({ code, redirectUri }: { code: string; redirectUri: string }): Promise<FoundAccount[]> {
    const app = await this.#app();
    // Instagram puts `#_` behind the address, and some browsers hand it on as if it were part of the code.
    const short = await this.#shortToken(app, { redirect_uri: redirectUri, code: code.replace(/#_$/, '') });
    const query = {
      grant_type: 'ig_exchange_token',
      client_secret: app.appSecret.reveal(),
      access_token: short.token.reveal(),
    };
    const long = await this.#longToken('/access_token', query, 'login');
    const me = await this.#me({ token: long.token, remoteId: 'login' });
    const isProfessional = professional.has(me.account_type ?? 'BUSINESS');
    return [
      {
        ...way,
        remoteId: me.user_id,
        displayName: me.name || me.username || me.user_id,
        username: me.username ?? null,
        pageId: null,
        loginId: me.user_id,
        accessToken: long.token,
        refreshToken: null,
        userToken: null,
        expiresAt: long.expiresAt,
        refreshExpiresAt: null,
        scopes: short.scopes,
        missing: isProfessional ? missingInWords(way, short.scopes) : [personal],
      },
    ];
  }

  /**
   * Takes a new token for the living one. Instagram renews none in its first 24 hours: of one so young it is only asked
   * whether it is still good. @throws {NetworkFailure}
   */
  async renew({ accessToken, remoteId, issuedAt }: RenewableTokens): Promise<RenewedTokens | null> {
    const living = { token: accessToken, remoteId };
    if (this.#context.clock.now() - issuedAt < dayMs) {
      await this.#me(living);
      return null;
    }
    const query = { grant_type: 'ig_refresh_token', access_token: accessToken.reveal() };
    const long = await this.#longToken('/refresh_access_token', query, 'renewal', living);
    return {
      accessToken: long.token,
      refreshToken: null,
      userToken: null,
      expiresAt: long.expiresAt,
      refreshExpiresAt: null,
    };
  }

  /**
   * Whether a login code that was made up is all that Instagram finds wrong; false when its answer says neither.
   * @throws {NetworkFailure} `app_refused`, or that it could not be asked
   */
  async refusesOnlyTheCode(app: InstagramApp): Promise<boolean> {
    try {
      await this.#shortToken(app, { redirect_uri: 'https://localhost/', code: 'made-up' });
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      if (error.failure.class === 'token') return true;
      if (!/redirect[ _]uri/i.test(error.message)) throw error;
    }
    return false;
  }

  async #app(): Promise<InstagramApp> {
    const { instagram } = await this.#context.credentials();
    if (instagram !== undefined) return instagram;
    throw new NetworkFailure({
      class: 'config',
      code: 'no_credentials',
      message: 'No Instagram app is set up. Enter its Instagram app ID and secret in the settings.',
    });
  }

  /** Who the token speaks for. @throws {NetworkFailure} */
  async #me(caller: GraphCaller): Promise<z.infer<typeof meSchema>> {
    const body = await this.#graph.get(caller, 'me', { fields: 'user_id,username,name,account_type' });
    return parseBody(meSchema, body);
  }

  /** A call of graph.instagram.com without a version. @throws {NetworkFailure} */
  async #longToken(
    path: string,
    query: Record<string, string>,
    step: LoginStep,
    living?: GraphCaller,
  ): Promise<{ token: Secret; expiresAt: number }> {
    try {
      const body = parseBody(longSchema, await this.#graph.getForLogin(path, query, living));
      const lifeMs = body.expires_in == null || body.expires_in <= 0 ? usualLifeMs : body.expires_in * 1_000;
      return { token: new Secret(body.access_token), expiresAt: this.#context.clock.now() + lifeMs };
    } catch (error) {
      throw refusedLogin(error, step);
    }
  }

  /** The one call of api.instagram.com: form bodies only, and errors in a shape of its own. @throws {NetworkFailure} */
  async #shortToken(
    { appId, appSecret }: InstagramApp,
    login: { redirect_uri: string; code: string },
  ): Promise<{ token: Secret; scopes: string[] }> {
    const url = new URL('/oauth/access_token', this.#context.endpoints.instagramApi);
    const app = { client_id: appId, client_secret: appSecret.reveal() };
    const body = new URLSearchParams({ ...app, grant_type: 'authorization_code', ...login });
    const request = new Request(url, { method: 'POST', body, redirect: 'manual' });
    const response = await this.#context.http(request, { timeoutMs: deadlines.call }).catch((error: unknown) => {
      throw new NetworkFailure(transportFailure(error));
    });
    const answer = parseObject(await readText(response));
    const refusal = refusalSchema.safeParse(answer).data;
    if (refusal !== undefined) {
      this.#context.log.warn('Instagram refused a login', { code: refusal.code });
      throw refused(refusal.error_message, response.status);
    }
    // The documentation wraps the answer in a list, the service was seen without.
    const given = z.union([shortSchema, z.object({ data: z.tuple([shortSchema]) })]).safeParse(answer).data;
    if (!response.ok || given === undefined) {
      throw new NetworkFailure({
        class: 'transient',
        code: `http/${response.status}`,
        message: 'Instagram gave no usable answer.',
      });
    }
    const { access_token: token, permissions } = 'data' in given ? given.data[0] : given;
    return { token: new Secret(token), scopes: permissions ?? scopesOf(way) };
  }
}

/** Accounts that apps may publish on; Instagram has no API for personal ones. */
const professional: ReadonlySet<string> = new Set(['BUSINESS', 'MEDIA_CREATOR', 'CREATOR']);
const personal =
  'This is a personal account: Instagram lets apps publish on professional accounts only. Switch it to one in the Instagram app, under Settings → Account type.';

/** Above 2^53 a number is no longer the one that was sent. */
const idSchema = z.union([z.string().regex(/^\d+$/), z.int().transform(String)]);
const meSchema = z.object({
  user_id: idSchema,
  username: z.string().nullish(),
  name: z.string().nullish(),
  account_type: z.string().nullish(),
});
const longSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().nullish() });
/** Its `user_id` is left alone: it comes as a number too large to be read exactly. */
const shortSchema = z.object({
  access_token: z.string().min(1),
  permissions: z
    .union([z.array(z.string()), z.string().transform((list) => list.split(',').map((scope) => scope.trim()))])
    .nullish(),
});
const refusalSchema = z.object({ error_type: z.string(), code: z.number().catch(0), error_message: wordsSchema });

/** What is wrong with the app is nothing that logging in again would mend. */
function refused(message: string, httpStatus: number): NetworkFailure {
  if (httpStatus >= 500) {
    return new NetworkFailure({
      class: 'transient',
      code: `http/${httpStatus}`,
      message: `Instagram stumbled. ${message}`,
    });
  }
  if (!/platform app|client[ _]secret|client[ _]id|redirect[ _]uri/i.test(message)) return loginAgain(message);
  return new NetworkFailure({
    class: 'config',
    code: 'app_refused',
    message: `Instagram refused the app: ${message} Compare Instagram app ID, secret and redirect address with its page in Meta for Developers.`,
  });
}
