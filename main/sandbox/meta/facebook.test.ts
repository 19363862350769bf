import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  app,
  type Bench,
  errorOf,
  longUserToken,
  mp4,
  picture,
  readAnswer,
  redirectUri,
  startBench,
  uploadPhoto,
} from './testing.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.meta.close());

const page = (edge: string): string => `${bench.pageId}/${edge}`;
const post = (path: string, parameters: Record<string, string>): Promise<Answer> =>
  bench.graph.post(path, parameters, bench.pageToken);
const get = (path: string, parameters: Record<string, string> = {}): Promise<Answer> =>
  bench.graph.get(path, parameters, bench.pageToken);
const publicTexts = (): string[] => bench.meta.publicPosts().map((item) => item.text);

describe('Page posts', () => {
  it('publishes text in two phases, and publishing again makes no second post', async () => {
    const created = await post(page('feed'), { message: 'two phases', published: 'false' });
    const id = String(created.body.id);
    expect(id).toMatch(new RegExp(`^${bench.pageId}_\\d+$`));
    expect(publicTexts()).not.toContain('two phases');
    expect((await get(page('published_posts'))).body.data).toEqual([]);

    for (let time = 0; time < 3; time += 1) {
      expect((await post(id, { is_published: 'true' })).body).toEqual({ success: true });
    }
    expect(publicTexts().filter((text) => text === 'two phases')).toHaveLength(1);
    const published = bench.meta.ledger.entries.filter((entry) => entry.operation === 'facebook.published');
    expect(published).toHaveLength(1);
    expect(published[0]?.detail).toEqual({ accountId: bench.pageId, postId: id, text: 'two phases' });

    const read = await get(id, { fields: 'id,message,created_time,permalink_url,is_published,application{name}' });
    expect(read.body).toMatchObject({ id, message: 'two phases', is_published: true });
    expect(read.body.created_time).toBe('2026-11-22T10:00:00+0000');
    const opened = await fetch(String(read.body.permalink_url));
    expect(opened.status).toBe(200);
    expect(await opened.text()).toContain('two phases');
  });

  it('takes several photos by both encodings of attached_media', async () => {
    const ids: string[] = [];
    for (const size of [400, 500, 600, 700]) {
      ids.push(String((await uploadPhoto(bench, await picture(size, 400))).body.id));
    }
    const form = await post(page('feed'), {
      message: 'by form',
      'attached_media[0]': JSON.stringify({ media_fbid: ids[0] }),
      'attached_media[1]': JSON.stringify({ media_fbid: ids[1] }),
    });
    const json = await readAnswer(
      await fetch(`${bench.meta.origins.graph}/v26.0/${page('feed')}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          access_token: bench.pageToken,
          message: 'by json',
          attached_media: [{ media_fbid: ids[2] }, { media_fbid: ids[3] }],
        }),
      }),
    );
    for (const answer of [form, json]) {
      const fields = 'attachments{media_type,subattachments{media,target}},full_picture';
      const read = await get(String(answer.body.id), { fields });
      const attachments = read.body.attachments as {
        data: { media_type: string; subattachments: { data: object[] } }[];
      };
      expect(attachments.data[0]?.media_type).toBe('album');
      expect(attachments.data[0]?.subattachments.data).toHaveLength(2);
      expect((await fetch(String(read.body.full_picture))).headers.get('content-type')).toBe('image/jpeg');
    }
    expect(bench.meta.publicPosts().find((item) => item.text === 'by json')?.media).toHaveLength(2);
    const again = await post(page('feed'), {
      message: 'again',
      'attached_media[0]': JSON.stringify({ media_fbid: ids[0] }),
    });
    expect(errorOf(again)).toBe('100/1366051');
    expect(errorOf(await bench.graph.delete(String(ids[0]), bench.pageToken))).toBe('100/33');
  });

  it('edits, lists since a moment, and deletes', async () => {
    const { body } = await post(page('feed'), { message: 'before' });
    bench.clock.now += 60_000;
    const since = String(bench.clock.now / 1000);
    const later = await post(page('feed'), { message: 'later' });
    await post(String(body.id), { message: 'after' });
    expect((await get(String(body.id))).body.message).toBe('after');
    const listed = await get(page('feed'), { fields: 'id,message', since, limit: '10' });
    expect(listed.body.data).toEqual([{ id: later.body.id, message: 'later' }]);
    const first = await get(page('posts'), { limit: '1' });
    const next = (first.body.paging as { next: string }).next;
    expect(next).not.toContain('access_token');
    expect(errorOf(await readAnswer(await fetch(next)))).toBe('104');

    expect((await bench.graph.delete(String(body.id), bench.pageToken)).body).toEqual({ success: true });
    expect(errorOf(await get(String(body.id)))).toBe('100/33');
    expect(publicTexts()).not.toContain('after');
  });

  it('publishes scheduled posts when their time comes', async () => {
    const soon = (bench.clock.now + 5 * 60_000) / 1000;
    const refused = { message: 'too soon', published: 'false', scheduled_publish_time: String(soon) };
    expect(errorOf(await post(page('feed'), refused))).toBe('100');
    const time = String(bench.clock.now / 1000 + 3600);
    await post(page('feed'), { message: 'scheduled', published: 'false', scheduled_publish_time: time });
    expect(publicTexts()).not.toContain('scheduled');
    bench.clock.now += 3600_000;
    expect(publicTexts()).toContain('scheduled');
  });

  it('shows new posts in listings only after the lag', async () => {
    bench.meta.settings.lookupLagMs = 30_000;
    const { body } = await post(page('feed'), { message: 'lagging' });
    const ids = async (): Promise<unknown[]> =>
      ((await get(page('published_posts'))).body.data as { id: string }[]).map((item) => item.id);
    expect(await ids()).not.toContain(body.id);
    expect(publicTexts()).toContain('lagging');
    bench.clock.now += 30_000;
    expect(await ids()).toContain(body.id);
    bench.meta.settings.lookupLagMs = 0;
  });

  it('comments as the Page', async () => {
    const { body } = await post(page('feed'), { message: 'with comment' });
    const created = await post(`${String(body.id)}/comments`, { message: '#first' });
    expect(created.body.id).toMatch(/^\d+_\d+$/);
    const listed = await get(`${String(body.id)}/comments`, { fields: 'id,message,from' });
    expect(listed.body.data).toEqual([
      { id: created.body.id, message: '#first', from: { id: bench.pageId, name: 'Cafe Uno' } },
    ]);
    expect(bench.meta.publicPosts().find((item) => item.text === 'with comment')?.comments).toEqual([
      { author: 'Cafe Uno', text: '#first' },
    ]);
    expect(bench.meta.ledger.count('facebook.commented')).toBe(1);
  });
});

describe('Page photos', () => {
  it('posts a published photo at once, with its alt text', async () => {
    const answer = await uploadPhoto(bench, await picture(800, 600), {
      caption: 'terrace',
      alt_text_custom: 'A terrace',
    });
    expect(Object.keys(answer.body)).toEqual(['id', 'post_id']);
    const shown = bench.meta.publicPosts().find((item) => item.id === answer.body.post_id);
    expect(shown?.media[0]).toMatchObject({ kind: 'image', alt: 'A terrace' });
  });

  it('turns PNG into JPEG, signs its addresses for an hour, drops unattached photos after a day', async () => {
    const { body } = await uploadPhoto(bench, await picture(900, 600, 'png'));
    const read = await get(String(body.id), { fields: 'images' });
    const images = read.body.images as { source: string; width: number; height: number }[];
    expect(images.map((image) => image.width)).toEqual([900, 720, 320, 130]);
    const file = new Uint8Array(await (await fetch(images[0]?.source ?? '')).arrayBuffer());
    expect(Buffer.from(file.slice(0, 3)).toString('hex')).toBe('ffd8ff');
    bench.clock.now += 3_600_000;
    expect((await fetch(images[0]?.source ?? '')).status).toBe(403);
    bench.clock.now += 23 * 3_600_000;
    expect(errorOf(await get(String(body.id)))).toBe('100/33');
    const late = { message: 'x', attached_media: JSON.stringify([{ media_fbid: body.id }]) };
    expect(errorOf(await post(page('feed'), late))).toBe('100');
  });

  it('refuses what is no picture or too large', async () => {
    expect(errorOf(await uploadPhoto(bench, Buffer.from('no picture')))).toBe('324/2069019');
    const large = Buffer.concat([await picture(100, 100), Buffer.alloc(4 * 1024 * 1024)]);
    expect(errorOf(await uploadPhoto(bench, large))).toBe('100/1366046');
  });
});

describe('Page videos', () => {
  const upload = (url: string, bytes: Uint8Array, headers: Record<string, string>): Promise<Answer> =>
    fetch(url, { method: 'POST', body: new Uint8Array(bytes), headers }).then(readAnswer);

  it('publishes a reel: start, bytes in two parts, status, finish', async () => {
    const bytes = mp4();
    const start = await post(page('video_reels'), { upload_phase: 'start' });
    const url = String(start.body.upload_url);
    const id = String(start.body.video_id);
    const early = { upload_phase: 'finish', video_id: id, video_state: 'PUBLISHED', description: 'reel' };
    expect(errorOf(await post(page('video_reels'), early))).toBe('6000/1363130');

    const authorization = `OAuth ${bench.pageToken}`;
    const size = String(bytes.length);
    const noOffset = await upload(url, bytes, { authorization, file_size: size });
    expect(noOffset.body.debug_info).toMatchObject({ type: 'HeaderValuePredicate' });
    const bearer = await upload(url, bytes, {
      authorization: `Bearer ${bench.pageToken}`,
      offset: '0',
      file_size: size,
    });
    expect(bearer.status).toBe(401);
    const part = await upload(url, bytes.slice(0, 500), { authorization, offset: '0', file_size: size });
    expect(part.body.debug_info).toMatchObject({ type: 'PartialRequestError' });
    const half = await get(id, { fields: 'status' });
    expect(half.body.status).toMatchObject({ uploading_phase: { status: 'in_progress', bytes_transfered: 500 } });
    const wrong = await upload(url, bytes, { authorization, offset: '0', file_size: size });
    expect(wrong.body.debug_info).toMatchObject({ type: 'OffsetInvalidError' });
    const rest = await upload(url, bytes.slice(500), { authorization, offset: '500', file_size: size });
    expect(rest.body).toEqual({ success: true });

    const phases: string[] = [];
    for (let time = 0; time < 2; time += 1) {
      phases.push(((await get(id, { fields: 'status' })).body.status as { video_status: string }).video_status);
    }
    expect(phases).toEqual(['processing', 'ready']);
    expect((await post(page('video_reels'), early)).body).toEqual({ success: true });
    const done = await get(id, { fields: 'status,permalink_url,post_id,published' });
    expect(done.body).toMatchObject({ published: true, status: { publishing_phase: { status: 'complete' } } });
    expect((await fetch(String(done.body.permalink_url))).status).toBe(200);
    expect(errorOf(await post(page('video_reels'), early))).toBe('6000/1363041');
    expect(publicTexts().filter((text) => text === 'reel')).toHaveLength(1);
  });

  it('keeps what arrived before a connection was cut', async () => {
    const bytes = mp4();
    const start = await post(page('video_reels'), { upload_phase: 'start' });
    const id = String(start.body.video_id);
    const received = async (): Promise<unknown> =>
      ((await get(id, { fields: 'status' })).body.status as { uploading_phase: object }).uploading_phase;
    const headers = { authorization: `OAuth ${bench.pageToken}`, offset: '0', file_size: String(bytes.length) };
    const cut = request(String(start.body.upload_url), { method: 'POST', headers });
    const ended = new Promise((resolve) => cut.on('error', resolve));
    cut.write(bytes.slice(0, 700), () => cut.destroy());
    await ended;
    await expect.poll(received).toEqual({ status: 'in_progress', bytes_transfered: 700 });
    await upload(String(start.body.upload_url), bytes.slice(700), { ...headers, offset: '700' });
    expect(await received()).toMatchObject({ status: 'complete' });
  });

  it('shows a reel that is refused in its status', async () => {
    const bytes = mp4({ seconds: 200 });
    const start = await post(page('video_reels'), { upload_phase: 'start' });
    const headers = { authorization: `OAuth ${bench.pageToken}`, offset: '0', file_size: String(bytes.length) };
    await upload(String(start.body.upload_url), bytes, headers);
    const read = await get(String(start.body.video_id), { fields: 'status' });
    expect(read.body.status).toMatchObject({
      video_status: 'error',
      processing_phase: { errors: [{ code: 1363128 }] },
    });
  });

  it('takes a feed video as multipart source', async () => {
    const form = new FormData();
    form.set('description', 'clip');
    form.set('access_token', bench.pageToken);
    form.set('source', new Blob([new Uint8Array(mp4({ width: 640, height: 360 }))]), 'clip.mp4');
    const url = `${bench.meta.origins.graph}/v26.0/${page('videos')}`;
    const answer = await readAnswer(await fetch(url, { method: 'POST', body: form }));
    expect(answer.body.id).toMatch(/^\d+$/);
    expect(bench.meta.publicPosts()[0]).toMatchObject({ text: 'clip', media: [{ kind: 'video' }] });
    expect(errorOf(await get(String(answer.body.id), { fields: 'nonsense' }))).toBe('100');
  });
});

describe('strictness', () => {
  it.each<[string, Record<string, string>, string]>([
    ['an undocumented parameter', { message: 'x', colour: 'blue' }, '100'],
    ['a parameter that Graph dropped', { message: 'x', pretty: '1' }, '100'],
    ['nothing', {}, '100'],
    ['a boolean that is none', { message: 'x', published: 'maybe' }, '100'],
    ['a link that is none', { link: 'no link' }, '100/2061006'],
    ['a link to facebook.com', { link: 'https://www.facebook.com/somebody' }, '100/1609008'],
    ['a text that is too long', { message: 'x'.repeat(63_207) }, '100'],
  ])('refuses a post with %s', async (_, parameters, error) => {
    const before = bench.meta.ledger.count('facebook.published');
    expect(errorOf(await post(page('feed'), parameters))).toBe(error);
    expect(bench.meta.ledger.count('facebook.published')).toBe(before);
  });

  it('refuses unknown fields, and post_id on a post', async () => {
    const { body } = await post(page('feed'), { message: 'fields' });
    for (const fields of ['post_id', 'nonsense', 'attachments{nonsense}']) {
      const photo = await uploadPhoto(bench, await picture(300, 300), { caption: 'p' });
      const id = fields.startsWith('attachments') ? String(photo.body.post_id) : String(body.id);
      expect(errorOf(await get(id, { fields }))).toBe('100');
    }
    expect(errorOf(await get(String(body.id), { fields: 'id,,message' }))).toBe('2500');
    expect(errorOf(await get(page('nonsense')))).toBe('2500');
  });

  it('refuses duplicates when told to', async () => {
    bench.meta.settings.duplicatePosts = 'refuse';
    await post(page('feed'), { message: 'same' });
    expect(errorOf(await post(page('feed'), { message: 'same' }))).toBe('506');
    bench.meta.settings.duplicatePosts = 'accept';
  });

  it('tells version and usage on every answer and serves dead versions by the oldest living one', async () => {
    const answer = await get(bench.pageId);
    expect(answer.headers.get('facebook-api-version')).toBe('v26.0');
    expect(JSON.parse(answer.headers.get('x-app-usage') ?? '')).toHaveProperty('call_count');
    expect(JSON.parse(answer.headers.get('x-business-use-case-usage') ?? '')).toHaveProperty(bench.pageId);
    const dead = await fetch(`${bench.meta.origins.graph}/v20.0/${bench.pageId}?access_token=${bench.pageToken}`);
    expect(dead.headers.get('facebook-api-version')).toBe('v21.0');
  });

  it('needs a page token, of this Page, with scope and task', async () => {
    const { meta, graph } = bench;
    expect(errorOf(await graph.post(page('feed'), { message: 'x' }, bench.userToken))).toBe('190/2069032');
    const stranger = meta.addPerson({
      name: 'Ben',
      pages: [{ name: 'Other' }, { id: bench.pageId, name: 'Cafe Uno', tasks: ['ANALYZE'] }],
    });
    const login = async (scopes: string[]): Promise<Record<string, string>> => {
      const code = meta.consent({ personId: stranger.id, appId: app.id, redirectUri, scopes });
      const accounts = await graph.get('me/accounts', {}, await longUserToken(graph, code));
      const data = accounts.body.data as { name: string; access_token: string }[];
      return Object.fromEntries(data.map((item) => [item.name, item.access_token]));
    };
    const weak = await login(['pages_show_list']);
    expect(errorOf(await graph.post(page('feed'), { message: 'x' }, weak['Other']))).toBe('100/33');
    expect(errorOf(await graph.post(page('feed'), { message: 'x' }, weak['Cafe Uno']))).toBe('200');
    const strong = await login(['pages_show_list', 'pages_manage_posts']);
    const noTask = await graph.post(page('feed'), { message: 'x' }, strong['Cafe Uno']);
    expect([errorOf(noTask), noTask.status]).toEqual(['200', 403]);
  });
});
