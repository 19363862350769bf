import { Hono } from 'hono';
import { redirectOf, relayPrefix } from '../../shared/domain/redirects.ts';
import { createRouter } from '../core/api/router.ts';
import type { Core } from '../core/core.ts';
import type { Clock, Digest, Log, Random, Store } from '../core/ports/index.ts';
import type { Door } from '../hosting.ts';
import type { Handouts } from '../platforms/index.ts';
import { connectApp } from '../web/connect-pages.ts';
import { dashboardApp } from '../web/dashboard.ts';
import { answerFailure } from '../web/failures.ts';
import { type Addresses, addressesOf, requireActor, requireKnownHost } from './guard.ts';
import type { ServerEnv } from '../web/actor.ts';
import { browserWindows } from './browser-windows.ts';
import { handedOutApp } from '../web/handed-out.ts';
import { securityHeaders } from '../web/headers.ts';
import { listen } from './listen.ts';
import { loginApp } from './login.ts';
import { insightFileApp } from '../web/insight-files.ts';
import { mediaFileApp } from '../web/media-files.ts';
import { onboardingApp } from '../web/onboarding-pages.ts';
import { restApp } from '../web/rest.ts';
import { serveRpc } from './rpc.ts';
import { createSessions } from './sessions.ts';

export interface ServerOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  publicUrl: string | null;
  apiToken: string | null;
  version: string;
  dashboardFolder: string;
  /** For files on their way in. */
  uploads: string;
}

export interface RunningServer extends Door {
  port: number;
  /** Origin of the address that is listened on, which differs from where browsers come in through a public one. */
  localOrigin: string;
  /** A link that logs in once. */
  loginLink(): string;
  close(): Promise<void>;
}

/** Serves dashboard, REST, WebSocket and the pages for clients from one port. */
export async function startServer(
  core: Core,
  ports: { store: Store; clock: Clock; random: Random; digest: Digest; log: Log },
  handouts: Handouts,
  options: ServerOptions,
): Promise<RunningServer> {
  const sessions = createSessions({ ...ports, kept: ports.store.connections, apiToken: options.apiToken });
  const router = createRouter(core);
  let addresses: Addresses = addressesOf(options.port, options.publicUrl);
  let url = '';
  const known = (): Addresses => addresses;
  const publicOrigin = (): string => options.publicUrl ?? url;

  const { windows, passages } = browserWindows(ports);
  const connecting = connectApp(
    core,
    async (platform) => {
      const { relayUrl } = await core.settings.get();
      const { uri, isRelay } = redirectOf(platform, publicOrigin(), relayUrl);
      if (!isRelay) return { redirectUri: uri, statePrefix: '', comesBackTo: publicOrigin() };
      const { port } = listener;
      return { redirectUri: uri, statePrefix: relayPrefix(platform, port), comesBackTo: `http://127.0.0.1:${port}` };
    },
    windows,
  );
  let description: Promise<object> | undefined;
  const app = new Hono<ServerEnv>();
  app.use(securityHeaders());
  app.use(requireKnownHost(known));
  app.onError(answerFailure(ports));

  app.get('/api/openapi.json', async (c) => c.json(await (description ??= describe(options.version))));
  app.route('/', loginApp(sessions, known));
  app.route('/', connecting.back);
  app.route('/', passages);
  app.route('/', onboardingApp(core));
  app.route('/', handedOutApp(handouts));

  const open = (path: string, onboarding: string | undefined): boolean =>
    path === '/api/health' || (/^\/api\/auth\/[a-z]+\/start$/.test(path) && onboarding !== undefined);
  const guard = requireActor(sessions, known);
  app.use('/api/*', async (c, next) => {
    if (!open(c.req.path, c.req.query('onboarding'))) return guard(c, next);
    c.set('actor', 'api');
    return next();
  });
  app.route('/', connecting.start);
  app.route('/', mediaFileApp(core));
  app.route('/', insightFileApp(core));
  app.route('/', restApp(router, ports.log, options.uploads));
  app.route('/', dashboardApp(options.dashboardFolder));

  let endRpc = (): void => undefined;
  const listener = await listen(app, options, (server) => {
    endRpc = serveRpc(server, router, { sessions, addresses: known });
  });
  addresses = addressesOf(listener.port, options.publicUrl);
  url = listener.url;

  return {
    port: listener.port,
    localOrigin: listener.url,
    origin: publicOrigin(),
    loginLink: () => `${publicOrigin()}/login#${sessions.newCode()}`,
    async close() {
      endRpc();
      await listener.close();
    },
  };
}

/** The generator is loaded when it is first asked for: it takes megabytes that few hosts ever need. */
async function describe(version: string): Promise<object> {
  const { describeRest } = await import('./openapi.ts');
  return describeRest(version);
}
