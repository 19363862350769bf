import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { CamelCasePlugin, Kysely, sql } from 'kysely';
import type { Halt } from '../core/control/halts.ts';
import type { Log } from '../core/ports/log.ts';
import type { StoreFacts } from '../core/ports/machine.ts';
import type { Repositories, Store } from '../core/ports/store.ts';
import type { Clock } from '../core/ports/time.ts';
import { type Ballast, createBallast } from './ballast.ts';
import { busyTimeoutMs, whenFree } from './busy.ts';
import { type JournalCheck, journalEnd, type JournalPlace, knowsPlace, verifyJournal } from './chain.ts';
import { checkWhenDue, noteDoubt, noteHealthy, noteTried } from './check.ts';
import { sqliteDialect } from './dialect.ts';
import { inspectFile, prepareFile, wasStoppedUncleanly } from './file.ts';
import { createHealth, type Disk } from './health.ts';
import { migrate, schemaNumber } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { repositoriesOver } from './repositories.ts';
import type { Tables } from './schema.ts';
import {
  DiskFull,
  explain,
  isBusy,
  SqliteTooOld,
  StoreBusy,
  StoreDamaged,
  StoreUnreachable,
  StoreUnusable,
} from './unusable.ts';

export interface StoreInfo {
  file: string;
  sqliteVersion: string;
  /** The number of the last migration that the file has seen. */
  schema: number;
  /** The process before this one crashed, was killed, or lost power. */
  stoppedUncleanly: boolean;
}

/** The store in one SQLite file. */
export interface SqliteStore extends Store {
  readonly info: StoreInfo;
  /** Why nothing may be sent on the strength of what is written here, or null: the disk is full, a write failed, damage was met. */
  halt(): Halt | null;
  /** Checks that no event of the journal was changed, removed or put in between. */
  verifyJournal(): Promise<JournalCheck>;
  /** The last event of the journal, and when it was written (UTC ms); null while there is none. */
  journalEnd(): Promise<(JournalPlace & { at: number }) | null>;
  /** True when the journal goes through this place. */
  knowsPlace(place: JournalPlace): Promise<boolean>;
  /** Facts for finding faults. Reads the whole journal. */
  describe(): Promise<StoreFacts>;
}

/**
 * Opens the store, making it when there is none and bringing an older one up to date.
 * Commits are on the disk when they resolve. Never repairs, replaces or overwrites a file it cannot use.
 * @param options.file path of the database; its folder is for it alone
 * @param options.disk the disk that the file lies on: without room on it, nothing may be sent
 * @param options.beforeMigration called before a file of an older version is brought up to date; when it
 *   rejects, the file stays as it is
 * @throws {StoreUnusable} one class for each reason, with a message for a person
 */
export async function openStore(options: OpenOptions): Promise<SqliteStore> {
  const ballast = createBallast(options.file, options.disk ?? null, options.clock);
  try {
    return await open(options, ballast);
  } catch (error) {
    // Opening writes a little. With the ballast gone there is room for it, and the app runs though it sends nothing.
    if (!(error instanceof DiskFull || error instanceof StoreUnreachable) || !ballast.drop())
      throw unusable(error, options.file);
    return open(options, ballast);
  }
}

/** A sound file of ours gives SQLite no other reason to refuse what opening asks of it. */
function unusable(error: unknown, file: string): unknown {
  return error instanceof Database.SqliteError ? new StoreDamaged(file, error.message, { cause: error }) : error;
}

export interface OpenOptions {
  file: string;
  clock: Clock;
  log: Log;
  /** Left out: how much is free does not matter, and no room is held. */
  disk?: Disk;
  beforeMigration?: () => Promise<unknown>;
}

async function open(options: OpenOptions, ballast: Ballast): Promise<SqliteStore> {
  const { file, clock, log } = options;
  prepareFile(file, log);
  const stoppedUncleanly = wasStoppedUncleanly(file);
  const newestKnown = migrations.at(-1)?.number ?? 0;
  const database = await whenFree(file, () => {
    inspectFile(file, newestKnown);
    return new Database(file, { timeout: busyTimeoutMs });
  });
  try {
    const sqliteVersion = assertVersion(database);
    await whenFree(file, () => configure(database));
    const isChecked = checkWhenDue(database, stoppedUncleanly, clock.now());
    const found = schemaNumber(database);
    if (found > 0 && found < newestKnown) await options.beforeMigration?.();
    const applied = await whenFree(file, () => migrate(database, migrations));
    if (applied.length > 0) log.info('the store was brought up to date', { migrations: applied });
    if (isChecked) await whenFree(file, () => noteHealthy(database, clock.now()));
    const info = { file, sqliteVersion, schema: schemaNumber(database), stoppedUncleanly };
    return storeOver(database, options, ballast, info);
  } catch (error) {
    database.close();
    throw explain(error, file);
  }
}

