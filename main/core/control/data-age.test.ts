import { beforeEach, describe, expect, it } from 'vitest';
import type { SqliteStore } from '../../store/open.ts';
import { noon, silentLog, standingClock, temporaryStore } from '../../store/sample.ts';
import { createActivity } from '../activity/activity.ts';
import { Changes } from '../activity/changes.ts';
import { type Provenance, type RestoredMark, restoredKey } from '../ports/provenance.ts';
import { type DataAge, openDataAge } from './data-age.ts';

const hour = 3_600_000;
let store: SqliteStore;
let clock: ReturnType<typeof standingClock>;
/** What the provenance was asked to do, and the mark that was in the store then. */
let settled: unknown[];
let changed: string[];

beforeEach(async () => {
  clock = standingClock();
  store = await temporaryStore();
  settled = [];
  changed = [];
});

/** A start of the app. */
function open(provenance: Partial<Provenance> = {}, lastSeenAt = noon - hour): Promise<DataAge> {
  const changes = new Changes();
  changes.subscribe(({ type }) => changed.push(type));
  let id = 0;
  const random = {
    id: () => `id-${clock.now()}-${(id += 1)}`,
    fraction: () => 0,
    bytes: (size: number) => new Uint8Array(size),
  };
  const settle = async (): Promise<void> => {
    settled.push(await store.settings.get(restoredKey));
  };
  return openDataAge({
    store,
    clock,
    log: silentLog,
    changes,
    activity: createActivity({ store, clock, random, changes }),
    provenance: { isCopy: false, olderSince: null, sentSince: () => new Set(), settle, ...provenance },
    lastSeenAt,
  });
}

const mark: RestoredMark = { backupTakenAt: noon - hour, restoredAt: noon - 1, from: '2026-11-24.hourly.s10' };

describe('data', () => {
  it('that is as new as it was is not doubted', async () => {
    const age = await open();
    expect([age.halt(), age.unsettled(), age.isCopy(), age.isDoubtful({ createdAt: 1 })]).toEqual([
      null,
      null,
      false,
      false,
    ]);
    await age.settled();
    await age.takeOver('mia');
    expect(settled).toEqual([]);
  });

  it.each<[string, unknown, Partial<Provenance>, RegExp]>([
    ['of a backup that was put back', mark, {}, /^This data comes from the backup of 2026-11-24T11:00:00.000Z\./],
    ['that was saved', { ...mark, backupTakenAt: 0, from: 'salvage' }, {}, /saved from a damaged file/],
    ['that is older than what was sent', null, { olderSince: noon - hour }, /an older file was put here/],
    ['with a mark that cannot be read', { nonsense: 1 }, {}, /how old its parts are cannot be told/],
  ])('%s stops all sending until it is settled', async (_, left, provenance, message) => {
    if (left !== null) await store.settings.put(restoredKey, left, noon);
    const age = await open(provenance);
    expect(age.halt()).toMatchObject({ code: 'restored', message: expect.stringMatching(message) });
    expect(age.unsettled()).not.toBeNull();
    expect(age.isDoubtful({ createdAt: noon + hour })).toBe(true);
    // A restart changes nothing, even if the one thing that told it is gone.
    expect((await open()).halt()?.code).toBe('restored');

    clock.at += 5_000;
    await age.settled();
    expect(age.halt()).toBeNull();
    expect(settled).toHaveLength(1);
    expect(settled[0]).not.toBeNull();
    expect(changed).toContain('control.changed');
    const later = await open();
    expect(later.halt()).toBeNull();
    expect(later.isDoubtful({ createdAt: clock.at })).toBe(true);
    expect(later.isDoubtful({ createdAt: clock.at + 1 })).toBe(false);
  });
});

describe('a copy', () => {
  it('waits for a person, and is as old as it was when it was first seen as one', async () => {
    await open({ isCopy: true }, noon - 2 * hour);
    clock.at += hour;
    const age = await open({ isCopy: true }, clock.at);
    expect(age.halt()).toMatchObject({ code: 'copied' });
    expect(age.isCopy()).toBe(true);
    expect(age.unsettled()).toBeNull();
    await age.settled();
    expect(age.isCopy()).toBe(true);

    clock.at += hour;
    await age.takeOver('mia');
    expect(age.isCopy()).toBe(false);
    expect(age.halt()).toMatchObject({ code: 'restored' });
    expect(age.unsettled()).toEqual({ backupTakenAt: noon - 2 * hour, restoredAt: clock.at, from: 'copy' });
    expect(settled).toHaveLength(1);
    expect((await store.activity.list({ limit: 5 })).items).toMatchObject([{ actor: 'mia', kind: 'store.taken_over' }]);
    // The home is written by now, so the next start finds the mark alone.
    expect((await open()).halt()).toMatchObject({ code: 'restored' });
  });

  it('of data that was not settled keeps the older time', async () => {
    await store.settings.put(restoredKey, mark, noon);
    const age = await open({ isCopy: true });
    expect(age.halt()).toMatchObject({ code: 'copied' });
    await age.takeOver('mia');
    expect(age.unsettled()).toMatchObject({ backupTakenAt: mark.backupTakenAt, from: mark.from });
  });
});
