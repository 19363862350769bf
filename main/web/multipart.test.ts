import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { receiveForm } from './multipart.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'multipart-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A request whose body comes in pieces of this size. */
function inPieces(body: Uint8Array, contentType: string, size: number): Request {
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= body.length) return controller.close();
      controller.enqueue(body.subarray(at, at + size));
      at += size;
    },
  });
  const init = { method: 'POST', body: stream, duplex: 'half', headers: { 'content-type': contentType } };
  return new Request('http://app.test/', init as RequestInit);
}

async function encoded(form: FormData): Promise<{ body: Uint8Array; contentType: string }> {
  const response = new Response(form);
  const contentType = response.headers.get('content-type') ?? '';
  return { body: new Uint8Array(await response.arrayBuffer()), contentType };
}

const raw = (body: string): Request =>
  inPieces(Buffer.from(body, 'latin1'), 'multipart/form-data; boundary=b', 1_000_000);

describe('a form', () => {
  it('of any content arrives whole, however it is cut, and its files lie on the disk', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 3_000 }),
        fc.string({ unit: 'grapheme', maxLength: 50 }).filter((text) => text.isWellFormed()),
        fc.integer({ min: 1, max: 200 }),
        async (bytes, text, size) => {
          const form = new FormData();
          form.set('before', text);
          form.set('file', new File([new Uint8Array(bytes)], 'a "b".jpg', { type: 'image/jpeg' }));
          form.set('after', 'x');
          const { body, contentType } = await encoded(form);
          const received = await receiveForm(inPieces(body, contentType, size), folder);
          const file = received.form.get('file') as File;
          expect(received.form.get('before')).toBe(text.replace(/\r\n|\r|\n/g, '\r\n'));
          expect(received.form.get('after')).toBe('x');
          expect([file.name, file.type, file.size]).toEqual(['a "b".jpg', 'image/jpeg', bytes.length]);
          expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array(bytes));
          expect(readdirSync(folder)).toHaveLength(1);
          await received.remove();
          expect(readdirSync(folder)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('as curl writes it, with boundaries in its content and text around it', async () => {
    const body =
      'preamble\r\n--b\r\ncontent-disposition: form-data; name=clientId\r\n\r\nc-1\r\n' +
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a\\"b.png"\r\nContent-Type: image/png\r\n\r\n' +
      'x--b--y\r\n-b\r\n\r\n--b--\r\nepilogue';
    const { form } = await receiveForm(raw(body), folder);
    const file = form.get('file') as File;
    expect(form.get('clientId')).toBe('c-1');
    expect([file.name, await file.text()]).toEqual(['a"b.png', 'x--b--y\r\n-b\r\n']);
  });

  const part = (headers: string, content = ''): string => `--b\r\n${headers}\r\n\r\n${content}\r\n`;
  it.each([
    ['nothing', ''],
    ['no boundary', 'hello'],
    ['an end too early', part('content-disposition: form-data; name="a"; filename="f"', 'x')],
    ['headers without an end', `--b\r\n${'x'.repeat(20_000)}`],
    ['too many headers', part(`x: ${'y'.repeat(9_000)}`)],
    ['a field without a name', `${part('content-disposition: form-data')}--b--`],
    ['a field too long', `${part('content-disposition: form-data; name="a"', 'x'.repeat(70_000))}--b--`],
    ['too many fields', `${part('content-disposition: form-data; name="a"').repeat(21)}--b--`],
    ['a boundary that goes on', `${part('content-disposition: form-data; name="a"')}--bad--`],
  ])('with %s is refused, and leaves nothing behind', async (_, body) => {
    await expect(receiveForm(raw(body), folder)).rejects.toMatchObject({ name: 'BadForm' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('without a boundary in its type is refused', async () => {
    const request = inPieces(new Uint8Array(), 'multipart/form-data', 1);
    await expect(receiveForm(request, folder)).rejects.toMatchObject({ name: 'BadForm' });
  });
});
