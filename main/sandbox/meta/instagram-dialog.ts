import type { Hono } from 'hono';
import { operation, type SimulatorContext, type SimulatorEnv } from '../simulator.ts';
import { addInstagram, appByInstagramId } from './directory.ts';
import { instagramConsent, instagramLoginScopes, redirectProblem } from './grants.ts';
import { addInstagramForm, consentPage, permissionChoice, refusalPage } from './oauth-pages.ts';
import { type Markup, pageHeaders } from './page-layout.ts';
import type { App, World } from './state.ts';

const documented = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'enable_fb_login',
  'force_authentication',
  'force_reauth',
];

interface LoginRequest {
  app: App;
  redirectUri: string;
  state: string | null;
  scopes: string[];
  address: string;
}

/** The authorize page of www.instagram.com: one account, its permissions, Continue or Cancel. */
export function serveInstagramDialog(app: Hono<SimulatorEnv>, world: World): void {
  for (const path of ['/oauth/authorize', '/oauth/authorize/']) {
    app.on(
      ['GET', 'POST'],
      path,
      operation(world, 'instagram.oauth.dialog', (c, detail) => dialog(world, c, detail)),
    );
  }
}

async function dialog(world: World, c: SimulatorContext, detail: Record<string, unknown>): Promise<Response> {
  const request = readLogin(world, new URL(c.req.url));
  if (typeof request === 'string') return c.html(refusalPage('instagram', request), 400, pageHeaders);
  const form = c.req.method === 'POST' ? await c.req.formData() : new FormData();
  const action = form.get('action');
  const chosen = String(form.get('account') ?? '');
  const scopes = action === null ? request.scopes : form.getAll('scope').map(String);
  const username = String(form.get('new_instagram_username') ?? '')
    .trim()
    .replace(/^@/, '');
  const show = (account: string, problem: string | null): Response | Promise<Response> =>
    c.html(choices(world, request, account, scopes, problem), 200, pageHeaders);

  if (action === 'cancel') {
    const description = 'The user denied your request.';
    return sendBack(c, request, {
      error: 'access_denied',
      error_reason: 'user_denied',
      error_description: description,
    });
  }
  if (action === 'add-account') {
    if (username === '') return show(chosen, 'Give the new account a username.');
    return show(addInstagram(world, { username }).id, null);
  }
  if (action !== 'continue') return show(Object.keys(world.store.value.instagram)[0] ?? '', null);
  if (!(chosen in world.store.value.instagram)) return show(chosen, 'Choose an account.');
  const granted = request.scopes.filter((scope) => scopes.includes(scope));
  const { app, redirectUri } = request;
  const code = instagramConsent(world, { instagramId: chosen, appId: app.id, redirectUri, scopes: granted });
  Object.assign(detail, { instagramId: chosen, appId: app.id, scopes: granted });
  return sendBack(c, request, { code });
}

function readLogin(world: World, url: URL): LoginRequest | string {
  const query = url.searchParams;
  const unknown = [...query.keys()].find((name) => !documented.includes(name));
  if (unknown !== undefined) return `Invalid parameter: ${unknown}`;
  const app = appByInstagramId(world, query.get('client_id') ?? '');
  if (app === undefined) return 'Invalid platform app';
  const redirectUri = query.get('redirect_uri') ?? '';
  if (redirectProblem(app, redirectUri) !== null) return 'Invalid redirect_uri';
  if (query.get('response_type') !== 'code') return 'Invalid response_type';
  const scopes = (query.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
  if (scopes.length === 0 || scopes.some((scope) => !instagramLoginScopes.includes(scope))) return 'Invalid scope';
  return { app, redirectUri, state: query.get('state'), scopes, address: url.pathname + url.search };
}

function choices(
  world: World,
  request: LoginRequest,
  chosen: string,
  scopes: string[],
  problem: string | null,
): Markup {
  return consentPage({
    look: 'instagram',
    appName: request.app.name,
    personName: null,
    switchHref: null,
    action: request.address,
    assetTitle: 'Account to connect',
    assetName: 'account',
    assetKind: 'radio',
    assets: Object.values(world.store.value.instagram).map((account) => ({
      value: account.id,
      label: `@${account.username}`,
      hint: account.name,
      checked: account.id === chosen,
    })),
    permissions: request.scopes.map((scope) => permissionChoice(scope, scopes.includes(scope))),
    adding: addInstagramForm(),
    problem,
  });
}

/** Back to the app; Instagram puts `#_` behind the address, which is no part of the code. */
function sendBack(c: SimulatorContext, request: LoginRequest, answer: Record<string, string>): Response {
  const url = new URL(request.redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (request.state !== null) url.searchParams.set('state', request.state);
  return c.redirect(`${url.href}#_`, 303);
}
