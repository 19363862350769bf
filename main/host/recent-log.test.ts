import { expect, it } from 'vitest';
import { rememberingLog } from './recent-log.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

it('passes every line on as it is, and keeps the last 500', () => {
  const passed: unknown[] = [];
  const log = rememberingLog({ ...silent, warn: (...line) => passed.push(line) }, () => 0);
  for (let number = 0; number < 600; number += 1) log.warn('line', { number, error: 'Café Uno was not found' });
  expect(passed).toHaveLength(600);
  expect(passed[0]).toEqual(['line', { number: 0, error: 'Café Uno was not found' }]);
  expect(log.recent().map(({ facts }) => facts.number)).toEqual(Array.from({ length: 500 }, (_, index) => index + 100));
});

it('keeps numbers, codes and ids, and no text that could quote somebody', () => {
  const log = rememberingLog(silent, () => Date.UTC(2026, 10, 24, 12));
  log.error('a call failed', {
    id: 'x1',
    byMs: 3,
    isLate: true,
    error: 'secret',
    detail: 'Fresh bread',
    path: '/home/ana',
  });
  expect(log.recent()).toEqual([
    {
      at: '2026-11-24T12:00:00.000Z',
      level: 'error',
      message: 'a call failed',
      facts: { id: 'x1', byMs: 3, isLate: true },
    },
  ]);
});

it('keeps where an error came from, and nothing of what it said', () => {
  const log = rememberingLog(silent, () => 0);
  const stack = [
    'Error: Fresh bread at Café Uno',
    '    at publish (/home/ana/app/out/server/index.js:12:34)',
    '    at async file:///home/ana/app/out/server/index.js:99:1',
  ].join('\n');
  log.error('a call failed', { stack });
  expect(log.recent()[0]?.facts).toEqual({ where: 'publish index.js:12:34 < index.js:99:1' });
});
