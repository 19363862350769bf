import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { explain, isBusy } from './unusable.ts';

const inUse = 'AutoSocial AI is already running with this data folder. Close it, or choose another folder.';

/** Another run of the app works with the same data. */
export class AlreadyRunning extends Error {
  override name = 'AlreadyRunning';
}

/**
 * Keeps a second app off the same data. The lock is SQLite's own on a file made for it, so the
 * operating system frees it however the process ends.
 * @param file path of the lock file, beside the database
 * @returns a function that gives the lock back
 * @throws {AlreadyRunning | StoreUnusable}
 */
export function lockInstance(file: string): () => void {
  let database: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    database = new Database(file, { timeout: 0 });
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    throw isBusy(error) ? new AlreadyRunning(inUse) : explain(error, file);
  }
  const held = database;
  return () => {
    held.exec('ROLLBACK');
    held.close();
  };
}
