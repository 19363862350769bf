import { createHash } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReplicateSimulator, startReplicateSimulator } from './replicate-simulator.ts';

let clock = 0;
let simulator: ReplicateSimulator;

beforeEach(async () => {
  clock = Date.UTC(2026, 10, 23, 9);
  simulator = await startReplicateSimulator({
    now: () => clock,
    dir: null,
    tokens: ['r8_test'],
    videoAssets: join(import.meta.dirname, 'assets'),
  });
});

afterEach(() => simulator.close());

/** Makes a prediction and returns where its output can be fetched at the delivery origin. */
async function output(model: string, input: Record<string, unknown>): Promise<string> {
  const response = await fetch(`${simulator.origins.api}/v1/models/${model}/predictions`, {
    method: 'POST',
    headers: { authorization: 'Bearer r8_test' },
    body: JSON.stringify({ input }),
  });
  const { id } = (await response.json()) as { id: string };
  clock += 2_000;
  const read = await fetch(`${simulator.origins.api}/v1/predictions/${id}`, {
    headers: { authorization: 'Bearer r8_test' },
  });
  const prediction = (await read.json()) as { output: string | string[] };
  const url = [prediction.output].flat()[0] as string;
  return url.replace('https://replicate.delivery', simulator.origins.delivery);
}

const picture = (input: Record<string, unknown> = {}): Promise<string> =>
  output('black-forest-labs/flux-schnell', { prompt: 'a cup of coffee', megapixels: '0.25', seed: 7, ...input });

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

describe('images', () => {
  it.each([
    ['webp', 'image/webp', 'webp'],
    ['jpg', 'image/jpeg', 'jpeg'],
    ['png', 'image/png', 'png'],
  ])('come as %s of the asked proportions with honest headers', async (output_format, type, format) => {
    const response = await fetch(await picture({ output_format, aspect_ratio: '4:5' }));
    const bytes = await bytesOf(response);
    const image = await sharp(bytes).metadata();
    expect([image.format, (image.width ?? 0) / (image.height ?? 1)]).toEqual([format, 0.8]);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    expect(response.headers.get('cache-control')).toBe('public,max-age=3600');
    const md5 = createHash('md5').update(bytes).digest();
    expect(response.headers.get('x-goog-hash')).toBe(`md5=${md5.toString('base64')}`);
    expect(response.headers.get('etag')).toBe(`"${md5.toString('hex')}"`);
  });

  it('are about a megapixel, or exactly the asked size', async () => {
    const tall = await sharp(
      await bytesOf(await fetch(await picture({ megapixels: '1', aspect_ratio: '9:16' }))),
    ).metadata();
    expect([tall.width, tall.height]).toEqual([792, 1408]);
    const recraft = await output('recraft-ai/recraft-v3', { prompt: 'hills', size: '1024x1280' });
    const sized = await sharp(await bytesOf(await fetch(recraft))).metadata();
    expect([sized.width, sized.height]).toEqual([1024, 1280]);
  });

  it('stay the same between downloads', async () => {
    const url = await picture();
    const [first, second] = [await bytesOf(await fetch(url)), await bytesOf(await fetch(url))];
    expect(first.equals(second)).toBe(true);
  });

  it('are gone after an hour', async () => {
    const url = await picture();
    expect((await fetch(url)).status).toBe(200);
    clock += 3_600_000;
    expect((await fetch(url)).status).toBe(404);
  });
});

it('serves a faststart MP4 for a video', async () => {
  const url = await output('bytedance/seedance-1-lite', { prompt: 'a bouquet of peonies', aspect_ratio: '9:16' });
  const response = await fetch(url);
  const bytes = await bytesOf(response);
  expect(response.headers.get('content-type')).toBe('video/mp4');
  expect(bytes.subarray(4, 8).toString()).toBe('ftyp');
  expect(bytes.length).toBeLessThanOrEqual(250_000);
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
});

describe('faults', () => {
  const failing = async (kind: string, value?: unknown): Promise<Response> => {
    const url = await picture();
    simulator.faults.add({ operation: 'replicate.download', kind, value });
    return fetch(url, { redirect: 'manual' });
  };

  it.each([
    ['not-found', 404],
    ['forbidden', 403],
    ['server-error', 500],
    ['redirect', 302],
  ])('%s', async (kind, status) => {
    expect((await failing(kind)).status).toBe(status);
  });

  it('cuts the file in three ways', async () => {
    const whole = (await bytesOf(await fetch(await picture()))).length;
    await expect((await failing('truncate-length')).arrayBuffer()).rejects.toThrow('terminated');
    await expect((await failing('truncate-chunked')).arrayBuffer()).rejects.toThrow('terminated');
    const silent = await failing('truncate-close');
    expect(silent.headers.get('content-length')).toBeNull();
    const short = (await bytesOf(silent)).length;
    expect(short).toBeGreaterThan(0);
    expect(short).toBeLessThan(whole * 0.75);
  });

  it('lies about type, size and content', async () => {
    expect((await failing('wrong-type')).headers.get('content-type')).toBe('application/octet-stream');
    expect((await failing('html')).headers.get('content-type')).toBe('text/html');
    expect((await bytesOf(await failing('zero-bytes'))).length).toBe(0);
    expect((await bytesOf(await failing('huge', 3_000_000))).length).toBe(3_000_000);
    const odd = await sharp(await bytesOf(await failing('wrong-dimensions'))).metadata();
    expect(odd.width).not.toBe(odd.height);
  });

  it('drips slowly but completely', async () => {
    const response = await failing('drip', 1);
    expect((await bytesOf(response)).length).toBe(Number(response.headers.get('content-length')));
  });
});
