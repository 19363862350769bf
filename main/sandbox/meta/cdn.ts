import { createHmac } from 'node:crypto';
import { Hono } from 'hono';
import { operation, type SimulatorApp, type SimulatorContext, type SimulatorEnv } from '../simulator.ts';
import type { StoredFile, World } from './state.ts';

const life = 3_600_000;

/** A signed address of a stored file that works for an hour; `width` in pixels asks for a smaller image. */
export function mediaUrl(world: World, file: StoredFile, width?: number): string {
  const name = `${file.sha256}_${width ?? 'o'}.${file.kind === 'image' ? 'jpg' : 'mp4'}`;
  const expires = Math.floor((world.now() + life) / 1000).toString(16);
  return `${world.origins.cdn}/v/${name}?oh=${signature(world, name, expires)}&oe=${expires}`;
}

/** The host of uploaded media and profile pictures (scontent…fbcdn.net). */
export function cdnApp(world: World): SimulatorApp {
  const app = new Hono<SimulatorEnv>();
  app.get(
    '/v/:name',
    operation(world, 'cdn.read', (c) => readFile(world, c)),
  );
  app.get('/avatar/:name', (c) => avatar(c));
  return app;
}

async function readFile(world: World, c: SimulatorContext): Promise<Response> {
  const name = c.req.param('name') ?? '';
  const expires = c.req.query('oe') ?? '';
  if (c.req.query('oh') !== signature(world, name, expires)) return c.text('Bad URL hash', 403);
  if (Number.parseInt(expires, 16) * 1000 <= world.now()) return c.text('URL signature expired', 403);
  const [, sha256 = '', width, extension] = /^([0-9a-f]{64})_(\w+)\.(jpg|mp4)$/.exec(name) ?? [];
  const bytes = world.blobs.get(sha256);
  if (bytes === undefined) return c.text('Content not found', 404);
  const shown = width === 'o' ? bytes : await resized(bytes, Number(width));
  return c.body(new Uint8Array(shown), 200, { 'content-type': extension === 'jpg' ? 'image/jpeg' : 'video/mp4' });
}

async function resized(bytes: Uint8Array, width: number): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  return sharp(bytes).resize(width).jpeg().toBuffer();
}

function signature(world: World, name: string, expires: string): string {
  return createHmac('sha256', world.store.value.cdnKey).update(`${name}|${expires}`).digest('hex').slice(0, 32);
}

const avatarColours = ['#1877f2', '#c13584', '#0a7d5a', '#b4541a', '#5b4bc4'];

function avatar(c: SimulatorContext): Response {
  const name = c.req.query('name') ?? '?';
  const letter = (/\p{L}/u.exec(name)?.[0] ?? '?').toUpperCase();
  const colour = avatarColours[name.length % avatarColours.length];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 50 50"><rect width="50" height="50" fill="${colour}"/><text x="25" y="34" font-family="sans-serif" font-size="26" fill="#fff" text-anchor="middle">${letter}</text></svg>`;
  return c.body(svg, 200, { 'content-type': 'image/svg+xml' });
}
