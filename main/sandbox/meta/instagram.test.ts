import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  app,
  type Bench,
  errorOf,
  hostedImage,
  longUserToken,
  mp4,
  picture,
  readAnswer,
  redirectUri,
  scopes,
  startBench,
} from './testing.ts';

let bench: Bench;
let imageUrl: string;
beforeAll(async () => {
  bench = await startBench();
  imageUrl = await hostedImage(bench, await picture(1080, 1350));
});
afterAll(() => bench.meta.close());

const account = (edge: string): string => `${bench.instagramId}/${edge}`;
const post = (path: string, parameters: Record<string, string>): Promise<Answer> =>
  bench.graph.post(path, parameters, bench.pageToken);
const get = (path: string, parameters: Record<string, string> = {}): Promise<Answer> =>
  bench.graph.get(path, parameters, bench.pageToken);

async function statusCode(id: unknown): Promise<unknown> {
  return (await get(String(id), { fields: 'status_code,status' })).body.status_code;
}

async function finished(parameters: Record<string, string>): Promise<string> {
  const { body } = await post(account('media'), parameters);
  while ((await statusCode(body.id)) === 'IN_PROGRESS');
  return String(body.id);
}

async function published(parameters: Record<string, string>): Promise<string> {
  const creation_id = await finished(parameters);
  return String((await post(account('media_publish'), { creation_id })).body.id);
}

