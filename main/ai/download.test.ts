import { describe, expect, it } from 'vitest';
import { download } from './download.ts';

const delivery = { baseUrl: 'http://127.0.0.1:9', origins: [] };

describe('what is fetched', () => {
  it.each([
    'https://evil.example/a.jpg',
    'https://replicate.delivery.evil.example/a.jpg',
    'https://evilreplicate.delivery/a.jpg',
    'http://replicate.delivery/a.jpg',
    'https://replicate.delivery:8443/a.jpg',
    'https://replicate.delivery@evil.example/a.jpg',
    'http://127.0.0.1:10/a.jpg',
    'file:///etc/passwd',
    'not a URL',
  ])('is nothing from %s', async (location) => {
    await expect(download(location, delivery, undefined)).rejects.toMatchObject({ name: 'AiFailure' });
  });

  it.each(['https://replicate.delivery/x/a.jpg', 'https://pbxt.replicate.delivery/a.jpg', 'http://127.0.0.1:9/a.jpg'])(
    'may be at %s',
    async (location) => {
      expect(await download(location, delivery, undefined)).toEqual({ kind: 'broken', detail: 'connection' });
    },
  );

  it('may be in the answer itself', async () => {
    const location = `data:image/png;base64,${Buffer.from('picture').toString('base64')}`;
    expect(await download(location, delivery, undefined)).toEqual({
      kind: 'done',
      bytes: new Uint8Array(Buffer.from('picture')),
    });
    await expect(download('data:text/html,<p>', delivery, undefined)).rejects.toMatchObject({ name: 'AiFailure' });
  });
});
