import type { Hono } from 'hono';
import { operation, type SimulatorContext, type SimulatorEnv } from '../simulator.ts';
import { addPage, addPerson } from './directory.ts';
import { consent, facebookScopes, grantKey, redirectProblem } from './grants.ts';
import { addPageForm, type Choice, consentPage, permissionChoice, personPage, refusalPage } from './oauth-pages.ts';
import { type Markup, pageHeaders } from './page-layout.ts';
import type { App, Person, World } from './state.ts';

const documented = ['client_id', 'redirect_uri', 'state', 'response_type', 'scope', 'auth_type', 'display', 'person'];

/** The app's request as it came in the address; it rides along on every form. */
interface LoginRequest {
  app: App;
  redirectUri: string;
  state: string;
  scopes: string[];
  rerequest: boolean;
  /** Path and query, without a chosen person. */
  address: string;
}

type Answer = Response | Promise<Response>;

interface Ticks {
  pageIds: string[];
  scopes: string[] | null;
  problem: string | null;
}

/** The Facebook login dialog on www.facebook.com: GET shows it, POST is what its buttons do. */
export function serveLoginDialog(app: Hono<SimulatorEnv>, world: World): void {
  for (const path of ['/:version/dialog/oauth', '/dialog/oauth']) {
    app.on(
      ['GET', 'POST'],
      path,
      operation(world, 'meta.oauth.dialog', (c, detail) => dialog(world, c, detail)),
    );
  }
}

async function dialog(world: World, c: SimulatorContext, detail: Record<string, unknown>): Promise<Response> {
  const request = readLogin(world, new URL(c.req.url));
  if (typeof request === 'string') return show(c, refusalPage('facebook', request), 400);
  const form = c.req.method === 'POST' ? await c.req.formData() : new FormData();
  const action = form.get('action');
  if (action === 'add-person') return createPerson(world, c, request, text(form, 'new_person_name'));
  const person = choosePerson(world, c.req.query('person'));
  if (person === null) return show(c, choosePage(world, request));
  if (action === 'cancel')
    return sendBack(c, request, {
      error: 'access_denied',
      error_reason: 'user_denied',
      error_description: 'Permissions error.',
    });
  const ticks: Ticks = {
    pageIds: form.getAll('page').map(String),
    scopes: action === null ? null : form.getAll('scope').map(String),
    problem: null,
  };
  if (action === 'add-page') return createPage(world, c, request, person, form, ticks);
  if (action === 'continue') return grantAccess(world, c, request, person, ticks, detail);
  const earlier = world.store.value.grants[grantKey(person.id, request.app.id)]?.pageIds;
  const only = person.roles.length === 1 ? person.roles.map((role) => role.pageId) : [];
  return show(c, choices(world, request, person, { ...ticks, pageIds: earlier ?? only }));
}

