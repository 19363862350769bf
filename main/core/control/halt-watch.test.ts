import { expect, it } from 'vitest';
import { VirtualTime } from '../../../test/doubles/virtual-time.ts';
import type { Occurrence } from '../activity/activity.ts';
import { Changes } from '../activity/changes.ts';
import { createHaltWatch } from './halt-watch.ts';
import type { Halt } from './halts.ts';

it('tells of a halt that begins while a stop cannot be written down', async () => {
  const time = new VirtualTime(Date.UTC(2026, 10, 24, 12));
  const changes = new Changes();
  const noted: string[] = [];
  let told = 0;
  let halt: Halt | null = null;
  changes.subscribe(({ type }) => {
    if (type === 'control.changed') told += 1;
  });
  const watch = createHaltWatch({
    halts: { first: () => halt, list: () => (halt === null ? [] : [halt]) },
    killSwitch: { isSettled: () => false, settle: () => Promise.reject(new Error('the disk is full')) },
    timers: time,
    changes,
    activity: { record: async ({ kind }: Occurrence) => void noted.push(kind) },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  watch.start();
  halt = { code: 'stop_file', message: 'The file STOP stops all publishing.' };
  await time.pass(1_000, () => new Promise(setImmediate));
  watch.stop();
  expect(told).toBeGreaterThan(0);
  expect(noted).toEqual(['stop_file.found']);
});
