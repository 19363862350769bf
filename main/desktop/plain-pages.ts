import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Core } from '../core/core.ts';
import { type Html, notice, page } from '../web/pages.ts';
import type { ServerEnv } from '../web/actor.ts';

/** Shown in place of a dashboard that cannot be shown; needs no script. */
export const plainPath = '/plain';

/**
 * GET `/plain`: what is going on, and the kill switch. POST `/plain/stop` and `/plain/resume` set it.
 * Publishing does not depend on any page, so it goes on while this is all there is to see.
 */
export function plainPage(core: Core): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  app.get(plainPath, (c) => c.html(pageOf(isStopped(core)), 200, { 'cache-control': 'no-store' }));
  for (const [name, engaged] of [
    ['stop', true],
    ['resume', false],
  ] as const) {
    app.post(`${plainPath}/${name}`, async (c) => {
      const reason = engaged ? 'Stopped from the plain page' : null;
      await core.killSwitch.set({ scope: 'global', scopeId: '', engaged, reason, actor: 'owner' });
      return c.redirect(plainPath, 303);
    });
  }
  return app;
}

/** Shown in the window while a person logs in to a network in the browser. @param onboarding token of the link it is for */
export function browserPage(onboarding: string | undefined): Html {
  const back = onboarding === undefined ? '/' : `/onboard/${encodeURIComponent(onboarding)}`;
  const text =
    'The login page has opened in your browser. When you have finished there, this window goes on by itself. It waits for five minutes.';
  return notice('Go on in your browser', text, { label: 'Back', href: back });
}

/** Shown while the app starts, and when it could not. @param failure why, for a person */
export function startingPage(failure: string | null): Html {
  if (failure === null) {
    return page('Starting …', html`<p>One moment, AutoSocial AI opens its data.</p>`, { forwardTo: '/' });
  }
  return notice('AutoSocial AI cannot start', failure);
}

function isStopped(core: Core): boolean {
  return core.killSwitch.list().some(({ scope, engaged }) => scope === 'global' && engaged);
}

function pageOf(stopped: boolean): Html {
  const button = stopped
    ? html`<button class="plain">Resume publishing</button>`
    : html`<button>Stop everything now</button>`;
  return page(
    'The dashboard keeps crashing',
    html`<p>Publishing does not depend on it and goes on as planned${stopped ? ', but you have stopped it' : ''}.</p>
      <p class="alert">${stopped ? 'Everything is stopped: nothing is sent to any network.' : 'Posts that are due are sent.'}</p>
      <div class="row"><form method="post" action="${plainPath}/${stopped ? 'resume' : 'stop'}">${button}</form>
      <a class="button plain" href="/">Try the dashboard again</a></div>`,
  );
}
