import { phrase } from '../../shared/domain/phrase.ts';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import type { Log } from '../core/ports/log.ts';
import { ballastOf } from './ballast.ts';
import { applicationId, schemaNumber } from './migrate.ts';
import { makeEmptyStore } from './new-file.ts';
import { asideMark, companions } from './set-aside.ts';
import {
  explain,
  ForeignDatabase,
  NewerDatabase,
  NotADatabase,
  StoreDamaged,
  StoreMissing,
  StoreOnNetworkDrive,
} from './unusable.ts';

/**
 * Makes the folder (0700) and an empty store (0600) where there are none; only their owner may read them.
 * @throws {StoreMissing} when the file alone is gone
 */
export function prepareFile(file: string, log: Log): void {
  const folder = dirname(resolve(file));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    keepPrivate(folder, 0o700, log);
    refuseNetworkDrive(file, folder);
    if (!existsSync(file)) {
      refuseLeftovers(file, folder);
      makeEmptyStore(file);
    }
    closeSync(openSync(file, 'a', 0o600));
    keepPrivate(file, 0o600, log);
  } catch (error) {
    throw explain(error, file);
  }
}

/** A store that was lost must not be taken for a first start: what was published would be published again. */
function refuseLeftovers(file: string, folder: string): void {
  const setAside = `${basename(file, extname(file))}${asideMark}`;
  const own = new Set([...companions.map((suffix) => basename(file) + suffix), basename(ballastOf(file))]);
  const left = readdirSync(folder).find((name) => own.has(name) || name.startsWith(setAside));
  if (left !== undefined) throw new StoreMissing(file, join(folder, left));
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
  if (statSync(file).size === 0) throw new StoreDamaged(file, phrase`it has no content`);
  if (!hasSqliteHeader(file)) throw new NotADatabase(file);
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true });
    refuseStrange(database, file, newestKnown);
  } catch (error) {
    throw explain(error, file);
  } finally {
    database?.close();
  }
}

/** @throws {ForeignDatabase | NewerDatabase} */
export function refuseStrange(database: Database.Database, file: string, newestKnown: number): void {
  if (database.pragma('application_id', { simple: true }) !== applicationId) throw new ForeignDatabase(file);
  const found = schemaNumber(database);
  if (found > newestKnown) throw new NewerDatabase(file, found, newestKnown);
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
