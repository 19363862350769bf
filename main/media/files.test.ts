import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { BufferSource, EncodedPacketSink, Input, MP4, QTFF } from 'mediabunny';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { cropFor, type Point, type Size } from '../../shared/domain/crop.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import type { MediaFiles, PreparedMedia } from '../core/ports/index.ts';
import { createMediaFiles } from './files.ts';

const makesClips = createMediaFiles({ dir: tmpdir() }).makesClips();

let dir: string;
let files: MediaFiles;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'media-'));
  files = createMediaFiles({ dir });
});

afterEach(() => rmSync(dir, { recursive: true }));

/** A picture with some detail, so that encoders have work to do. */
function picture(width: number, height: number): Sharp {
  return sharp({
    create: { width, height, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 40 }, background: '#808080' },
  });
}

const clip = (name: string): Uint8Array => new Uint8Array(readFileSync(join(import.meta.dirname, 'fixtures', name)));
const bytesOf = async (image: Sharp): Promise<Uint8Array> => new Uint8Array(await image.toBuffer());
const allFiles = (): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** As the core asks for it: an image cut for a network. */
async function prepared(
  sha256: string,
  platform: Exclude<Platform, 'tiktok'>,
  { focal = null, aiMade = false, size }: { focal?: Point | null; aiMade?: boolean; size?: Size } = {},
): Promise<PreparedMedia> {
  const crop = cropFor(platform, size ?? (await sizeOf(sha256)), { focal });
  return files.prepare(sha256, { kind: 'jpeg', crop, aiMade });
}

async function sizeOf(sha256: string): Promise<Size> {
  return (await sharp(await stored(sha256)).metadata()).autoOrient;
}

async function stored(sha256: string): Promise<Uint8Array> {
  const { bytes, stream } = await files.open(sha256);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream()) chunks.push(chunk);
  expect(Buffer.concat(chunks).length).toBe(bytes);
  return new Uint8Array(Buffer.concat(chunks));
}

async function xmpOf({ bytes }: PreparedMedia): Promise<string | undefined> {
  return (await sharp(bytes).metadata()).xmpAsString;
}

/** What a camera writes that was held so: the pixels that EXIF's orientation turns back. */
function unturned(image: Sharp, orientation: number): Sharp {
  const turns = [
    () => image,
    () => image.flop(),
    () => image.rotate(180),
    () => image.flip(),
    () => image.rotate(90).flop(),
    () => image.rotate(270),
    () => image.rotate(270).flop(),
    () => image.rotate(90),
  ];
  return turns[orientation - 1]?.() ?? image;
}

/** The same video with `moov` behind `mdat`, as phones write it. */
function indexLast(bytes: Uint8Array): Uint8Array {
  const source = Buffer.from(bytes);
  const boxes: { type: string; at: number; size: number }[] = [];
  for (let at = 0; at < source.length; at += source.readUInt32BE(at)) {
    boxes.push({ type: source.toString('latin1', at + 4, at + 8), at, size: source.readUInt32BE(at) });
  }
  const moov = boxes.find(({ type }) => type === 'moov');
  if (moov === undefined) throw new Error('The fixture has no index.');
  const index = Buffer.from(source.subarray(moov.at, moov.at + moov.size));
  for (let at = index.indexOf('stco'); at !== -1; at = index.indexOf('stco', at + 1)) {
    for (let entry = 0; entry < index.readUInt32BE(at + 8); entry += 1) {
      const place = at + 12 + entry * 4;
      index.writeUInt32BE(index.readUInt32BE(place) - moov.size, place);
    }
  }
  const others = boxes.filter((box) => box !== moov).map(({ at, size }) => source.subarray(at, at + size));
  return new Uint8Array(Buffer.concat([...others, index]));
}

/** The encoded frames of an MP4, one after the other. */
async function framesOf(bytes: Uint8Array): Promise<Buffer> {
  const input = new Input({ formats: [MP4, QTFF], source: new BufferSource(bytes) });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error('There is no video.');
  const frames: Uint8Array[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) frames.push(packet.data);
  input.dispose();
  return Buffer.concat(frames);
}

