import { expect, it } from 'vitest';
import { csvOf } from './csv.ts';

it('quotes what needs it, and leaves numbers alone', () => {
  expect(
    csvOf([
      ['a', 'b, "c"'],
      ['two\nlines', -1],
      [null, ' x'],
    ]),
  ).toBe('\uFEFFa,"b, ""c"""\r\n"two\nlines",-1\r\n," x"\r\n');
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =cmd|x', '=HYPERLINK("https://evil.example")'])(
  'never lets a spreadsheet compute %j',
  (formula) => {
    const written = csvOf([[formula]])
      .replace('\uFEFF', '')
      .replace(/\r\n$/, '');
    expect(written.replace(/^"/, '')).toMatch(/^'/);
  },
);