/** Checks the app's request. Returns what to tell the person when it is refused. */
function readLogin(world: World, url: URL): LoginRequest | string {
  const query = url.searchParams;
  const unknown = [...query.keys()].find((name) => !documented.includes(name));
  if (unknown !== undefined) return `Invalid parameter: ${unknown}`;
  const app = world.store.value.apps[query.get('client_id') ?? ''];
  if (app === undefined) return 'Invalid App ID: The provided app ID does not look like a valid app ID.';
  const redirectUri = query.get('redirect_uri') ?? '';
  const problem = redirectProblem(app, redirectUri);
  if (problem !== null) return problem;
  if ((query.get('response_type') ?? 'code') !== 'code') return 'Only response_type=code is offered in the sandbox.';
  const scopes = (query.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
  const invalid = scopes.filter((scope) => !facebookScopes.includes(scope));
  if (invalid.length > 0) return `Invalid Scopes: ${invalid.join(', ')}.`;
  const state = query.get('state');
  if (state === null) return 'The parameter state is required.';
  const address = new URL(url);
  address.searchParams.delete('person');
  return {
    app,
    redirectUri,
    state,
    scopes: [...new Set(['public_profile', ...scopes])],
    rerequest: query.get('auth_type') === 'rerequest',
    address: address.pathname + address.search,
  };
}

function choosePerson(world: World, id: string | undefined): Person | null {
  const people = Object.values(world.store.value.people);
  if (id !== undefined) return world.store.value.people[id] ?? null;
  return people.length === 1 ? (people[0] as Person) : null;
}

function choosePage(world: World, request: LoginRequest): Markup {
  const people = Object.values(world.store.value.people).map((person) => ({
    name: person.name,
    href: withPerson(request, person.id),
  }));
  return personPage({ people, action: request.address });
}

function createPerson(world: World, c: SimulatorContext, request: LoginRequest, name: string): Answer {
  if (name === '') return show(c, choosePage(world, request));
  return c.redirect(withPerson(request, addPerson(world, { name, pages: [] }).id), 303);
}

function createPage(
  world: World,
  c: SimulatorContext,
  request: LoginRequest,
  person: Person,
  form: FormData,
  ticks: Ticks,
): Answer {
  const name = text(form, 'new_page_name');
  if (name === '') return show(c, choices(world, request, person, { ...ticks, problem: 'Give the new Page a name.' }));
  const username = text(form, 'new_instagram_username').replace(/^@/, '');
  const page = addPage(world, person, { name, instagram: username === '' ? undefined : { username } });
  return show(c, choices(world, request, person, { ...ticks, pageIds: [...ticks.pageIds, page.id] }));
}

function grantAccess(
  world: World,
  c: SimulatorContext,
  request: LoginRequest,
  person: Person,
  ticks: Ticks,
  detail: Record<string, unknown>,
): Answer {
  const own = new Set(person.roles.map((role) => role.pageId));
  const pageIds = ticks.pageIds.filter((id) => own.has(id));
  const aboutPages = request.scopes.some((scope) => scope.startsWith('pages_') || scope.startsWith('instagram_'));
  if (aboutPages && pageIds.length === 0) {
    return show(c, choices(world, request, person, { ...ticks, problem: 'Choose at least one Page.' }));
  }
  const scopes = offered(world, request, person).filter((scope) => isFixed(scope) || ticks.scopes?.includes(scope));
  const declined = request.scopes.filter((scope) => !scopes.includes(scope));
  const { app, redirectUri } = request;
  const code = consent(world, { personId: person.id, appId: app.id, redirectUri, scopes, declined, pageIds });
  Object.assign(detail, { personId: person.id, appId: app.id, pageIds, scopes });
  return sendBack(c, request, { code });
}

/** Once declined, a permission is asked for again only with `auth_type=rerequest`. */
function offered(world: World, request: LoginRequest, person: Person): string[] {
  const declined = world.store.value.grants[grantKey(person.id, request.app.id)]?.declined ?? [];
  return request.scopes.filter((scope) => request.rerequest || !declined.includes(scope));
}

function isFixed(scope: string): boolean {
  return scope === 'public_profile';
}

function choices(world: World, request: LoginRequest, person: Person, ticks: Ticks): Markup {
  const scopes = offered(world, request, person).filter((scope) => !isFixed(scope));
  return consentPage({
    look: 'facebook',
    appName: request.app.name,
    personName: person.name,
    switchHref: Object.keys(world.store.value.people).length > 1 ? request.address : null,
    action: withPerson(request, person.id),
    assetTitle: 'Pages to connect',
    assetName: 'page',
    assetKind: 'checkbox',
    assets: person.roles.map((role) => pageChoice(world, role.pageId, ticks.pageIds.includes(role.pageId))),
    permissions: scopes.map((scope) => permissionChoice(scope, ticks.scopes?.includes(scope) ?? true)),
    adding: addPageForm(),
    problem: ticks.problem,
  });
}

function pageChoice(world: World, pageId: string, checked: boolean): Choice {
  const page = world.store.value.pages[pageId];
  const account = world.store.value.instagram[page?.instagramId ?? ''];
  const hint = account === undefined ? 'No Instagram account linked' : `Instagram: @${account.username}`;
  return { value: pageId, label: page?.name ?? pageId, hint, checked };
}

function withPerson(request: LoginRequest, personId: string): string {
  return `${request.address}&person=${encodeURIComponent(personId)}`;
}

/** Back to the app; Facebook puts `#_=_` behind the address. */
function sendBack(c: SimulatorContext, request: LoginRequest, answer: Record<string, string>): Response {
  const url = new URL(request.redirectUri);
  for (const [name, value] of Object.entries({ ...answer, state: request.state })) url.searchParams.set(name, value);
  return c.redirect(`${url.href}#_=_`, 303);
}

function show(c: SimulatorContext, page: Markup, status: 200 | 400 = 200): Answer {
  return c.html(page, status, pageHeaders);
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
