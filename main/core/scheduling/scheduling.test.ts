import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VirtualTime } from '../../../test/doubles/virtual-time.ts';
import { systemRandom } from '../../host/chance.ts';
import { openStore } from '../../store/open.ts';
import { createActivity } from '../activity/activity.ts';
import { Changes } from '../activity/changes.ts';
import type { Log, Store } from '../ports/index.ts';
import { createClockGuard } from './clock-guard.ts';
import type { JobDefinition } from './port.ts';
import { createScheduling } from './scheduling.ts';

const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

let folder: string;
let time: VirtualTime;
let store: Store;
/** Fires what node-schedule would fire. */
let fire: () => void;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'autosocial-scheduling-'));
  time = new VirtualTime(Date.UTC(2026, 10, 24, 12));
  store = await openStore({ file: join(folder, 'data.db'), clock: time, log: quiet });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('a job', () => {
  it('whose run cannot be written down neither stops the app nor its next run', async () => {
    let runs = 0;
    const scheduling = await startedWith({ run: () => Promise.resolve(void (runs += 1)) });
    vi.spyOn(store.settings, 'putJobRun').mockRejectedValueOnce(new Error('the disk is full'));
    fire();
    await expect(scheduling.run('look')).resolves.toMatchObject({ running: false });
    fire();
    await scheduling.stop();
    expect(runs).toBe(2);
  });

  it('that fails says so once, and runs again', async () => {
    const scheduling = await startedWith({ run: () => Promise.reject(new Error('the network is down')) });
    await scheduling.run('look');
    expect(await scheduling.run('look')).toMatchObject({ lastError: 'the network is down' });
    await scheduling.stop();
    const { items } = await store.activity.list({ limit: 10 });
    expect(items.map(({ kind }) => kind)).toEqual(['job.failed']);
  });
});

describe('a look at the clocks', () => {
  it('is had at once by whoever knows that the computer slept, once for all who ask', async () => {
    let stocks = 0;
    const onInterruption = (): Promise<void> => Promise.resolve(void (stocks += 1));
    const scheduling = await startedWith({ run: () => Promise.resolve(), onInterruption });
    await scheduling.lookNow();
    expect(stocks).toBe(0);
    time.step(8 * 3_600_000);
    await Promise.all([scheduling.lookNow(), scheduling.lookNow()]);
    expect(stocks).toBe(1);
    await scheduling.stop();
    time.step(8 * 3_600_000);
    await scheduling.lookNow();
    expect(stocks).toBe(1);
  });
});

async function startedWith({
  run,
  onInterruption = () => Promise.resolve(),
}: Pick<JobDefinition, 'run'> & { onInterruption?: () => Promise<void> }) {
  const changes = new Changes();
  const activity = createActivity({ store, clock: time, random: systemRandom(time), changes });
  const scheduling = createScheduling(
    {
      clock: time,
      timers: time,
      recurrences: {
        every: (_, work) => {
          fire = work;
          return { nextAt: () => null, cancel: () => undefined };
        },
      },
      store,
      log: quiet,
      activity,
      changes,
      clockGuard: createClockGuard(time, { builtAt: 0, lastSeenAt: 0 }),
      onInterruption,
      askTime: () => Promise.resolve(false),
    },
    [{ name: 'look', description: 'Looks.', cron: '0 * * * * *', run }],
  );
  await scheduling.start();
  return scheduling;
}