describe('publishing', () => {
  it('publishes an image through an unpublished Page photo', async () => {
    const created = await post(account('media'), { image_url: imageUrl, caption: 'hello', is_ai_generated: 'true' });
    const creation_id = String(created.body.id);
    expect(errorOf(await post(account('media_publish'), { creation_id }))).toBe('9007/2207027');
    expect(await statusCode(creation_id)).toBe('FINISHED');
    const { body } = await post(account('media_publish'), { creation_id });
    expect(await statusCode(creation_id)).toBe('PUBLISHED');

    const fields = 'id,permalink,shortcode,media_type,media_product_type,timestamp,caption,is_ai_generated';
    const media = await get(String(body.id), { fields });
    expect(media.body).toMatchObject({
      media_type: 'IMAGE',
      media_product_type: 'FEED',
      caption: 'hello',
      is_ai_generated: true,
    });
    expect(await (await fetch(String(media.body.permalink))).text()).toContain('hello');
    const listed = await get(account('media'), { fields: 'id,caption' });
    expect(listed.body.data).toEqual([{ id: body.id, caption: 'hello' }]);
    expect(bench.meta.publicPosts()[0]).toMatchObject({ platform: 'instagram', text: 'hello', aiLabel: true });
    expect(bench.meta.ledger.entries.find((entry) => entry.operation === 'instagram.published')?.detail).toEqual({
      accountId: bench.instagramId,
      postId: body.id,
      text: 'hello',
    });
  });

  it('answers a second publish with an error, or with the same id', async () => {
    const creation_id = await finished({ image_url: imageUrl });
    const first = await post(account('media_publish'), { creation_id });
    expect(errorOf(await post(account('media_publish'), { creation_id }))).toBe('24/2207008');
    bench.meta.settings.secondMediaPublish = 'same-id';
    expect((await post(account('media_publish'), { creation_id })).body).toEqual(first.body);
    bench.meta.settings.secondMediaPublish = 'error';
    const entries = bench.meta.ledger.entries.filter((entry) => entry.detail.postId === first.body.id);
    expect(entries).toHaveLength(1);
  });

  it('keeps a container in progress as long as told', async () => {
    bench.meta.settings.containerPolls = 3;
    const { body } = await post(account('media'), { image_url: imageUrl });
    const seen = [];
    for (let time = 0; time < 4; time += 1) seen.push(await statusCode(body.id));
    expect(seen).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'IN_PROGRESS', 'FINISHED']);
    bench.meta.settings.containerPolls = 1;
  });

  it('publishes a carousel', async () => {
    const items: string[] = [];
    for (const width of [1080, 1200, 1350]) {
      const image_url = await hostedImage(bench, await picture(width, 1080));
      items.push(await finished({ image_url, is_carousel_item: 'true', alt_text: `width ${width}` }));
    }
    const id = await published({ media_type: 'CAROUSEL', children: items.join(','), caption: 'three' });
    const media = await get(id, { fields: 'media_type,children{id,media_type,media_url}' });
    expect(media.body.media_type).toBe('CAROUSEL_ALBUM');
    expect((media.body.children as { data: object[] }).data).toHaveLength(3);
    const shown = bench.meta.publicPosts().find((item) => item.id === id);
    expect(shown?.media.map((item) => item.alt)).toEqual(['width 1080', 'width 1200', 'width 1350']);
    for (const children of ['', items[0] ?? '', Array.from({ length: 11 }, () => items[0]).join()]) {
      expect(errorOf(await post(account('media'), { media_type: 'CAROUSEL', children }))).toBe('100/2207028');
    }
    expect(errorOf(await post(account('media_publish'), { creation_id: items[0] ?? '' }))).toBe('24/2207006');
  });

  it('publishes a reel by resumable upload', async () => {
    const { body } = await post(account('media'), { media_type: 'REELS', upload_type: 'resumable', caption: 'reel' });
    expect(body.uri).toMatch(/\/ig-api-upload\/v26\.0\/\d+$/);
    expect(await statusCode(body.id)).toBe('IN_PROGRESS');
    const bytes = mp4();
    const headers = { authorization: `OAuth ${bench.pageToken}`, offset: '0', file_size: String(bytes.length) };
    const upload = await fetch(String(body.uri), { method: 'POST', body: new Uint8Array(bytes), headers });
    expect(await upload.json()).toEqual({ success: true, message: 'Upload successful.' });
    expect(await statusCode(body.id)).toBe('FINISHED');
    const { id } = (await post(account('media_publish'), { creation_id: String(body.id) })).body;
    const media = await get(String(id), { fields: 'media_product_type,permalink' });
    expect(media.body).toMatchObject({ media_product_type: 'REELS' });
    expect((await fetch(String(media.body.permalink))).status).toBe(200);
  });

  it.each([
    ['no video', new TextEncoder().encode('no video')],
    ['too short', mp4({ seconds: 1 })],
    ['index at the end', mp4({ moovFirst: false })],
  ])('refuses the bytes of a reel: %s', async (_, bytes) => {
    const { body } = await post(account('media'), { media_type: 'REELS', upload_type: 'resumable' });
    const headers = { authorization: `OAuth ${bench.pageToken}`, offset: '0', file_size: String(bytes.length) };
    const upload = await readAnswer(
      await fetch(String(body.uri), { method: 'POST', body: new Uint8Array(bytes), headers }),
    );
    expect(upload.body.debug_info).toMatchObject({ retriable: false, type: 'ProcessingFailedError' });
    await statusCode(body.id);
    const status = await get(String(body.id), { fields: 'status_code,status' });
    expect(status.body).toMatchObject({ status_code: 'ERROR', status: expect.stringContaining('2207026') });
  });

  it('publishes stories apart from the media list, for a day', async () => {
    const tall = await hostedImage(bench, await picture(1080, 1920));
    const id = await published({ media_type: 'STORIES', image_url: tall });
    const ids = async (edge: string): Promise<unknown[]> =>
      ((await get(account(edge))).body.data as { id: string }[]).map((item) => item.id);
    expect(await ids('stories')).toEqual([id]);
    expect(await ids('media')).not.toContain(id);
    const seen = () => bench.meta.publicPosts().find((item) => item.id === id);
    expect(seen()).toMatchObject({ isStory: true, text: '' });
    const page = await fetch(seen()?.permalink ?? '');
    expect(page.status).toBe(200);
    expect(errorOf(await post(`${id}/comments`, { message: 'hi' }))).toBe('100');

    bench.clock.now += 24 * 3_600_000;
    expect(await ids('stories')).toEqual([]);
    expect(errorOf(await get(String(id)))).toBe('100/33');
    expect(errorOf(await get(`${id}/insights`, { metric: 'views' }))).toBe('100/33');
    expect(seen()).toBeUndefined();
    expect((await fetch(page.url)).status).toBe(404);
    imageUrl = await hostedImage(bench, await picture(1080, 1350));
  });

  it('comments, lists comments, deletes media', async () => {
    const id = await published({ image_url: imageUrl, caption: 'to be deleted' });
    const comment = await post(`${id}/comments`, { message: '#hash' });
    const listed = await get(`${id}/comments`, { fields: 'id,text,username' });
    expect(listed.body.data).toEqual([{ id: comment.body.id, text: '#hash', username: 'cafe.uno' }]);
    expect((await bench.graph.delete(id, bench.pageToken)).body).toMatchObject({ success: true });
    expect(errorOf(await get(id))).toBe('100/33');
    expect(bench.meta.publicPosts().map((item) => item.id)).not.toContain(id);
  });

  it('creates a comment and refuses the answer when fields are asked for', async () => {
    const id = await published({ image_url: imageUrl });
    expect(errorOf(await post(`${id}/comments`, { message: 'once', fields: 'id' }))).toBe('20/1772107');
    const listed = await get(`${id}/comments`);
    expect(listed.body.data).toHaveLength(1);
  });

  it('counts the quota and stops at it', async () => {
    const read = async (): Promise<{ quota_usage: number; config: { quota_total: number } }> => {
      const answer = await get(account('content_publishing_limit'), { fields: 'config,quota_usage' });
      return (answer.body.data as { quota_usage: number; config: { quota_total: number } }[])[0] ?? expect.fail();
    };
    const used = (await read()).quota_usage;
    expect(used).toBeGreaterThan(0);
    bench.meta.settings.quotaTotal = used;
    const creation_id = await finished({ image_url: imageUrl });
    expect(errorOf(await post(account('media_publish'), { creation_id }))).toBe('9/2207042');
    bench.meta.settings.quotaTotal = 100;
    expect((await post(account('media_publish'), { creation_id })).status).toBe(200);
    expect((await read()).quota_usage).toBe(used + 1);
  });

  it('forgets containers after a day', async () => {
    const creation_id = await finished({ image_url: imageUrl });
    bench.clock.now += 24 * 3_600_000;
    expect(await statusCode(creation_id)).toBe('EXPIRED');
    expect(errorOf(await post(account('media_publish'), { creation_id }))).toBe('24/2207008');
    imageUrl = await hostedImage(bench, await picture(1080, 1350));
  });
});

