import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chunkPlanProblem, chunkRange } from './chunks.ts';
import { fileSource, init, logIn, mp4, paths, put, startHarness } from './harness.ts';
import { inspectVideo, videoFailReason } from './media-file.ts';

let harness: Awaited<ReturnType<typeof startHarness>>;
let uploadUrl: string;
const chunk = 5_242_880;
const big = mp4(2 * chunk + 123);

beforeEach(async () => {
  harness = await startHarness();
  const token = await logIn(harness.tiktok, harness.creator.id);
  ({ uploadUrl } = await init(harness.tiktok, token, paths.inbox, fileSource(big.length, chunk)));
});
afterEach(() => harness.tiktok.close());

const seen = (response: Response) => [response.status, response.headers.get('content-range')];

describe('upload', () => {
  it('takes chunks one after the other and tells how far it has come', async () => {
    expect(seen(await put(uploadUrl, big, 0, chunk - 1))).toEqual([206, `bytes 0-${chunk - 1}/${big.length}`]);
    expect(seen(await put(uploadUrl, big, chunk))).toEqual([201, `bytes 0-${big.length - 1}/${big.length}`]);
    const [draft] = harness.tiktok.inbox();
    const video = await fetch(draft?.media[0]?.url ?? '');
    expect(Buffer.from(await video.arrayBuffer()).equals(big)).toBe(true);
    expect(harness.tiktok.ledger.count('tiktok.inbox_delivered')).toBe(1);
  });

  it('answers 416 to a chunk out of turn, a repeated one and one too many', async () => {
    expect(seen(await put(uploadUrl, big, chunk))).toEqual([416, null]);
    await put(uploadUrl, big, 0, chunk - 1);
    expect(seen(await put(uploadUrl, big, 0, chunk - 1))).toEqual([416, `bytes 0-${chunk - 1}/${big.length}`]);
    await put(uploadUrl, big, chunk);
    expect((await put(uploadUrl, big, chunk)).status).toBe(416);
    expect(harness.tiktok.inbox()).toHaveLength(1);
  });

  it('answers 400 to wrong headers and sizes', async () => {
    const headers = { 'content-type': 'video/mp4', 'content-range': `bytes 0-${chunk - 1}/${big.length}` };
    const send = (change: Record<string, string>, bytes = big.subarray(0, chunk)) =>
      fetch(uploadUrl, { method: 'PUT', headers: { ...headers, ...change }, body: Buffer.from(bytes) });
    expect((await send({ 'content-type': 'application/octet-stream' })).status).toBe(400);
    expect((await send({ 'content-range': `bytes 0-${chunk}/${big.length}` })).status).toBe(400);
    expect((await send({ 'content-range': `bytes 0-${chunk - 1}/${big.length + 1}` })).status).toBe(400);
    expect((await send({ 'content-range': '' })).status).toBe(400);
    expect((await put(uploadUrl, big, 0, chunk)).status).toBe(400);
    expect((await send({})).status).toBe(206);
  });

  it('answers 404 to an unknown upload and 403 after an hour', async () => {
    expect((await put(`${uploadUrl}x`, big, 0, chunk - 1)).status).toBe(404);
    harness.clock.now += 3_600_000;
    expect((await put(uploadUrl, big, 0, chunk - 1)).status).toBe(403);
  });

  it('has taken the chunk when only its answer is lost', async () => {
    harness.tiktok.faults.add({ operation: 'tiktok.upload', kind: 'lost-answer' });
    await expect(put(uploadUrl, big, 0, chunk - 1)).rejects.toThrow();
    expect((await put(uploadUrl, big, 0, chunk - 1)).status).toBe(416);
    expect((await put(uploadUrl, big, chunk)).status).toBe(201);
  });

  it('serves parts of a video', async () => {
    await put(uploadUrl, big, 0, chunk - 1);
    await put(uploadUrl, big, chunk);
    const url = harness.tiktok.inbox()[0]?.media[0]?.url ?? '';
    const part = async (range: string) => {
      const answer = await fetch(url, { headers: { range } });
      return [answer.status, answer.headers.get('content-range'), (await answer.arrayBuffer()).byteLength];
    };
    expect(await part('bytes=0-9')).toEqual([206, `bytes 0-9/${big.length}`, 10]);
    expect(await part('bytes=-5')).toEqual([206, `bytes ${big.length - 5}-${big.length - 1}/${big.length}`, 5]);
    expect(await part(`bytes=${big.length}-`)).toEqual([416, `bytes */${big.length}`, 0]);
  });
});