function storeOver(
  database: Database.Database,
  { file, clock, log, disk }: OpenOptions,
  ballast: Ballast,
  info: StoreInfo,
): SqliteStore {
  const health = createHealth({ file, disk: disk ?? null, clock, tryToWrite });
  const lesson = {
    failed(error: StoreUnusable): void {
      health.failed(error);
      if (error instanceof StoreDamaged) noteDoubt(file);
    },
    written(): void {
      health.written();
      ballast.restore();
    },
  };
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database, lesson), plugins: [new CamelCasePlugin()] });
  let closing: Promise<void> | null = null;

  /** Writes what is written anyway, in this very moment: the gate is waiting for the answer. */
  function tryToWrite(): void {
    if (database.inTransaction) return;
    try {
      noteTried(database, clock.now());
      lesson.written();
    } catch (error) {
      const reason = isBusy(error) ? new StoreBusy(file, { cause: error }) : explain(error, file);
      if (!(reason instanceof StoreUnusable)) throw reason;
      lesson.failed(reason);
    }
  }

  function attempt<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
    return db.transaction().execute((transaction) => work(repositoriesOver(transaction, clock)));
  }

  /** A full disk undoes all of it, so it can begin anew in the room that the ballast leaves. */
  async function transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
    try {
      return await attempt(work);
    } catch (error) {
      if (!(error instanceof DiskFull) || !ballast.drop()) throw error;
      return attempt(work);
    }
  }

  /** Waits for its turn behind what is running, then moves the log into the file. On a full disk it stays beside it. */
  async function close(): Promise<void> {
    try {
      await db.connection().execute((connection) => sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(connection));
    } catch (error) {
      if (!(error instanceof StoreUnusable)) throw error;
      log.warn('the log could not be moved into the store', { code: error.name });
    }
    await db.destroy();
    database.close();
    await ballast.settled();
  }

  ballast.restore();
  return {
    ...repositoriesOver(db, clock),
    info,
    transaction,
    halt: () => health.halt(),
    verifyJournal: () => verifyJournal(db),
    journalEnd: () => journalEnd(db),
    knowsPlace: (place) => knowsPlace(db, place),
    describe: async () => describe(info, await verifyJournal(db)),
    close: () => (closing ??= close()),
  };
}

function describe(info: StoreInfo, { events, broken }: JournalCheck): StoreFacts {
  const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return {
    sqlite: info.sqliteVersion,
    schema: info.schema,
    bytes: sizeOf(info.file),
    logBytes: sizeOf(`${info.file}-wal`),
    stoppedUncleanly: info.stoppedUncleanly,
    journal: { events, brokenAt: broken?.position ?? null },
  };
}

/** Before this one, SQLite could lose pages when a WAL was reset while another connection read. */
const oldestGood = '3.51.3';

function assertVersion(database: Database.Database): string {
  const found = database.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get()?.version ?? '0';
  const isGood = found.localeCompare(oldestGood, 'en', { numeric: true }) >= 0;
  if (!isGood) throw new SqliteTooOld(database.name, found, oldestGood);
  return found;
}

/** Settings of the connection, each with what must be read back. */
const settings: readonly [pragma: string, value: string | number, readBack: unknown][] = [
  ['journal_mode', 'WAL', 'wal'],
  // A commit is on the disk before anything irrevocable is sent on its strength.
  ['synchronous', 'FULL', 2],
  // On macOS a plain fsync leaves the data in the drive's cache. Without effect elsewhere.
  ['fullfsync', 'ON', 1],
  ['checkpoint_fullfsync', 'ON', 1],
  ['foreign_keys', 'ON', 1],
  ['wal_autocheckpoint', 1_000, 1_000],
  ['journal_size_limit', 64 * 1024 * 1024, 64 * 1024 * 1024],
  // A file from elsewhere must not run functions or crash the process through a mapped page.
  ['trusted_schema', 'OFF', 0],
  ['cell_size_check', 'ON', 1],
  ['mmap_size', 0, 0],
  // Replaced tokens do not stay behind in free pages.
  ['secure_delete', 'ON', 1],
];

function configure(database: Database.Database): void {
  for (const [pragma, value, readBack] of settings) {
    database.pragma(`${pragma} = ${value}`);
    const found = database.pragma(pragma, { simple: true });
    if (found !== readBack) {
      throw new StoreUnusable(
        database.name,
        `SQLite refused the setting ${pragma} = ${value} for ${database.name} (it says ${String(found)}). The disk may not support it; choose another data folder.`,
      );
    }
  }
}