/** When each picture is shown, in ms, in the order in which they are seen. */
async function momentsOf(bytes: Uint8Array): Promise<number[]> {
  const input = new Input({ formats: [MP4, QTFF], source: new BufferSource(bytes) });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error('no video');
  const moments: number[] = [];
  for await (const { timestamp } of new EncodedPacketSink(track).packets()) moments.push(Math.round(timestamp * 1_000));
  return moments.toSorted((a, b) => a - b);
}

/** The file with its first edit list changed; what is handed over begins at the list's box. */
function withEdit(bytes: Uint8Array, change: (list: Buffer) => void): Uint8Array {
  const changed = Buffer.from(bytes);
  change(changed.subarray(changed.indexOf('elst') - 4));
  return new Uint8Array(changed);
}

describe('what is taken in', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('%s, by its bytes', async (format) => {
    const bytes = await bytesOf(picture(64, 48).toFormat(format));
    const { facts } = await files.put(bytes);
    expect(facts).toEqual({
      kind: 'image',
      mime: `image/${format}`,
      width: 64,
      height: 48,
      durationMs: null,
      bytes: bytes.length,
      video: null,
      aiMarked: false,
    });
  });

  it('the size of a picture that lies on its side is the one that is seen', async () => {
    const { facts } = await files.put(await bytesOf(picture(64, 48).jpeg().withMetadata({ orientation: 6 })));
    expect(facts).toMatchObject({ width: 48, height: 64 });
  });

  it.each([
    ['clip.mp4', 'video/mp4', 'avc'],
    ['clip.mov', 'video/quicktime', 'avc'],
    ['clip.webm', 'video/webm', 'vp8'],
  ])('%s', async (name, mime, codec) => {
    const bytes = clip(name);
    const { facts } = await files.put(bytes);
    expect(facts).toEqual({
      kind: 'video',
      mime,
      width: 180,
      height: 320,
      durationMs: expect.any(Number),
      bytes: bytes.length,
      video: { codec, audioCodec: null, audioSampleRate: null, frameRate: 12, isCut: false },
      aiMarked: false,
    });
    expect(facts.durationMs).toBeGreaterThan(900);
    expect(facts.durationMs).toBeLessThan(1_100);
  });
});

describe('keeping', () => {
  it('gives back the very bytes, kept once and for this user only', async () => {
    const bytes = await bytesOf(picture(64, 48).jpeg());
    const first = await files.put(bytes);
    const second = await files.put(bytes);
    expect(second).toEqual(first);
    expect(await stored(first.sha256)).toEqual(bytes);
    expect(allFiles()).toHaveLength(1);
    expect(statSync(allFiles()[0] ?? '').mode & 0o777).toBe(0o600);
  });

  it('notices changed bytes, and heals when they are put again', async () => {
    const bytes = await bytesOf(picture(64, 48).jpeg());
    const { sha256 } = await files.put(bytes);
    writeFileSync(allFiles()[0] ?? '', 'something else');
    await expect(prepared(sha256, 'instagram', { size: { width: 64, height: 48 } })).rejects.toMatchObject({
      code: 'missing',
    });
    await files.put(bytes);
    expect(await stored(sha256)).toEqual(bytes);
  });

  it.each(['0'.repeat(64), '../../etc/passwd', ''])('knows nothing under %j', async (sha256) => {
    await expect(files.open(sha256)).rejects.toMatchObject({ name: 'MediaRefused', code: 'missing' });
  });

  it('says so when it cannot write', async () => {
    chmodSync(dir, 0o500);
    const blocked = createMediaFiles({ dir: join(dir, 'file-in-the-way') });
    chmodSync(dir, 0o700);
    writeFileSync(join(dir, 'file-in-the-way'), '');
    await expect(blocked.put(await bytesOf(picture(8, 8).jpeg()))).rejects.toThrow();
  });
});

