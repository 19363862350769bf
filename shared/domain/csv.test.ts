import { expect, it } from 'vitest';
import { csvLine, csvOf, separatorOf, separators } from './csv.ts';

it('quotes what needs it, and leaves numbers alone', () => {
  expect(
    csvOf([
      ['a', 'b, "c"'],
      ['two\nlines', -1],
      [null, ' x'],
      ['كعك 🥐', 12],
    ]),
  ).toBe('\uFEFFa,"b, ""c"""\r\n"two\nlines",-1\r\n," x"\r\nكعك 🥐,12\r\n');
});

it('splits at semicolons, with commas in numbers, where people write them so', () => {
  expect(csvOf([['a;b', 'c,d', 1.25, -3, null]], ';')).toBe('\uFEFF"a;b";"c,d";1,25;-3;\r\n');
  expect(csvLine(['a;=1+1'])).toBe('"a;=1+1"\r\n');
  expect(['de-AT', 'fr-FR', 'es-ES', 'pt-BR'].map(separatorOf)).toEqual(Array(4).fill('semicolon'));
  expect(['en-GB', 'en-US', 'ja-JP', 'ar-EG', 'es-MX'].map(separatorOf)).toEqual(Array(5).fill('comma'));
  expect(separators.semicolon).toBe(';');
});

it('writes a line as the file has it', () => {
  expect(csvOf([['name']]) + csvLine(['Café, "warm"'])).toBe(csvOf([['name'], ['Café, "warm"']]));
});

it.each(['=1+1', '+49 30', '-2', '@SUM(A1)', '\t=1', '\r=1', '  =cmd|x', '=HYPERLINK("https://evil.example")'])(
  'never lets a spreadsheet compute %j',
  (formula) => {
    expect(csvLine([formula]).replace(/^"/, '')).toMatch(/^'/);
  },
);
