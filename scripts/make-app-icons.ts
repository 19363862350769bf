// Draws the desktop app's icon for the three systems into build; the files are kept in the repository. Run it with
// `node --experimental-strip-types scripts/make-app-icons.ts` when the icon is to change.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'build', 'icons');
const drawing = readFileSync(join(root, 'renderer', 'public', 'favicon.svg'), 'utf8');

/** @param margin free share on each side, as macOS draws its icons */
function drawn(pixels: number, margin = 0): Promise<Buffer> {
  const inner = Math.round(pixels * (1 - 2 * margin));
  const edge = Math.round((pixels - inner) / 2);
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  return sharp(Buffer.from(drawing), { density: (72 * inner) / 32 })
    .resize(inner, inner)
    .extend({ top: edge, left: edge, bottom: pixels - inner - edge, right: pixels - inner - edge, background: clear })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** Windows' container: a directory of 16 bytes an image, then the images as PNG. */
function ico(images: readonly { pixels: number; png: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [index, { pixels, png }] of images.entries()) {
    const at = 6 + 16 * index;
    // 256 is written as 0.
    header.writeUInt8(pixels % 256, at);
    header.writeUInt8(pixels % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/** macOS' container: each image with a name of four letters and its length, big-endian. */
function icns(images: readonly { name: string; png: Buffer }[]): Buffer {
  const chunk = (name: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32BE(8 + content.length, 4);
    return Buffer.concat([head, content]);
  };
  return chunk('icns', Buffer.concat(images.map(({ name, png }) => chunk(name, png))));
}

mkdirSync(folder, { recursive: true });
const linuxSizes = [16, 32, 48, 64, 128, 256, 512];
for (const pixels of linuxSizes) writeFileSync(join(folder, `${pixels}x${pixels}.png`), await drawn(pixels));
const windows = await Promise.all(
  [16, 24, 32, 48, 64, 128, 256].map(async (pixels) => ({ pixels, png: await drawn(pixels) })),
);
writeFileSync(join(root, 'build', 'icon.ico'), ico(windows));
const macSizes = { icp4: 16, icp5: 32, ic07: 128, ic08: 256, ic09: 512, ic10: 1024 };
const mac = await Promise.all(
  Object.entries(macSizes).map(async ([name, pixels]) => ({ name, png: await drawn(pixels, 0.098) })),
);
writeFileSync(join(root, 'build', 'icon.icns'), icns(mac));
