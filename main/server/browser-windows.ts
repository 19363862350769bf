import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Clock, Random } from '../core/ports/index.ts';
import { randomToken } from '../core/random-token.ts';
import type { LoginWindows } from '../web/connect-pages.ts';
import { notice } from '../web/pages.ts';

/** As long as a login is good for. */
const cookieLifeSeconds = 10 * 60;
/** On the way from one of our addresses to another. */
const passageLifeMs = 60_000;
/** Whoever holds the API token is the agency itself, and opens the network's page in whatever browser it likes. */
const script = 'script';

/**
 * Browsers, known again by a cookie that only they hold. A cookie belongs to one address; where a login comes back to
 * another one of ours than it was asked for at, the browser gets its cookie there, on its way to the network:
 * GET `/api/auth/leave?passage=…`, good once and for a minute.
 */
export function browserWindows(deps: { clock: Clock; random: Random }): { windows: LoginWindows; passages: Hono } {
  const open = new Map<string, Passage>();

  function passageFor(found: Omit<Passage, 'endsAt'>): string {
    const now = deps.clock.monotonic();
    for (const [passage, { endsAt }] of open) if (endsAt <= now) open.delete(passage);
    const passage = randomToken(deps.random);
    open.set(passage, { ...found, endsAt: now + passageLifeMs });
    return passage;
  }

  const passages = new Hono();
  passages.get('/api/auth/leave', (c) => {
    const passage = c.req.query('passage') ?? '';
    const found = open.get(passage);
    open.delete(passage);
    if (found === undefined || found.endsAt <= deps.clock.monotonic()) {
      return c.html(notice('Too late', 'This way to the login was used before or took too long. Start again.'), 400);
    }
    keep(c, found);
    return c.redirect(found.address);
  });

  const windows: LoginWindows = {
    begin(c, comesBackTo) {
      if (c.req.query('onboarding') === undefined && c.get('actor') === 'api') {
        return { window: script, leave: (address) => c.redirect(address) };
      }
      const { host, protocol } = new URL(comesBackTo);
      const kind = protocol === 'https:' ? 'secure' : 'plain';
      const isHere = c.req.header('host') === host;
      const key = (isHere ? keyOf(c, kind) : undefined) ?? randomToken(deps.random);
      return {
        window: nameOf(kind, key),
        leave(address) {
          if (!isHere) return c.redirect(`${comesBackTo}/api/auth/leave?passage=${passageFor({ kind, key, address })}`);
          keep(c, { kind, key });
          return c.redirect(address);
        },
      };
    },

    shownBy(c) {
      const names = (['secure', 'plain'] as const).flatMap((kind) => {
        const key = keyOf(c, kind);
        return key === undefined ? [] : [nameOf(kind, key)];
      });
      return [script, ...names];
    },
  };
  return { windows, passages };
}

interface Passage {
  kind: Kind;
  key: string;
  /** The network's login page. */
  address: string;
  /** Monotonic ms. */
  endsAt: number;
}

/** Over https the cookie's name says that nobody but this very host may have set it (RFC 6265bis, `__Host-`). */
type Kind = 'secure' | 'plain';
const cookies = { secure: '__Host-autosocial_login', plain: 'autosocial_login' };

function nameOf(kind: Kind, key: string): string {
  return `${kind}:${key}`;
}

/** One key for all logins that a browser has out, so that two tabs do not take each other's. */
function keyOf(c: Context, kind: Kind): string | undefined {
  const key = getCookie(c, cookies[kind]);
  return key !== undefined && /^[\w-]{43}$/.test(key) ? key : undefined;
}

/** Lax: the browser comes back from the network's site by a link, and must show the cookie then. */
function keep(c: Context, { kind, key }: Pick<Passage, 'kind' | 'key'>): void {
  setCookie(c, cookies[kind], key, {
    httpOnly: true,
    sameSite: 'Lax',
    secure: kind === 'secure',
    path: '/',
    maxAge: cookieLifeSeconds,
  });
}
