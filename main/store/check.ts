import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { schemaNumber } from './migrate.ts';
import { StoreDamaged } from './unusable.ts';

/** Checking all of a file of this size takes a third of a second; larger ones are not checked at every start. */
const smallBytes = 32 * 1_048_576;
const checkEveryMs = 24 * 3_600_000;

/**
 * Looks for damage: at every start when the file is small, stopped uncleanly, or showed damage in the last run;
 * otherwise once a day. Indexes are compared with their tables too, but in large files only after damage.
 * @param now UTC ms
 * @returns whether it looked; {@link noteHealthy} is to be called then
 * @throws {StoreDamaged}
 */
export function checkWhenDue(database: Database.Database, stoppedUncleanly: boolean, now: number): boolean {
  const isDoubted = existsSync(doubtOf(database.name));
  const isSmall = statSync(database.name).size <= smallBytes;
  if (!isDoubted && !stoppedUncleanly && !isSmall && !isDayOld(database, now)) return false;
  assertSound(database, isDoubted || isSmall ? 'integrity_check' : 'quick_check');
  rmSync(doubtOf(database.name), { force: true });
  return true;
}

/** A check that throws instead of telling has found damage too. @throws {StoreDamaged} */
export function assertSound(database: Database.Database, check: 'quick_check' | 'integrity_check'): void {
  let findings: unknown[];
  try {
    findings = database.prepare<[], string>(`PRAGMA ${check}(3)`).pluck().all();
  } catch (error) {
    throw new StoreDamaged(database.name, error instanceof Error ? error.message : String(error), { cause: error });
  }
  if (findings[0] !== 'ok') throw new StoreDamaged(database.name, findings.join('; '));
}

export function noteHealthy(database: Database.Database, now: number): void {
  note(database, healthyAtKey, now);
}

/** Writes something small. @throws what SQLite says when it cannot */
export function noteTried(database: Database.Database, now: number): void {
  note(database, 'store.tried_at', now);
}

/** Damage was met while the store was in use: the next start checks it thoroughly, however it was closed. */
export function noteDoubt(file: string): void {
  writeFileSync(doubtOf(file), '');
}

const healthyAtKey = 'store.healthy_at';

function doubtOf(file: string): string {
  return `${file}.doubt`;
}

function isDayOld(database: Database.Database, now: number): boolean {
  if (schemaNumber(database) === 0) return true;
  const row = database
    .prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?')
    .get(healthyAtKey);
  const age = now - Number(row?.value ?? 0);
  return !(age >= 0 && age < checkEveryMs);
}

function note(database: Database.Database, key: string, now: number): void {
  database
    .prepare(
      'INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at',
    )
    .run(key, JSON.stringify(now), now);
}
