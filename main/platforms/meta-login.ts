import { z } from 'zod';
import type { Way } from '../../shared/domain/permissions.ts';
import type { FoundAccount, RenewableTokens, RenewedTokens } from '../core/ports/networks.ts';
import { NetworkFailure } from '../core/ports/networks.ts';
import { Secret } from '../core/ports/secrets.ts';
import type { Context } from './context.ts';
import { type Graph, type GraphCaller, parseBody } from './graph.ts';
import { type Granted, grantedBy, inspectionSchema } from './meta-grants.ts';
import { missingInWords } from './missing.ts';
import { loginAgain, type LoginStep, refusedLogin } from './refused-login.ts';

/** A Page the person may publish on, with its own token. */
export interface FoundPage {
  id: string;
  name: string;
  username: string | null;
  token: Secret;
  instagram: { id: string; username: string | null; name: string | null } | null;
}

export interface MetaLogin {
  pages: FoundPage[];
  userToken: Secret;
  /** Who logged in; null where Meta does not tell this app. */
  userId: string | null;
  /** UTC ms; null when the page tokens do not expire. */
  pageTokensExpireAt: number | null;
  /** UTC ms; page tokens are renewed from the user token, so this is when the login must have been renewed. */
  userTokenExpiresAt: number;
  /** The scopes granted for this Page (or its Instagram account). */
  grantedFor(page: FoundPage): string[];
}

/** The account that a Page's token opens: the Page itself, or the Instagram account linked to it. */
export function accountBehind(
  page: FoundPage,
  login: MetaLogin,
  way: Way,
  who: Pick<FoundAccount, 'remoteId' | 'displayName' | 'username'>,
): FoundAccount {
  const scopes = login.grantedFor(page);
  return {
    ...way,
    ...who,
    pageId: page.id,
    loginId: login.userId,
    accessToken: page.token,
    refreshToken: null,
    userToken: login.userToken,
    expiresAt: login.pageTokensExpireAt,
    refreshExpiresAt: login.userTokenExpiresAt,
    scopes,
    missing: missingInWords(way, scopes),
  };
}

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().nullish() });

/** Page tokens are without end only when the user token behind them is a long-lived one (about 60 days). */
const longLivedSeconds = 7 * 24 * 60 * 60;
/** Of a long-lived user token whose answer names none. */
const usualLifeSeconds = 60 * 24 * 60 * 60;

/**
 * Facebook Login for a web page with a server, as Meta's manual flow describes it: serves Pages and
 * the Instagram accounts linked to them.
 */
export class FacebookLogin {
  readonly #context: Context;
  readonly #graph: Graph;

  constructor(context: Context, graph: Graph) {
    this.#context = context;
    this.#graph = graph;
  }

  /** @param input.again asks anew for what was declined before; Facebook leaves that out otherwise. */
  async authorizeUrl(
    input: { state: string; redirectUri: string; again?: boolean },
    scopes: readonly string[],
  ): Promise<string> {
    const { appId } = await this.#app();
    const { endpoints, graphVersion } = this.#context;
    const url = new URL(`/${graphVersion}/dialog/oauth`, endpoints.facebookWww);
    url.searchParams.set('client_id', appId);
    url.searchParams.set('redirect_uri', input.redirectUri);
    url.searchParams.set('state', input.state);
    url.searchParams.set('response_type', 'code');
    url.searchParams.set('scope', scopes.join(','));
    if (input.again === true) url.searchParams.set('auth_type', 'rerequest');
    return url.href;
  }

  /**
   * Code to short-lived, long-lived and page tokens.
   * @param pageFields what to ask of each Page beside id, name, token and tasks.
   * @throws {NetworkFailure} of class `token` when the login has to be started again
   */
  async exchangeCode(
    input: { code: string; redirectUri: string },
    pageFields: readonly string[] = [],
  ): Promise<MetaLogin> {
    const { appId, appSecret } = await this.#app();
    const query = {
      client_id: appId,
      redirect_uri: input.redirectUri,
      client_secret: appSecret.reveal(),
      code: input.code,
    };
    const short = await this.#token(query, 'login');
    const long = await this.#extend(short.token, 'login');
    const granted = await this.#granted(long.token);
    return {
      pages: await this.#pages(long.token, granted.pageIds, pageFields),
      userToken: long.token,
      userId: granted.userId,
      pageTokensExpireAt: long.pageTokensExpireAt,
      userTokenExpiresAt: long.expiresAt,
      grantedFor: ({ id, instagram }) =>
        granted.scopes.filter((scope) => granted.allows(scope, { id, instagramId: instagram?.id ?? null })),
    };
  }

