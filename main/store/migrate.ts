import { phrase } from '../../shared/domain/phrase.ts';
import type BetterSqlite3 from 'better-sqlite3';
import { StoreDamaged } from './unusable.ts';

export interface Migration {
  /** The schema number that the file carries afterwards. */
  number: number;
  name: string;
  up(database: BetterSqlite3.Database): void;
}

/** "ASAI": marks a SQLite file as ours, as SQLite's documentation of `application_id` asks. */
export const applicationId = 0x41534149;

/** The schema number of a file; 0 before the first migration. */
export function schemaNumber(database: BetterSqlite3.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/**
 * Brings the schema to the last of `migrations`. Each runs in a transaction of its own that also sets
 * the schema number, so a crash leaves the file exactly before or after one.
 * @returns the numbers that ran
 */
export function migrate(database: BetterSqlite3.Database, migrations: readonly Migration[]): number[] {
  const pending = migrations.filter(({ number }) => number > schemaNumber(database));
  // A table can only be rebuilt with this off, and it cannot be turned off inside a transaction.
  database.pragma('foreign_keys = OFF');
  try {
    for (const migration of pending) database.transaction(() => step(database, migration)).immediate();
  } finally {
    database.pragma('foreign_keys = ON');
  }
  return pending.map(({ number }) => number);
}

function step(database: BetterSqlite3.Database, migration: Migration): void {
  migration.up(database);
  const [orphan] = database.prepare('PRAGMA foreign_key_check').all();
  if (orphan !== undefined) {
    throw new StoreDamaged(database.name, phrase`rows without their owner after migration ${migration.name}`);
  }
  database.pragma(`application_id = ${applicationId}`);
  database.pragma(`user_version = ${migration.number}`);
}
