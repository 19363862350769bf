import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { systemRandom } from '../host/chance.ts';
import type { Actor, ServerEnv } from '../web/actor.ts';
import { browserWindows } from './browser-windows.ts';

const dialog = 'https://www.facebook.com/dialog?state=s';

/** The way a login goes, without the login: `/start` begins it, `/callback` tells what a browser can show. */
function startWindows(comesBackTo: string, actor: Actor = 'owner') {
  const clock = { now: () => time.ms, monotonic: () => time.ms };
  const time = { ms: 0 };
  const { windows, passages } = browserWindows({ clock, random: systemRandom(clock) });
  const app = new Hono<ServerEnv>();
  app.route('/', passages);
  let begun = '';
  app.get('/start', (c) => {
    c.set('actor', actor);
    const { window, leave } = windows.begin(c, comesBackTo);
    begun = window;
    return leave(dialog);
  });
  app.get('/callback', (c) => c.json({ ends: windows.shownBy(c).includes(begun) }));
  const get = (url: string, cookie?: string) =>
    app.request(url, { headers: { host: new URL(url).host, ...(cookie === undefined ? {} : { cookie }) } });
  const ends = async (url: string, cookie?: string) =>
    ((await (await get(url, cookie)).json()) as { ends: boolean }).ends;
  return { time, get, ends };
}

const cookieOf = (answer: Response): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';

it('over https only this very host can have set the cookie, and only over https', async () => {
  const { get, ends } = startWindows('https://agency.example');
  const begun = await get('https://agency.example/start');
  expect(begun.headers.get('location')).toBe(dialog);
  expect(begun.headers.get('set-cookie')).toMatch(
    /^__Host-autosocial_login=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  const cookie = cookieOf(begun);
  expect(await ends('https://agency.example/callback', cookie)).toBe(true);
  expect(await ends('https://agency.example/callback', cookie.replace('__Host-', ''))).toBe(false);
  expect(await ends('https://agency.example/callback')).toBe(false);
});

it('an address that the login does not come back to sends the browser there first, once and for a minute', async () => {
  const { get, ends, time } = startWindows('https://agency.example');
  const way = (await get('http://127.0.0.1:4680/start')).headers.get('location') ?? '';
  expect(way).toMatch(/^https:\/\/agency\.example\/api\/auth\/leave\?passage=[\w-]{43}$/);
  const left = await get(way);
  expect(left.headers.get('location')).toBe(dialog);
  expect(await ends('https://agency.example/callback', cookieOf(left))).toBe(true);
  expect((await get(way)).status).toBe(400);
  const late = (await get('http://127.0.0.1:4680/start')).headers.get('location') ?? '';
  time.ms += 60_000;
  expect((await get(late)).status).toBe(400);
});

it('a key that a page put there is not taken', async () => {
  const { get } = startWindows('http://127.0.0.1:4680');
  for (const planted of ['x', 'a'.repeat(44), '%00'.repeat(20)]) {
    const begun = await get('http://127.0.0.1:4680/start', `autosocial_login=${planted}`);
    expect(cookieOf(begun)).toMatch(/^autosocial_login=[\w-]{43}$/);
  }
});

it('a script with the API token needs no cookie, unless it begins with the link of a client', async () => {
  const { get, ends } = startWindows('http://127.0.0.1:4680', 'api');
  expect((await get('http://127.0.0.1:4680/start')).headers.get('set-cookie')).toBeNull();
  expect(await ends('http://127.0.0.1:4680/callback')).toBe(true);
  await get('http://127.0.0.1:4680/start?onboarding=token');
  expect(await ends('http://127.0.0.1:4680/callback')).toBe(false);
});
