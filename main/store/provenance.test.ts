import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Provenance } from '../core/ports/provenance.ts';
import { homeKey, homeOf, readHome } from './home.ts';
import { markingLastAttempt, mostSent, readLastAttempt, writeLastAttempt } from './last-attempt.ts';
import type { SqliteStore } from './open.ts';
import { openProvenance } from './provenance.ts';
import {
  account,
  attempt,
  noon,
  silentLog,
  standingClock,
  storeWithPost,
  target,
  temporaryFile,
  temporaryStore,
} from './sample.ts';

let file: string;
let lastAttempt: string;
let store: SqliteStore;

beforeEach(async () => {
  file = temporaryFile();
  lastAttempt = join(file, '..', 'last-attempt.json');
  store = markingLastAttempt(await storeWithPost(file), lastAttempt, silentLog);
  await store.attempts.insert(attempt());
});

const look = (of = store, at = file): Promise<Provenance> =>
  openProvenance(of, { store: at, lastAttempt }, { clock: standingClock(), log: silentLog });

function record(kind: string, of = store): Promise<void> {
  return of.transaction(({ attempts }) =>
    attempts.record({ attemptId: 'attempt-1', at: noon, monotonicAt: 0, bootId: 'boot-1', kind, detail: '' }),
  );
}

async function reopened(at = file): Promise<SqliteStore> {
  return markingLastAttempt(await temporaryStore(at), lastAttempt, silentLog);
}