describe('chunk rules', () => {
  const plan = (video_size: number, chunk_size: number, total_chunk_count = Math.floor(video_size / chunk_size)) =>
    chunkPlanProblem({ video_size, chunk_size, total_chunk_count });

  it.each([
    [50_000_123, 10_000_000, 5],
    [64_000_000, 64_000_000, 1],
    [4_000_000, 4_000_000, 1],
    [65_000_000, 10_000_000, 6],
  ])('takes %i bytes in chunks of %i', (size, chunkSize, count) => {
    expect(plan(size, chunkSize, count)).toBeNull();
  });

  it.each([
    ['rounding up', 50_000_123, 10_000_000, 6],
    ['more than 64 MB at once', 65_000_000, 65_000_000, 1],
    ['one chunk for more than 64 MB', 65_000_000, 40_000_000, 1],
    ['small chunks', 20_000_000, 4_000_000, 5],
    ['a chunk larger than the video', 4_000_000, 5_242_880, 0],
    ['a video larger than 4 GB', 4_000_000_001, 64_000_000, 62],
  ])('refuses %s', (_, size, chunkSize, count) => {
    expect(plan(size, chunkSize, count)).not.toBeNull();
  });

  it('covers every byte once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5_242_880, max: 64_000_000 }), fc.integer({ min: 1, max: 900 }), (size, count) => {
        const upload = { size: size * count + (size - 1), chunkSize: size, chunkCount: count };
        let next = 0;
        for (let i = 0; i < count; i += 1) {
          const { first, last } = chunkRange(upload, i);
          expect(first).toBe(next);
          next = last + 1;
        }
        expect(next).toBe(upload.size);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a video file', () => {
  it('is measured: length and size break or keep the rules', () => {
    const video = inspectVideo(movie({ seconds: 2, width: 360, height: 640 }));
    expect(video).toEqual({ mime: 'video/mp4', seconds: 2, width: 360, height: 640 });
    if (video === null) return;
    expect(videoFailReason(video, 60)).toBeNull();
    expect(videoFailReason(video, 1)).toBe('duration_check_failed');
    expect(videoFailReason({ ...video, width: 200 }, 60)).toBe('picture_size_check_failed');
  });

  it('is told from other files, whatever their bytes', () => {
    expect(inspectVideo(Buffer.from('1a45dfa3', 'hex'))?.mime).toBe('video/webm');
    expect(inspectVideo(Buffer.from('\x89PNG\r\n'))).toBeNull();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => inspectVideo(movie(null, bytes)) !== null));
  });
});

/** An MP4 of headers only: type, then a movie header and a track header, or any other bytes. */
function movie(
  size: { seconds: number; width: number; height: number } | null,
  rest: Uint8Array = new Uint8Array(),
): Uint8Array {
  const type = box('ftyp', Buffer.from('isom'));
  if (size === null) return Buffer.concat([type, rest]);
  const header = Buffer.alloc(100);
  header.writeUInt32BE(1000, 12);
  header.writeUInt32BE(size.seconds * 1000, 16);
  const track = Buffer.alloc(84);
  track.writeUInt16BE(size.width, 76);
  track.writeUInt16BE(size.height, 80);
  return Buffer.concat([type, box('moov', box('mvhd', header), box('trak', box('tkhd', track)))]);
}

function box(type: string, ...body: Buffer[]): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), ...body]);
  bytes.writeUInt32BE(bytes.length);
  return bytes;
}
