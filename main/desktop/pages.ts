import { Hono, type MiddlewareHandler } from 'hono';
import type { Platform } from '../../shared/domain/platform.ts';
import { redirectOf } from '../../shared/domain/redirects.ts';
import type { CoreRouter } from '../core/api/router.ts';
import type { Core } from '../core/core.ts';
import type { Distress } from '../hosting.ts';
import { connectApp, type LoginWindows, type WayBack } from '../web/connect-pages.ts';
import { dashboardApp } from '../web/dashboard.ts';
import { answerFailure } from '../web/failures.ts';
import type { ServerEnv } from '../web/actor.ts';
import { securityHeaders } from '../web/headers.ts';
import { insightFileApp } from '../web/insight-files.ts';
import { mediaFileApp } from '../web/media-files.ts';
import { onboardingApp } from '../web/onboarding-pages.ts';
import { remedyApp, rescuePageApp } from '../web/rescue-app.ts';
import { restApp } from '../web/rest.ts';
import { linkStatePrefix } from './deep-link.ts';
import type { Logins } from './logins.ts';
import type { Loopback } from './loopback.ts';
import { pageOrigin } from './page-origin.ts';
import { browserPage, plainPage } from './plain-pages.ts';
import type { Words } from './words/index.ts';

export interface PagesOptions {
  dashboardFolder: string;
  /** For files on their way in. */
  uploads: string;
  logins: Logins;
  loopback: Loopback;
  /** Opens a network's login page in the person's browser. */
  openLogin(address: string): Promise<void>;
  words(): Words;
}

/** Only the app's own window reaches these pages, and brings in what came back to the app by a link or the loopback. */
const appWindow: LoginWindows = {
  begin: (c) => ({ window: 'app', leave: (address) => c.redirect(address) }),
  shownBy: () => ['app'],
};

/** Everything the window shows, as one handler of requests below `app://bundle/`. */
export function pagesApp(core: Core, router: CoreRouter, options: PagesOptions): Hono<ServerEnv> {
  const app = frame(core.ports);
  const wayBack: WayBack = async (platform) => {
    const { relayUrl } = await core.settings.get();
    const { uri, isRelay } = redirectOf(platform, core.options.publicUrl(), relayUrl);
    if (isRelay) return { redirectUri: uri, statePrefix: linkStatePrefix(platform), comesBackTo: pageOrigin };
    const origin = await options.loopback.open();
    return { redirectUri: redirectOf(platform, origin, null).uri, statePrefix: '', comesBackTo: pageOrigin };
  };
  const connecting = connectApp(core, wayBack, appWindow);
  app.get('/api/auth/:platform/start', async (c) => {
    const answer = await connecting.start.fetch(c.req.raw);
    const address = answer.headers.get('location');
    if (address === null) return answer;
    const state = new URL(address).searchParams.get('state') ?? '';
    options.logins.begin({ platform: c.req.param('platform') as Platform, state });
    await options.openLogin(address);
    return c.html(browserPage(c.req.query('onboarding'), options.words()));
  });
  app.route('/', connecting.back);
  app.route('/', onboardingApp(core));
  app.route('/', plainPage(core, options.words));
  app.use('/api/*', async (c, next) => {
    c.set('actor', 'owner');
    return next();
  });
  app.route('/', mediaFileApp(core));
  app.route('/', insightFileApp(core));
  app.route('/', restApp(router, core.ports.log, options.uploads));
  app.route('/', dashboardApp(options.dashboardFolder));
  return app;
}

/** What the window shows when the data cannot be opened. */
export function rescuePages(deps: Parameters<typeof answerFailure>[0], distress: Distress): Hono<ServerEnv> {
  const app = frame(deps);
  app.get('/api/health', (c) => c.json({ status: 'rescue' }));
  app.route('/', remedyApp(distress));
  app.route('/', rescuePageApp(distress));
  return app;
}

function frame(deps: Parameters<typeof answerFailure>[0]): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  app.use(securityHeaders());
  app.use(ownPagesOnly);
  app.onError(answerFailure(deps));
  return app;
}

/** No other page can reach this scheme; should one ever, it gets nothing. */
const ownPagesOnly: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('origin') ?? pageOrigin;
  const site = c.req.header('sec-fetch-site') ?? 'none';
  if (origin === pageOrigin && ['none', 'same-origin'].includes(site)) return next();
  return c.json({ code: 'FORBIDDEN', message: 'Requests from other pages are refused.', data: {} }, 403);
};
