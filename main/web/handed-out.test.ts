import { beforeEach, describe, expect, it } from 'vitest';
import { createHandouts, type Handouts } from '../platforms/index.ts';
import { handedOutApp } from './handed-out.ts';

let now: number;
let origin: string;
let isNetworkNear: boolean;
let handouts: Handouts;
let random: number;

beforeEach(() => {
  [now, origin, isNetworkNear, random] = [0, 'https://agency.example', false, 0];
  handouts = createHandouts({
    clock: { monotonic: () => now },
    random: { bytes: (length) => new Uint8Array(length).fill((random += 1)) },
    origin: () => origin,
    isNetworkNear,
  });
});

const file = { bytes: new TextEncoder().encode('0123456789'), mime: 'video/mp4' };

function fetched(address: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> {
  return Promise.resolve(handedOutApp(handouts).request(address.slice(origin.length), { headers, method }));
}

describe('a file that is handed out', () => {
  it('stands at an address of its own with 256 random bits, whole and in parts', async () => {
    const [first, second] = [handouts.offer(file), handouts.offer({ ...file, mime: 'image/jpeg' })];
    expect(first?.address).toMatch(/^https:\/\/agency\.example\/handout\/[\w-]{43}\.mp4$/);
    expect(second?.address).toMatch(/\.jpg$/);
    expect(second?.address).not.toBe(first?.address.replace('.mp4', '.jpg'));
    const whole = await fetched(first?.address ?? '');
    expect([whole.status, whole.headers.get('content-type'), await whole.text()]).toEqual([
      200,
      'video/mp4',
      '0123456789',
    ]);
    expect(whole.headers.get('cache-control')).toBe('no-store');
    const part = await fetched(first?.address ?? '', { range: 'bytes=2-4' });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234']);
    expect((await fetched(first?.address ?? '', { range: 'bytes=99-' })).status).toBe(416);
    const head = await fetched(first?.address ?? '', {}, 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('is gone when it is taken back, and after an hour at the latest', async () => {
    const [taken, forgotten] = [handouts.offer(file), handouts.offer(file)];
    taken?.takeBack();
    expect((await fetched(taken?.address ?? '')).status).toBe(404);
    now += 3_599_999;
    expect((await fetched(forgotten?.address ?? '')).status).toBe(200);
    now += 1;
    expect((await fetched(forgotten?.address ?? '')).status).toBe(404);
  });

  it.each(['', '%2e%2e%2fetc%2fpasswd', '__proto__', 'constructor', `${'a'.repeat(43)}.mp4`, 'x/y', '%00'])(
    'is not found as %j, in the same words as any other',
    async (name) => {
      handouts.offer(file);
      const answer = await fetched(`${origin}/handout/${name}`);
      expect([answer.status, await answer.text()]).toEqual([404, 'Not found']);
    },
  );

  it('is given by its whole name only', async () => {
    const address = handouts.offer(file)?.address ?? '';
    for (const other of [
      address.slice(0, -4),
      address.slice(0, -5),
      address.toUpperCase().replace(/^.*HANDOUT/, `${origin}/handout`),
    ]) {
      expect((await fetched(other)).status).toBe(404);
    }
  });
});

describe('whether anybody can fetch it', () => {
  it.each([
    ['https://agency.example', true],
    ['https://agency.example:8443', true],
    ['https://1.2.3.4', true],
    ['http://agency.example', false],
    ['https://localhost', false],
    ['https://nas', false],
    ['https://nas.local', false],
    ['https://10.0.0.5', false],
    ['https://127.0.0.1:4680', false],
    ['https://192.168.1.7', false],
    ['https://172.20.0.1', false],
    ['https://100.64.0.1', false],
    ['https://[::1]', false],
    ['http://127.0.0.1:4680', false],
    ['app://bundle', false],
    ['', false],
  ])('%s: %s', (at, expected) => {
    origin = at;
    expect([handouts.isReachable(), handouts.offer(file) !== null]).toEqual([expected, expected]);
  });

  it('is so on this computer when the network is simulated here', () => {
    isNetworkNear = true;
    handouts = createHandouts({
      clock: { monotonic: () => now },
      random: { bytes: (length) => new Uint8Array(length) },
      origin: () => 'http://127.0.0.1:4680',
      isNetworkNear,
    });
    expect(handouts.isReachable()).toBe(true);
  });
});
