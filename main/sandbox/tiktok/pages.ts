import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { SimulatorContext, SimulatorEnv } from '../simulator.ts';
import { layout } from './login-page.ts';
import { findPost } from './posts.ts';
import type { World } from './world.ts';

/** What anybody may open on the simulated www.tiktok.com: posts, avatars, covers. */
export function addWebRoutes(app: Hono<SimulatorEnv>, world: World): void {
  app.get('/:at{@[A-Za-z0-9_.]+}/video/:id', (c) => {
    const found = findPost(world, c.req.param('id'));
    if (!found || `@${found.creator.username}` !== c.req.param('at') || found.publish.privacy === 'SELF_ONLY') {
      return c.html(layout('Not available', html`<h1>Video currently unavailable</h1>`), 404);
    }
    const { creator, publish } = found;
    const files = publish.files.map(({ sha256 }) => `${world.origins.upload}/v/${sha256}`);
    const media = files.map((url) =>
      publish.media === 'video'
        ? html`<video src="${url}" controls playsinline></video>`
        : html`<img src="${url}" alt="">`,
    );
    return c.html(
      layout(
        `${creator.nickname} on simulated TikTok`,
        html`<h1>${creator.nickname}</h1><p class="lead">@${creator.username}</p>${media}
          <p class="caption">${publish.text}</p>${publish.aiLabel ? html`<p class="hint">Creator labeled as AI-generated</p>` : ''}`,
      ),
    );
  });
  app.get('/avatar/:file', (c) => {
    const creator = world.store.value.creators[c.req.param('file').replace(/\.svg$/, '')];
    return creator === undefined ? c.notFound() : svg(creator.nickname.slice(0, 1).toUpperCase());
  });
  app.get('/cover/:file', (c) => {
    const found = findPost(world, c.req.param('file').replace(/\.svg$/, ''));
    return found === undefined ? c.notFound() : svg('▶');
  });
}

/** The uploaded files by content hash, with byte ranges as video players ask for them. */
export function addMediaRoutes(app: Hono<SimulatorEnv>, world: World): void {
  app.get('/v/:sha256', (c) => {
    const sha256 = c.req.param('sha256');
    const file = Object.values(world.store.value.publishes)
      .flatMap(({ files }) => files)
      .find((candidate) => candidate.sha256 === sha256);
    const bytes = file && world.blobs.get(sha256);
    return file && bytes ? ranged(c, bytes, file.mime) : c.notFound();
  });
}

function ranged(c: SimulatorContext, bytes: Uint8Array, mime: string): Response {
  const headers = { 'content-type': mime, 'accept-ranges': 'bytes', 'x-content-type-options': 'nosniff' };
  const asked = /^bytes=(\d*)-(\d*)$/.exec(c.req.header('range') ?? '');
  if (asked === null || (asked[1] === '' && asked[2] === '')) return new Response(Uint8Array.from(bytes), { headers });

  const [, from = '', to = ''] = asked;
  const first = from === '' ? Math.max(0, bytes.length - Number(to)) : Number(from);
  const last = from === '' || to === '' ? bytes.length - 1 : Math.min(Number(to), bytes.length - 1);
  if (first > last) {
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${bytes.length}` } });
  }
  return new Response(Uint8Array.from(bytes.subarray(first, last + 1)), {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${first}-${last}/${bytes.length}` },
  });
}

function svg(letter: string): Response {
  const text = letter.replace(/[<>&]/g, '');
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" fill="#22252c"/><text x="50" y="66" font-family="system-ui,sans-serif" font-size="46" text-anchor="middle" fill="#ff7d98">${text}</text></svg>`;
  return new Response(body, { headers: { 'content-type': 'image/svg+xml' } });
}
