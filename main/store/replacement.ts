import { phrase } from '../../shared/domain/phrase.ts';
import { closeSync, copyFileSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type RestoredMark, restoredKey } from '../core/ports/provenance.ts';
import type { KillSwitchRecord, SessionRecord } from '../core/ports/records.ts';
import type { Clock } from '../core/ports/time.ts';
import { assertUnchanged, flush, partial } from './backup-files.ts';
import { type Home, homeKey, homeOf, isCopy, readHome, rememberHome } from './home.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { removeDraft, syncFolder } from './new-file.ts';
import { salvage } from './salvage.ts';
import { companions, setAside } from './set-aside.ts';
import { explain, StoreDamaged } from './unusable.ts';

/*
 * Putting another database in the place of the present one. The replacement is made whole beside it first; from
 * the moment that it has its name, it takes the place, now or, after a crash, at the next start. At no moment can
 * the app find nothing and begin with an empty store.
 */

/**
 * Makes a copy of a backup ready to take the store's place. Sessions, revoked onboarding links and engaged kill
 * switches of the present store go into it; a present store whose switches cannot be read counts as stopped. In a
 * copied folder that nobody took over, the result is a copy too.
 * @param file the store; nothing may have it open
 * @param backup its file and the hash its bytes must have
 * @throws {StoreUnusable} nothing was changed then
 */
export async function replaceWithBackup(
  file: string,
  backup: { file: string; sha256: string },
  mark: RestoredMark,
): Promise<void> {
  await prepare(file, mark, async (draft) => {
    closeSync(openSync(draft, 'wx', 0o600));
    copyFileSync(backup.file, draft);
    await assertUnchanged(draft, backup.sha256);
  });
}

/**
 * Like {@link replaceWithBackup}, with what can still be read of the present, damaged store.
 * @param restoredAt UTC ms
 * @returns how many rows were saved and how many are known to be lost
 * @throws {StoreUnusable} nothing was changed then
 */
export async function replaceWithSalvage(file: string, restoredAt: number): Promise<{ saved: number; lost: number }> {
  // Which rows are missing is not known, so there is no time from which on alone things are to be doubted.
  return prepare(file, { backupTakenAt: 0, restoredAt, from: 'salvage' }, (draft) => {
    const { saved, lost } = salvage(file, draft);
    if (saved === 0) throw new StoreDamaged(file, phrase`nothing of it can be read`);
    return { saved, lost };
  });
}

/** True when a replacement waits to take the place of the store. */
export function isReplacementReady(file: string): boolean {
  return existsSync(file + ready);
}

/**
 * Puts a replacement that is ready in the place of the store, which is set aside and kept. Can be interrupted
 * anywhere and is gone through with at the next start. Nothing may have either file open.
 * @returns where the store that was there lies now; null when there was none, or no replacement
 */
export function finishReplacement(file: string, clock: Pick<Clock, 'now'>): string | null {
  if (!isReplacementReady(file)) return null;
  const isThere = ['', ...companions].some((suffix) => existsSync(file + suffix));
  const aside = isThere ? setAside(file, clock) : null;
  renameSync(file + ready, file);
  syncFolder(dirname(file));
  return aside;
}

const ready = '.replacement';

/** @param make writes what is to take the place, whole, to the path it is given */
async function prepare<T>(file: string, mark: RestoredMark, make: (draft: string) => T): Promise<Awaited<T>> {
  const draft = `${file}${partial}`;
  removeDraft(draft);
  try {
    const made = await make(draft);
    settle(draft, mark, presentControl(file));
    flush(draft);
    renameSync(draft, file + ready);
    syncFolder(dirname(file));
    return made;
  } catch (error) {
    throw explain(error, file);
  } finally {
    removeDraft(draft);
  }
}

interface Control {
  sessions: Pick<SessionRecord, 'tokenHash' | 'createdAt' | 'expiresAt'>[];
  killSwitches: KillSwitchRecord[];
  revokedLinks: { id: string; revokedAt: number }[];
  /** Where the store is at home, when it is a copy that nobody took over; null when it is none. */
  homeElsewhere: Home | null;
}

