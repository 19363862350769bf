import sharp from 'sharp';
import { Canvas } from './canvas.ts';
import { chooseMotif } from './motif.ts';
import { choosePalette } from './palette.ts';
import { Random } from './random.ts';
import { drawScene } from './scene.ts';

export interface Picture {
  prompt: string;
  /** Another variation of the same prompt is another composition. */
  variation: string;
  width: number;
  height: number;
  format: 'webp' | 'jpg' | 'png' | 'mp4';
  /** 0 to 100; ignored for PNG. */
  quality: number;
}

const grainSize = 256;
let grainTile: Promise<Buffer> | undefined;

/** Paints an illustration for a prompt and returns it encoded; `mp4` gives PNG, a single frame. */
export async function drawPicture(picture: Picture): Promise<Buffer> {
  const { width, height, format } = picture;
  const svg = Buffer.from(sceneOf(picture));
  grainTile ??= makeGrain();
  const image = sharp(svg, { density: (72 * width) / 1000 })
    .resize(width, height, { fit: 'fill' })
    .flatten()
    .composite([{ input: await grainTile, tile: true, blend: 'soft-light' }]);
  const quality = Math.max(1, picture.quality);
  if (format === 'webp') return image.webp({ quality }).toBuffer();
  if (format === 'jpg') return image.jpeg({ quality, mozjpeg: false }).toBuffer();
  return image.png({ compressionLevel: 6 }).toBuffer();
}

/** The picture as SVG, without grain. */
export function sceneOf({ prompt, variation, width, height }: Picture): string {
  const random = new Random(`${prompt}\n${variation}`);
  const motif = chooseMotif(prompt);
  const canvas = new Canvas(choosePalette(prompt, motif, random), random, (1000 * height) / width);
  return canvas.svg(drawScene(canvas, motif, prompt));
}

/** A tile of fine paper grain. */
function makeGrain(): Promise<Buffer> {
  const random = new Random('grain');
  const pixels = Buffer.alloc(grainSize * grainSize * 4);
  for (let at = 0; at < pixels.length; at += 4) {
    const value = Math.round(128 + (random.next() + random.next() - 1) * 70);
    pixels.fill(value, at, at + 3);
    pixels[at + 3] = 110;
  }
  return sharp(pixels, { raw: { width: grainSize, height: grainSize, channels: 4 } })
    .png()
    .toBuffer();
}
