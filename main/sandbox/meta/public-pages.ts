import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { FollowerPost, SimulatorContext, SimulatorEnv } from '../simulator.ts';
import { layout, type Markup, pageHeaders } from './page-layout.ts';
import { isOver } from './instagram-rules.ts';
import { followerMedia, followerPost, publicPosts } from './public-posts.ts';
import { publishScheduled } from './facebook-publish.ts';
import type { World } from './state.ts';

/** Where Facebook permalinks lead: a post, a reel, a photo, or a Page with its posts. */
export function serveFacebookPages(app: Hono<SimulatorEnv>, world: World): void {
  const { posts, videos, photos } = world.store.value;
  const show = (c: SimulatorContext, postId: string | null | undefined): Response | Promise<Response> => {
    publishScheduled(world);
    const post = posts[postId ?? ''];
    return showPost(c, post === undefined ? null : followerPost(world, post));
  };
  app.get('/reel/:id', (c) => show(c, videos[c.req.param('id')]?.postId));
  app.get('/photo.php', (c) => show(c, photos[c.req.query('fbid') ?? '']?.postId));
  app.get('/:page/posts/:id', (c) => show(c, `${c.req.param('page')}_${c.req.param('id')}`));
  app.get('/:page', (c) => showFeed(world, c, c.req.param('page')));
}

/** Where Instagram permalinks lead. */
export function serveInstagramPages(app: Hono<SimulatorEnv>, world: World): void {
  for (const path of ['/p/:code/', '/p/:code', '/reel/:code/', '/reel/:code']) {
    app.get(path, (c) => {
      const media = Object.values(world.store.value.media).find((item) => item.shortcode === c.req.param('code'));
      return showPost(c, media === undefined ? null : followerMedia(world, media));
    });
  }
  app.get('/stories/:username/:id', (c) => {
    const media = world.store.value.media[c.req.param('id')];
    return showPost(c, media === undefined || isOver(world, media) ? null : followerMedia(world, media));
  });
}

function showPost(c: SimulatorContext, post: FollowerPost | null): Response | Promise<Response> {
  if (post === null) {
    const content = html`<h1>This content isn’t available</h1>
      <p>It was deleted, or it is not public.</p>`;
    return c.html(layout('facebook', 'Not available', 'Simulated network — sandbox', content), 404, pageHeaders);
  }
  const network = post.platform === 'instagram' ? 'Instagram' : 'Facebook';
  const look = post.platform === 'instagram' ? 'instagram' : 'facebook';
  const title = `${post.account.name} on ${network}`;
  return c.html(layout(look, title, `Simulated ${network} — sandbox`, article(post)), 200, pageHeaders);
}

function showFeed(world: World, c: SimulatorContext, pageId: string): Response | Promise<Response> {
  publishScheduled(world);
  const page = world.store.value.pages[pageId];
  if (page === undefined) return showPost(c, null);
  const posts = publicPosts(world).filter((post) => post.account.id === pageId);
  const content = html`<h1>${page.name}</h1>
    ${posts.length === 0 ? html`<p class="soft">Nothing posted yet.</p>` : posts.map((post) => html`<section>${article(post)}</section>`)}`;
  return c.html(layout('facebook', page.name, 'Simulated Facebook — sandbox', content), 200, pageHeaders);
}

function article(post: FollowerPost): Markup {
  const when = new Date(post.publishedAt).toISOString();
  return html`<article class="post">
    <h2>${post.account.name}</h2>
    <p class="soft">
      <time datetime="${when}">${when.slice(0, 16).replace('T', ' ')} UTC</time>
      ${post.aiLabel ? ' · AI info: made with AI' : ''}
    </p>
    <p class="text">${post.text}</p>
    ${post.media.map((item) =>
      item.kind === 'image'
        ? html`<img src="${item.url}" alt="${item.alt ?? 'Picture of the post'}" />`
        : html`<video src="${item.url}" controls muted></video>`,
    )}
    ${post.comments.length === 0 ? '' : html`<ul class="comments" aria-label="Comments">${post.comments.map((comment) => html`<li><strong>${comment.author}</strong> ${comment.text}</li>`)}</ul>`}
  </article>`;
}
