import { expect, it } from 'vitest';
import { csvOf } from './csv.ts';

async function written(...rows: (string | number | null)[][]): Promise<string> {
  async function* given() {
    yield* rows;
  }
  let text = '';
  for await (const line of csvOf(['name', 'views'], given())) text += line;
  return text;
}

it('writes what RFC 4180 says, with a mark of UTF-8', async () => {
  expect(await written(['Café, "warm"', 12], ['two\nlines', null], ['كعك 🥐', -3])).toBe(
    '\uFEFFname,views\r\n"Café, ""warm""",12\r\n"two\nlines",\r\nكعك 🥐,-3\r\n',
  );
});

it.each(['=1+1', '+49 30', '-2', '@name', '\tx', '=HYPERLINK("http://x")'])(
  'lets no spreadsheet run %j',
  async (text) => {
    const [, line] = (await written([text, 1])).split('\r\n');
    expect(line?.replaceAll('"', '').startsWith("'")).toBe(true);
    expect(line).toContain(text.replaceAll('"', '""'));
  },
);
