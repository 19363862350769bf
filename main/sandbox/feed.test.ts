import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFeedApp } from './feed.ts';
import { type FollowerPost, listen, type Origin } from './simulator.ts';
import { fileSource, init, logIn, mp4, paths, put, startHarness } from './tiktok/harness.ts';

let harness: Awaited<ReturnType<typeof startHarness>>;
let feed: Origin;

const older: FollowerPost = {
  platform: 'facebook',
  id: '1',
  account: { id: 'page', name: 'Café Uno' },
  text: '<script>alert(1)</script>',
  media: [],
  comments: [{ author: 'Ana', text: 'Lovely' }],
  publishedAt: 1,
  permalink: 'http://127.0.0.1/1',
  isStory: false,
  aiLabel: false,
};

beforeEach(async () => {
  harness = await startHarness();
  const { tiktok } = harness;
  feed = await listen(createFeedApp([{ publicPosts: () => [older] }, tiktok], tiktok), { dir: null, name: 'feed' });
});
afterEach(async () => {
  await feed.close();
  await harness.tiktok.close();
});

async function read() {
  return (await (await fetch(`${feed.url}/feed.json`)).json()) as {
    posts: FollowerPost[];
    drafts: { publishId: string }[];
  };
}

function postDraft(publishId: string, body: unknown, type = 'application/json') {
  const url = `${feed.url}/feed/drafts/${encodeURIComponent(publishId)}/post`;
  return fetch(url, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) });
}

it('shows posts of all sources, newest first, and lets the creator post a draft', async () => {
  const { tiktok, creator } = harness;
  const token = await logIn(tiktok, creator.id);
  const { publishId, uploadUrl } = await init(tiktok, token, paths.inbox, fileSource(5000));
  await put(uploadUrl, mp4());
  expect(await read()).toMatchObject({ posts: [older], drafts: [{ publishId }] });

  expect((await postDraft(publishId, { caption: 'Hello' })).status).toBe(204);
  expect(await read()).toMatchObject({ posts: [{ platform: 'tiktok', text: 'Hello' }, older], drafts: [] });
  expect((await postDraft(publishId, { caption: 'Hello' })).status).toBe(404);
});

it('refuses a bad body and a body that a foreign form could send', async () => {
  expect((await postDraft('x', { text: 'Hello' })).status).toBe(400);
  expect((await postDraft('x', { caption: 'Hello' }, 'text/plain')).status).toBe(415);
});

it('serves a page that runs only its own script and holds no post text as markup', async () => {
  const answer = await fetch(`${feed.url}/feed`);
  const page = await answer.text();
  const nonce = /script-src 'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];
  expect(page).toContain(`<script type="module" nonce="${nonce}">`);
  expect(page).toContain('Nothing published yet — approve a post and it appears here');
  expect(page).not.toContain('alert(1)');
});
