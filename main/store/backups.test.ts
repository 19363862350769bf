import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { BackupFailed } from '../core/ports/backups.ts';
import { openBackups, type StoredBackups } from './backups.ts';
import { schemaNumber } from './migrate.ts';
import { openStore, type SqliteStore } from './open.ts';
import { finishReplacement } from './replacement.ts';
import { client, noon, post, silentLog, standingClock, storeWithPost, temporaryFile } from './sample.ts';

let file: string;
let folder: string;
let clock: ReturnType<typeof standingClock>;
let store: SqliteStore;
let backups: StoredBackups;

beforeEach(async () => {
  file = temporaryFile();
  folder = join(dirname(file), 'backups');
  clock = standingClock();
  store = await storeWithPost(file);
  backups = openBackups({ file, folder, clock, log: silentLog });
});

/** Changes bytes of a file where they lie. */
function overwrite(path: string, at: number, bytes: string): void {
  const descriptor = openSync(path, 'r+');
  writeSync(descriptor, bytes, at);
  closeSync(descriptor);
}

function captionsIn(path: string): string[] {
  const database = new Database(path, { readonly: true });
  onTestFinished(() => void database.close());
  return database.prepare<[], string>('SELECT caption FROM content_pipeline ORDER BY id').pluck().all();
}

describe('a backup', () => {
  it('is one checked file that holds what the store held, and says so', async () => {
    const taken = await backups.take('person');
    expect(taken).toMatchObject({ takenAt: noon, occasion: 'person', verifiedAt: noon, posts: 1, clients: 1 });
    expect(taken.id).toBe(`2026-11-24T12-00-00-000Z.person.s${store.info.schema}`);
    expect(readdirSync(folder).sort()).toEqual([`${taken.id}.db`, `${taken.id}.json`]);
    expect(await backups.list()).toEqual([taken]);
    await store.posts.update('post-1', { caption: 'Changed afterwards' });
    expect(captionsIn(join(folder, `${taken.id}.db`))).toEqual(['Fresh “Brötchen” 🥐']);
  });

  it('can be read by nobody else', async () => {
    await backups.take('hourly');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder))
      expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
  });

  it('holds what was committed although it is still in the log beside the file', async () => {
    await store.posts.insert(post({ id: 'post-2', caption: 'Just written' }));
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    const { id } = await backups.take('hourly');
    expect(captionsIn(join(folder, `${id}.db`))).toContain('Just written');
  });

  it('is the store of one instant although it is written to meanwhile', async () => {
    let isDone = false;
    const taking = backups.take('hourly').finally(() => {
      isDone = true;
    });
    let written = 0;
    while (!isDone) {
      written += 1;
      await store.transaction(async (within) => {
        await within.clients.insert(client({ id: `new-${written}` }));
        await within.posts.insert(post({ id: `new-${written}`, clientId: `new-${written}` }));
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { posts, clients } = await taking;
    expect(written).toBeGreaterThan(1);
    expect(posts).toBe(clients);
  });

  it('gets a name of its own although the clock stands still', async () => {
    const first = await backups.take('hourly');
    const second = await backups.take('hourly');
    expect(second.id).toBe(`${first.id}.2`);
    expect(await backups.list()).toHaveLength(2);
  });

  it('is listed newest first, and gone when it is removed', async () => {
    const older = await backups.take('hourly');
    clock.at += 3_600_000;
    const newer = await backups.take('hourly');
    expect((await backups.list()).map(({ id }) => id)).toEqual([newer.id, older.id]);
    await backups.remove(older.id);
    expect((await backups.list()).map(({ id }) => id)).toEqual([newer.id]);
    expect(readdirSync(folder)).toHaveLength(2);
    await expect(backups.remove(older.id)).rejects.toThrow(BackupFailed);
  });
});

describe('no backup', () => {
  it('is made of a damaged store, and nothing stays behind', async () => {
    await store.close();
    const damaged = join(dirname(file), 'damaged.db');
    copyFileSync(file, damaged);
    for (let page = 2; page < 20; page += 1) overwrite(damaged, page * 4096 + 16, 'X'.repeat(600));
    const broken = openBackups({ file: damaged, folder, clock, log: silentLog });
    await expect(broken.take('hourly')).rejects.toThrow(/damaged/);
    expect(readdirSync(folder)).toEqual([]);
    expect(await broken.list()).toEqual([]);
  });

  it('is made of a file of another program', async () => {
    const foreign = join(dirname(file), 'foreign.db');
    const database = new Database(foreign);
    database.exec('CREATE TABLE notes (text)');
    database.close();
    await expect(openBackups({ file: foreign, folder, clock, log: silentLog }).take('hourly')).rejects.toThrow(
      /another program/,
    );
  });

  it('counts that was cut, lost, or never finished', async () => {
    const cut = await backups.take('hourly');
    clock.at += 1;
    const lost = await backups.take('hourly');
    clock.at += 1;
    const good = await backups.take('hourly');
    overwrite(join(folder, `${cut.id}.db`), cut.bytes, 'more');
    rmSync(join(folder, `${lost.id}.db`));
    writeFileSync(join(folder, 'notes.json'), '{"mine":true}');
    writeFileSync(join(folder, 'broken.json'), '{');
    expect(await backups.list()).toEqual([good]);
  });

  it('is left of one that a crash interrupted, and nothing of a person is removed with it', async () => {
    mkdirSync(folder);
    for (const name of ['2026-11-24T09-00-00-000Z.partial', '2026-11-24T09-00-00-000Z.partial-journal']) {
      writeFileSync(join(folder, name), 'half');
    }
    writeFileSync(join(folder, '2026-11-24T08-00-00-000Z.hourly.s10.db'), 'without a manifest');
    writeFileSync(join(folder, 'my own copy.db'), 'mine');
    const { id } = await backups.take('hourly');
    expect(readdirSync(folder).sort()).toEqual([`${id}.db`, `${id}.json`, 'my own copy.db'].sort());
  });
});

describe('a backup that is to be used', () => {
  it('is good when every byte is as it was written, and refused when one is not', async () => {
    const { id } = await backups.take('hourly');
    await backups.verify(id);
    const path = join(folder, `${id}.db`);
    // In the middle of a text, where no check of SQLite's own looks.
    const at = readFileSync(path).indexOf('Fresh');
    overwrite(path, at, 'f');
    await expect(backups.verify(id)).rejects.toThrow(/changed/);
    await expect(backups.rehearse(id, noon)).rejects.toThrow(/changed/);
    await expect(backups.verify('2020-01-01T00-00-00-000Z.hourly.s10')).rejects.toThrow(/not there/);
  });

  it('of a newer version is refused', async () => {
    const { id } = await backups.take('hourly');
    const manifest = join(folder, `${id}.json`);
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"schema":\d+/, '"schema":9990'));
    await expect(backups.verify(id)).rejects.toThrow(/newer version/);
  });

  it('is rehearsed: opened as a copy, with its logins and what would be due', async () => {
    const { id } = await backups.take('hourly');
    const before = readFileSync(join(folder, `${id}.db`));
    const rehearsal = await backups.rehearse(id, noon);
    expect(rehearsal.duePosts).toBe(1);
    expect(rehearsal.accounts).toMatchObject([{ id: 'account-1', sealedAccessToken: 'c2VhbGVk' }]);
    expect((await backups.rehearse(id, noon - 1)).duePosts).toBe(0);
    expect(readFileSync(join(folder, `${id}.db`)).equals(before)).toBe(true);
    expect(readdirSync(folder)).toHaveLength(2);
  });
});

