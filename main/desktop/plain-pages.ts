import { Hono } from 'hono';
import { html } from 'hono/html';
import { languages } from '../../shared/domain/languages.ts';
import type { Core } from '../core/core.ts';
import { type Html, notice, page, type PageOptions } from '../web/pages.ts';
import type { ServerEnv } from '../web/actor.ts';
import type { Speech } from './speech.ts';
import type { Words } from './words/index.ts';

/** Shown in place of a dashboard that cannot be shown; needs no script. */
export const plainPath = '/plain';

/**
 * GET `/plain`: what is going on, and the kill switch. POST `/plain/stop` and `/plain/resume` set it.
 * Publishing does not depend on any page, so it goes on while this is all there is to see.
 */
export function plainPage(core: Core, words: () => Words): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  app.get(plainPath, (c) => c.html(pageOf(isStopped(core), words()), 200, { 'cache-control': 'no-store' }));
  for (const [name, engaged] of [
    ['stop', true],
    ['resume', false],
  ] as const) {
    app.post(`${plainPath}/${name}`, async (c) => {
      const reason = engaged ? words().reasons.plainPage : null;
      await core.killSwitch.set({ scope: 'global', scopeId: '', engaged, reason, actor: 'owner' });
      return c.redirect(plainPath, 303);
    });
  }
  return app;
}

/** Shown in the window while a person logs in to a network in the browser. @param onboarding token of the link it is for */
export function browserPage(onboarding: string | undefined, words: Words): Html {
  const back = onboarding === undefined ? '/' : `/onboard/${encodeURIComponent(onboarding)}`;
  const { inBrowser, inBrowserText, back: label } = words.pages;
  return notice(inBrowser, inBrowserText, { label, href: back }, spokenIn(words));
}

/** Shown while the app starts, and when it could not. @param failure why, for a person */
export function startingPage(failure: string | null, { words, said }: Speech): Html {
  const { starting, oneMoment, cannotStart } = words.pages;
  if (failure === null) {
    return page(starting, html`<p>${oneMoment}</p>`, { ...spokenIn(words), forwardTo: '/' });
  }
  return notice(cannotStart, said(failure), null, spokenIn(words));
}

function isStopped(core: Core): boolean {
  return core.killSwitch.list().some(({ scope, engaged }) => scope === 'global' && engaged);
}

function pageOf(stopped: boolean, words: Words): Html {
  const { pages, menu } = words;
  const button = stopped ? html`<button class="plain">${pages.resume}</button>` : html`<button>${menu.stop}</button>`;
  return page(
    pages.crashing,
    html`<p>${stopped ? pages.youStopped : pages.goesOn}</p>
      <p class="alert">${stopped ? pages.stopped : pages.sending}</p>
      <div class="row"><form method="post" action="${plainPath}/${stopped ? 'resume' : 'stop'}">${button}</form>
      <a class="button plain" href="/">${pages.tryAgain}</a></div>`,
    spokenIn(words),
  );
}

export function spokenIn({ language }: Words): PageOptions {
  return { lang: language, direction: languages[language].dir };
}
