import { expect, it } from 'vitest';
import { VirtualTime } from '../../test/doubles/virtual-time.ts';
import { sparingWarnings } from './sparing-log.ts';

it('warns twenty times a minute, and then says how often more', async () => {
  const time = new VirtualTime(0);
  const lines: object[] = [];
  const warn = sparingWarnings({ warn: (message, fields) => lines.push({ message, ...fields }) }, time);
  for (let times = 0; times < 100_000; times += 1) warn('a link was not followed');
  expect(lines).toHaveLength(20);
  await time.pass(60_000, () => Promise.resolve());
  warn('a port was refused');
  warn('a port was refused');
  expect(lines.slice(20)).toEqual([
    { message: 'a port was refused', leftOut: 99_980 },
    { message: 'a port was refused' },
  ]);
});
