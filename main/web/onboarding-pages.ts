import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Account } from '../../shared/contract/accounts.ts';
import { permissions } from '../../shared/domain/permissions.ts';
import { platformNames, type Platform, platforms } from '../../shared/domain/platform.ts';
import type { Core } from '../core/core.ts';
import type { OpenedLink } from '../core/onboarding/onboarding.ts';
import { type Html, notice, page, type PageOptions } from './pages.ts';
import { type Words, wordsFor, wordsIn } from './words/index.ts';

type OpenLink = Extract<OpenedLink, { kind: 'open' }>;

/**
 * The client's own page, in its language and the agency's colour:
 * GET `/onboard/{token}`, where each network is connected in turn, and POST `/onboard/{token}/done`, which ends the link.
 */
export function onboardingApp(core: Core): Hono {
  const app = new Hono();
  app.get('/onboard/:token', async (c) => {
    const token = c.req.param('token');
    const opened = await core.onboarding.open(token);
    return opened.kind === 'refused' ? closedLink(c, opened.code) : c.html(connectingPage(token, opened));
  });
  app.post('/onboard/:token/done', async (c) => {
    const opened = await core.onboarding.finish(c.req.param('token'));
    if (opened.kind === 'refused') return closedLink(c, opened.code);
    const { words, agency, options } = voiceOf(opened);
    return c.html(notice(words.thanks, words.thanksText(agency), null, options));
  });
  return app;
}

/** How a link's pages speak: in which language, for whom, and in which colour. */
export function voiceOf({ agency, client }: OpenLink): { words: Words; agency: string; options: PageOptions } {
  const words = wordsIn(client.language);
  const name = agency.name === '' ? words.agency : agency.name;
  const accent = agency.color === null ? {} : { accent: agency.color };
  return { words, agency: name, options: { brand: name, ...accent, ...speaking(words) } };
}

/** What a dead link shows, in the language of the browser, and nothing about anybody. */
export function closedLink(
  c: Context,
  code: Extract<OpenedLink, { kind: 'refused' }>['code'],
  status: 404 | 409 = 404,
): Response | Promise<Response> {
  const words = wordsFor(c.req.header('accept-language'));
  return c.html(notice(words.closedTitle, words.closed[code], null, speaking(words)), status);
}

/** What a browser shows that a login came back to and that did not begin it, in its own language. */
export function elsewherePage(c: Context): Response | Promise<Response> {
  const words = wordsFor(c.req.header('accept-language'));
  return c.html(notice(words.notConnected, words.failures.elsewhere, null, speaking(words)), 403);
}

function speaking({ language, direction }: Words): PageOptions {
  return { lang: language, direction };
}

function connectingPage(token: string, opened: OpenLink): Html {
  const { words, agency, options } = voiceOf(opened);
  const items = platforms.map((platform) => networkItem(words, token, platform, opened.accounts));
  const isAnyConnected = opened.accounts.some(({ status }) => status !== 'reconnect');
  return page(
    words.title(opened.client.name),
    html`<p>${words.intro(agency)}</p>
      <ul>${items}</ul>
      ${
        isAnyConnected
          ? html`<form method="post" action="/onboard/${encodeURIComponent(token)}/done"><button type="submit">${words.finish}</button>
              <p class="small">${words.finishHint(agency)}</p></form>`
          : ''
      }
      ${opened.agency.contact === '' ? '' : html`<p class="small">${words.questions(opened.agency.contact)}</p>`}`,
    options,
  );
}

function networkItem(words: Words, token: string, platform: Platform, accounts: readonly Account[]): Html {
  const connected = accounts.filter((account) => account.platform === platform && account.status !== 'reconnect');
  const name = platformNames[platform];
  const href = `/api/auth/${platform}/start?onboarding=${encodeURIComponent(token)}`;
  const allowed = permissions[platform].map(
    ({ ability, needed }) => html`<li><span class="mark" aria-hidden="true">·</span><span>${words.abilities[ability]}
      ${needed ? '' : html`<small>(${words.optional})</small>`}</span></li>`,
  );
  return html`<li class="account"><div class="row between"><span><strong>${name}</strong><small>${words.account[platform]}</small></span>
    ${
      connected.length > 0
        ? html`<span class="good">${words.connected}: ${connected.map((account) => account.displayName).join(', ')}</span>`
        : html`<a class="button" href="${href}">${words.connect(name)}</a>`
    }</div>
    <details><summary>${words.permissions}</summary><ul class="permissions">${allowed}</ul></details></li>`;
}
