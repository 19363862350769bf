import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { metaOperations, startMetaSimulator } from './index.ts';
import { app, type Bench, errorOf, graphClient, hostedImage, picture, readAnswer, startBench } from './testing.ts';

describe('faults', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.meta.close());

  const feed = (message: string): Promise<unknown> =>
    bench.graph.post(`${bench.pageId}/feed`, { message }, bench.pageToken).catch(() => 'cut');
  const texts = (): string[] => bench.meta.publicPosts().map((item) => item.text);

  it('loses an answer after the post went public, or cuts before anything happened', async () => {
    bench.meta.faults.add({ operation: 'facebook.feed', kind: 'lost-answer' });
    bench.meta.faults.add({ operation: 'facebook.feed', kind: 'reset' });
    expect([await feed('lost'), await feed('reset')]).toEqual(['cut', 'cut']);
    expect(texts()).toEqual(['lost']);
    await feed('fine');
    expect(texts()).toEqual(['fine', 'lost']);
    expect(bench.meta.ledger.count('facebook.published')).toBe(2);
  });

  it('answers any Graph error before or after the effect', async () => {
    const value = { code: 1, message: 'An unknown error occurred' };
    bench.meta.faults.add({ operation: 'facebook.feed', kind: 'graph-error', value });
    bench.meta.faults.add({ operation: 'facebook.feed', kind: 'graph-error-after', value });
    const before = await bench.graph.post(`${bench.pageId}/feed`, { message: 'before' }, bench.pageToken);
    const after = await bench.graph.post(`${bench.pageId}/feed`, { message: 'after' }, bench.pageToken);
    expect([before.status, after.status]).toEqual([500, 500]);
    expect(texts()).toEqual(['after']);
  });

  it.each([
    [{ code: 80002 }, 400],
    [{ code: 4 }, 403],
    [{ code: 368 }, 400],
    [{ code: 190, subcode: 460 }, 400],
    [{ code: 100, subcode: 33 }, 400],
  ])('answers %j with HTTP %i', async (value, status) => {
    bench.meta.faults.add({ operation: 'instagram.user.read', kind: 'graph-error', value });
    const answer = await bench.graph.get(bench.instagramId, {}, bench.pageToken);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatchObject({
      code: value.code,
      type: 'OAuthException',
      fbtrace_id: expect.any(String),
    });
    expect((await bench.graph.get(bench.instagramId, {}, bench.pageToken)).status).toBe(200);
  });

  it('keeps containers processing, or breaks them with the text of the status', async () => {
    const image_url = await hostedImage(bench, await picture(1080, 1080));
    const path = `${bench.instagramId}/media`;
    const status = async (id: unknown): Promise<Record<string, unknown>> =>
      (await bench.graph.get(String(id), { fields: 'status_code,status' }, bench.pageToken)).body;
    bench.meta.faults.add({ operation: 'instagram.media.create', kind: 'slow-processing', value: 2 });
    const slow = await bench.graph.post(path, { image_url }, bench.pageToken);
    const codes = [];
    for (let time = 0; time < 3; time += 1) codes.push((await status(slow.body.id)).status_code);
    expect(codes).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'FINISHED']);

    const value = 'Error: Media upload has failed with error code 2207053';
    bench.meta.faults.add({ operation: 'instagram.media.create', kind: 'container-error', value });
    const broken = await bench.graph.post(path, { image_url }, bench.pageToken);
    await status(broken.body.id);
    expect(await status(broken.body.id)).toMatchObject({ status_code: 'ERROR', status: value });
    const publish = { creation_id: String(broken.body.id) };
    const refused = await bench.graph.post(`${bench.instagramId}/media_publish`, publish, bench.pageToken);
    expect(errorOf(refused)).toBe('-1/2207032');
  });

  it('is controlled from other processes over HTTP', async () => {
    const control = (path: string, method: string, body?: object): Promise<Response> =>
      fetch(`${bench.meta.origins.graph}/__sandbox/${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    await control('faults', 'POST', { operation: '*', kind: 'graph-error', value: { code: 2 }, times: 5 });
    expect(errorOf(await bench.graph.get('me', {}, bench.userToken))).toBe('2');
    await control('faults', 'DELETE');
    expect(errorOf(await bench.graph.get('me', {}, bench.userToken))).toBe('no error');
    await control('settings', 'PATCH', { businessUsage: 97 });
    const answer = await bench.graph.get(bench.pageId, {}, bench.pageToken);
    expect(answer.headers.get('x-business-use-case-usage')).toContain('"call_count":97');
    expect((await control('settings', 'PATCH', { containerPolls: 'many' })).status).toBe(400);
    await control('tokens', 'POST', { cause: 'password', personId: bench.personId });
    expect(errorOf(await bench.graph.get('me', {}, bench.userToken))).toBe('190/460');
    const ledger = await readAnswer(await control('ledger', 'GET'));
    const text = JSON.stringify(ledger.body);
    expect(text).toContain('"meta.me"');
    const names = bench.meta.ledger.entries.map((entry) => entry.operation);
    expect(metaOperations).toEqual(expect.arrayContaining(names));
    for (const secret of [bench.userToken, bench.pageToken, app.secret]) expect(text).not.toContain(secret);
  });
});

/** One life of the simulator: a draft post and a container are made, then it waits to be killed. */
const firstLife = `
  const { hostedImage, picture, startBench } = await import(process.argv[1]);
  const bench = await startBench(process.argv[2]);
  const { graph, pageId, instagramId, pageToken } = bench;
  const image_url = await hostedImage(bench, await picture(1080, 1080));
  const draft = await graph.post(pageId + '/feed', { message: 'draft', published: 'false' }, pageToken);
  const container = await graph.post(instagramId + '/media', { image_url, caption: 'kept' }, pageToken);
  const ids = { draftId: draft.body.id, containerId: container.body.id };
  console.log(JSON.stringify({ instagramId, pageToken, ...ids, origin: bench.meta.origins.graph, now: bench.clock.now }));
`;

describe('persistence', () => {
  it('finds everything again after the process was killed', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'meta-'));
    const testing = new URL('./testing.ts', import.meta.url).href;
    const child = spawn(process.execPath, ['--input-type=module', '-e', firstLife, testing, dir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { draftId, containerId, instagramId, pageToken, origin, now } = JSON.parse(line.toString());

    const meta = await startMetaSimulator({ dir, now: () => now });
    expect(meta.origins.graph).toBe(origin);
    const graph = graphClient(meta.origins.graph);
    await graph.post(draftId, { is_published: 'true' }, pageToken);
    await graph.get(containerId, { fields: 'status_code' }, pageToken);
    await graph.post(`${instagramId}/media_publish`, { creation_id: containerId }, pageToken);
    const posts = meta.publicPosts();
    expect(posts.map((item) => item.text).sort()).toEqual(['draft', 'kept']);
    const image = posts.find((item) => item.platform === 'instagram')?.media[0]?.url ?? '';
    expect((await fetch(image)).headers.get('content-type')).toBe('image/jpeg');
    expect(meta.ledger.count('facebook.feed')).toBe(1);
    await meta.close();
    await rm(dir, { recursive: true });
  });
});