/** What must outlive the present store; null when it cannot be told. */
function presentControl(file: string): Control | null {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return null;
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { readonly: true, timeout: 1_000 });
    database.pragma('trusted_schema = OFF');
    return {
      sessions: database
        .prepare<[], Control['sessions'][number]>(
          'SELECT token_hash AS tokenHash, created_at AS createdAt, expires_at AS expiresAt FROM sessions',
        )
        .all(),
      killSwitches: database
        .prepare<[], KillSwitchRecord>(
          `SELECT scope, scope_id AS scopeId, engaged = 1 AS engaged, reason, changed_at AS changedAt,
             changed_by AS changedBy FROM kill_switches WHERE engaged = 1`,
        )
        .all(),
      revokedLinks: database
        .prepare<[], Control['revokedLinks'][number]>(
          'SELECT id, revoked_at AS revokedAt FROM onboarding_links WHERE revoked_at IS NOT NULL',
        )
        .all(),
      homeElsewhere: homeElsewhere(database, file),
    };
  } catch (error) {
    if (error instanceof Database.SqliteError) return null;
    throw error;
  } finally {
    database?.close();
  }
}

function homeElsewhere(database: Database.Database, file: string): Home | null {
  const value = database.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck().get(homeKey);
  const known = value === undefined ? null : readHome(JSON.parse(value));
  return isCopy(known, homeOf(file)) ? known : null;
}

function settle(draft: string, mark: RestoredMark, control: Control | null): void {
  const database = new Database(draft);
  try {
    database.pragma('journal_mode = DELETE');
    database.pragma('synchronous = FULL');
    migrate(database, migrations);
    database
      .transaction(() => {
        putSessions(database, control?.sessions ?? []);
        putKillSwitches(database, control?.killSwitches ?? [unreadable(mark.restoredAt)]);
        giveLeaseBack(database, mark.restoredAt);
        putRevokedLinks(database, control?.revokedLinks ?? []);
        putMark(database, mark);
        // It was put here on purpose: this file is where the data is at home from now on. But restoring does not say
        // that a copy goes on and the other one does not.
        rememberHome(database, control?.homeElsewhere ?? homeOf(draft), mark.restoredAt);
      })
      .immediate();
  } finally {
    database.close();
  }
}

/** Those of the backup may have been ended since, so they do not come back. */
function putSessions(database: Database.Database, sessions: Control['sessions']): void {
  database.prepare('DELETE FROM sessions').run();
  const insert = database.prepare(
    'INSERT OR IGNORE INTO sessions (token_hash, created_at, expires_at) VALUES (?, ?, ?)',
  );
  for (const { tokenHash, createdAt, expiresAt } of sessions) insert.run(tokenHash, createdAt, expiresAt);
}

/** A link that was revoked since does not open the door again. */
function putRevokedLinks(database: Database.Database, revoked: Control['revokedLinks']): void {
  const put = database.prepare('UPDATE onboarding_links SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
  for (const { id, revokedAt } of revoked) put.run(revokedAt, id);
}

/** What is stopped now stays stopped, and what was stopped then is stopped again. */
function putKillSwitches(database: Database.Database, killSwitches: readonly KillSwitchRecord[]): void {
  const put = database.prepare(
    `INSERT INTO kill_switches (scope, scope_id, engaged, reason, changed_at, changed_by) VALUES (?, ?, 1, ?, ?, ?)
     ON CONFLICT (scope, scope_id) DO UPDATE SET engaged = 1, reason = excluded.reason,
       changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
  );
  for (const { scope, scopeId, reason, changedAt, changedBy } of killSwitches) {
    put.run(scope, scopeId, reason, changedAt, changedBy);
  }
}

function unreadable(at: number): KillSwitchRecord {
  return {
    scope: 'global',
    scopeId: '',
    engaged: true,
    reason: 'Whether publishing was stopped could not be read from the data that was replaced.',
    changedAt: at,
    changedBy: 'app',
  };
}

/** The run that held it when the backup was taken is over: nobody need wait until its time is up. */
function giveLeaseBack(database: Database.Database, at: number): void {
  database.prepare('UPDATE runner SET lease_ms = 0, lease_until = ?').run(at);
}

function putMark(database: Database.Database, mark: RestoredMark): void {
  database
    .prepare(
      `INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    )
    .run(restoredKey, JSON.stringify(mark), mark.restoredAt);
}
