import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  existsSync,
  openSync,
  writeSync,
  closeSync,
  chmodSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { applicationId } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { openStore } from './open.ts';
import { client, noon, silentLog, standingClock, temporaryFile, temporaryStore } from './sample.ts';
import {
  ForeignDatabase,
  NewerDatabase,
  NotADatabase,
  StoreDamaged,
  StoreMissing,
  StoreNotWritable,
} from './unusable.ts';

const open = (file: string, now = noon) => openStore({ file, clock: standingClock(now), log: silentLog });
const newest = migrations.at(-1)?.number ?? 0;

/** Opens the file beside the app and lets `work` do with it what it likes. */
function meddle(file: string, work: (database: Database.Database) => void): void {
  const database = new Database(file);
  work(database);
  database.close();
}

async function closedStore(): Promise<string> {
  const file = temporaryFile();
  const store = await open(file);
  await store.clients.insert(client());
  await store.close();
  return file;
}

describe('opening', () => {
  it('makes a private file with our mark, and finds its rows again', async () => {
    const file = join(dirname(temporaryFile()), 'new', 'folder', 'autosocial.db');
    const store = await open(file);
    await store.clients.insert(client());
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
    expect(store.info).toMatchObject({ file, schema: newest, stoppedUncleanly: false });
    await store.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
    meddle(file, (database) => {
      expect(database.pragma('application_id', { simple: true })).toBe(applicationId);
      expect(database.pragma('user_version', { simple: true })).toBe(newest);
    });
    const again = await temporaryStore(file);
    expect(await again.clients.get('client-1')).toEqual(client());
    expect(again.info.stoppedUncleanly).toBe(false);
  });

  it('takes other people’s rights from a folder and file that had them', async () => {
    const file = await closedStore();
    chmodSync(dirname(file), 0o755);
    chmodSync(file, 0o644);
    await (await open(file)).close();
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('takes a path with a space, a quote and letters of any script', async () => {
    const file = join(dirname(temporaryFile()), "Ada's Büro データ", 'a b%20?.db');
    await (await open(file)).close();
    expect(statSync(file).size).toBeGreaterThan(0);
  });

  it('closes once, and then says so', async () => {
    const store = await open(temporaryFile());
    await Promise.all([store.close(), store.close()]);
    await expect(store.clients.get('x')).rejects.toThrow(/destroyed/);
  });

  it('begins anew what a crash left of the very first start', async () => {
    const file = temporaryFile();
    meddle(`${file}.unfinished`, (database) => database.exec('CREATE TABLE half (x)'));
    writeFileSync(`${file}.unfinished-journal`, 'half');
    await (await open(file)).close();
    expect(readdirSync(dirname(file))).toEqual(['autosocial.db']);
  });
});

describe('a file it cannot use is refused and stays as it is:', () => {
  async function expectRefused(file: string, error: new (...args: never[]) => Error, text: RegExp): Promise<void> {
    const before = readFileSync(file);
    await expect(open(file)).rejects.toThrow(error);
    await expect(open(file)).rejects.toThrow(text);
    expect(readFileSync(file)).toEqual(before);
  }

  it('one of a newer version', async () => {
    const file = await closedStore();
    meddle(file, (database) => database.pragma(`user_version = ${newest + 1}`));
    await expectRefused(file, NewerDatabase, /This data is from a newer version of AutoSocial AI/);
  });

  it('one of another program', async () => {
    const file = temporaryFile();
    meddle(file, (database) => {
      database.exec('CREATE TABLE theirs (x)');
      database.pragma('application_id = 1234');
    });
    await expectRefused(file, ForeignDatabase, /a database of another program/);
  });

  it('one of a program that does not mark its files', async () => {
    const file = temporaryFile();
    meddle(file, (database) => database.exec('CREATE TABLE clients (x)'));
    await expectRefused(file, ForeignDatabase, /a database of another program/);
  });

  it.each([
    ['text', 'Dear diary,\n'],
    ['one byte', 'S'],
    ['zeros', '\0'.repeat(8_192)],
  ])('one that is no database: %s', async (_, content) => {
    const file = temporaryFile();
    writeFileSync(file, content);
    await expectRefused(file, NotADatabase, /is not a database of AutoSocial AI/);
  });

  it('one that was cut off', async () => {
    const file = await closedStore();
    truncateSync(file, 4_096);
    await expectRefused(file, StoreDamaged, /is damaged .* restore a backup/);
  });

  it('one without content, which only a lost or cut file has', async () => {
    const file = temporaryFile();
    writeFileSync(file, '');
    await expectRefused(file, StoreDamaged, /it has no content/);
  });

  it('one with a damaged table', async () => {
    const file = await closedStore();
    overwriteTablePage(file, 'clients');
    await expectRefused(file, StoreDamaged, /is damaged/);
  });

  it('one with an index that does not fit its table', async () => {
    const file = await closedStore();
    meddle(file, (database) => {
      database.unsafeMode();
      database.pragma('writable_schema = ON');
      database.exec(
        "UPDATE sqlite_schema SET sql = replace(sql, '(sort_name, id)', '(name, id)') WHERE name = 'clients_by_name'",
      );
    });
    await expectRefused(file, StoreDamaged, /is damaged/);
  });

  it('none, where something of a store is left', async () => {
    const file = temporaryFile();
    for (const left of [`${file}-wal`, join(dirname(file), 'ballast')]) {
      writeFileSync(left, 'left');
      await expect(open(file)).rejects.toThrow(StoreMissing);
      await expect(open(file)).rejects.toThrow(/is missing, but .* is still there/);
      expect(readdirSync(dirname(file))).toHaveLength(1);
      rmSync(left);
    }
  });

  it('a folder where a file is in the way', async () => {
    const file = temporaryFile();
    writeFileSync(file, '');
    await expect(open(join(file, 'autosocial.db'))).rejects.toThrow(StoreNotWritable);
    await expect(open(join(file, 'autosocial.db'))).rejects.toThrow(/Check that the folder exists/);
  });
});

describe('after a crash', () => {
  it('finds what was committed, and damage at once', async () => {
    const file = await closedStore();
    const crashed = new Database(file);
    crashed.prepare("UPDATE clients SET name = 'Renamed'").run();
    writeFileSync(`${file}.wal-copy`, readFileSync(`${file}-wal`));
    const main = readFileSync(file);
    crashed.close();
    writeFileSync(file, main);
    writeFileSync(`${file}-wal`, readFileSync(`${file}.wal-copy`));
    const store = await open(file);
    expect(store.info.stoppedUncleanly).toBe(true);
    expect((await store.clients.get('client-1'))?.name).toBe('Renamed');
    await store.close();

    overwriteTablePage(file, 'brand_assets');
    writeFileSync(`${file}-wal`, 'x');
    await expect(open(file)).rejects.toThrow(StoreDamaged);
  });
});

describe('settings of the connection', () => {
  it('refuse rows that break a rule of the schema', async () => {
    const store = await temporaryStore();
    await expect(store.clients.putRules('nobody', {} as never, noon)).rejects.toThrow(/FOREIGN KEY/);
    await expect(store.clients.insert(client({ status: 'gone' as never }))).rejects.toThrow(/CHECK/);
    await expect(store.clients.insert(client({ createdAt: 'today' as never }))).rejects.toThrow(/cannot store TEXT/);
  });
});

/** Fills the table's root page with nonsense, as a bad disk would. */
function overwriteTablePage(file: string, table: string): void {
  let page = 0;
  let pageSize = 0;
  meddle(file, (database) => {
    const row = database.prepare<[string], { rootpage: number }>('SELECT rootpage FROM sqlite_schema WHERE name = ?');
    page = row.get(table)?.rootpage ?? 0;
    pageSize = Number(database.pragma('page_size', { simple: true }));
  });
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (page - 1) * pageSize);
  closeSync(descriptor);
}

describe.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('a store on a disk that is full', () => {
  it('can be closed, and holds everything when it is opened with room again', async () => {
    const folder = dirname(temporaryFile());
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder]);
    onTestFinished(() => void execFileSync('umount', ['-l', folder]));
    const file = join(folder, 'data', 'autosocial.db');
    const store = await open(file);
    // In the log only: the file itself has to grow for it.
    await store.transaction(async ({ clients }) => {
      for (let number = 0; number < 200; number += 1) {
        await clients.insert(
          client({ id: `client-${number}`, name: `Client ${number}`, brandVoice: 'x'.repeat(2_000) }),
        );
      }
    });
    const filler = join(folder, 'filler');
    for (const size of [65_536, 1_024]) {
      expect(() => {
        for (;;) appendFileSync(filler, Buffer.alloc(size, 1));
      }).toThrow(/ENOSPC/);
    }
    await store.close();
    rmSync(filler);
    const again = await open(file);
    expect((await again.clients.get('client-199'))?.name).toBe('Client 199');
    await again.close();
  });
});
