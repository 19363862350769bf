import { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { z } from 'zod';
import { atMost } from '../web/bodies.ts';
import { type Addresses, sessionCookie } from './guard.ts';
import type { Sessions } from './sessions.ts';

const attemptSchema = z.union([
  z.strictObject({ code: z.string().min(1).max(200) }),
  z.strictObject({ token: z.string().min(1).max(500) }),
]);

const maxAttemptBytes = 2_000;
const monthSeconds = 30 * 24 * 3_600;

/** POST `/api/session`: a one-time code or the API token becomes the dashboard's cookie. */
export function loginApp(sessions: Sessions, addresses: () => Addresses): Hono {
  const app = new Hono();
  app.post('/api/session', atMost(maxAttemptBytes), async (c) => {
    const origin = c.req.header('origin');
    if (origin === undefined || !addresses().origins.has(origin)) {
      return c.json({ code: 'FORBIDDEN', message: 'Requests from other sites are refused.', data: {} }, 403);
    }
    const attempt = attemptSchema.safeParse(await c.req.json().catch(() => null));
    if (!attempt.success) {
      return c.json(
        { code: 'BAD_REQUEST', message: 'Send the code of the start-up link, or the API token.', data: {} },
        400,
      );
    }
    const session = await sessions.open(attempt.data);
    if (session === null) {
      if (sessions.throttled()) {
        return c.json({ code: 'TOO_MANY_REQUESTS', message: 'Too many wrong attempts. Wait a minute.', data: {} }, 429);
      }
      sessions.noteFailure();
      const message =
        'token' in attempt.data
          ? 'This is not the API token.'
          : 'This link was already used or is too old. Press Enter in the terminal for a new one.';
      return c.json({ code: 'UNAUTHORIZED', message, data: {} }, 401);
    }
    setCookie(c, sessionCookie, session, {
      httpOnly: true,
      sameSite: 'Strict',
      secure: new URL(origin).protocol === 'https:',
      path: '/',
      maxAge: monthSeconds,
    });
    return c.json({ loggedIn: true });
  });
  return app;
}
