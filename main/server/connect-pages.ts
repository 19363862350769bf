import { type Context, Hono } from 'hono';
import { type Platform, platforms } from '../../shared/domain/platform.ts';
import type { ConnectResult } from '../core/accounts/connect.ts';
import type { Core } from '../core/core.ts';
import { Conflict, Locked, NotFound, Unprocessable } from '../core/errors.ts';
import { NetworkFailure } from '../core/ports/index.ts';
import { atMost } from './bodies.ts';
import { choicePage, connectedPage, refusedPage, type Voice } from './connect-result.ts';
import type { ServerEnv } from './guard.ts';
import { closedLink, voiceOf } from './onboarding-pages.ts';
import { notice } from './pages.ts';
import { en } from './words/index.ts';

const maxFormBytes = 100_000;

/** Where a network sends people back to, and what its state must begin with to find the way. */
export type WayBack = (platform: Platform) => Promise<{ redirectUri: string; statePrefix: string }>;

/**
 * The way to a network's login and back:
 * GET `/api/auth/{platform}/start`, GET `/api/auth/{platform}/callback`, POST `/api/auth/choose`.
 */
export function connectApp(core: Core, wayBack: WayBack): { start: Hono<ServerEnv>; back: Hono } {
  const start = new Hono<ServerEnv>();
  start.get('/api/auth/:platform/start', async (c) => {
    const platform = platformOf(c);
    if (platform === undefined) return c.html(notice('Unknown network', 'There is no such network.'), 404);
    const { onboarding, clientId, again } = c.req.query();
    if (onboarding === undefined && clientId === undefined) {
      return c.json({ code: 'BAD_REQUEST', message: 'Name the client: clientId=… or onboarding=…', data: {} }, 400);
    }
    return answering(c, async () => {
      const who = onboarding === undefined ? { clientId: clientId ?? '' } : { onboardingToken: onboarding };
      const way = await wayBack(platform);
      return c.redirect(await core.connect.start({ platform, ...way, again: again === '1', ...who }));
    });
  });

  const back = new Hono();
  back.get('/api/auth/:platform/callback', async (c) => {
    const platform = platformOf(c);
    if (platform === undefined) return c.html(notice('Unknown network', 'There is no such network.'), 404);
    const { code = null, state = '', error = null } = c.req.query();
    return answering(c, async () => show(c, core, await core.connect.finish({ platform, state, code, error })));
  });
  back.post('/api/auth/choose', atMost(maxFormBytes), async (c) => {
    const form = await c.req.formData().catch(() => new FormData());
    const texts = (name: string) => form.getAll(name).filter((value) => typeof value === 'string');
    const [choiceToken = ''] = texts('choice');
    return answering(c, async () => {
      try {
        return await show(c, core, await core.connect.choose(choiceToken, texts('remoteId'), texts('confirmed')));
      } catch (error) {
        if (!(error instanceof Unprocessable)) throw error;
        const offer = await core.connect.offered(choiceToken);
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
