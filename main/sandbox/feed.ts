import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { feedPage } from './feed-page.ts';
import type { FollowerPost, SimulatorApp, SimulatorEnv } from './simulator.ts';
import type { InboxDraft } from './tiktok/index.ts';

/** The phone on which a TikTok creator finds drafts; the TikTok simulator is one. */
export interface CreatorPhone {
  inbox(): InboxDraft[];
  /** Throws when no such draft waits. */
  finishDraft(publishId: string, caption?: string): void;
}

/**
 * The page `/feed` that shows what followers of all simulated accounts would see, and the drafts
 * that wait on the creator's phone.
 *
 * `/feed.json` answers `{posts: FollowerPost[] newest first, drafts: InboxDraft[]}`;
 * `POST /feed/drafts/{publishId}/post` with `{caption}` as JSON posts a draft: 204, or 404 when it
 * does not wait any more.
 */
export function createFeedApp(sources: { publicPosts(): FollowerPost[] }[], phone?: CreatorPhone): SimulatorApp {
  const app: SimulatorApp = new Hono<SimulatorEnv>();

  app.get('/feed', (c) => {
    const nonce = randomBytes(16).toString('base64');
    // The media live on the simulators' own origins.
    const loopback = 'http://127.0.0.1:* http://localhost:*';
    c.header(
      'content-security-policy',
      `default-src 'none'; connect-src 'self'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; ` +
        `img-src data: ${loopback}; media-src ${loopback}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    return c.html(feedPage(nonce));
  });

  app.get('/feed.json', (c) => {
    const posts = sources.flatMap((source) => source.publicPosts());
    c.header('cache-control', 'no-store');
    return c.json({
      posts: posts.toSorted((a, b) => b.publishedAt - a.publishedAt),
      drafts: phone?.inbox() ?? [],
    });
  });

  app.post('/feed/drafts/:publishId/post', async (c) => {
    // A JSON body cannot come from a foreign page without its asking first.
    if (!(c.req.header('content-type') ?? '').startsWith('application/json')) {
      return c.json({ message: 'Send the caption as JSON.' }, 415);
    }
    const caption = captionOf(await c.req.json<unknown>().catch(() => null));
    const publishId = c.req.param('publishId');
    if (caption === null) return c.json({ message: 'Send {"caption": "text"}.' }, 400);
    if (!phone?.inbox().some((draft) => draft.publishId === publishId)) {
      return c.json({ message: 'No such draft waits on the phone.' }, 404);
    }
    phone.finishDraft(publishId, caption);
    return c.body(null, 204);
  });

  return app;
}

function captionOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('caption' in body)) return null;
  return typeof body.caption === 'string' ? body.caption : null;
}
