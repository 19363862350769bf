import { type Context, Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { viewOf } from '../core/backups/backups.ts';
import {
  BackupFailed,
  type Clock,
  type Digest,
  type Log,
  type Random,
  type SessionRecord,
} from '../core/ports/index.ts';
import type { StoredBackups } from '../store/backups.ts';
import type { StoreUnusable } from '../store/unusable.ts';
import { atMost, jsonObjectOnly } from './bodies.ts';
import { answerFailure } from './failures.ts';
import { type Addresses, addressesOf, requireActor, requireKnownHost, type ServerEnv, sessionCookie } from './guard.ts';
import { securityHeaders } from './headers.ts';
import { listen } from './listen.ts';
import { loginApp } from './login.ts';
import { rescueLoginPage, rescuePage } from './rescue-pages.ts';
import { rescueScript } from './rescue-script.ts';
import { createSessions, type Sessions } from './sessions.ts';
import type { RunningServer, ServerOptions } from './server.ts';

/** What a person can do about data that cannot be opened. */
export type Remedy = { kind: 'restore'; backupId: string } | { kind: 'salvage' } | { kind: 'try_again' };

export interface RescueOptions extends Omit<ServerOptions, 'dashboardFolder' | 'uploads'> {
  profile: 'sandbox' | 'live';
  /** Why the store cannot be used. */
  problem: StoreUnusable;
  /** Why the last remedy did not help; null when none was tried. */
  failure: string | null;
  backups: StoredBackups;
  /** What helps to find the fault, without secrets. */
  diagnose(): Promise<object>;
  /** Log-ins that go on; those made here are added. */
  sessions: SessionRecord[];
  /** Called once the answer to the person is on its way. */
  onRemedy(remedy: Remedy): void;
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
  app.use('/api/*', requireActor(sessions, known), atMost(10_000), jsonObjectOnly);
  app.route('/', remedies(options));
  app.all('/api/*', (c) => refuse(c, 503, 'SERVICE_UNAVAILABLE', `The app is not running. ${options.problem.message}`));
  app.route('/', pages(sessions, options));

  const listener = await listen(app, options);
  addresses = addressesOf(listener.port, options.publicUrl);
  const origin = options.publicUrl ?? listener.url;
  return {
    port: listener.port,
    url: listener.url,
    loginLink: () => `${origin}/login#${sessions.newCode()}`,
    close: listener.close,
  };
}

/** What helps against which problem. Where nothing in the file is wrong, neither does. */
export function remediesFor(problem: Pick<StoreUnusable, 'name'>): { restore: boolean; salvage: boolean } {
  return {
    restore: ['StoreDamaged', 'StoreMissing', 'NotADatabase', 'ForeignDatabase', 'NewerDatabase'].includes(
      problem.name,
    ),
    salvage: problem.name === 'StoreDamaged',
  };
}

/** Paths and answers of the contract where it has them. */
function remedies({ backups, diagnose, problem, onRemedy }: RescueOptions): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  const possible = remediesFor(problem);
  const restart = (c: Context, remedy: Remedy): Response => {
    onRemedy(remedy);
    return c.json({ restarting: true });
  };
  app.get('/api/admin/backups', async (c) =>
    c.json({
      items: (await backups.list()).map(viewOf),
      nextCursor: null,
      lastDrill: null,
      folder: backups.folder,
    }),
  );
  app.get('/api/admin/diagnostics', async (c) => {
    c.header('content-disposition', 'attachment; filename="autosocial-diagnostics.json"');
    return c.json(await diagnose());
  });
  app.post('/api/admin/backups/:id/restore', async (c) => {
    if (!possible.restore) return refuse(c, 409, 'CONFLICT', 'Restoring a backup does not help here.');
    const backupId = c.req.param('id');
    const isThere = (await backups.list()).some(({ id }) => id === backupId);
    if (!isThere) return refuse(c, 404, 'NOT_FOUND', 'There is no backup with this id.');
    try {
      await backups.verify(backupId);
    } catch (error) {
      if (error instanceof BackupFailed) return refuse(c, 409, 'CONFLICT', error.message);
      throw error;
    }
    return restart(c, { kind: 'restore', backupId });
  });
  app.post('/api/rescue/salvage', (c) => {
    if (!possible.salvage) return refuse(c, 409, 'CONFLICT', 'There is nothing to save from this file.');
    return restart(c, { kind: 'salvage' });
  });
  app.post('/api/rescue/try-again', (c) => restart(c, { kind: 'try_again' }));
  return app;
}

function pages(sessions: Sessions, options: RescueOptions): Hono<ServerEnv> {
  const app = new Hono<ServerEnv>();
  app.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
  });
  app.get('/rescue.js', (c) => c.body(rescueScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/login', (c) => c.html(rescueLoginPage()));
  app.get('*', async (c) => {
    const cookie = getCookie(c, sessionCookie);
    if (cookie === undefined || !(await sessions.isOpen(cookie))) return c.redirect('/login', 303);
    const { problem, failure, backups } = options;
    return c.html(rescuePage({ problem, failure, possible: remediesFor(problem), backups: await backups.list() }));
  });
  return app;
}

function refuse(c: Context, status: 404 | 409 | 503, code: string, message: string): Response {
  return c.json({ code, message, data: {} }, status);
}

function keptIn(sessions: SessionRecord[]): Parameters<typeof createSessions>[0]['kept'] {
  return {
    insertSession: (session) => Promise.resolve(void sessions.push(session)),
    sessionByHash: (hash) => Promise.resolve(sessions.find(({ tokenHash }) => tokenHash === hash)),
  };
}
