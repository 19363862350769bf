import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { platformNames, type Platform, platforms } from '../../shared/domain/platform.ts';
import type { Connected, ConnectResult, Next } from '../core/accounts/connect.ts';
import type { Core } from '../core/core.ts';
import { Conflict, Locked, NotFound, Unprocessable } from '../core/errors.ts';
import { NetworkFailure } from '../core/ports/index.ts';
import { atMost } from './bodies.ts';
import type { ServerEnv } from './guard.ts';
import { notice, page } from './pages.ts';

const maxFormBytes = 100_000;

/**
 * The way to a network's login and back:
 * GET `/api/auth/{platform}/start`, GET `/api/auth/{platform}/callback`, POST `/api/auth/choose`.
 */
export function connectApp(core: Core, origin: () => string): { start: Hono<ServerEnv>; back: Hono } {
  const redirectUri = (platform: Platform): string => `${origin()}/api/auth/${platform}/callback`;

  const start = new Hono<ServerEnv>();
  start.get('/api/auth/:platform/start', async (c) => {
    const platform = platformOf(c);
    if (platform === undefined) return c.html(notice('Unknown network', 'There is no such network.'), 404);
    const onboarding = c.req.query('onboarding');
    const clientId = c.req.query('clientId');
    if (onboarding === undefined && clientId === undefined) {
      return c.json({ code: 'BAD_REQUEST', message: 'Name the client: clientId=… or onboarding=…', data: {} }, 400);
    }
    return answering(c, async () => {
      const who = onboarding === undefined ? { clientId: clientId ?? '' } : { onboardingToken: onboarding };
      return c.redirect(await core.connect.start({ platform, redirectUri: redirectUri(platform), ...who }));
    });
  });

  const back = new Hono();
  back.get('/api/auth/:platform/callback', async (c) => {
    const platform = platformOf(c);
    if (platform === undefined) return c.html(notice('Unknown network', 'There is no such network.'), 404);
    const { code = null, state = '', error = null } = c.req.query();
    return answering(c, async () => show(c, await core.connect.finish({ platform, state, code, error })));
  });
  back.post('/api/auth/choose', atMost(maxFormBytes), async (c) => {
    const form = await c.req.formData().catch(() => new FormData());
    return answering(c, async () => {
      const chosen = form.getAll('remoteId').filter((value) => typeof value === 'string');
      return show(c, await core.connect.choose(String(form.get('choice') ?? ''), chosen));
    });
  });
  return { start, back };
}

function show(c: Context, result: ConnectResult): Response | Promise<Response> {
  switch (result.kind) {
    case 'refused':
      return c.html(notice('Not connected', result.reason, linkTo(result.next)), 400);
    case 'connected':
      return c.html(connectedPage(result));
    case 'choose':
      return c.html(choicePage(result));
  }
}

function connectedPage({ accounts, next }: Connected) {
  const items = accounts.map(
    (account) => html`<li><span><strong>${account.displayName}</strong>
      <small>${platformNames[account.platform]}</small></span><span class="good">Connected</span></li>`,
  );
  const { href, label } = linkTo(next);
  return page('Connected', html`<ul>${items}</ul><a class="button" href="${href}">${label}</a>`, { forwardTo: href });
}

function linkTo(next: Next): { href: string; label: string } {
  switch (next.kind) {
    case 'client':
      return { href: `/clients/${encodeURIComponent(next.clientId)}?tab=accounts`, label: 'Back to the client' };
    case 'onboarding':
      return { href: `/onboard/${encodeURIComponent(next.token)}`, label: 'Go on' };
    case 'home':
      return { href: '/', label: 'Go to the dashboard' };
  }
}

function choicePage({ choiceToken, found }: Extract<ConnectResult, { kind: 'choose' }>) {
  const items = found.map((choice) => {
    const usable = choice.missing.length === 0;
    const about = [
      choice.username === null ? '' : `@${choice.username}`,
      choice.usedBy === null ? '' : `also used by ${choice.usedBy}`,
    ];
    return html`<li><label>
      ${usable ? html`<input type="checkbox" name="remoteId" value="${choice.remoteId}">` : html`<input type="checkbox" disabled>`}
      <span><strong>${choice.displayName}</strong><small>${about.filter((part) => part !== '').join(', ')}</small>
      ${choice.missing.map((missing) => html`<small class="bad">${missing}</small>`)}</span></label></li>`;
  });
  return page(
    'Which one belongs to this client?',
    html`<p>The login gave access to several accounts. Choose what this client publishes on.</p>
      <form method="post" action="/api/auth/choose"><input type="hidden" name="choice" value="${choiceToken}">
      <ul>${items}</ul><button type="submit">Connect</button></form>`,
  );
}

function platformOf(c: Context): Platform | undefined {
  return platforms.find((platform) => platform === c.req.param('platform'));
}

/** A person sees these answers, so refusals are pages. */
async function answering(c: Context, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof NotFound) return c.html(notice('Not found', error.message), 404);
    if (error instanceof Conflict) return c.html(notice('Not possible now', error.message), 409);
    if (error instanceof Locked) return c.html(notice('Locked', error.message), 423);
    if (error instanceof NetworkFailure) return c.html(notice('The network refused', error.message), 502);
    if (error instanceof Unprocessable) return c.html(notice('Not possible', error.message), 422);
    throw error;
  }
}