describe('for a network', () => {
  it('a tall picture becomes a 4:5 JPEG in sRGB without metadata', async () => {
    const source = picture(1000, 2000)
      .withExif({ IFD0: { Copyright: 'someone' } })
      .withIccProfile('p3')
      .png();
    const { sha256 } = await files.put(await bytesOf(source));
    const ready = await prepared(sha256, 'instagram');
    expect(ready).toMatchObject({ mime: 'image/jpeg', width: 1080, height: 1350 });
    const metadata = await sharp(ready.bytes).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', width: 1080, height: 1350, space: 'srgb' });
    expect(metadata.exif).toBeUndefined();
    expect(metadata.icc).toBeUndefined();
    expect(metadata.xmp).toBeUndefined();
  });

  it.each([
    ['wide', 1600, 900],
    ['square', 1000, 1000],
    ['upright', 1080, 1920],
  ])('a %s picture becomes a story that shows all of it', async (_, width, height) => {
    const edged = sharp({ create: { width, height, channels: 3, background: '#00ff00' } }).composite([
      {
        input: await sharp({ create: { width: width - 40, height: height - 40, channels: 3, background: '#0000ff' } })
          .png()
          .toBuffer(),
      },
    ]);
    const { sha256 } = await files.put(await bytesOf(edged.png()));
    const ready = await files.prepare(sha256, { kind: 'story', focal: null, aiMade: true });
    expect(ready).toMatchObject({ kind: 'image', mime: 'image/jpeg', width: 1080, height: 1920 });
    expect(await xmpOf(ready)).toContain('trainedAlgorithmicMedia');
    const shown = Math.round((1080 * height) / width);
    const top = Math.round((1920 - shown) / 2);
    const pixel = async (x: number, y: number) => {
      const { data } = await sharp(ready.bytes)
        .extract({ left: x, top: y, width: 1, height: 1 })
        .raw()
        .toBuffer({ resolveWithObject: true });
      return [...data];
    };
    // The picture's own green edge stands at the screen's edges, its blue middle in the middle.
    for (const place of [await pixel(3, 960), await pixel(1076, 960), await pixel(540, top + 4)]) {
      expect(place[1]).toBeGreaterThan(200);
    }
    expect((await pixel(540, 960))[2]).toBeGreaterThan(240);
  });

  it('keeps the middle, and turns what lies on its side', async () => {
    const stripe = sharp({ create: { width: 300, height: 900, channels: 3, background: '#0000ff' } });
    const middle = await sharp({ create: { width: 300, height: 375, channels: 3, background: '#ff0000' } })
      .png()
      .toBuffer();
    const upright = await stripe
      .composite([{ input: middle, left: 0, top: 262 }])
      .png()
      .toBuffer();
    const lying = await bytesOf(sharp(upright).rotate(-90).withMetadata({ orientation: 6 }).jpeg({ quality: 100 }));
    const { sha256 } = await files.put(lying);
    const { bytes } = await prepared(sha256, 'facebook');
    const { channels } = await sharp(bytes).stats();
    expect(channels[0]?.mean).toBeGreaterThan(245);
    expect(channels[2]?.mean).toBeLessThan(10);
  });

  it('stays below four megabytes by lowering the quality', async () => {
    const { sha256 } = await files.put(await bytesOf(picture(2048, 2048).jpeg({ quality: 95 })));
    const { bytes, width } = await prepared(sha256, 'facebook');
    expect(width).toBe(2048);
    expect(bytes.length).toBeLessThanOrEqual(4 * 1024 * 1024);
  });

  it('transparent parts become white', async () => {
    const { sha256 } = await files.put(
      await bytesOf(
        sharp({ create: { width: 400, height: 400, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png(),
      ),
    );
    const { channels } = await sharp((await prepared(sha256, 'instagram')).bytes).stats();
    expect(channels.map(({ mean }) => Math.round(mean))).toEqual([255, 255, 255]);
  });

  it('says in the file that AI made it, when it is so', async () => {
    const { sha256 } = await files.put(await bytesOf(picture(400, 400).jpeg()));
    const mark = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
    expect(await xmpOf(await prepared(sha256, 'instagram', { aiMade: true }))).toContain(mark);
    expect(await xmpOf(await prepared(sha256, 'instagram'))).toBeUndefined();
  });

  it('reads the mark of a picture made with AI, and keeps nothing else of its metadata', async () => {
    const type = 'http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia';
    const xmp =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
      '<rdf:Description rdf:about="" xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:dc="urn:x" ' +
      `dc:secret="token" e:DigitalSourceType="${type}"/></rdf:RDF></x:xmpmeta>`;
    const { sha256, facts } = await files.put(await bytesOf(picture(400, 400).jpeg().withXmp(xmp)));
    expect(facts.aiMarked).toBe(true);
    const sent = await xmpOf(await prepared(sha256, 'instagram', { aiMade: true }));
    expect(sent).toContain(type);
    expect(sent).not.toContain('secret');
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'turns orientation %i upright and cuts around the focal point',
    async (orientation) => {
      // Upright: a red spot in the lower right of a wide blue picture.
      const upright = sharp({ create: { width: 900, height: 300, channels: 3, background: '#0000ff' } });
      const spot = { create: { width: 60, height: 60, channels: 3 as const, background: '#ff0000' } };
      const wide = await upright
        .composite([{ input: spot, left: 820, top: 220 }])
        .png()
        .toBuffer();
      const lying = await unturned(sharp(wide), orientation)
        .jpeg({ quality: 100 })
        .withMetadata({ orientation })
        .toBuffer();
      const { sha256, facts } = await files.put(new Uint8Array(lying));
      expect(facts).toMatchObject({ width: 900, height: 300 });
      const { bytes, width, height } = await prepared(sha256, 'instagram', { focal: { x: 1, y: 1 } });
      const part = {
        left: Math.round((width * 505) / 573),
        top: Math.round((height * 235) / 300),
        width: 10,
        height: 10,
      };
      const [red = 0, , blue = 255] = await sharp(bytes).extract(part).raw().toBuffer();
      expect(red).toBeGreaterThan(230);
      expect(blue).toBeLessThan(25);
    },
  );

  it('is made once, and made anew when the copy is damaged', async () => {
    const { sha256 } = await files.put(await bytesOf(picture(400, 400).jpeg()));
    const first = await prepared(sha256, 'instagram');
    expect(await prepared(sha256, 'instagram')).toEqual(first);
    const derived = allFiles().filter((path) => path.endsWith('.jpg'));
    expect(derived).toHaveLength(1);
    writeFileSync(derived[0] ?? '', 'cut');
    expect(await prepared(sha256, 'instagram')).toEqual(first);
  });

  it('a video goes out as it is', async () => {
    const bytes = clip('clip.mp4');
    const { sha256 } = await files.put(bytes);
    const { width, height, durationMs } = (await files.put(bytes)).facts;
    const ready = await files.prepare(sha256, { kind: 'video' });
    expect(ready).toEqual({ kind: 'video', mime: 'video/mp4', bytes: expect.anything(), width, height, durationMs });
    expect(Buffer.compare(ready.bytes, bytes)).toBe(0);
  });
});

describe('clips and videos', () => {
  it.runIf(makesClips)(
    'a picture becomes a short upright video that every network takes',
    async () => {
      const { sha256 } = await files.put(await bytesOf(picture(400, 500).jpeg()));
      const clip = await files.prepare(sha256, { kind: 'clip', focal: null });
      expect(clip).toMatchObject({ kind: 'video', mime: 'video/mp4', width: 1080, height: 1920, durationMs: 6_000 });
      const { facts } = await files.put(clip.bytes);
      expect(facts).toMatchObject({
        width: 1080,
        height: 1920,
        durationMs: expect.closeTo(6_000, -2),
        video: { codec: 'avc', audioCodec: 'aac', audioSampleRate: 48_000, frameRate: 30 },
      });
      expect(allFiles().some((path) => path.endsWith('.tmp'))).toBe(false);
      expect(await files.prepare(sha256, { kind: 'clip', focal: null })).toEqual(clip);
    },
    120_000,
  );

  it('says what is missing where no clip can be made', async () => {
    const { sha256 } = await files.put(await bytesOf(picture(400, 500).jpeg()));
    const path = process.env.PATH;
    process.env.PATH = dir;
    onTestFinished(() => void (process.env.PATH = path));
    expect(files.makesClips()).toBe(false);
    const refused = { name: 'MediaRefused', code: 'no_ffmpeg', message: expect.stringContaining('ffmpeg') };
    await expect(files.prepare(sha256, { kind: 'clip', focal: null })).rejects.toMatchObject(refused);
  });

  const withoutEdits = { kind: 'video', withoutEdits: true } as const;
  const has = (bytes: Uint8Array, box: string): boolean => Buffer.from(bytes).includes(box);

  it.each(['clip.mp4', 'clip.mov'])(
    '%s loses its edit list where none is taken, and every picture keeps its moment',
    async (name) => {
      const bytes = clip(name);
      const { sha256, facts } = await files.put(bytes);
      expect(facts.video).toMatchObject({ isCut: false });
      expect(has(bytes, 'elst')).toBe(true);
      const ready = await files.prepare(sha256, withoutEdits);
      expect(has(ready.bytes, 'edts')).toBe(false);
      expect(ready.bytes.length).toBe(bytes.length);
      expect(Buffer.compare(await framesOf(ready.bytes), await framesOf(bytes))).toBe(0);
      expect(await momentsOf(ready.bytes)).toEqual(await momentsOf(bytes));
      expect((await files.put(ready.bytes)).facts).toEqual({ ...facts, mime: ready.mime });
      expect(await files.prepare(sha256, withoutEdits)).toEqual(ready);
      expect(has((await files.prepare(sha256, { kind: 'video' })).bytes, 'elst')).toBe(true);
    },
  );

  it.each([
    ['begins later', (list: Buffer) => list.writeInt32BE(2_048 + 1_024, 20)],
    ['ends earlier', (list: Buffer) => list.writeUInt32BE(500, 16)],
    ['pauses', (list: Buffer) => list.writeInt32BE(-1, 20)],
    ['plays at half speed', (list: Buffer) => list.writeUInt32BE(0x8000, 24)],
  ])('a video whose edit list %s is known for it, and refused where there is no ffmpeg', async (_, change) => {
    const { sha256, facts } = await files.put(withEdit(clip('clip.mp4'), change));
    expect(facts.video).toMatchObject({ isCut: true });
    const path = process.env.PATH;
    process.env.PATH = dir;
    onTestFinished(() => void (process.env.PATH = path));
    const refused = { name: 'MediaRefused', code: 'edit_list', message: expect.stringContaining('ffmpeg') };
    await expect(files.prepare(sha256, withoutEdits)).rejects.toMatchObject(refused);
    expect(allFiles().some((name) => name.endsWith('.tmp'))).toBe(false);
  });

  it.runIf(makesClips)(
    'a video whose edit list cuts it is saved anew as it is seen, without one',
    async () => {
      const cut = withEdit(clip('clip.mp4'), (list) => list.writeUInt32BE(500, 16));
      const { sha256 } = await files.put(cut);
      const ready = await files.prepare(sha256, withoutEdits);
      expect(has(ready.bytes, 'edts')).toBe(false);
      const { facts } = await files.put(ready.bytes);
      expect(facts).toMatchObject({ durationMs: 500, video: { codec: 'avc', isCut: false } });
      expect((await momentsOf(ready.bytes))[0]).toBe(0);
    },
    120_000,
  );

  it.runIf(makesClips)(
    'a video made of a picture has no edit list',
    async () => {
      const { sha256 } = await files.put(await bytesOf(picture(400, 500).jpeg()));
      const made = await files.prepare(sha256, { kind: 'clip', focal: null });
      expect(has(made.bytes, 'edts')).toBe(false);
      expect((await momentsOf(made.bytes))[0]).toBe(0);
    },
    120_000,
  );

  it('a video whose index is last goes out with its index first, frame by frame the same', async () => {
    const last = indexLast(clip('clip.mp4'));
    const { sha256, facts } = await files.put(last);
    const ready = await files.prepare(sha256, { kind: 'video' });
    expect(Buffer.from(last).indexOf('moov')).toBeGreaterThan(Buffer.from(last).indexOf('mdat'));
    expect(Buffer.from(ready.bytes).indexOf('moov')).toBeLessThan(Buffer.from(ready.bytes).indexOf('mdat'));
    expect((await files.put(ready.bytes)).facts).toEqual(facts);
    expect(Buffer.compare(await framesOf(ready.bytes), await framesOf(clip('clip.mp4')))).toBe(0);
  });
});