describe('strictness', () => {
  it('refuses PNG, wrong ratio, large files and addresses that do not answer', async () => {
    const { cdn } = bench.meta.origins;
    const files = new Map([
      ['/photo.png', await picture(1080, 1080, 'png')],
      ['/wide.jpg', await picture(1080, 400)],
      ['/large.jpg', Buffer.concat([await picture(1080, 1080), Buffer.alloc(8 * 1024 * 1024)])],
    ]);
    const server = createServer((request, response) => {
      const file = files.get(request.url ?? '');
      response.writeHead(file === undefined ? 404 : 200).end(file);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    const cases: [string, string][] = [
      [`${origin}/photo.png`, '36001/2207005'],
      [`${origin}/wide.jpg`, '36003/2207009'],
      [`${origin}/large.jpg`, '36000/2207004'],
      [`${origin}/missing.jpg`, '9004/2207052'],
      [`${cdn}/v/forged_o.jpg`, '9004/2207052'],
      ['https://images.example/photo.jpg', '9004/2207052'],
      ['no address', '9004/2207052'],
    ];
    for (const [image_url, error] of cases) {
      const answer = await post(account('media'), { image_url });
      expect([image_url, errorOf(answer), answer.status]).toEqual([image_url, error, 400]);
    }
    const video = await post(account('media'), { media_type: 'REELS', video_url: `${origin}/missing.mp4` });
    await statusCode(video.body.id);
    expect((await get(String(video.body.id), { fields: 'status_code,status' })).body).toMatchObject({
      status_code: 'ERROR',
      status: expect.stringContaining('2207052'),
    });
    await new Promise((resolve) => server.close(resolve));
  });

  it.each<[string, Record<string, string>, string]>([
    ['caption too long', { caption: 'x'.repeat(2201) }, '36004/2207010'],
    ['31 hashtags', { caption: Array.from({ length: 31 }, (_, index) => `#tag${index}`).join(' ') }, '100'],
    ['21 mentions', { caption: Array.from({ length: 21 }, (_, index) => `@user${index}`).join(' ') }, '100/2207040'],
    ['alt text too long', { alt_text: 'x'.repeat(1001) }, '100'],
    ['unknown media type', { media_type: 'IMAGE' }, '100/2207023'],
    ['caption on a story', { media_type: 'STORIES', caption: 'x' }, '100'],
    ['alt text on a reel', { media_type: 'REELS', alt_text: 'x' }, '100'],
    ['label on a carousel item', { is_carousel_item: 'true', is_ai_generated: 'true' }, '100'],
    ['four collaborators', { collaborators: 'a,b,c,d' }, '100'],
    ['tags without a place on the picture', { user_tags: '[{"username":"anna"}]' }, '100'],
    ['tags beside the picture', { user_tags: '[{"username":"anna","x":1.2,"y":0}]' }, '100'],
    ['tags that are no list', { user_tags: 'anna' }, '100'],
    ['21 tags', { user_tags: JSON.stringify(Array(21).fill({ username: 'a', x: 0, y: 1 })) }, '100/2207040'],
    ['tags on a carousel', { media_type: 'CAROUSEL', children: '1,2', user_tags: '[]' }, '100'],
    ['a place that is none', { location_id: '123' }, '100'],
    ['undocumented parameter', { published: 'false' }, '100'],
  ])('refuses %s', async (_, parameters, error) => {
    expect(errorOf(await post(account('media'), { image_url: imageUrl, ...parameters }))).toBe(error);
  });

  it('refuses unknown fields and foreign containers', async () => {
    const creation_id = await finished({ image_url: imageUrl });
    expect(errorOf(await get(creation_id, { fields: 'permalink' }))).toBe('100');
    expect(errorOf(await post(account('media_publish'), { creation_id: '123' }))).toBe('24/2207006');
  });

  it('needs the scopes of Instagram publishing', async () => {
    const less = scopes.filter((scope) => scope !== 'instagram_content_publish');
    const person = bench.meta.addPerson({ name: 'Cara', pages: [{ id: bench.pageId, name: 'Cafe Uno' }] });
    const code = bench.meta.consent({ personId: person.id, appId: app.id, redirectUri, scopes: less });
    const accounts = await bench.graph.get('me/accounts', {}, await longUserToken(bench.graph, code));
    const [page] = accounts.body.data as { access_token: string }[];
    const answer = await bench.graph.post(account('media'), { image_url: imageUrl }, page?.access_token);
    expect([errorOf(answer), answer.status]).toEqual(['10', 403]);
  });
});
