import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Log } from '../../main/core/ports/index.ts';
import { migrate } from '../../main/store/migrate.ts';
import { migrations } from '../../main/store/migrations/index.ts';
import { openStore } from '../../main/store/open.ts';
import { NewerDatabase } from '../../main/store/unusable.ts';

export interface MigratingVerdict {
  /** Schema numbers of released versions that a fixture is kept of. */
  fixtures: number[];
  /** The schema number that everything is brought to. */
  head: number;
  statements: number;
  /** States of the files that a crash could leave, each of which was gone on from. */
  crashes: number;
  rows: number;
  violations: string[];
}

const fixtures = join(import.meta.dirname, '..', '..', 'main', 'store', 'migrations', 'fixtures');
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const noon = Date.UTC(2026, 10, 24, 12);

/**
 * Brings the store of every released version up to date, and does so again from each state of the files that a
 * crash before, in, or after any statement leaves behind.
 */
export async function migrateFromEveryCrash(): Promise<MigratingVerdict> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'autosocial-migrate-'));
  const head = migrations.at(-1)?.number ?? 0;
  const verdict: MigratingVerdict = { fixtures: [], head, statements: 0, crashes: 0, rows: 0, violations: [] };
  try {
    for (const name of readdirSync(fixtures).toSorted()) {
      await fromFixture(join(folder, name), readFileSync(join(fixtures, name), 'utf8'), verdict);
    }
    if (!(await isNewerRefused(join(folder, 'newer.db'), head)))
      verdict.violations.push('a newer store was not refused');
    return verdict;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fromFixture(prefix: string, statements: string, verdict: MigratingVerdict): Promise<void> {
  const original = `${prefix}.db`;
  makeStore(original, statements);
  const before = contentOf(original);
  verdict.fixtures.push(before.schema);
  verdict.rows += before.rows;

  const crashed = crashStates(original, `${prefix}.walk.db`);
  verdict.statements += crashed.statements;
  verdict.crashes += crashed.states.length;
  const blame = (what: string): void => void verdict.violations.push(`from schema ${before.schema}, ${what}`);

  const reference = `${prefix}.reference.db`;
  copyFileSync(original, reference);
  await bringUp(reference);
  const wanted = contentOf(reference);
  if (wanted.schema !== verdict.head) blame(`undisturbed, ended at ${wanted.schema}`);
  for (const table of lostRows(original, reference)) blame(`undisturbed, lost or changed rows of ${table}`);

  for (const [number, state] of crashed.states.entries()) {
    const file = `${prefix}.crash.db`;
    restore(file, state);
    try {
      await bringUp(file);
      const found = contentOf(file);
      if (found.damage !== null) blame(`crash ${number} (${state.at}): ${found.damage}`);
      if (found.hash !== wanted.hash) blame(`crash ${number} (${state.at}): other rows than without a crash`);
    } catch (error) {
      blame(`crash ${number} (${state.at}): ${String(error)}`);
    }
  }
}

function makeStore(file: string, statements: string): void {
  const database = new Database(file);
  database.exec(statements);
  database.pragma('journal_mode = WAL');
  database.close();
}

async function bringUp(file: string): Promise<void> {
  const store = await openStore({ file, clock: { now: () => noon, monotonic: () => 0 }, log: silent });
  await store.close();
}

/** What lies on the disk at one moment. */
interface CrashState {
  /** The statement about to run, or how much of the last commit had been written. */
  at: string;
  database: Buffer;
  log: Buffer;
}

const frameBytes = 4_096 + 24;

/** Brings a copy up to date and keeps what a crash would leave before each statement and within each commit. */
function crashStates(original: string, file: string): { states: CrashState[]; statements: number } {
  copyFileSync(original, file);
  const states: CrashState[] = [];
  const look = (at: string): CrashState => ({
    at,
    database: readFileSync(file),
    log: existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : Buffer.alloc(0),
  });
  let statements = 0;
  const database = new Database(file, {
    verbose: (statement) => {
      statements += 1;
      states.push(...cutCommits(states.at(-1), look(`before ${String(statement).slice(0, 60)}`)));
    },
  });
  database.pragma('synchronous = FULL');
  migrate(database, migrations);
  states.push(...cutCommits(states.at(-1), look('at the end')));
  database.close();
  return { states, statements };
}

/** The state itself, after those in which the log had grown only in part. */
function cutCommits(last: CrashState | undefined, now: CrashState): CrashState[] {
  const cuts: CrashState[] = [];
  const from = last?.log.length ?? 0;
  for (let bytes = from + Math.floor(frameBytes / 2); bytes < now.log.length; bytes += frameBytes) {
    cuts.push({ ...now, log: now.log.subarray(0, bytes), at: `${bytes} bytes of a commit, then ${now.at}` });
  }
  return [...cuts, now];
}

function restore(file: string, { database, log }: CrashState): void {
  for (const suffix of ['-shm', '-wal', '.doubt']) rmSync(file + suffix, { force: true });
  writeFileSync(file, database);
  if (log.length > 0) writeFileSync(`${file}-wal`, log);
}

interface Content {
  schema: number;
  rows: number;
  /** Of every row in every table but what opening itself notes. */
  hash: string;
  damage: string | null;
}

function contentOf(file: string): Content {
  return reading(file, (database) => {
    const hash = createHash('sha256');
    let rows = 0;
    for (const table of tablesOf(database)) {
      const found = rowsOf(database, table, columnsOf(database, table));
      rows += found.length;
      hash.update(`${table}\n${found.join('\n')}\n`);
    }
    const findings = database.prepare<[], string>('PRAGMA integrity_check').pluck().all();
    const orphans = database.prepare('PRAGMA foreign_key_check').all();
    const damage =
      findings[0] === 'ok' && orphans.length === 0 ? null : `${findings.join('; ')} ${orphans.length} orphans`;
    return {
      schema: Number(database.pragma('user_version', { simple: true })),
      rows,
      hash: hash.digest('hex'),
      damage,
    };
  });
}

/** Tables in which a row of before is missing afterwards, or has another value in a column that both have. */
function lostRows(before: string, after: string): string[] {
  return reading(before, (old) =>
    reading(after, (young) =>
      tablesOf(old).filter((table) => {
        const columns = columnsOf(old, table).filter((column) => columnsOf(young, table).includes(column));
        const kept = new Set(rowsOf(young, table, columns));
        return rowsOf(old, table, columns).some((row) => !kept.has(row));
      }),
    ),
  );
}

function reading<T>(file: string, read: (database: Database.Database) => T): T {
  const database = new Database(file, { readonly: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
}

function tablesOf(database: Database.Database): string[] {
  return database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all();
}

function columnsOf(database: Database.Database, table: string): string[] {
  return database.prepare<[string], string>('SELECT name FROM pragma_table_info(?) ORDER BY name').pluck().all(table);
}

/** Each row as JSON, in the order of its values. */
function rowsOf(database: Database.Database, table: string, columns: readonly string[]): string[] {
  if (columns.length === 0) return [];
  const list = columns.map((column) => `"${column}"`).join(', ');
  // When a start found the store well is its own note and differs from run to run.
  const own = table === 'settings' ? " WHERE key NOT LIKE 'store.%'" : '';
  return database
    .prepare<[], unknown[]>(`SELECT ${list} FROM "${table}"${own}`)
    .raw()
    .safeIntegers()
    .all()
    .map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)))
    .toSorted();
}

async function isNewerRefused(file: string, head: number): Promise<boolean> {
  await bringUp(file);
  const database = new Database(file);
  database.pragma(`user_version = ${head + 1}`);
  database.close();
  const { size } = statSync(file);
  const refused = await bringUp(file).then(
    () => null,
    (error: unknown) => error,
  );
  return refused instanceof NewerDatabase && statSync(file).size === size;
}
