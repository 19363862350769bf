import { createDeflate, crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** Files as a person with bad intent, a broken camera or a strange tool hands them over. */
export interface HostileFile {
  name: string;
  make(): Uint8Array | Promise<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Code of the refusal; `taken` when it is a picture after all, which must go out clean. */
  expected: string;
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const latin = (content: string): Uint8Array => new Uint8Array(Buffer.from(content, 'latin1'));
const join = (...parts: (Uint8Array | string)[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))));

function picture(width = 640, height = 480): Sharp {
  return sharp({
    create: { width, height, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 30 }, background: '#808080' },
  });
}

const bytesOf = async (image: Sharp): Promise<Uint8Array> => new Uint8Array(await image.toBuffer());
const jpeg = (): Promise<Uint8Array> => bytesOf(picture().jpeg());
const png = (): Promise<Uint8Array> => bytesOf(picture().png());
const script = '<script>alert(1)</script>';

const noMedia: HostileFile[] = (
  [
    ['0 bytes', '', 'empty'],
    ['1 byte', '\xff', 'unsupported'],
    ['HTML', `<!doctype html>${script}`, 'unsupported'],
    ['SVG with a script', `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`, 'unsupported'],
    [
      'SVG behind an XML prologue with an entity',
      `<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>`,
      'unsupported',
    ],
    ['PDF', '%PDF-1.7\n1 0 obj', 'unsupported'],
    ['PostScript', '%!PS-Adobe-3.0\n/x 1 def', 'unsupported'],
    ['BMP', `BM${'\0'.repeat(60)}`, 'unsupported'],
    ['icon', `\0\0\x01\0\x01\0${'\0'.repeat(60)}`, 'unsupported'],
    ['Photoshop', `8BPS\0\x01${'\0'.repeat(60)}`, 'unsupported'],
    ["libvips's own format", `\x08\xf2\xa6\xb6${'\0'.repeat(64)}`, 'unsupported'],
    ['JPEG 2000', `\0\0\0\x0cjP  \r\n\x87\n${'\0'.repeat(60)}`, 'unsupported'],
    ['JPEG XL', `\0\0\0\x0cJXL \r\n\x87\n${'\0'.repeat(60)}`, 'unsupported'],
    ['HEIC', `\0\0\0\x18ftypheic\0\0\0\0mif1heic${'\0'.repeat(60)}`, 'unsupported'],
    ['AVIF', `\0\0\0\x18ftypavif\0\0\0\0mif1avif${'\0'.repeat(60)}`, 'unsupported'],
    ['AVI', `RIFF\x40\0\0\0AVI LIST${'\0'.repeat(60)}`, 'unsupported'],
    ['ZIP', `PK\x03\x04${'\0'.repeat(60)}`, 'unsupported'],
    ['a program', `\x7fELF\x02\x01${'\0'.repeat(60)}`, 'unsupported'],
    ['Matroska', `\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska${'\0'.repeat(60)}`, 'unsupported'],
    ['a playlist of files', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n', 'unsupported'],
    ['an ffmpeg list of files', "ffconcat version 1.0\nfile '/etc/passwd'\n", 'unsupported'],
  ] as const
).map(([name, content, expected]) => ({ name, make: () => latin(content), expected }));

const otherPictures: HostileFile[] = [
  { name: 'GIF named .jpg', make: () => bytesOf(picture(8, 8).gif()), expected: 'unsupported' },
  { name: 'TIFF', make: () => bytesOf(picture(8, 8).tiff()), expected: 'unsupported' },
];

const broken: HostileFile[] = [
  { name: 'JPEG by its first bytes only', make: () => latin('\xff\xd8\xff\xe0\x01\x02\x03'), expected: 'damaged' },
  { name: 'JPEG cut in the middle', make: async () => (await jpeg()).slice(0, 20_000), expected: 'damaged' },
  { name: 'PNG cut in the middle', make: async () => (await png()).slice(0, 20_000), expected: 'damaged' },
  {
    name: 'WebP cut in the middle',
    make: async () => (await bytesOf(picture().webp())).slice(0, 5_000),
    expected: 'damaged',
  },
  { name: 'PNG by its signature only', make: () => latin('\x89PNG\r\n\x1a\n'), expected: 'damaged' },
  {
    name: 'PNG without a size',
    make: () => pngOf({ width: 0, height: 0, depth: 8, color: 2 }, text('')),
    expected: 'damaged',
  },
  {
    name: 'PNG with rubbish for pixels',
    make: () => pngOf({ width: 64, height: 64, depth: 8, color: 2 }, text('rubbish')),
    expected: 'damaged',
  },
  {
    name: 'WebP with an impossible length',
    make: () => latin(`RIFF\xff\xff\xff\xffWEBPVP8 \xff\xff\xff\xff${'\0'.repeat(60)}`),
    expected: 'damaged',
  },
  {
    name: 'MP4 with a box longer than the file',
    make: () => latin(`\0\0\0\x18ftypisom\0\0\0\0isommp42\x7f\xff\xff\xffmoov${'\0'.repeat(60)}`),
    expected: 'no_video',
  },
  {
    name: 'MP4 with boxes of no length',
    make: () => latin(`\0\0\0\x18ftypisom\0\0\0\0isommp42${'\0\0\0\0free'.repeat(1_000)}`),
    expected: 'no_video',
  },
  { name: 'MP4 with ten thousand nested boxes', make: nestedBoxes, expected: 'no_video' },
  {
    name: 'WebM with an endless element',
    make: () =>
      latin(`\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff${'\0'.repeat(60)}`),
    expected: 'damaged',
  },
];

const bombs: HostileFile[] = [
  { name: 'PNG of 20,000 by 20,000', make: () => flatPng(20_000, 20_000), expected: 'too_many_pixels' },
  { name: 'PNG of 50.4 megapixels', make: () => flatPng(7_100, 7_100), expected: 'too_many_pixels' },
  { name: 'PNG with a side of 10,001', make: () => flatPng(10_001, 2), expected: 'too_many_pixels' },
  {
    name: 'PNG that claims two thousand million pixels a side',
    make: () => pngOf({ width: 0x7fffffff, height: 0x7fffffff, depth: 8, color: 6 }, deflateSync(Buffer.alloc(1_000))),
    expected: 'damaged',
  },
  {
    name: 'JPEG that claims 65,500 by 65,500',
    make: async () => resized(await jpeg(), 65_500),
    expected: 'too_many_pixels',
  },
  {
    name: 'WebP of 16,383 by 16,383 without a pixel',
    make: () => latin(`RIFF\x1e\0\0\0WEBPVP8L\x11\0\0\0\x2f\xfe\xff\xff\x0f${'\0'.repeat(13)}`),
    expected: 'damaged',
  },
  { name: 'interlaced PNG of 50 megapixels in 16 bits', make: interlacedPng, expected: 'too_heavy' },
  { name: 'JPEG of a thousand scans', make: manyScans, expected: 'damaged' },
  {
    name: 'image of more than 25 MB',
    make: async () => join(await jpeg(), Buffer.alloc(26 * 1024 * 1024)),
    expected: 'too_large',
  },
  { name: 'JPEG that never ends', make: () => endless(latin('\xff\xd8\xff\xe0\0\x10JFIF')), expected: 'too_large' },
  {
    name: 'MP4 that never ends',
    make: () => endless(latin('\0\0\0\x18ftypisom\0\0\0\0isommp42\0\0\0\0mdat')),
    expected: 'too_large',
  },
  { name: 'nothing that never ends', make: () => endless(new Uint8Array()), expected: 'unsupported' },
];

const strange: HostileFile[] = [
  { name: 'JPEG with HTML behind it', make: async () => join(await jpeg(), `<html>${script}`), expected: 'taken' },
  {
    name: 'JPEG with a script in a comment',
    make: async () => withSegment(await jpeg(), 0xfe, `*/=1;/*${script}`),
    expected: 'taken',
  },
  { name: 'PNG with a ZIP behind it', make: async () => join(await png(), `PK\x03\x04${script}`), expected: 'taken' },
  { name: 'PNG named .jpg', make: png, expected: 'taken' },
  { name: 'PNG with a text of 100 MB', make: async () => withTextBomb(await png()), expected: 'taken' },
  { name: 'JPEG in CMYK', make: () => bytesOf(picture().toColourspace('cmyk').jpeg()), expected: 'taken' },
  {
    name: 'PNG in 16 bits with transparency',
    make: () => bytesOf(picture().ensureAlpha(0.5).toColourspace('rgb16').png()),
    expected: 'taken',
  },
  {
    name: 'PNG in grey with transparency',
    make: () => bytesOf(picture().ensureAlpha(0.5).greyscale().png()),
    expected: 'taken',
  },
  { name: 'PNG with a palette', make: () => bytesOf(picture().png({ palette: true })), expected: 'taken' },
  { name: 'JPEG in Display P3', make: () => bytesOf(picture().withIccProfile('p3').jpeg()), expected: 'taken' },
  {
    name: 'JPEG with a broken colour profile',
    make: async () => withSegment(await jpeg(), 0xe2, `ICC_PROFILE\0\x01\x01${'x'.repeat(200)}`),
    expected: 'taken',
  },
  {
    name: 'JPEG with a place and a serial number',
    make: () => bytesOf(picture().jpeg().withExif(telling)),
    expected: 'taken',
  },
  {
    name: 'JPEG on its side',
    make: () => bytesOf(picture().jpeg().withMetadata({ orientation: 6 })),
    expected: 'taken',
  },
  {
    name: 'JPEG with a script in its XMP',
    make: () => bytesOf(picture().jpeg().withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- ${script} --></x:xmpmeta>`)),
    expected: 'taken',
  },
  { name: 'WebP that moves', make: movingWebp, expected: 'taken' },
  { name: 'PNG of one pixel', make: () => bytesOf(picture(1, 1).png()), expected: 'taken' },
  { name: 'PNG of 1 by 10,000', make: () => flatPng(1, 10_000), expected: 'taken' },
  { name: 'PNG of 49 megapixels', make: () => flatPng(7_000, 7_000), expected: 'taken' },
];

const telling = {
  IFD0: { Copyright: 'someone', Software: script },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 0/1' },
};

export const hostileFiles: readonly HostileFile[] = [...noMedia, ...otherPictures, ...broken, ...bombs, ...strange];

interface PngHeader {
  width: number;
  height: number;
  depth: number;
  color: number;
  interlaced?: boolean;
}

function pngOf({ width, height, depth, color, interlaced = false }: PngHeader, data: Uint8Array): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, color, 0, 0, interlaced ? 1 : 0], 8);
  return join('\x89PNG\r\n\x1a\n', chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', new Uint8Array()));
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const content = join(type, data);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(content), 4);
  return join(frame.subarray(0, 4), content, frame.subarray(4));
}

/** One bit a pixel, all black: some kilobytes for hundreds of megapixels. */
async function flatPng(width: number, height: number): Promise<Uint8Array> {
  return pngOf({ width, height, depth: 1, color: 0 }, await zeros(height * (1 + Math.ceil(width / 8))));
}

/** Eight bytes a pixel that cannot be decoded line by line. */
async function interlacedPng(): Promise<Uint8Array> {
  const side = 7_070;
  const passes = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const;
  let length = 0;
  for (const [x, y, dx, dy] of passes) length += Math.ceil((side - y) / dy) * (1 + 8 * Math.ceil((side - x) / dx));
  return pngOf({ width: side, height: side, depth: 16, color: 6, interlaced: true }, await zeros(length));
}

async function zeros(length: number): Promise<Uint8Array> {
  const deflate = createDeflate({ level: 1 });
  const piece = Buffer.alloc(1024 * 1024);
  const writing = (async () => {
    for (let left = length; left > 0; left -= piece.length) {
      const isRoom = deflate.write(piece.subarray(0, Math.min(left, piece.length)));
      if (!isRoom) await new Promise((resolve) => deflate.once('drain', resolve));
    }
    deflate.end();
  })();
  const chunks: Buffer[] = [];
  for await (const part of deflate) chunks.push(part as Buffer);
  await writing;
  return join(...chunks);
}

/** The same JPEG, with other sides in its frame header. */
function resized(bytes: Uint8Array, side: number): Uint8Array {
  const copy = Buffer.from(bytes);
  const frame = copy.indexOf(Buffer.from([0xff, 0xc0]));
  copy.writeUInt16BE(side, frame + 5);
  copy.writeUInt16BE(side, frame + 7);
  return new Uint8Array(copy);
}

/** A progressive JPEG whose last scan comes again and again. */
async function manyScans(): Promise<Uint8Array> {
  const bytes = Buffer.from(await bytesOf(picture(2_000, 2_000).jpeg({ progressive: true, quality: 30 })));
  const scan = bytes.subarray(bytes.lastIndexOf(Buffer.from([0xff, 0xda])), bytes.length - 2);
  const times = Math.min(1_000, Math.floor((20 * 1024 * 1024) / scan.length));
  return join(bytes.subarray(0, -2), ...Array.from({ length: times }, () => scan), '\xff\xd9');
}

function withSegment(bytes: Uint8Array, marker: number, content: string): Uint8Array {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return join(bytes.subarray(0, 2), head, content, bytes.subarray(2));
}

function withTextBomb(bytes: Uint8Array): Uint8Array {
  const bomb = chunk('zTXt', join('Comment\0\0', deflateSync(Buffer.alloc(100 * 1024 * 1024))));
  return join(bytes.subarray(0, 33), bomb, bytes.subarray(33));
}

async function movingWebp(): Promise<Uint8Array> {
  const frames = await Promise.all([1, 2, 3].map(() => picture(64, 64).png().toBuffer()));
  return bytesOf(sharp(frames, { join: { animated: true } }).webp());
}

function nestedBoxes(): Uint8Array {
  const depth = 10_000;
  const boxes = Buffer.alloc(depth * 8);
  for (let level = 0; level < depth; level += 1) {
    boxes.writeUInt32BE((depth - level) * 8, level * 8);
    boxes.write(level % 2 === 0 ? 'moov' : 'trak', level * 8 + 4, 'latin1');
  }
  return join('\0\0\0\x18ftypisom\0\0\0\0isommp42', boxes);
}

async function* endless(head: Uint8Array): AsyncGenerator<Uint8Array> {
  yield head;
  const piece = new Uint8Array(1024 * 1024);
  for (;;) yield piece;
}