describe('before an update', () => {
  const fixture = join(import.meta.dirname, 'migrations', 'fixtures', '010.sql');
  let old: string;

  beforeEach(() => {
    old = join(dirname(file), 'old.db');
    const database = new Database(old);
    database.exec(readFileSync(fixture, 'utf8'));
    database.close();
    backups = openBackups({ file: old, folder, clock, log: silentLog });
  });

  const open = (beforeMigration: () => Promise<unknown>): Promise<SqliteStore> =>
    openStore({ file: old, clock, log: silentLog, beforeMigration });

  it('the data is backed up as it was, and comes back from there in the new form', async () => {
    const updated = await open(() => backups.take('update'));
    const [backup] = await backups.list();
    expect(backup).toMatchObject({ occasion: 'update', schema: 10 });
    expect(updated.info.schema).toBeGreaterThan(10);
    const clients = await updated.clients.list({ limit: 200 });
    await updated.clients.insert(client({ id: 'afterwards' }));
    await updated.close();
    await backups.prepareRestore(backup?.id ?? '');
    finishReplacement(old, clock);
    const restored = await open(() => Promise.reject(new Error('There is nothing left to update.')));
    expect(await restored.clients.list({ limit: 200 })).toEqual(clients);
    await restored.close();
  });

  it('nothing is changed when the backup fails', async () => {
    const before = captionsIn(old);
    await expect(open(() => Promise.reject(new BackupFailed('The disk is full.')))).rejects.toThrow(
      'The disk is full.',
    );
    const database = new Database(old, { readonly: true });
    onTestFinished(() => void database.close());
    expect(schemaNumber(database)).toBe(10);
    expect(captionsIn(old)).toEqual(before);
  });
});
