import Database from 'better-sqlite3';
import { CamelCasePlugin, Kysely, sql } from 'kysely';
import type { Log } from '../core/ports/log.ts';
import type { Store } from '../core/ports/store.ts';
import type { Clock } from '../core/ports/time.ts';
import { busyTimeoutMs, whenFree } from './busy.ts';
import { type JournalCheck, verifyJournal } from './chain.ts';
import { sqliteDialect } from './dialect.ts';
import { inspectFile, prepareFile, wasStoppedUncleanly } from './file.ts';
import { migrate, schemaNumber } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { repositoriesOver } from './repositories.ts';
import type { Tables } from './schema.ts';
import { explain, SqliteTooOld, StoreDamaged, StoreUnusable } from './unusable.ts';

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
  /** Checks that no event of the journal was changed, removed or put in between. */
  verifyJournal(): Promise<JournalCheck>;
}

/**
 * Opens the store, making it when there is none and bringing an older one up to date.
 * Commits are on the disk when they resolve. Never repairs, replaces or overwrites a file it cannot use.
 * @param options.file path of the database; its folder is for it alone
 * @throws {StoreUnusable} one class for each reason, with a message for a person
 */
export async function openStore(options: { file: string; clock: Clock; log: Log }): Promise<SqliteStore> {
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
    const isChecked = stoppedUncleanly || isCheckDue(database, clock.now());
    if (isChecked) checkHealth(database);
    const applied = await whenFree(file, () => migrate(database, migrations));
    if (applied.length > 0) log.info('the store was brought up to date', { migrations: applied });
    if (isChecked) await whenFree(file, () => noteHealthy(database, clock.now()));
    return storeOver(database, clock, {
      file,
      sqliteVersion,
      schema: schemaNumber(database),
      stoppedUncleanly,
    });
  } catch (error) {
    database.close();
    throw explain(error, file);
  }
}

function storeOver(database: Database.Database, clock: Clock, info: StoreInfo): SqliteStore {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database), plugins: [new CamelCasePlugin()] });
  let closing: Promise<void> | null = null;

  /** Waits for its turn behind what is running, then moves the log into the file. */
  async function close(): Promise<void> {
    await db.connection().execute((connection) => sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(connection));
    await db.destroy();
    database.close();
  }

  return {
    ...repositoriesOver(db, clock),
    info,
    transaction: (work) => db.transaction().execute((transaction) => work(repositoriesOver(transaction, clock))),
    verifyJournal: () => verifyJournal(db),
    close: () => (closing ??= close()),
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

const checkEveryMs = 24 * 3_600_000;
const healthyAtKey = 'store.healthy_at';

function isCheckDue(database: Database.Database, now: number): boolean {
  if (schemaNumber(database) === 0) return true;
  const row = database
    .prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?')
    .get(healthyAtKey);
  const age = now - Number(row?.value ?? 0);
  return !(age >= 0 && age < checkEveryMs);
}

function checkHealth(database: Database.Database): void {
  let findings: unknown[];
  try {
    findings = database.prepare<[], string>('PRAGMA quick_check(3)').pluck().all();
  } catch (error) {
    throw new StoreDamaged(database.name, error instanceof Error ? error.message : String(error), { cause: error });
  }
  if (findings[0] !== 'ok') throw new StoreDamaged(database.name, findings.join('; '));
}

function noteHealthy(database: Database.Database, now: number): void {
  database
    .prepare(
      'INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at',
    )
    .run(healthyAtKey, JSON.stringify(now), now);
}
