import { describe, expect, it } from 'vitest';
import type { Http } from './http.ts';
import { readPicture } from './picture.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const bytes = new Uint8Array([255, 216, 255]);
const jpeg = { headers: { 'content-type': 'image/jpeg' } };

function read(
  address: string,
  answer: Response | Error = new Response(bytes, jpeg),
  api = 'https://open.tiktokapis.com',
) {
  const asked: Request[] = [];
  const http: Http = async (request) => {
    asked.push(request);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const endpoints = { tiktokApi: api } as never;
  return readPicture({ http, endpoints, log }, address).then((picture) => ({ picture, asked }));
}

describe('a profile picture', () => {
  it('is read without a token and handed on as data', async () => {
    const { picture, asked } = await read('https://p16-sign.tiktokcdn.com/a.jpeg?x-expires=1');
    expect(picture).toBe('data:image/jpeg;base64,/9j/');
    expect([...(asked[0]?.headers.keys() ?? [])]).not.toContain('authorization');
    expect(asked[0]?.redirect).toBe('manual');
  });

  it.each([
    '',
    'no address',
    'http://p16.tiktokcdn.com/a.jpeg',
    'https://127.0.0.1/a.jpeg',
    'https://192.168.0.1/admin',
    'https://[::1]/a.jpeg',
    'https://localhost/a.jpeg',
    'https://printer.local/a.jpeg',
    'https://p16.tiktokcdn.com:8443/a.jpeg',
    'file:///etc/passwd',
  ])('is not fetched from %j', async (address) => {
    expect(await read(address)).toEqual({ picture: null, asked: [] });
  });

  it.each([
    ['a page', new Response('<p>', { headers: { 'content-type': 'text/html' } })],
    ['a redirect', new Response(null, { status: 302, headers: { location: 'http://127.0.0.1/' } })],
    ['an error', new Response(bytes, { status: 404, ...jpeg })],
    ['too large', new Response(new Uint8Array(600_000), jpeg)],
    ['a broken connection', new TypeError('fetch failed')],
  ])('is left out when the answer is %s', async (_, answer) => {
    expect((await read('https://p16.tiktokcdn.com/a.jpeg', answer)).picture).toBeNull();
  });

  it('comes from this computer in the sandbox only', async () => {
    const address = 'http://127.0.0.1:4000/avatar/x.svg';
    expect((await read(address)).picture).toBeNull();
    expect((await read(address, undefined, 'http://127.0.0.1:4001')).picture).not.toBeNull();
  });
});