describe('the last attempt', () => {
  it('is marked outside the store when something is about to be sent, and not before that is written', async () => {
    await record('intent');
    expect(readLastAttempt(lastAttempt)).toBeNull();
    await record('sending');
    expect(readLastAttempt(lastAttempt)).toMatchObject({ place: { position: 2 } });
    await expect(
      store.transaction(async ({ attempts }) => {
        await attempts.record({
          attemptId: 'attempt-1',
          at: noon,
          monotonicAt: 0,
          bootId: 'b',
          kind: 'sending',
          detail: '',
        });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(readLastAttempt(lastAttempt)).toMatchObject({ place: { position: 2 } });
    expect((await look()).olderSince).toBeNull();
  });

  it('lists all that was sent at the same moment', async () => {
    await store.accounts.insert(account({ id: 'account-2', remoteId: 'page-2' }));
    await store.targets.insert(target({ id: 'target-2', accountId: 'account-2' }));
    await store.attempts.insert(attempt({ id: 'attempt-2', targetId: 'target-2', accountId: 'account-2' }));
    const send = (attemptId: string): Promise<void> =>
      store.transaction(({ attempts }) =>
        attempts.record({ attemptId, at: noon, monotonicAt: 0, bootId: 'boot-1', kind: 'sending', detail: '' }),
      );
    await Promise.all([send('attempt-1'), send('attempt-2')]);
    const { place, sent } = readLastAttempt(lastAttempt) ?? { sent: [] };
    expect(sent.map(({ targetId }) => targetId).sort()).toEqual(['target-1', 'target-2']);
    expect(place?.position).toBe(2);
  });

  it('shows that a store is older: its log was deleted', async () => {
    await record('sending');
    const before = readFileSync(file);
    const log = readFileSync(`${file}-wal`);
    await record('published');
    await record('sending');
    await store.close();
    // As a crash leaves the files, and a cleaning tool the log.
    writeFileSync(file, before);
    writeFileSync(`${file}-wal`, log);
    const older = await reopened();
    expect((await look(older)).olderSince).toBe(noon);
  });

  it('shows that a store is of another day: the place has other words', async () => {
    const other = temporaryFile();
    await record('sending');
    const branch = await storeWithPost(other);
    await branch.attempts.insert(attempt());
    for (const kind of ['other', 'other', 'other']) await record(kind, branch);
    expect((await look(branch, other)).olderSince).toBe(noon);
  });

  it('says nothing of a store that is newer, as after a power cut, or when it is not there or not ours', async () => {
    await record('sending');
    const older = readFileSync(lastAttempt);
    await record('sending');
    writeFileSync(lastAttempt, older);
    expect((await look()).olderSince).toBeNull();
    writeFileSync(lastAttempt, older.subarray(0, 20));
    expect((await look()).olderSince).toBeNull();
    rmSync(lastAttempt);
    expect((await look()).olderSince).toBeNull();
  });

  it('is what the store knows once that is settled', async () => {
    await record('sending');
    const before = readFileSync(file);
    const log = readFileSync(`${file}-wal`);
    await record('sending');
    await store.close();
    writeFileSync(file, before);
    writeFileSync(`${file}-wal`, log);
    store = await reopened();
    const provenance = await look();
    expect(provenance.olderSince).not.toBeNull();
    await provenance.settle();
    expect((await look()).olderSince).toBeNull();
  });

  it('tells for which targets something was sent since, for as long as it lies beside its own data', async () => {
    expect((await look()).sentSince(0)).toBeNull();
    await record('sending');
    const provenance = await look();
    expect(provenance.sentSince(noon)).toEqual(new Set(['target-1']));
    expect(provenance.sentSince(noon + 1)).toEqual(new Set());
    await provenance.settle();
    expect((await look()).sentSince(noon)).toEqual(new Set(['target-1']));
    const full = Array.from({ length: mostSent }, (_, index) => ({ targetId: `other-${index}`, at: noon + index }));
    writeLastAttempt(lastAttempt, {
      place: readLastAttempt(lastAttempt)?.place ?? { position: 1, hash: '' },
      sent: full,
    });
    await record('sending');
    expect(readLastAttempt(lastAttempt)?.sent).toHaveLength(mostSent);
    expect((await look()).sentSince(noon)).toBeNull();
    expect((await look()).sentSince(noon + 900)).not.toBeNull();

    await store.close();
    const copied = join(file, '..', 'copy.db');
    copyFileSync(file, copied);
    expect((await look(await reopened(copied), copied)).sentSince(noon + 900)).toBeNull();
  });

  it('does not call its list complete for a time before it was begun anew', async () => {
    await record('sending');
    // As a power cut may leave a file that was not flushed.
    writeFileSync(lastAttempt, '');
    await store.transaction(({ attempts }) =>
      attempts.record({
        attemptId: 'attempt-1',
        at: noon + 1_000,
        monotonicAt: 0,
        bootId: 'b',
        kind: 'sending',
        detail: '',
      }),
    );
    expect((await look()).sentSince(noon - 1_000)).toBeNull();
  });

  it('is forgotten when an empty store is settled', async () => {
    await record('sending');
    const empty = await temporaryStore(join(file, '..', 'empty.db'));
    const provenance = await look(empty, join(file, '..', 'empty.db'));
    expect(provenance.olderSince).toBe(0);
    await provenance.settle();
    expect(existsSync(lastAttempt)).toBe(false);
  });

  it('does not undo a commit when it cannot be marked', async () => {
    const marking = markingLastAttempt(store, join(file, 'no-folder', 'mark'), silentLog);
    await record('sending', marking);
    expect((await store.attempts.events('attempt-1')).map(({ kind }) => kind)).toEqual(['sending']);
  });
});

describe('where the data lies', () => {
  const copyTo = (target: string): void => copyFileSync(file, target);

  it('is kept at the first start, and no question when it is moved on its disk', async () => {
    expect((await look()).isCopy).toBe(false);
    expect(readHome(await store.settings.get(homeKey))).toEqual(homeOf(file));
    await store.close();
    const moved = join(file, '..', 'moved.db');
    renameSync(file, moved);
    expect((await look(await reopened(moved), moved)).isCopy).toBe(false);
  });

  it('is a question in a copy, until that goes on', async () => {
    await look();
    await store.close();
    const copied = join(file, '..', 'copy.db');
    copyTo(copied);
    const copy = await reopened(copied);
    const provenance = await look(copy, copied);
    expect(provenance.isCopy).toBe(true);
    expect((await look(copy, copied)).isCopy).toBe(true);
    await provenance.settle();
    expect((await look(copy, copied)).isCopy).toBe(false);
  });
});
