import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { VirtualTime } from '../../../test/doubles/virtual-time.ts';
import { systemRandom } from '../../host/chance.ts';
import { openStore } from '../../store/open.ts';
import { createActivity } from '../activity/activity.ts';
import { Changes } from '../activity/changes.ts';
import type { Log, Store } from '../ports/index.ts';
import { createLease, type Lease, leaseMs, renewEveryMs, reserveMs } from './lease.ts';
import { LeaseLost } from './runner.ts';

const noon = Date.UTC(2026, 10, 24, 12);
const hour = 3_600_000;
const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

let time: VirtualTime;
let store: Store;
let begun: string[];
let leases: Lease[];

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'autosocial-lease-'));
  time = new VirtualTime(noon);
  store = await openStore({ file: join(folder, 'data.db'), clock: time, log: quiet });
  begun = [];
  leases = [];
  onTestFinished(async () => {
    for (const lease of leases) await lease.stop();
    await store.close();
    rmSync(folder, { recursive: true });
  });
});

/** One run of the app on a computer, over the store that all share unless it has its own view of it. */
function run(bootId: string, computer = 'here', own: Store = store): Lease {
  const changes = new Changes();
  const activity = createActivity({ store, clock: time, random: systemRandom(time), changes });
  const onBegin = (): Promise<void> => Promise.resolve(void begun.push(bootId));
  const shared = { store: own, clock: time, timers: time, log: quiet, activity, changes };
  const lease = createLease({ ...shared, bootId, computer, onBegin });
  leases.push(lease);
  return lease;
}

const pass = (ms: number): Promise<void> =>
  time.pass(ms, async () => {
    for (const lease of leases) await lease.idle();
  });

/** A store that can be told to fail, as when another program holds it. */
function failing(): { store: Store; isBusy: boolean } {
  const view = {
    isBusy: false,
    store: {
      ...store,
      transaction: <T>(work: Parameters<typeof store.transaction<T>>[0]) =>
        view.isBusy ? Promise.reject(new Error('busy')) : store.transaction(work),
    },
  };
  return view;
}

describe('the lease', () => {
  it('is taken at once when nobody has it, and renewed for as long as the run lasts', async () => {
    const lease = run('one');
    expect(lease.halt()).toMatchObject({ code: 'lease' });
    await lease.start();
    expect(lease.halt()).toBeNull();
    await pass(hour);
    expect(lease.halt()).toBeNull();
    expect(lease.epoch()).toBe(1);
    expect(begun).toEqual(['one']);
    expect((await store.runner.current())?.renewals).toBe(hour / renewEveryMs);
  });

  it('leaves time for the longest call, and room for renewals that fail', () => {
    expect(leaseMs - reserveMs).toBeGreaterThan(3 * renewEveryMs);
    expect(reserveMs).toBe(65_000);
  });

  it('that was given back goes to the next at once, in an epoch of its own', async () => {
    const first = run('one');
    await first.start();
    await first.stop();
    expect(first.halt()).not.toBeNull();
    const second = run('two', 'elsewhere');
    await second.start();
    expect(second.epoch()).toBe(2);
    expect(second.halt()).toBeNull();
  });

  it('is waited for while a run on another computer renews it, which is said', async () => {
    const first = run('one');
    await first.start();
    const second = run('two', 'elsewhere');
    await second.start();
    await pass(hour);
    expect(first.halt()).toBeNull();
    expect(second.isHeld()).toBe(false);
    expect(second.halt()?.message).toContain('no sign for 100 seconds');
    const { items } = await store.activity.list({ limit: 10 });
    expect(items.map(({ kind }) => kind)).toEqual(['lease.lost']);
  });

  it('is taken from a run on another computer that gives no sign for as long as the lease lasts, whatever the wall clock says', async () => {
    const view = failing();
    const first = run('one', 'here', view.store);
    await first.start();
    const second = run('two', 'elsewhere');
    await second.start();
    view.isBusy = true;
    time.step(24 * hour);
    await pass(leaseMs - 5_000);
    expect(second.isHeld()).toBe(false);
    await pass(10_000);
    expect(second.halt()).toBeNull();
    expect(second.epoch()).toBe(2);
    expect((await store.activity.list({ limit: 10 })).items.map(({ kind }) => kind)).toContain('lease.taken');
  });

  it('never lets two begin a call at a time: the one that cannot renew stops before the other may begin', async () => {
    const view = failing();
    const first = run('one', 'here', view.store);
    await first.start();
    const second = run('two', 'elsewhere');
    await second.start();
    view.isBusy = true;
    let lastOfFirst = 0;
    let firstOfSecond = Number.POSITIVE_INFINITY;
    for (let at = 0; at < 3 * leaseMs; at += 1_000) {
      if (first.halt() === null) lastOfFirst = at;
      if (second.halt() === null) firstOfSecond = Math.min(firstOfSecond, at);
      await pass(1_000);
    }
    expect(firstOfSecond - lastOfFirst).toBeGreaterThanOrEqual(reserveMs);
    expect(firstOfSecond).toBeLessThan(2 * leaseMs);
  });

  it('goes on by itself when the store can be written again', async () => {
    const view = failing();
    const lease = run('one', 'here', view.store);
    await lease.start();
    view.isBusy = true;
    await pass(45_000);
    expect(lease.halt()?.message).toContain('could not confirm');
    view.isBusy = false;
    await pass(2_000);
    expect(lease.halt()).toBeNull();
    expect(lease.epoch()).toBe(1);
  });

  it('that ended meanwhile is taken anew, in a new epoch', async () => {
    const view = failing();
    const lease = run('one', 'here', view.store);
    await lease.start();
    view.isBusy = true;
    await pass(2 * leaseMs);
    view.isBusy = false;
    await pass(2_000);
    expect(lease.halt()).toBeNull();
    expect(lease.epoch()).toBe(2);
    expect(begun).toEqual(['one', 'one']);
  });
});

describe('a run that is overthrown', () => {
  it('by a later start on the same computer knows at its next renewal, and does not fight', async () => {
    const first = run('one');
    await first.start();
    const second = run('two');
    await second.start();
    expect(second.epoch()).toBe(2);
    await pass(renewEveryMs);
    expect(first.isHeld()).toBe(false);
    await pass(hour);
    expect(second.halt()).toBeNull();
    expect((await store.runner.current())?.epoch).toBe(2);
  });

  it('knows in the very transaction in which it was to write, and rolls it back', async () => {
    const first = run('one');
    await first.start();
    await run('two').start();
    const writing = store.transaction(async (within) => {
      await within.settings.put('written', true, noon);
      await first.assertHeld(within, 1);
    });
    await expect(writing).rejects.toThrow(LeaseLost);
    expect(await store.settings.get('written')).toBeUndefined();
    expect(first.halt()).not.toBeNull();
  });
});

describe('a new epoch', () => {
  it('ends what was begun in the one before', async () => {
    const lease = run('one');
    await lease.start();
    await store.transaction((within) => lease.assertHeld(within, 1));
    await lease.begin();
    expect(lease.epoch()).toBe(2);
    await expect(store.transaction((within) => lease.assertHeld(within, 1))).rejects.toThrow(LeaseLost);
    await store.transaction((within) => lease.assertHeld(within, 2));
    expect(begun).toEqual(['one', 'one']);
  });
});
