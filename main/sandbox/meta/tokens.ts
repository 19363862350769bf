import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { badParameter, GraphFailure, missingObject, missingScope, missingTask } from './errors.ts';
import { pageOfInstagram } from './directory.ts';
import type { GraphErrorFields } from './errors.ts';
import type { GraphRequest } from './request.ts';
import type { InstagramAccount, Page, Token, TokenDeath, World } from './state.ts';

const hour = 3_600_000;
export const shortLife = hour;
export const longLife = 60 * 24 * hour;

/** A call whose token was found good. */
export interface Session {
  value: string;
  token: Token;
  /** Scopes that were asked for with this token and are still granted. */
  scopes: ReadonlySet<string>;
  /** Pages that the person chose for the app. */
  pageIds: ReadonlySet<string>;
}

/** Creates a token and returns its text. */
export function issueToken(
  world: World,
  token: Pick<Token, 'kind' | 'appId' | 'subjectId' | 'pageId' | 'scopes' | 'long' | 'expiresAt'>,
): string {
  const value = (token.kind === 'instagram' ? 'IGAA' : 'EAA') + randomBytes(48).toString('hex');
  world.store.value.tokens[value] = { ...token, issuedAt: world.now(), death: null };
  return value;
}

/**
 * The page token for a user token: without end when the user token is a long one, else it dies with it.
 * The same string comes again as long as it lives.
 */
export function pageToken(world: World, user: Token, pageId: string): string {
  const expiresAt = user.long ? null : user.expiresAt;
  const known = Object.entries(world.store.value.tokens).find(
    ([, token]) =>
      token.kind === 'page' &&
      token.pageId === pageId &&
      token.subjectId === user.subjectId &&
      token.appId === user.appId &&
      token.expiresAt === expiresAt &&
      token.scopes.join() === user.scopes.join() &&
      tokenProblem(world, token) === null,
  );
  if (known !== undefined) return known[0];
  return issueToken(world, { ...user, kind: 'page', pageId, expiresAt });
}

/** @throws GraphFailure 190 with the subcode that tells why, 104 without a token, 100 for a wrong appsecret_proof. */
export function authenticate(world: World, request: GraphRequest, product: 'facebook' | 'instagram'): Session {
  if (request.token === null) {
    throw new GraphFailure({
      code: 104,
      message: 'An access token is required to request this resource.',
      status: 401,
    });
  }
  const { value, inHeader } = request.token;
  const session = sessionOf(world, value, product);
  if (!('token' in session)) throw new GraphFailure({ ...session, status: inHeader ? 401 : 400 });
  checkProof(world, request, session, product);
  return session;
}

