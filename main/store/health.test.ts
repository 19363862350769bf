import { closeSync, existsSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { connectionTo } from '../../test/reliability/connections.ts';
import { diskOf } from '../host/disk.ts';
import { ballastBytes, ballastOf } from './ballast.ts';
import type { Disk } from './health.ts';
import { openStore } from './open.ts';
import { client, post, silentLog, standingClock, temporaryFile } from './sample.ts';
import { DiskFull, StoreBusy, StoreDamaged, StoreNotWritable } from './unusable.ts';

const megabyte = 1_048_576;

/** A disk of which the test says how much is free. */
function givenDisk(megabytes: number): Disk & { megabytes: number } {
  const disk = { megabytes, freeBytes: () => disk.megabytes * megabyte };
  return disk;
}

async function storeOn(disk: Disk, file = temporaryFile()) {
  const clock = standingClock();
  const store = await openStore({ file, clock, log: silentLog, disk });
  onTestFinished(() => store.close());
  return { file, clock, store };
}

describe('free space', () => {
  it('is 200 MB to begin with and 50 MB from then on, and sending goes on by itself', async () => {
    const disk = givenDisk(199);
    const { store, file } = await storeOn(disk);
    expect(store.halt()).toMatchObject({
      code: 'disk',
      message: expect.stringMatching(/^The disk is full, publishing is paused.* 200 MB .*goes on by itself/),
    });
    expect(store.halt()?.message).toContain(file);
    disk.megabytes = 200;
    expect(store.halt()).toBeNull();
    disk.megabytes = 50;
    expect(store.halt()).toBeNull();
    disk.megabytes = 49;
    expect(store.halt()).toMatchObject({ code: 'disk', message: expect.stringContaining(' 50 MB ') });
    disk.megabytes = 50;
    expect(store.halt()).toBeNull();
  });

  it('that cannot be told stops sending', async () => {
    const disk = givenDisk(1_000);
    const { store } = await storeOn(disk);
    disk.freeBytes = () => {
      throw new Error('EIO: i/o error, statfs');
    };
    expect(store.halt()).toMatchObject({ code: 'disk', message: expect.stringContaining('EIO') });
  });

  it('of the real disk is a number, asked every two seconds', () => {
    const clock = standingClock();
    const disk = diskOf(dirname(temporaryFile()), clock);
    expect(disk.freeBytes()).toBeGreaterThan(0);
    const gone = diskOf('/nowhere/at/all', clock);
    expect(() => gone.freeBytes()).toThrow(/ENOENT/);
  });
});

describe('ballast', () => {
  it('is held while there is room, and is really written', async () => {
    const { file } = await storeOn(givenDisk(1_000));
    await vi.waitUntil(() => existsSync(ballastOf(file)));
    const { size, blocks } = statSync(ballastOf(file));
    expect(size).toBe(ballastBytes);
    expect(blocks * 512).toBeGreaterThanOrEqual(ballastBytes);
  });

  it('is not held while there is little room, but later', async () => {
    const disk = givenDisk(60);
    const { file, store, clock } = await storeOn(disk);
    await store.clients.insert(client());
    expect(existsSync(ballastOf(file))).toBe(false);
    disk.megabytes = 500;
    clock.at += 61_000;
    await store.clients.update('client-1', { name: 'B' });
    await vi.waitUntil(() => existsSync(ballastOf(file)));
  });

  it('keeps a lost store from being begun anew', async () => {
    const { file, store } = await storeOn(givenDisk(1_000));
    await vi.waitUntil(() => existsSync(ballastOf(file)));
    await store.close();
    const elsewhere = join(dirname(file), 'other.db');
    await expect(openStore({ file: elsewhere, clock: standingClock(), log: silentLog })).rejects.toThrow(
      /is missing, but/,
    );
  });
});

describe('a write that fails', () => {
  it('for want of room stops sending, undoes all of it, and is tried again when the gate asks', async () => {
    const { file, store, clock } = await storeOn(givenDisk(1_000));
    const connection = connectionTo(file);
    expect(store.halt()).toBeNull();
    connection.pragma(`max_page_count = ${connection.pragma('page_count', { simple: true })}`);
    const writing = store.transaction(async (within) => {
      await within.clients.insert(client());
      for (let number = 0; number < 50; number++) await within.posts.insert(post({ id: `post-${number}` }));
    });
    await expect(writing).rejects.toThrow(DiskFull);
    expect(await store.clients.get('client-1')).toBeUndefined();
    expect(store.halt()).toMatchObject({
      code: 'disk',
      message: expect.stringMatching(/^The disk is full, publishing is paused/),
    });

    connection.pragma('max_page_count = 1000000');
    expect(store.halt()).not.toBeNull();
    clock.at += 1_000;
    expect(store.halt()).toBeNull();
  });

  it('for want of room is made good by the ballast', async () => {
    const { file, store } = await storeOn(givenDisk(1_000));
    await vi.waitUntil(() => existsSync(ballastOf(file)));
    const connection = connectionTo(file);
    const pages = connection.pragma('page_count', { simple: true });
    connection.pragma(`max_page_count = ${pages}`);
    let tries = 0;
    await store.transaction(async (within) => {
      tries += 1;
      // The room that the ballast gave back.
      if (!existsSync(ballastOf(file))) connection.pragma('max_page_count = 1000000');
      await within.clients.insert(client());
      for (let number = 0; number < 50; number++) await within.posts.insert(post({ id: `post-${number}` }));
    });
    expect(tries).toBe(2);
    expect(await store.posts.get('post-49')).toBeDefined();
    expect(store.halt()).toBeNull();
  });

  it('because the file cannot be written stops sending until it can', async () => {
    const { file, store, clock } = await storeOn(givenDisk(1_000));
    const connection = connectionTo(file);
    connection.pragma('query_only = ON');
    await expect(store.clients.insert(client())).rejects.toThrow(StoreNotWritable);
    clock.at += 10_000;
    expect(store.halt()).toMatchObject({
      code: 'disk',
      message: expect.stringMatching(/cannot be written.*paused until this works again/),
    });
    connection.pragma('query_only = OFF');
    clock.at += 1_000;
    expect(store.halt()).toBeNull();
  });

  it('because another program holds the file stops sending until it lets go', async () => {
    const { file, store, clock } = await storeOn(givenDisk(1_000));
    const other = new Database(file);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    await expect(store.clients.insert(client())).rejects.toThrow(StoreBusy);
    clock.at += 1_000;
    expect(store.halt()).toMatchObject({ code: 'disk', message: expect.stringMatching(/^Another program is holding/) });
    other.exec('ROLLBACK');
    clock.at += 1_000;
    expect(store.halt()).toBeNull();
  });

  it('is forgotten with the next one that works', async () => {
    const { file, store } = await storeOn(givenDisk(1_000));
    const connection = connectionTo(file);
    connection.pragma('query_only = ON');
    await expect(store.clients.insert(client())).rejects.toThrow(StoreNotWritable);
    connection.pragma('query_only = OFF');
    await store.clients.insert(client());
    expect(store.halt()).toBeNull();
  });
});

describe('damage that is met while the store is in use', () => {
  it('stops sending for good, and is looked for at the next start', async () => {
    const { file, store } = await storeOn(givenDisk(1_000));
    await store.clients.insert(client());
    const { root, pageSize } = rootOf(file, 'clients');
    await store.close();
    const again = await openStore({ file, clock: standingClock(), log: silentLog });
    ruin(file, root, pageSize);
    connectionTo(file).pragma('shrink_memory');
    await expect(again.clients.get('client-1')).rejects.toThrow(StoreDamaged);
    expect(again.halt()).toMatchObject({
      code: 'damaged',
      message: expect.stringMatching(/is damaged.*nothing is published/),
    });
    await again.settings.put('a', 1, 1);
    expect(again.halt()).not.toBeNull();
    await again.close();
    await expect(openStore({ file, clock: standingClock(), log: silentLog })).rejects.toThrow(StoreDamaged);
  });
});

function rootOf(file: string, table: string): { root: number; pageSize: number } {
  const database = new Database(file, { readonly: true });
  try {
    const root = database
      .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
      .pluck()
      .get(table);
    return { root: root ?? 0, pageSize: Number(database.pragma('page_size', { simple: true })) };
  } finally {
    database.close();
  }
}

function ruin(file: string, page: number, pageSize: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (page - 1) * pageSize);
  closeSync(descriptor);
}