  /**
   * Exchanges the living user token for a fresh one and takes the Page's token anew.
   * @throws {NetworkFailure} of class `token` only when the login is over
   */
  async renew(tokens: RenewableTokens, pageId: string): Promise<RenewedTokens> {
    if (tokens.userToken === null) throw loginAgain('There is no user token to renew from.');
    const long = await this.#extend(tokens.userToken, 'renewal');
    const page = await this.#readPage(long.token, pageId, []);
    if (page === null) throw new NetworkFailure(pageClosed);
    return {
      accessToken: page.token,
      refreshToken: null,
      userToken: long.token,
      expiresAt: long.pageTokensExpireAt,
      refreshExpiresAt: long.expiresAt,
    };
  }

  /** Takes back all that this person allowed the app; every token of theirs for it ends. @throws {NetworkFailure} */
  async revoke({ userToken }: RenewableTokens, userId: string): Promise<void> {
    if (userToken === null) throw loginAgain('There is no user token to take the permission back with.');
    await this.#graph.delete({ token: userToken, remoteId: 'login' }, `${userId}/permissions`);
  }

  /** The permissions that a Page's token has now; null where Meta does not tell this app. @throws {NetworkFailure} */
  async scopesNow(token: Secret, page: { id: string; instagramId: string | null }): Promise<string[] | null> {
    const inspected = await this.#inspect(token);
    if (inspected === null) return null;
    const granted = grantedBy(inspected);
    return granted.scopes.filter((scope) => granted.allows(scope, page));
  }