/** The session of a token text, or what is wrong with it. */
export function sessionOf(world: World, value: string, product: 'facebook' | 'instagram'): Session | GraphErrorFields {
  const token = world.store.value.tokens[value];
  if (token === undefined || (token.kind === 'instagram') !== (product === 'instagram')) {
    return { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' };
  }
  const problem = tokenProblem(world, token);
  if (problem !== null) return problem;
  if (token.kind === 'instagram') return { value, token, scopes: new Set(token.scopes), pageIds: new Set() };
  const grant = world.store.value.grants[`${token.subjectId}:${token.appId}`];
  const granted = new Set(grant?.scopes ?? []);
  return {
    value,
    token,
    scopes: new Set(token.scopes.filter((scope) => granted.has(scope))),
    pageIds: new Set(grant?.pageIds ?? []),
  };
}

const deaths: Record<TokenDeath, { subcode: number; message: string }> = {
  deauthorized: { subcode: 458, message: 'The user has not authorized the application.' },
  password: {
    subcode: 460,
    message:
      'The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
  },
  invalid: { subcode: 467, message: 'The session is invalid because the user logged out.' },
};

/** Why the token is refused now, or null. */
export function tokenProblem(world: World, token: Token): GraphErrorFields | null {
  const refuse = (subcode: number, reason: string): GraphErrorFields => ({
    code: 190,
    subcode,
    message: `Error validating access token: ${reason}`,
  });
  if (token.death !== null) return refuse(deaths[token.death].subcode, deaths[token.death].message);
  if (token.expiresAt !== null && token.expiresAt <= world.now()) {
    return refuse(463, `Session has expired on ${new Date(token.expiresAt).toUTCString()}.`);
  }
  const person = world.store.value.people[token.subjectId];
  if (person?.checkpoint === true) {
    return refuse(459, 'The user is enrolled in a blocking, logged-in checkpoint');
  }
  if (token.kind === 'page' && !person?.roles.some((role) => role.pageId === token.pageId)) {
    return refuse(492, 'The user must be an administrator, editor, or moderator of the page.');
  }
  return null;
}

/** The Page for publishing and moderating: needs that Page's own token, the scope and the person's task on it. */
export function managedPage(
  world: World,
  session: Session,
  request: GraphRequest,
  pageId: string,
  need: { scope: string; task: string },
): Page {
  if (session.token.kind === 'user') {
    throw new GraphFailure({
      code: 190,
      subcode: 2069032,
      message: 'A Page access token is required for this call for the new Pages experience.',
    });
  }
  const page = readablePage(world, session, request, pageId);
  requireScope(session, need.scope);
  requireTask(world, session, pageId, need.task);
  return page;
}

/** A Page that the token may see: its own for a page token, a chosen one for a user token. @throws GraphFailure 100/33 */
export function readablePage(world: World, session: Session, request: GraphRequest, pageId: string): Page {
  const page = world.store.value.pages[pageId];
  const own = session.token.kind === 'page' ? session.token.pageId === pageId : isChosen(world, session, pageId);
  if (page === undefined || !own) throw missingObject(request.method, pageId);
  if (!session.pageIds.has(pageId)) throw missingScope('pages_show_list');
  return page;
}

function isChosen(world: World, session: Session, pageId: string): boolean {
  const person = world.store.value.people[session.token.subjectId];
  return session.pageIds.has(pageId) && person?.roles.some((role) => role.pageId === pageId) === true;
}

/** Scope names differ between the two Instagram products. */
const instagramScopes = {
  basic: ['instagram_basic', 'instagram_business_basic'],
  publish: ['instagram_content_publish', 'instagram_business_content_publish'],
  comments: ['instagram_manage_comments', 'instagram_business_manage_comments'],
  insights: ['instagram_manage_insights', 'instagram_business_manage_insights'],
  delete: ['instagram_manage_contents', 'instagram_manage_contents'],
} as const;

/** The Instagram account, by its own token or through its Page. @throws GraphFailure 100/33, 10 or 200 */
export function managedInstagram(
  world: World,
  session: Session,
  request: GraphRequest,
  instagramId: string,
  need: keyof typeof instagramScopes,
): InstagramAccount {
  const account = world.store.value.instagram[instagramId];
  const direct = session.token.kind === 'instagram';
  const page = pageOfInstagram(world, instagramId);
  const own = direct
    ? session.token.subjectId === instagramId
    : page !== undefined && (session.token.pageId ?? page.id) === page.id && session.pageIds.has(page.id);
  if (account === undefined || !own) throw missingObject(request.method, instagramId);
  for (const kind of ['basic', need] as const) {
    const scope = instagramScopes[kind][direct ? 1 : 0];
    if (!session.scopes.has(scope)) {
      throw new GraphFailure({
        code: 10,
        message: `(#10) Application does not have the ${scope} permission for this action`,
      });
    }
  }
  if (page !== undefined && !direct && need === 'publish') requireTask(world, session, page.id, 'CREATE_CONTENT');
  return account;
}

function requireTask(world: World, session: Session, pageId: string, task: string): void {
  const role = world.store.value.people[session.token.subjectId]?.roles.find((item) => item.pageId === pageId);
  if (!role?.tasks.includes(task)) throw missingTask(task);
}

/** @throws GraphFailure 200 */
export function requireScope(session: Session, scope: string): void {
  if (!session.scopes.has(scope)) throw missingScope(scope);
}

/** `appsecret_proof` = hex HMAC-SHA256 of the token, or of `token|time` when `appsecret_time` is sent (5 min). */
function checkProof(world: World, request: GraphRequest, session: Session, product: 'facebook' | 'instagram'): void {
  const { appsecret_proof: proof, appsecret_time: time } = request.parameters;
  if (proof === undefined) {
    if (!world.settings.requireAppsecretProof || product === 'instagram') return;
    throw badParameter('API calls from the server require an appsecret_proof argument');
  }
  const app = world.store.value.apps[session.token.appId];
  const data = time === undefined ? session.value : `${session.value}|${time}`;
  const expected = createHmac('sha256', app?.secret ?? '')
    .update(data)
    .digest('hex');
  const fresh = time === undefined || Math.abs(world.now() - Number(time) * 1000) <= 5 * 60_000;
  const equal = proof.length === expected.length && timingSafeEqual(Buffer.from(proof), Buffer.from(expected));
  if (!fresh || !equal) throw badParameter('Invalid appsecret_proof provided in the API argument');
}
