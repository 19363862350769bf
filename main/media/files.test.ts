import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediaFiles } from '../core/ports/index.ts';
import { createMediaFiles } from './files.ts';

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
    });
  });

  it('the size of a picture that lies on its side is the one that is seen', async () => {
    const { facts } = await files.put(await bytesOf(picture(64, 48).jpeg().withMetadata({ orientation: 6 })));
    expect(facts).toMatchObject({ width: 48, height: 64 });
  });

  it.each([
    ['clip.mp4', 'video/mp4'],
    ['clip.mov', 'video/quicktime'],
    ['clip.webm', 'video/webm'],
  ])('%s', async (name, mime) => {
    const bytes = clip(name);
    const { facts } = await files.put(bytes);
    expect(facts).toEqual({
      kind: 'video',
      mime,
      width: 180,
      height: 320,
      durationMs: expect.any(Number),
      bytes: bytes.length,
    });
    expect(facts.durationMs).toBeGreaterThan(900);
    expect(facts.durationMs).toBeLessThan(1_100);
  });
});

describe('what is refused, and leaves nothing behind', () => {
  const cases: [string, () => Promise<Uint8Array>, string][] = [
    ['nothing', async () => new Uint8Array(), 'unsupported'],
    ['a page of HTML', async () => new TextEncoder().encode('<!doctype html><h1>Not found</h1>'), 'unsupported'],
    ['an SVG', async () => new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'unsupported'],
    ['a GIF', () => bytesOf(picture(8, 8).gif()), 'unsupported'],
    ['an AVIF', () => bytesOf(picture(16, 16).avif()), 'unsupported'],
    ['a TIFF', () => bytesOf(picture(8, 8).tiff()), 'unsupported'],
    ['a cut JPEG', async () => (await bytesOf(picture(200, 200).jpeg())).slice(0, 3_000), 'damaged'],
    ['a cut PNG', async () => (await bytesOf(picture(200, 200).png())).slice(0, 30_000), 'damaged'],
    ['a JPEG in name only', async () => new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), 'damaged'],
    ['a cut MP4', async () => clip('clip.mp4').slice(0, 3_000), 'damaged'],
    ['an MP4 without a film', async () => clip('clip.mp4').slice(0, 40), 'no_video'],
    [
      'too many pixels',
      () => bytesOf(sharp({ create: { width: 9_000, height: 6_000, channels: 3, background: 'red' } }).png()),
      'too_many_pixels',
    ],
    [
      'a side too long',
      () => bytesOf(sharp({ create: { width: 10_001, height: 2, channels: 3, background: 'red' } }).png()),
      'too_many_pixels',
    ],
    [
      'too many bytes',
      async () => Buffer.concat([await bytesOf(picture(8, 8).jpeg()), Buffer.alloc(26 * 1024 * 1024)]),
      'too_large',
    ],
  ];

  it.each(cases)('%s', async (_, make, code) => {
    await expect(files.put(await make())).rejects.toMatchObject({ name: 'MediaRefused', code });
    expect(allFiles()).toEqual([]);
  });
});

describe('keeping', () => {
  it('gives back the very bytes, kept once and for this user only', async () => {
    const bytes = await bytesOf(picture(64, 48).jpeg());
    const first = await files.put(bytes);
    const second = await files.put(bytes);
    expect(second).toEqual(first);
    expect(await files.read(first.sha256)).toEqual(bytes);
    expect(allFiles()).toHaveLength(1);
    expect(statSync(allFiles()[0] ?? '').mode & 0o777).toBe(0o600);
  });

  it('notices changed bytes, and heals when they are put again', async () => {
    const bytes = await bytesOf(picture(64, 48).jpeg());
    const { sha256 } = await files.put(bytes);
    writeFileSync(allFiles()[0] ?? '', 'something else');
    await expect(files.read(sha256)).rejects.toMatchObject({ name: 'MediaRefused', code: 'missing' });
    await files.put(bytes);
    expect(await files.read(sha256)).toEqual(bytes);
  });

  it.each(['0'.repeat(64), '../../etc/passwd', ''])('knows nothing under %j', async (sha256) => {
    await expect(files.read(sha256)).rejects.toMatchObject({ name: 'MediaRefused', code: 'missing' });
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
    const prepared = await files.prepare(sha256, 'instagram');
    expect(prepared).toMatchObject({ mime: 'image/jpeg', width: 1080, height: 1350 });
    const metadata = await sharp(prepared.bytes).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', width: 1080, height: 1350, space: 'srgb' });
    expect(metadata.exif).toBeUndefined();
    expect(metadata.icc).toBeUndefined();
    expect(metadata.xmp).toBeUndefined();
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
    const { bytes } = await files.prepare(sha256, 'facebook');
    const { channels } = await sharp(bytes).stats();
    expect(channels[0]?.mean).toBeGreaterThan(245);
    expect(channels[2]?.mean).toBeLessThan(10);
  });

  it('stays below four megabytes by lowering the quality', async () => {
    const { sha256 } = await files.put(await bytesOf(picture(2048, 2048).jpeg({ quality: 95 })));
    const { bytes, width } = await files.prepare(sha256, 'facebook');
    expect(width).toBe(2048);
    expect(bytes.length).toBeLessThanOrEqual(4 * 1024 * 1024);
  });

  it('transparent parts become white', async () => {
    const { sha256 } = await files.put(
      await bytesOf(
        sharp({ create: { width: 400, height: 400, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png(),
      ),
    );
    const { channels } = await sharp((await files.prepare(sha256, 'instagram')).bytes).stats();
    expect(channels.map(({ mean }) => Math.round(mean))).toEqual([255, 255, 255]);
  });

  it('keeps the mark of a picture made with AI', async () => {
    const type = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
    const xmp =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
      '<rdf:Description rdf:about="" xmlns:e="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:dc="urn:x" ' +
      `dc:secret="token" e:DigitalSourceType="${type}"/></rdf:RDF></x:xmpmeta>`;
    const { sha256 } = await files.put(await bytesOf(picture(400, 400).jpeg().withXmp(xmp)));
    const { xmpAsString } = await sharp((await files.prepare(sha256, 'instagram')).bytes).metadata();
    expect(xmpAsString).toContain(type);
    expect(xmpAsString).not.toContain('secret');
  });

  it('is made once, and made anew when the copy is damaged', async () => {
    const { sha256 } = await files.put(await bytesOf(picture(400, 400).jpeg()));
    const first = await files.prepare(sha256, 'instagram');
    expect(await files.prepare(sha256, 'instagram')).toEqual(first);
    const derived = allFiles().filter((path) => path.includes('derived'));
    expect(derived).toHaveLength(1);
    writeFileSync(derived[0] ?? '', 'cut');
    expect(await files.prepare(sha256, 'instagram')).toEqual(first);
  });

  it('a video goes out as it is', async () => {
    const bytes = clip('clip.mp4');
    const { sha256 } = await files.put(bytes);
    expect(await files.prepare(sha256, 'tiktok')).toEqual({ mime: 'video/mp4', bytes, width: 180, height: 320 });
  });
});
