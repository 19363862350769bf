import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { viewOf } from '../core/backups/backups.ts';
import { BackupFailed } from '../core/ports/index.ts';
import type { Distress, Remedy } from '../hosting.ts';
import type { StoreUnusable } from '../store/unusable.ts';
import { atMost, jsonObjectOnly } from './bodies.ts';
import { rescuePage } from './rescue-pages.ts';
import { rescueScript } from './rescue-script.ts';

/**
 * What a person can do about data that cannot be opened, below `/api`. Whoever may call it must be made sure of before.
 * Paths and answers are those of the contract where it has them.
 */
export function remedyApp({ backups, diagnose, problem, onRemedy }: Distress): Hono {
  const app = new Hono();
  const possible = remediesFor(problem);
  app.use('/api/*', atMost(10_000), jsonObjectOnly);
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
  app.all('/api/*', (c) => refuse(c, 503, 'SERVICE_UNAVAILABLE', `The app is not running. ${problem.message}`));
  return app;
}

/** The page that says what is wrong with the data, in the app's place. */
export function rescuePageApp({ problem, failure, backups }: Distress): Hono {
  const app = new Hono();
  app.use(notKept);
  app.get('/rescue.js', (c) => c.body(rescueScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('*', async (c) => {
    // Whatever is the matter with their folder must not hide what is the matter with the data.
    const listed = await backups.list().catch(() => null);
    return c.html(rescuePage({ problem, failure, possible: remediesFor(problem), backups: listed }));
  });
  return app;
}

/** The app is back at the same address, maybe in a second. */
const notKept: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('cache-control', 'no-store');
};

/** What helps against which problem. Where nothing in the file is wrong, neither does. */
export function remediesFor(problem: Pick<StoreUnusable, 'name'>): { restore: boolean; salvage: boolean } {
  return {
    restore: ['StoreDamaged', 'StoreMissing', 'NotADatabase', 'ForeignDatabase', 'NewerDatabase'].includes(
      problem.name,
    ),
    salvage: problem.name === 'StoreDamaged',
  };
}

function refuse(c: Context, status: 404 | 409 | 503, code: string, message: string): Response {
  return c.json({ code, message, data: {} }, status);
}
