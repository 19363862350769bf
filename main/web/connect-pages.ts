import { type Context, Hono } from 'hono';
import { type Platform, platforms, viasOf } from '../../shared/domain/platform.ts';
import type { ConnectResult } from '../core/accounts/connect.ts';
import type { Core } from '../core/core.ts';
import { Conflict, Locked, NotFound, Unprocessable } from '../core/errors.ts';
import { NetworkFailure } from '../core/ports/index.ts';
import { atMost } from './bodies.ts';
import { choicePage, connectedPage, refusedPage, type Voice } from './connect-result.ts';
import type { ServerEnv } from './actor.ts';
import { closedLink, elsewherePage, voiceOf } from './onboarding-pages.ts';
import { notice } from './pages.ts';
import { en } from './words/index.ts';

const maxFormBytes = 100_000;

/**
 * Where a network sends people back to, what its state must begin with to find the way, and the origin at which the
 * browser then comes to us.
 */
export type WayBack = (
  platform: Platform,
) => Promise<{ redirectUri: string; statePrefix: string; comesBackTo: string }>;

/** How a window is known again when a login comes back to it. */
export interface LoginWindows {
  /**
   * Names the window that asks for a login, by something that nobody else can show. `leave` sends it on to the network.
   * @param comesBackTo origin that the login comes back to
   */
  begin(c: Context<ServerEnv>, comesBackTo: string): { window: string; leave(address: string): Response };
  /** All names that a window can show for itself. */
  shownBy(c: Context): string[];
}

/**
 * The way to a network's login and back:
 * GET `/api/auth/{platform}/start` (Instagram's own login with `via=instagram`), GET `/api/auth/{platform}/callback`, POST `/api/auth/choose`.
 */
export function connectApp(
  core: Core,
  wayBack: WayBack,
  windows: LoginWindows,
): { start: Hono<ServerEnv>; back: Hono } {
  const start = new Hono<ServerEnv>();
  start.get('/api/auth/:platform/start', async (c) => {
    const platform = platformOf(c);
    if (platform === undefined) return c.html(notice('Unknown network', 'There is no such network.'), 404);
    const { onboarding, clientId, again, via: wanted } = c.req.query();
    const via = viasOf[platform].find((known) => known === wanted);
    if (via === undefined && wanted !== undefined)
      return c.html(notice('Unknown login', 'This network has no such login.'), 400);
    if (onboarding === undefined && clientId === undefined) {
      return c.json({ code: 'BAD_REQUEST', message: 'Name the client: clientId=… or onboarding=…', data: {} }, 400);
    }
    return answering(c, async () => {
      const who = onboarding === undefined ? { clientId: clientId ?? '' } : { onboardingToken: onboarding };
      const { comesBackTo, ...way } = await wayBack(platform);
      const { window, leave } = windows.begin(c, comesBackTo);
      return leave(
        await core.connect.start({
          platform,
          ...(via === undefined ? {} : { via }),
          ...way,
          window,
          again: again === '1',
          ...who,
        }),
      );
    });
  });

  const back = new Hono();
  back.get('/api/auth/:platform/callback', async (c) => {
    const platform = platformOf(c);
    if (platform === undefined) return c.html(notice('Unknown network', 'There is no such network.'), 404);
    const { code = null, state = '', error = null } = c.req.query();
    const shown = windows.shownBy(c);
    return answering(c, async () =>
      show(c, core, await core.connect.finish({ platform, state, code, error, windows: shown })),
    );
  });
  back.post('/api/auth/choose', atMost(maxFormBytes), async (c) => {
    const form = await c.req.formData().catch(() => new FormData());
    const texts = (name: string) => form.getAll(name).filter((value) => typeof value === 'string');
    const [choiceToken = ''] = texts('choice');
    const shown = windows.shownBy(c);
    const chosen = { remoteIds: texts('remoteId'), confirmed: texts('confirmed'), windows: shown };
    return answering(c, async () => {
      try {
        return await show(c, core, await core.connect.choose(choiceToken, chosen));
      } catch (error) {
        if (!(error instanceof Unprocessable)) throw error;
        const offer = await core.connect.offered(choiceToken, shown);
        return c.html(choicePage(offer, await voiceFor(core, offer), error.problems[0]?.field ?? ''), 422);
      }
    });
  });
  return { start, back };
}

async function show(c: Context, core: Core, result: ConnectResult): Promise<Response> {
  const voice = await voiceFor(core, result);
  switch (result.kind) {
    case 'refused':
      if (result.code === 'elsewhere') return elsewherePage(c);
      return c.html(refusedPage(result, voice), 400);
    case 'connected':
      return c.html(connectedPage(result, voice));
    case 'choose':
      return c.html(choicePage(result, voice));
  }
}

/** A client is spoken to in its own language and the agency's colour. */
async function voiceFor(core: Core, { next }: Pick<ConnectResult, 'next'>): Promise<Voice> {
  const link = next.kind === 'onboarding' ? await core.onboarding.look(next.token) : null;
  return link?.kind === 'open' ? { ...voiceOf(link), isClient: true } : { words: en, options: {}, isClient: false };
}

function platformOf(c: Context): Platform | undefined {
  return platforms.find((platform) => platform === c.req.param('platform'));
}

const linkCodes = ['unknown', 'expired', 'revoked', 'done'] as const;

/** A person sees these answers, so refusals are pages. */
async function answering(c: Context, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof NotFound) return c.html(notice('Not found', error.message), 404);
    if (error instanceof Conflict) {
      const closed = linkCodes.find((code) => error.reason === `link_${code}`);
      return closed === undefined ? c.html(notice('Not possible now', error.message), 409) : closedLink(c, closed, 409);
    }
    if (error instanceof Locked) return c.html(notice('Locked', error.message), 423);
    if (error instanceof NetworkFailure) return c.html(notice('The network refused', error.message), 502);
    if (error instanceof Unprocessable) return c.html(notice('Not possible', error.message), 422);
    throw error;
  }
}
