import { randomBytes } from 'node:crypto';
import type { App, Person, Token, TokenDeath, World } from './state.ts';

const minute = 60_000;
const dataAccess = 90 * 24 * 60 * minute;

/** Permissions that the Facebook dialog knows. */
export const facebookScopes = [
  'public_profile',
  'email',
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_posts',
  'pages_manage_engagement',
  'pages_manage_metadata',
  'pages_read_user_content',
  'read_insights',
  'business_management',
  'ads_management',
  'ads_read',
  'instagram_basic',
  'instagram_content_publish',
  'instagram_manage_comments',
  'instagram_manage_contents',
  'instagram_manage_insights',
];

/** Permissions that the Instagram dialog knows. */
export const instagramLoginScopes = [
  'instagram_business_basic',
  'instagram_business_content_publish',
  'instagram_business_manage_comments',
  'instagram_business_manage_insights',
  'instagram_business_manage_messages',
];

/** Why the login dialog refuses a redirect address, in Facebook's words; null when it is fine. */
export function redirectProblem(app: App, redirectUri: string): string | null {
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : null;
  const local = url?.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname);
  if (local && app.development) return null;
  if (url?.protocol === 'http:') {
    return 'Insecure Login Blocked: You can’t get an access token or log in to this app from an insecure page. Try re-loading the page as https://';
  }
  if (url === null || !app.redirectUris.includes(redirectUri)) {
    return 'URL Blocked: This redirect failed because the redirect URI is not white-listed in the app’s client OAuth settings.';
  }
  return null;
}

export interface Consent {
  personId: string;
  appId: string;
  redirectUri: string;
  scopes: string[];
  /** Permissions the person unticked. */
  declined?: string[];
  /** Pages the person ticked, replacing earlier choices as on Facebook; default: all of them. */
  pageIds?: string[];
}

/** Records what the person allowed and returns the code for the redirect. @throws Error for an unknown person or app */
export function consent(world: World, input: Consent): string {
  const state = world.store.value;
  const person = state.people[input.personId];
  const app = state.apps[input.appId];
  if (person === undefined || app === undefined)
    throw new Error(`No such person or app: ${input.personId}, ${input.appId}`);
  const problem = redirectProblem(app, input.redirectUri);
  if (problem !== null) throw new Error(problem);
  const scopes = [...new Set(['public_profile', ...input.scopes])];
  const declined = input.declined ?? [];
  const earlier = state.grants[grantKey(person.id, app.id)]?.scopes ?? [];
  state.grants[grantKey(person.id, app.id)] = {
    scopes: [...new Set([...earlier, ...scopes])].filter((scope) => !declined.includes(scope)),
    declined,
    pageIds: input.pageIds ?? person.roles.map((role) => role.pageId),
    dataAccessExpiresAt: world.now() + dataAccess,
  };
  return issueCode(world, {
    product: 'facebook',
    appId: app.id,
    redirectUri: input.redirectUri,
    subjectId: person.id,
    scopes,
    expiresAt: world.now() + 10 * minute,
  });
}

/** What the Instagram dialog does on Allow: returns the code, which lives an hour. */
export function instagramConsent(
  world: World,
  input: { instagramId: string; appId: string; redirectUri: string; scopes: string[] },
): string {
  return issueCode(world, {
    product: 'instagram',
    appId: input.appId,
    redirectUri: input.redirectUri,
    subjectId: input.instagramId,
    scopes: input.scopes,
    expiresAt: world.now() + 60 * minute,
  });
}

function issueCode(world: World, code: Omit<World['store']['value']['codes'][string], 'used'>): string {
  const value = `AQ${randomBytes(40).toString('base64url')}`;
  world.store.value.codes[value] = { ...code, used: false };
  world.store.save();
  return value;
}

export function grantKey(personId: string, appId: string): string {
  return `${personId}:${appId}`;
}

/** Scopes in effect for a token: what it was issued with, as far as it is still granted. */
export function effectiveScopes(world: World, token: Token): string[] {
  const granted = world.store.value.grants[grantKey(token.subjectId, token.appId)]?.scopes ?? [];
  return token.scopes.filter((scope) => granted.includes(scope));
}

/** The person takes one permission back, or with null removes the app: then all tokens of the pair die. */
export function revoke(world: World, personId: string, appId: string, scope: string | null): void {
  const state = world.store.value;
  const grant = state.grants[grantKey(personId, appId)];
  if (scope === null) {
    delete state.grants[grantKey(personId, appId)];
    killTokens(world, 'deauthorized', (token) => token.subjectId === personId && token.appId === appId);
  } else if (grant !== undefined) {
    grant.scopes = grant.scopes.filter((item) => item !== scope);
    grant.declined = [...new Set([...grant.declined, scope])];
  }
  world.store.save();
}

/** The person changed the password: every token, page tokens too, answers 190/460 from now on. */
export function changePassword(world: World, person: Person): void {
  killTokens(world, 'password', (token) => token.subjectId === person.id);
  world.store.save();
}

/** Ends the tokens that match. */
export function killTokens(world: World, death: TokenDeath, matches: (token: Token, value: string) => boolean): void {
  for (const [value, token] of Object.entries(world.store.value.tokens)) {
    if (matches(token, value)) token.death = death;
  }
}
