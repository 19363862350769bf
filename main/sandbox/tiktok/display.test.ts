import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { call, code, fileSource, init, logIn, mp4, paths, postInfo, put, startHarness, status } from './harness.ts';
import type { TikTokSimulator } from './index.ts';

const open: TikTokSimulator[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((tiktok) => tiktok.close()));
});

async function start(dir?: string) {
  const harness = await startHarness({ dir });
  open.push(harness.tiktok);
  return harness;
}

async function publish(tiktok: TikTokSimulator, token: string, title: string): Promise<string> {
  const body = { post_info: { ...postInfo, title }, ...fileSource(5000) };
  const { publishId, uploadUrl } = await init(tiktok, token, paths.direct, body);
  await put(uploadUrl, mp4());
  return publishId;
}

const listUrl = '/v2/video/list/?fields=id,create_time,title,share_url,view_count';

describe('display', () => {
  it('lists public videos, newest first, page by page, and shows them on a page', async () => {
    const { tiktok, clock, creator } = await start();
    const token = await logIn(tiktok, creator.id);
    for (const title of ['one', 'two', `<i>${'x'.repeat(200)}`]) {
      clock.now += 1000;
      await publish(tiktok, token, title);
    }
    const first = (await call(tiktok, token, listUrl, { max_count: 2 })).body.data as {
      videos: { id: string; title: string; share_url: string; create_time: number }[];
      cursor: number;
      has_more: boolean;
    };
    expect(first.videos.map(({ title }) => title.length)).toEqual([150, 3]);
    expect(first.has_more).toBe(true);
    expect(first.videos[0]?.create_time).toBe(clock.now / 1000);
    const second = (await call(tiktok, token, listUrl, { max_count: 2, cursor: first.cursor })).body.data;
    expect(second).toMatchObject({ videos: [{ title: 'one' }], has_more: false });
    const page = await (await fetch(first.videos[0]?.share_url ?? '')).text();
    expect(page).toContain('<video');
    expect(page).not.toContain('<i>');
    const ids = [first.videos[1]?.id];
    const query = await call(tiktok, token, '/v2/video/query/?fields=id,title', { filters: { video_ids: ids } });
    expect(query.body.data).toEqual({ videos: [{ id: ids[0], title: 'two' }] });
  });

  it('refuses unknown fields and too much at once', async () => {
    const { tiktok, creator } = await start();
    const token = await logIn(tiktok, creator.id);
    await publish(tiktok, token, 'one');
    expect(code(await call(tiktok, token, '/v2/video/list/?fields=id,reach', {}))).toBe('invalid_params');
    expect(code(await call(tiktok, token, '/v2/video/list/', {}))).toBe('invalid_params');
    expect(code(await call(tiktok, token, listUrl, { max_count: 21 }))).toBe('invalid_params');
  });

  it('tells who the user is, field by scope', async () => {
    const { tiktok, creator } = await start();
    const token = await logIn(tiktok, creator.id);
    const ask = async (fields: string) => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${tiktok.origins.api}/v2/user/info/?fields=${fields}`, { headers });
      return (await answer.json()) as { data: unknown; error: { code: string } };
    };
    const known = await ask('open_id,display_name,avatar_url');
    expect(known.data).toMatchObject({ user: { display_name: 'Café Uno' } });
    const { avatar_url: avatar } = (known.data as { user: { avatar_url: string } }).user;
    expect((await fetch(avatar)).headers.get('content-type')).toBe('image/svg+xml');
    expect((await ask('open_id,username')).error.code).toBe('scope_not_authorized');
    expect((await ask('password')).error.code).toBe('invalid_params');
  });
});

/** Connections kept from before the restart are found dead first. */
async function reachable(origin: string): Promise<void> {
  const answer = () =>
    fetch(origin).then(
      ({ status: http }) => http,
      () => null,
    );
  await expect.poll(answer).toBe(404);
}

describe('persistence', () => {
  it('goes on after a restart: logins, half an upload, drafts, posts, ledger', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'tiktok-'));
    const before = await start(dir);
    const token = await logIn(before.tiktok, before.creator.id);
    const posted = await publish(before.tiktok, token, 'kept');
    const chunk = 5_242_880;
    const big = mp4(2 * chunk);
    const half = await init(before.tiktok, token, paths.inbox, fileSource(big.length, chunk));
    expect((await put(half.uploadUrl, big, 0, chunk - 1)).status).toBe(206);
    await before.tiktok.close();

    const { tiktok } = await start(dir);
    expect(tiktok.origins).toEqual(before.tiktok.origins);
    for (const origin of Object.values(tiktok.origins)) await reachable(origin);
    expect(tiktok.publicPosts()).toMatchObject([{ text: 'kept' }]);
    expect((await status(tiktok, token, posted)).status).toBe('PROCESSING_UPLOAD');
    expect((await status(tiktok, token, posted)).status).toBe('PUBLISH_COMPLETE');
    expect((await put(half.uploadUrl, big, chunk)).status).toBe(201);
    expect(tiktok.inbox()).toHaveLength(1);
    expect(tiktok.ledger.count('tiktok.published')).toBe(1);
    rmSync(dir, { recursive: true });
  });
});
