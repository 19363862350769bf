import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SqliteStore } from './open.ts';
import { account, attempt, noon, storeWithPost, target, temporaryFile } from './sample.ts';

function event(attemptId: string, kind: string, detail = 'détail “with” quotes', at = noon) {
  return { attemptId, at, monotonicAt: 12.375, bootId: 'boot-1', kind, detail };
}

async function storeWithJournal(file: string): Promise<SqliteStore> {
  const store = await storeWithPost(file);
  await store.accounts.insert(account({ id: 'account-2', remoteId: 'page-2' }));
  await store.targets.insert(target({ id: 'target-2', accountId: 'account-2' }));
  await store.attempts.insert(attempt());
  await store.attempts.insert(attempt({ id: 'attempt-2', targetId: 'target-2' }));
  for (const [id, kind] of [
    ['attempt-1', 'intent'],
    ['attempt-2', 'intent'],
    ['attempt-1', 'sending'],
    ['attempt-2', 'sending'],
    ['attempt-1', 'published'],
  ] as const) {
    await store.attempts.record(event(id, kind));
  }
  return store;
}

/** Another program on the same file. */
function besides(file: string): Database.Database {
  const database = new Database(file);
  onTestFinished(() => void database.close());
  return database;
}

describe('the journal', () => {
  it('keeps the events of each attempt in order, counting by itself', async () => {
    const store = await storeWithJournal(temporaryFile());
    expect(await store.attempts.events('attempt-2')).toEqual([
      { ...event('attempt-2', 'intent'), sequence: 1 },
      { ...event('attempt-2', 'sending'), sequence: 2 },
    ]);
    expect((await store.attempts.events('attempt-1')).map(({ kind }) => kind)).toEqual([
      'intent',
      'sending',
      'published',
    ]);
    expect(await store.attempts.events('nobody')).toEqual([]);
  });

  it('takes no event of an attempt that is not there', async () => {
    const store = await storeWithJournal(temporaryFile());
    await expect(store.attempts.record(event('nobody', 'intent'))).rejects.toThrow(/FOREIGN KEY/);
    expect(await store.verifyJournal()).toEqual({ events: 5, broken: null });
  });

  it('counts right when many write at once', async () => {
    const store = await storeWithJournal(temporaryFile());
    await Promise.all(Array.from({ length: 50 }, (_, index) => store.attempts.record(event('attempt-2', `k${index}`))));
    const sequences = (await store.attempts.events('attempt-2')).map(({ sequence }) => sequence);
    expect(sequences).toEqual(Array.from({ length: 52 }, (_, index) => index + 1));
    expect(await store.verifyJournal()).toEqual({ events: 55, broken: null });
  });

  it('leaves no event of a step that failed', async () => {
    const store = await storeWithJournal(temporaryFile());
    const failing = store.transaction(async ({ attempts }) => {
      await attempts.record(event('attempt-1', 'x'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await store.attempts.record(event('attempt-1', 'y'));
    expect(await store.verifyJournal()).toEqual({ events: 6, broken: null });
  });

  it('cannot be changed or cut, not even with SQL', async () => {
    const file = temporaryFile();
    await storeWithJournal(file);
    const other = besides(file);
    for (const table of ['attempt_events', 'post_logs']) {
      expect(() => other.exec(`DELETE FROM ${table}`)).toThrow(/only ever added to/);
      expect(() => other.exec(`UPDATE ${table} SET kind = 'x'`)).toThrow(/only ever added to/);
    }
  });

  it.each([
    ['changed', "UPDATE attempt_events SET detail = 'x' WHERE position = 3", 3],
    ['moved to another time', 'UPDATE attempt_events SET at = at + 1 WHERE position = 1', 1],
    [
      'given to another attempt',
      "UPDATE attempt_events SET attempt_id = 'attempt-2', sequence = 9 WHERE position = 5",
      5,
    ],
    ['removed', 'DELETE FROM attempt_events WHERE position = 2', 3],
    ['removed from the front', 'DELETE FROM attempt_events WHERE position = 1', 2],
    [
      'removed, with those behind moved up',
      'DELETE FROM attempt_events WHERE position = 4; UPDATE attempt_events SET position = 4 WHERE position = 5',
      4,
    ],
  ])('shows an event that was %s', async (_, sql, position) => {
    const file = temporaryFile();
    const store = await storeWithJournal(file);
    expect(await store.verifyJournal()).toEqual({ events: 5, broken: null });
    besides(file).exec(`DROP TRIGGER attempt_events_stay; DROP TRIGGER attempt_events_are_kept; ${sql}`);
    expect((await store.verifyJournal()).broken?.position).toBe(position);
  });
});

describe('the log of a post', () => {
  it('tells each event and each new state of a target, in order', async () => {
    const file = temporaryFile();
    const store = await storeWithPost(file);
    await store.attempts.insert(attempt());
    await store.transaction(async (repositories) => {
      await repositories.attempts.record(event('attempt-1', 'sending', 'Sent'));
      await repositories.targets.update('target-1', { status: 'publishing', updatedAt: noon + 1 });
    });
    await store.targets.update('target-1', { status: 'publishing', updatedAt: noon + 2 });
    await store.targets.update('target-1', { tries: 1, updatedAt: noon + 3 });
    const rows = besides(file)
      .prepare('SELECT post_id, target_id, attempt_id, at, kind, message FROM post_logs ORDER BY id')
      .all();
    const about = { post_id: 'post-1', target_id: 'target-1' };
    expect(rows).toEqual([
      { ...about, attempt_id: null, at: noon, kind: 'target.status', message: 'pending' },
      { ...about, attempt_id: 'attempt-1', at: noon, kind: 'sending', message: 'Sent' },
      { ...about, attempt_id: null, at: noon + 1, kind: 'target.status', message: 'pending → publishing' },
    ]);
  });
});
