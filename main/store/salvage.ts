import { phrase } from '../../shared/domain/phrase.ts';
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { assertSound } from './check.ts';
import { refuseStrange } from './file.ts';
import { migrate, schemaNumber } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { makeFile } from './new-file.ts';
import { rowsOf } from './readable-rows.ts';
import { explain, StoreDamaged } from './unusable.ts';

/** What became of one table. Counts are of rows. */
export interface SalvagedTable {
  name: string;
  saved: number;
  /** Read, but broken in themselves or without the row they belong to. */
  refused: number;
  /** What was there and could not be read; null when nothing in the file tells. */
  unread: number | null;
}

export interface Salvaged {
  tables: SalvagedTable[];
  saved: number;
  /** Rows known to be lost. Further ones may be, where a table's `unread` is null. */
  lost: number;
  /** Clients whose own data was lost and that stand, paused, for what was saved of theirs. */
  placeholders: number;
}

/**
 * Saves from a damaged store what can still be read, row by row, into a new store of the present version.
 * The damaged one is read from a copy and stays as it is. Reads and writes without giving up control:
 * seconds for 100 MB, so it belongs in a process of its own.
 * The result is an older or thinner state of the data: nothing may be sent from it before it was reconciled.
 * @param from path of the damaged database; its log is used when it lies beside it
 * @param to path of the new database, where nothing may be yet; it appears whole and checked, or not at all
 * @throws {StoreUnusable} when nothing can be read, or the file is another program's or a newer version's
 */
export function salvage(from: string, to: string): Salvaged {
  if (statSync(from).size === 0) throw new StoreDamaged(from, phrase`it has no content`);
  const folder = mkdtempSync(`${to}.salvage-`);
  const copy = join(folder, 'damaged.db');
  try {
    copyFileSync(from, copy);
    if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${copy}-wal`);
    return makeFile(to, (target) => fill(target, copy, from));
  } catch (error) {
    const reason = explain(error, from);
    throw reason instanceof StoreDamaged
      ? new StoreDamaged(from, phrase`nothing of it can be read`, { cause: error })
      : reason;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fill(target: Database.Database, copy: string, from: string): Salvaged {
  const source = new Database(copy);
  try {
    source.pragma('trusted_schema = OFF');
    // SQLite then reads a file that was cut off, which it refuses otherwise.
    source.unsafeMode();
    source.pragma('writable_schema = ON');
    refuseStrange(source, from, migrations.at(-1)?.number ?? 0);
    const found = schemaNumber(source);
    migrate(
      target,
      migrations.filter(({ number }) => number <= found),
    );
    const placeholders = { count: 0 };
    const tables = target.transaction(() =>
      ownersFirst(target).map((name) => saveTable(source, target, name, placeholders)),
    )();
    migrate(target, migrations);
    assertSound(target, 'integrity_check');
    if (target.prepare('PRAGMA foreign_key_check').get() !== undefined)
      throw new StoreDamaged(target.name, phrase`rows without their owner`);
    return {
      tables,
      saved: sum(tables.map(({ saved }) => saved)),
      lost: sum(tables.map(({ refused, unread }) => refused + (unread ?? 0))),
      placeholders: placeholders.count,
    };
  } finally {
    source.close();
  }
}

function saveTable(
  source: Database.Database,
  target: Database.Database,
  name: string,
  placeholders: { count: number },
): SalvagedTable {
  const columns = columnsOf(target, name).filter((column) => columnsOf(source, name).includes(column));
  // The entry that told of the table is lost, and with it where its rows lie.
  if (columns.length === 0) return { name, saved: 0, refused: 0, unread: null };
  const list = columns.map((column) => `"${column}"`).join(', ');
  const insert = target.prepare(`INSERT INTO "${name}" (${list}) VALUES (${columns.map(() => '?').join(', ')})`);
  const clientAt = columns.indexOf('client_id');
  let saved = 0;
  let refused = 0;
  for (const row of rowsOf(source, name, list)) {
    if (clientAt >= 0) placeholders.count += ensureClient(target, row[clientAt]);
    if (isTaken(() => insert.run(...row))) saved += 1;
    else refused += 1;
  }
  const had = rowsByIndex(source, name);
  return { name, saved, refused, unread: had === null ? null : Math.max(0, had - saved - refused) };
}

/** Without the row of its client, all its accounts and posts would be lost with it. Returns how many were made. */
function ensureClient(target: Database.Database, id: unknown): number {
  if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id)) return 0;
  const { changes } = target
    .prepare(
      `INSERT INTO clients (id, name, sort_name, status, timezone, language, brand_voice, created_at, updated_at)
       SELECT @id, @name, lower(@name), 'paused', 'UTC', 'en', '', 0, 0
       WHERE NOT EXISTS (SELECT 1 FROM clients WHERE id = @id)`,
    )
    .run({ id, name: `Recovered client ${id}` });
  return changes;
}

/** False when the schema refuses the row. */
function isTaken(insert: () => unknown): boolean {
  try {
    insert();
    return true;
  } catch (error) {
    if (error instanceof Database.SqliteError && /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/.test(error.code)) return false;
    throw error;
  }
}

/** How many rows a table had, by an index that lists them all; null when there is none that can be read. */
function rowsByIndex(source: Database.Database, table: string): number | null {
  const indexes = source
    .prepare<[string], string>('SELECT name FROM pragma_index_list(?) WHERE partial = 0')
    .pluck()
    .all(table);
  for (const index of indexes) {
    try {
      return Number(source.prepare(`SELECT count(*) FROM "${table}" INDEXED BY "${index}"`).pluck().get());
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error;
    }
  }
  return null;
}

/** The tables, each after those that its rows point to. */
function ownersFirst(database: Database.Database): string[] {
  const waiting = new Set(
    database
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all(),
  );
  const ordered: string[] = [];
  const owners = database.prepare<[string], string>('SELECT "table" FROM pragma_foreign_key_list(?)').pluck();
  while (waiting.size > 0) {
    const next = [...waiting].find((table) =>
      owners.all(table).every((owner) => owner === table || !waiting.has(owner)),
    );
    if (next === undefined) throw new Error('Tables point to each other in a circle.');
    waiting.delete(next);
    ordered.push(next);
  }
  return ordered;
}

function columnsOf(database: Database.Database, table: string): string[] {
  return database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
