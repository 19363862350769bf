import { chmodSync, closeSync, mkdirSync, openSync, readSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { Log } from '../core/ports/log.ts';
import { applicationId, schemaNumber } from './migrate.ts';
import {
  codeOf,
  explain,
  ForeignDatabase,
  NewerDatabase,
  NotADatabase,
  StoreNotWritable,
  StoreOnNetworkDrive,
} from './unusable.ts';

/** Makes the folder (0700) and an empty file (0600) where there are none; only their owner may read them. */
export function prepareFile(file: string, log: Log): void {
  const folder = dirname(resolve(file));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    keepPrivate(folder, 0o700, log);
    refuseNetworkDrive(file, folder);
    closeSync(openSync(file, 'a', 0o600));
    keepPrivate(file, 0o600, log);
  } catch (error) {
    if (codeOf(error)?.startsWith('E')) throw new StoreNotWritable(file, { cause: error });
    throw error;
  }
}

/** True when the last process that wrote here did not close the file: SQLite's log is still beside it. */
export function wasStoppedUncleanly(file: string): boolean {
  return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * Looks at a file without changing it.
 * @throws {NotADatabase | ForeignDatabase | NewerDatabase | StoreDamaged}
 */
export function inspectFile(file: string, newestKnown: number): void {
  if (statSync(file).size === 0) return;
  if (!hasSqliteHeader(file)) throw new NotADatabase(file);
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true });
    refuseForeign(database, file);
    const found = schemaNumber(database);
    if (found > newestKnown) throw new NewerDatabase(file, found, newestKnown);
  } catch (error) {
    throw explain(error, file);
  } finally {
    database?.close();
  }
}

function refuseForeign(database: Database.Database, file: string): void {
  const found = database.pragma('application_id', { simple: true });
  if (found === applicationId) return;
  const tables = database.prepare<[], { count: number }>('SELECT count(*) AS count FROM sqlite_schema').get();
  // A crash before our first migration leaves a file with no mark and nothing in it.
  const isBlank = found === 0 && schemaNumber(database) === 0 && tables?.count === 0;
  if (!isBlank) throw new ForeignDatabase(file);
}

function hasSqliteHeader(file: string): boolean {
  const header = Buffer.alloc(16);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return header.toString('latin1') === 'SQLite format 3\0';
}

function keepPrivate(path: string, mode: number, log: Log): void {
  if (process.platform === 'win32' || (statSync(path).mode & 0o777) === mode) return;
  try {
    chmodSync(path, mode);
  } catch (error) {
    log.warn('others on this computer may be able to read the data', { path, error: String(error) });
  }
}

/** Linux's numbers for NFS, SMB1, CIFS and SMB2, from its `statfs` manual page. */
const networkFileSystems = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42]);

/** SQLite's documentation: WAL does not work on a network file system. */
function refuseNetworkDrive(file: string, folder: string): void {
  const isShare = process.platform === 'win32' && folder.startsWith('\\\\');
  const isMount = process.platform === 'linux' && networkFileSystems.has(statfsSync(folder).type);
  if (isShare || isMount) throw new StoreOnNetworkDrive(file);
}
