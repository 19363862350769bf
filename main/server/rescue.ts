import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Clock, Digest, Log, Random, SessionRecord } from '../core/ports/index.ts';
import type { Distress } from '../hosting.ts';
import { answerFailure } from '../web/failures.ts';
import { type Addresses, addressesOf, requireActor, requireKnownHost, sessionCookie } from './guard.ts';
import type { ServerEnv } from '../web/actor.ts';
import { securityHeaders } from '../web/headers.ts';
import { listen } from './listen.ts';
import { loginApp } from './login.ts';
import { remedyApp, rescuePageApp } from '../web/rescue-app.ts';
import { rescueLoginPage } from '../web/rescue-pages.ts';
import { rescueScript } from '../web/rescue-script.ts';
import type { RunningServer, ServerOptions } from './server.ts';
import { createSessions } from './sessions.ts';

export interface RescueOptions extends Distress, Omit<ServerOptions, 'dashboardFolder' | 'uploads'> {
  profile: 'sandbox' | 'live';
  /** Log-ins that go on; those made here are added. */
  sessions: SessionRecord[];
}

/**
 * Serves one page instead of the app: what is wrong with the data, and what can be done. Nothing else runs.
 * Whoever may log in to the app may log in here, in the same way.
 */
export async function startRescue(
  deps: { clock: Clock; random: Random; digest: Digest; log: Log },
  options: RescueOptions,
): Promise<RunningServer> {
  const sessions = createSessions({ ...deps, kept: keptIn(options.sessions), apiToken: options.apiToken });
  let addresses: Addresses = addressesOf(options.port, options.publicUrl);
  const known = (): Addresses => addresses;

  const app = new Hono<ServerEnv>();
  app.use(securityHeaders());
  app.use(requireKnownHost(known));
  app.onError(answerFailure(deps));
  app.get('/api/health', (c) => c.json({ status: 'rescue', version: options.version, profile: options.profile }));
  app.route('/', loginApp(sessions, known));
  app.use('/api/*', requireActor(sessions, known));
  app.route('/', remedyApp(options));
  app.get('/rescue.js', (c) => c.body(rescueScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/login', (c) => c.html(rescueLoginPage(), 200, { 'cache-control': 'no-store' }));
  app.use(async (c, next) => {
    const cookie = getCookie(c, sessionCookie);
    if (cookie === undefined || !(await sessions.isOpen(cookie))) return c.redirect('/login', 303);
    return next();
  });
  app.route('/', rescuePageApp(options));

  const listener = await listen(app, options);
  addresses = addressesOf(listener.port, options.publicUrl);
  const origin = options.publicUrl ?? listener.url;
  return {
    port: listener.port,
    localOrigin: listener.url,
    origin,
    loginLink: () => `${origin}/login#${sessions.newCode()}`,
    close: listener.close,
  };
}

function keptIn(sessions: SessionRecord[]): Parameters<typeof createSessions>[0]['kept'] {
  return {
    insertSession: (session) => Promise.resolve(void sessions.push(session)),
    sessionByHash: (hash) => Promise.resolve(sessions.find(({ tokenHash }) => tokenHash === hash)),
  };
}
