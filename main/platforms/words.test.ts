import { expect, it } from 'vitest';
import { traceSchema, wordsSchema } from './words.ts';

it.each([
  ['Malformed access token EAABsbCS1iHgBO7ZCZAq9x', 'Malformed access token [redacted]'],
  ['Bad token act.3f2a9Zk0Qw81LmNxP7uT!4412 given', 'Bad token [redacted] given'],
  ['code=AQDx-9_zX2kq8s7d6f5g4h3j2k1l%3D%3D&x=1', '[redacted]&x=1'],
  ['two\n  lines\tof words', 'two lines of words'],
])('%j is shown as %j', (text, shown) => {
  expect(wordsSchema.parse(text)).toBe(shown);
});

it.each([
  "Unsupported post request. Object with ID '17841405309211844' does not exist (#100)",
  'See https://developers.facebook.com/docs/graph-api/using-graph-api',
  'unaudited_client_can_only_post_to_private_accounts',
  'Rechtsschutzversicherungsgesellschaften dürfen das nicht.',
  'The post 108245519330101_130000000000042 is gone.',
])('%j is shown as it is', (text) => {
  expect(wordsSchema.parse(text)).toBe(text);
});

it('cuts what is long', () => {
  expect(wordsSchema.parse('word '.repeat(200))).toHaveLength(501);
});

it('knows a trace by its form', () => {
  expect(traceSchema.parse('AzVJuKjtY8dAb5C4uS8mF9-')).toBe('AzVJuKjtY8dAb5C4uS8mF9-');
  for (const strange of ['with words', 'x'.repeat(65), 7, undefined])
    expect(traceSchema.parse(strange) ?? null).toBeNull();
});