  async #app(): Promise<{ appId: string; appSecret: Secret }> {
    const { meta } = await this.#context.credentials();
    if (meta !== undefined) return meta;
    throw new NetworkFailure({
      class: 'config',
      code: 'no_credentials',
      message: 'No Meta app is set up. Enter its app id and app secret in the settings.',
    });
  }

  async #extend(
    token: Secret,
    step: LoginStep,
  ): Promise<{ token: Secret; expiresAt: number; pageTokensExpireAt: number | null }> {
    const { appId, appSecret } = await this.#app();
    const query = {
      grant_type: 'fb_exchange_token',
      client_id: appId,
      client_secret: appSecret.reveal(),
      fb_exchange_token: token.reveal(),
    };
    const living = step === 'renewal' ? { token, remoteId: 'login' } : undefined;
    const long = await this.#token(query, step, living);
    const lifeSeconds = long.expiresIn === null || long.expiresIn === 0 ? usualLifeSeconds : long.expiresIn;
    const expiresAt = this.#context.clock.now() + lifeSeconds * 1_000;
    return { token: long.token, expiresAt, pageTokensExpireAt: lifeSeconds >= longLivedSeconds ? null : expiresAt };
  }

  async #token(
    query: Record<string, string>,
    step: LoginStep,
    living?: GraphCaller,
  ): Promise<{ token: Secret; expiresIn: number | null }> {
    try {
      const body = parseBody(tokenSchema, await this.#graph.getForLogin('oauth/access_token', query, living));
      return { token: new Secret(body.access_token), expiresIn: body.expires_in ?? null };
    } catch (error) {
      throw refusedLogin(error, step);
    }
  }

  /** What was granted. An app of type "Native/Desktop" may not inspect tokens, but may list permissions. */
  async #granted(token: Secret): Promise<Granted> {
    const inspected = await this.#inspect(token);
    if (inspected !== null) return grantedBy(inspected);
    const body = await this.#graph.get({ token, remoteId: 'login' }, 'me/permissions');
    const { data } = parseBody(permissionsSchema, body);
    const scopes = data.filter(({ status }) => status === 'granted').map(({ permission }) => permission);
    return grantedBy({ scopes, granular_scopes: [] });
  }

  /** What Meta says of a living token to the app it was made for; null when it does not. */
  async #inspect(token: Secret): Promise<z.infer<typeof inspectionSchema>['data'] | null> {
    const { appId, appSecret } = await this.#app();
    const query = { input_token: token.reveal(), access_token: `${appId}|${appSecret.reveal()}` };
    try {
      return parseBody(inspectionSchema, await this.#graph.getForLogin('debug_token', query)).data;
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      this.#context.log.warn('The token could not be inspected', { code: error.failure.code });
      return null;
    }
  }

  /**
   * The Pages on which the person may create content. Pages of a business portfolio can be missing
   * from the list although they were granted; those are read one by one.
   */
  async #pages(token: Secret, grantedIds: readonly string[], fields: readonly string[]): Promise<FoundPage[]> {
    const listed = await this.#listed(token, ['username', 'tasks', ...fields]);
    const unlisted = grantedIds.filter((id) => !listed.some((page) => page.id === id));
    const pages = listed.filter((page) => page.tasks?.includes('CREATE_CONTENT') ?? true).flatMap(withToken);
    for (const id of unlisted) {
      const page = await this.#page(token, id, fields);
      if (page !== null) pages.push(page);
    }
    return pages;
  }

  async #listed(token: Secret, fields: readonly string[]): Promise<z.infer<typeof pageSchema>[]> {
    const found: z.infer<typeof pageSchema>[] = [];
    let after: string | undefined;
    do {
      const query = { fields: withDefaults(fields), limit: '100', ...(after === undefined ? {} : { after }) };
      const body = await this.#graph.get({ token, remoteId: 'login' }, 'me/accounts', query);
      const list = parseBody(accountsSchema, body);
      found.push(...list.data);
      after = list.paging?.next == null ? undefined : list.paging.cursors?.after;
    } while (after !== undefined && found.length < mostPages);
    return found;
  }

  async #page(token: Secret, id: string, fields: readonly string[]): Promise<FoundPage | null> {
    try {
      return await this.#readPage(token, id, fields);
    } catch (error) {
      // The person may have lost this Page since: the others are still good.
      const isClosed = error instanceof NetworkFailure && /^(100|10|2\d\d)(\/|$)/.test(error.failure.code);
      // A missing object may be back in a moment; see `graphFailure`.
      if (isClosed && error.failure.class !== 'transient') return null;
      throw error;
    }
  }

  /** Null when this login is given no token for the Page. @throws {NetworkFailure} */
  async #readPage(token: Secret, id: string, fields: readonly string[]): Promise<FoundPage | null> {
    const body = await this.#graph.get({ token, remoteId: 'login' }, id, { fields: withDefaults(fields) });
    return withToken(parseBody(pageSchema, body))[0] ?? null;
  }
}

/** The token that the Page has here may live on, so this alone ends no connection. */
const pageClosed = {
  class: 'permission',
  code: 'no_page_token',
  message: 'The Page is no longer open to this login.',
} as const;

const mostPages = 2_000;

function withDefaults(fields: readonly string[]): string {
  return ['id', 'name', 'access_token', ...fields].join(',');
}

const pageSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  username: z.string().nullish(),
  access_token: z.string().min(1).nullish(),
  tasks: z.array(z.string()).nullish(),
  instagram_business_account: z
    .object({ id: z.string().min(1), username: z.string().nullish(), name: z.string().nullish() })
    .nullish(),
});

const accountsSchema = z.object({
  data: z.array(pageSchema),
  paging: z.object({ cursors: z.object({ after: z.string() }).nullish(), next: z.string().nullish() }).nullish(),
});

const permissionsSchema = z.object({ data: z.array(z.object({ permission: z.string(), status: z.string() })) });

function withToken(page: z.infer<typeof pageSchema>): FoundPage[] {
  if (page.access_token == null) return [];
  const instagram = page.instagram_business_account ?? null;
  return [
    {
      id: page.id,
      name: page.name,
      username: page.username ?? null,
      token: new Secret(page.access_token),
      instagram: instagram && {
        id: instagram.id,
        username: instagram.username ?? null,
        name: instagram.name ?? null,
      },
    },
  ];
}
