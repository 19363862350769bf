import type { Context, MiddlewareHandler } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Actor, ServerEnv } from '../web/actor.ts';
import type { Sessions } from './sessions.ts';

export const sessionCookie = 'autosocial_session';

/** Where browsers may reach this server: exact host names with port, and the origins made of them. */
export interface Addresses {
  hosts: ReadonlySet<string>;
  origins: ReadonlySet<string>;
}

/** @param publicUrl origin, or null */
export function addressesOf(port: number, publicUrl: string | null): Addresses {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  if (publicUrl !== null) {
    hosts.add(new URL(publicUrl).host);
    origins.add(publicUrl);
  }
  return { hosts, origins };
}

/** A page elsewhere that found a name for this address must get nothing, not even an error of ours. */
export function requireKnownHost(addresses: () => Addresses): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host');
    if (host === undefined || !addresses().hosts.has(host)) {
      return c.json(
        { code: 'MISDIRECTED_REQUEST', message: 'This server does not answer to that name.', data: {} },
        421,
      );
    }
    return next();
  };
}

/** Fails with 401, 403 or 429, or lets through with the actor set. */
export function requireActor(sessions: Sessions, addresses: () => Addresses): MiddlewareHandler<ServerEnv> {
  return async (c, next) => {
    const verdict = await actorOf(c, sessions, addresses());
    if (typeof verdict !== 'string') return c.json({ ...verdict.body, data: {} }, verdict.status);
    c.set('actor', verdict);
    return next();
  };
}

interface Refusal {
  status: 401 | 403 | 429;
  body: { code: string; message: string };
}

async function actorOf(c: Context, sessions: Sessions, addresses: Addresses): Promise<Actor | Refusal> {
  const origin = c.req.header('origin');
  if (origin !== undefined && !addresses.origins.has(origin)) return foreign;
  const bearer = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (bearer !== undefined) return sessions.isApiToken(bearer) ? 'api' : refuse(sessions);

  const cookie = getCookie(c, sessionCookie);
  if (cookie === undefined) return unauthenticated;
  if (!(await sessions.isOpen(cookie))) return refuse(sessions);
  const reading = c.req.method === 'GET' || c.req.method === 'HEAD';
  const site = c.req.header('sec-fetch-site');
  const crossSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  if ((!reading && origin === undefined) || crossSite) return foreign;
  return 'owner';
}

function refuse(sessions: Sessions): Refusal {
  if (sessions.throttled()) return throttled;
  sessions.noteFailure();
  return unauthenticated;
}

const unauthenticated: Refusal = {
  status: 401,
  body: { code: 'UNAUTHORIZED', message: 'Log in, or send the API token as Authorization: Bearer.' },
};
const foreign: Refusal = {
  status: 403,
  body: { code: 'FORBIDDEN', message: 'Requests from other sites are refused.' },
};
const throttled: Refusal = {
  status: 429,
  body: { code: 'TOO_MANY_REQUESTS', message: 'Too many wrong tokens. Wait a minute.' },
};
