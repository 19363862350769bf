/**
 * Draws the four clips that the sandbox hands out as generated videos, with ffmpeg (H.264, AAC):
 * `node scripts/make-sandbox-videos.ts`. The clips are part of the repository; this is how to make
 * them anew after the drawings change.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import sharp from 'sharp';
import { sceneOf } from '../main/sandbox/replicate/drawing/draw-picture.ts';

const folder = join(import.meta.dirname, '../main/sandbox/replicate/assets');
const size = { width: 720, height: 1280 };
const framesPerSecond = 30;
const frames = 4 * framesPerSecond;

const clips = {
  'coffee.mp4': {
    prompt: 'a cup of coffee beside croissants at sunrise',
    variation: 'clip 1',
    focus: { x: 0.5, y: 0.72 },
  },
  'flowers.mp4': {
    prompt: 'a generous bouquet of blush pink peonies in a vase',
    variation: 'clip 2',
    focus: { x: 0.5, y: 0.5 },
  },
  'yoga.mp4': { prompt: 'a seated yoga pose at sunset', variation: 'clip 3', focus: { x: 0.5, y: 0.6 } },
  'landscape.mp4': {
    prompt: 'a glowing landscape with layered hills at sunrise',
    variation: 'clip 4',
    focus: { x: 0.6, y: 0.35 },
  },
};

for (const [name, clip] of Object.entries(clips)) await makeClip(join(folder, name), clip);

/** Moves the camera slowly towards the focus, which is given as shares of width and height. */
async function makeClip(
  file: string,
  clip: { prompt: string; variation: string; focus: { x: number; y: number } },
): Promise<void> {
  const svg = sceneOf({ ...clip, ...size, format: 'mp4', quality: 90 });
  const unitsHigh = (1000 * size.height) / size.width;
  const encoder = startEncoder(file);
  for (let frame = 0; frame < frames; frame++) {
    const eased = (1 - Math.cos((Math.PI * frame) / (frames - 1))) / 2;
    const zoom = 1 + 0.12 * eased;
    const box = [
      clip.focus.x * 1000 * (1 - 1 / zoom),
      clip.focus.y * unitsHigh * (1 - 1 / zoom),
      1000 / zoom,
      unitsHigh / zoom,
    ].map((value) => value.toFixed(3));
    const still = svg.replace(
      /viewBox="[^"]*"/,
      `viewBox="${box.join(' ')}" width="${size.width}" height="${size.height}"`,
    );
    const pixels = await sharp(Buffer.from(still)).flatten().removeAlpha().raw().toBuffer();
    if (!encoder.stdin.write(pixels)) await once(encoder.stdin, 'drain');
  }
  encoder.stdin.end();
  const [code] = (await once(encoder, 'exit')) as [number];
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
}

function startEncoder(file: string) {
  const picture = [
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-s',
    `${size.width}x${size.height}`,
    '-r',
    String(framesPerSecond),
    '-i',
    '-',
  ];
  const silence = ['-f', 'lavfi', '-i', 'anullsrc=channel_layout=stereo:sample_rate=44100'];
  const codecs = [
    '-c:v',
    'libx264',
    '-preset',
    'slow',
    '-crf',
    '27',
    '-pix_fmt',
    'yuv420p',
    '-c:a',
    'aac',
    '-b:a',
    '32k',
  ];
  const container = ['-t', '4', '-movflags', '+faststart', '-y', file];
  return spawn('ffmpeg', ['-loglevel', 'error', ...picture, ...silence, ...codecs, ...container], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
}
