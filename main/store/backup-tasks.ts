import { phrase } from '../../shared/domain/phrase.ts';
import { closeSync, openSync, readdirSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Rehearsal } from '../core/ports/backups.ts';
import type { Log } from '../core/ports/log.ts';
import { assertUnchanged, flush, hashOf, partial } from './backup-files.ts';
import { assertSound } from './check.ts';
import { applicationId, schemaNumber } from './migrate.ts';
import { removeDraft } from './new-file.ts';
import { openStore } from './open.ts';
import { explain, ForeignDatabase, StoreDamaged } from './unusable.ts';

export { replaceWithBackup, replaceWithSalvage } from './replacement.ts';

/*
 * What is done to whole files. Reading, checking and hashing a hundred megabytes takes a second in which a
 * process does nothing else, so it all runs in one of its own.
 */

/** What a copy holds, read from the copy itself. */
export interface CopyFacts {
  schema: number;
  bytes: number;
  sha256: string;
  posts: number;
  clients: number;
}

/** Here waiting for a lock holds nobody up. */
const patienceMs = 10_000;
const pagesAtOnce = 2_000;

/**
 * Copies a store that may be in use, as it is at one instant, and checks both. The copy is one file without a
 * log beside it, readable by its owner only, and on the disk when this resolves.
 * @param copy path ending in {@link partial}; what else of that kind lies in its folder is removed
 * @throws {StoreUnusable} when source or copy is not sound, or cannot be read or written
 */
export async function copyStore(source: string, copy: string): Promise<CopyFacts> {
  sweep(dirname(copy));
  closeSync(openSync(copy, 'wx', 0o600));
  try {
    await copyPages(source, copy);
    const facts = checkCopy(copy);
    const bytes = flush(copy);
    return { ...facts, bytes, sha256: await hashOf(copy) };
  } catch (error) {
    removeDraft(copy);
    throw error;
  }
}

/** Reads a backup whole. @throws {StoreDamaged} when a byte is not as it was written */
export function verifyCopy(file: string, sha256: string): Promise<void> {
  return assertUnchanged(file, sha256);
}

/**
 * Opens a copy of a backup as the app would open its store, looks at it, and removes the copy again.
 * @param at UTC ms; what would be due then
 */
export async function rehearse(file: string, sha256: string, at: number): Promise<Rehearsal> {
  const stage = join(dirname(file), `rehearsal${partial}`);
  removeDraft(stage);
  try {
    await copyFile(file, stage);
    await assertUnchanged(stage, sha256);
    const store = await openStore({ file: stage, clock: { now: () => at, monotonic: () => 0 }, log: silent });
    try {
      const due = await store.targets.due(at, 10_000);
      const duePosts = new Set(due.map(({ post }) => post.id)).size;
      return { accounts: await store.accounts.listAll(), duePosts };
    } finally {
      await store.close();
    }
  } finally {
    removeDraft(stage);
  }
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** In one read transaction, so that what is checked is what is copied, whatever is written meanwhile. */
async function copyPages(source: string, copy: string): Promise<void> {
  const database = new Database(source, { readonly: true, timeout: patienceMs });
  try {
    if (database.pragma('application_id', { simple: true }) !== applicationId) throw new ForeignDatabase(source);
    database.exec('BEGIN');
    assertSound(database, 'quick_check');
    await database.backup(copy, { progress: () => pagesAtOnce });
    database.exec('COMMIT');
  } catch (error) {
    throw explain(error, source);
  } finally {
    database.close();
  }
}

function checkCopy(copy: string): Pick<CopyFacts, 'schema' | 'posts' | 'clients'> {
  const database = new Database(copy, { timeout: patienceMs });
  try {
    // Without a log of its own the copy is complete as one file, and is read without writing anything.
    database.pragma('journal_mode = DELETE');
    assertSound(database, 'integrity_check');
    const [orphan] = database.prepare('PRAGMA foreign_key_check').all();
    if (orphan !== undefined) throw new StoreDamaged(copy, phrase`rows without their owner`);
    return {
      schema: schemaNumber(database),
      posts: countOf(database, 'content_pipeline'),
      clients: countOf(database, 'clients'),
    };
  } catch (error) {
    throw explain(error, copy);
  } finally {
    database.close();
  }
}

function countOf(database: Database.Database, table: 'content_pipeline' | 'clients'): number {
  return database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
}

const nameOfBackup = /^\d{4}-\d\d-\d\dT[\d-]+Z\.[a-z]+\.s\d+(\.\d+)?\.db$/;

/** Removes what a crash left behind: copies under way, and copies that never got their manifest. */
function sweep(folder: string): void {
  const names = readdirSync(folder);
  for (const name of names) {
    const isOrphan = nameOfBackup.test(name) && !names.includes(name.replace(/db$/, 'json'));
    if (isOrphan || name.includes(partial)) rmSync(join(folder, name), { force: true });
  }
}
