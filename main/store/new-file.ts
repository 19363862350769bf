import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { StoreUnusable } from './unusable.ts';

/**
 * Makes a database that appears under its name whole and on the disk, or not at all. It is built under
 * another name; what a crash leaves of that is built anew.
 * @param file path of the new database; only its owner may read it
 * @param fill writes what is to be in it
 * @returns what `fill` gives back
 * @throws {StoreUnusable} when something of that name is there
 */
export function makeFile<T>(file: string, fill: (database: Database.Database) => T): T {
  const building = `${file}${unfinished}`;
  removeDraft(building);
  closeSync(openSync(building, 'wx', 0o600));
  const database = new Database(building);
  try {
    database.pragma('synchronous = FULL');
    const result = fill(database);
    database.close();
    if (existsSync(file)) throw new StoreUnusable(file, `${file} is there already. Nothing was changed.`);
    renameSync(building, file);
    syncFolder(dirname(file));
    return result;
  } finally {
    database.close();
    removeDraft(building);
  }
}

/** Makes a store with nothing in it. @throws {StoreUnusable} when something of that name is there */
export function makeEmptyStore(file: string): void {
  makeFile(file, (database) => migrate(database, migrations));
}

/** Ends the name of a database that is being made. */
export const unfinished = '.unfinished';

/** Makes new and changed names in a folder last over a power cut, where the system can be asked to. */
export function syncFolder(folder: string): void {
  // Windows writes names through by itself, and opens no folders.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Removes a database that was only a draft, with the logs that SQLite keeps beside it. */
export function removeDraft(file: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(file + suffix, { force: true });
}
