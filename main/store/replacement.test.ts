import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { restoredKey } from '../core/ports/provenance.ts';
import type { KillSwitchRecord } from '../core/ports/records.ts';
import { replaceWithBackup, replaceWithSalvage } from './backup-tasks.ts';
import { openBackups, type StoredBackups } from './backups.ts';
import { homeKey, homeOf, isCopy, readHome } from './home.ts';
import type { SqliteStore } from './open.ts';
import { finishReplacement, isReplacementReady } from './replacement.ts';
import { noon, silentLog, standingClock, storeWithPost, temporaryFile, temporaryStore } from './sample.ts';

let file: string;
let clock: ReturnType<typeof standingClock>;
let store: SqliteStore;
let backups: StoredBackups;
/** Taken before anything else happens. */
let backupId: string;

const stopped: KillSwitchRecord = {
  scope: 'client',
  scopeId: 'client-1',
  engaged: true,
  reason: 'They asked',
  changedAt: noon + 1,
  changedBy: 'mia',
};

beforeEach(async () => {
  file = temporaryFile();
  clock = standingClock();
  store = await storeWithPost(file);
  backups = openBackups({ file, folder: join(dirname(file), 'backups'), clock, log: silentLog });
  backupId = (await backups.take('person')).id;
  clock.at += 60_000;
});

function setAsideFiles(): string[] {
  return readdirSync(dirname(file)).filter((name) => /set-aside.*\.db$/.test(name));
}

describe('a restored backup', () => {
  it('takes the place of the store, which is kept', async () => {
    await store.posts.update('post-1', { caption: 'Written after the backup' });
    await store.close();
    await backups.prepareRestore(backupId);
    expect(isReplacementReady(file)).toBe(true);
    const aside = finishReplacement(file, clock) ?? '';
    expect(isReplacementReady(file)).toBe(false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const restored = await temporaryStore(file, clock);
    expect((await restored.posts.get('post-1'))?.caption).toBe('Fresh “Brötchen” 🥐');
    const kept = await temporaryStore(aside, clock);
    expect((await kept.posts.get('post-1'))?.caption).toBe('Written after the backup');
  });

  it('tells the core how old its data is', async () => {
    await store.close();
    await backups.prepareRestore(backupId);
    finishReplacement(file, clock);
    const restored = await temporaryStore(file, clock);
    expect(await restored.settings.get(restoredKey)).toEqual({
      backupTakenAt: noon,
      restoredAt: noon + 60_000,
      from: backupId,
    });
  });

  it('is at home where it was put, and nobody waits for whoever published when it was taken', async () => {
    const held = { holder: 'run-1', computer: 'here', epoch: 7, acquiredAt: noon, renewals: 3, leaseMs: 30_000 };
    await store.runner.put({ ...held, leaseUntil: clock.at + 30_000 });
    await store.settings.put(homeKey, { inode: '1', bornAt: 0, machine: null }, noon);
    const { id } = await backups.take('person');
    await store.settings.put(homeKey, homeOf(file), noon);
    await store.close();
    await backups.prepareRestore(id);
    finishReplacement(file, clock);
    const restored = await temporaryStore(file, clock);
    expect(await restored.settings.get(homeKey)).toEqual(homeOf(file));
    expect(await restored.runner.current()).toEqual({ ...held, leaseMs: 0, leaseUntil: clock.at });
  });

  it('stays a copy when it is restored in a copied folder that nobody took over', async () => {
    const elsewhere = { inode: '1', bornAt: 1_000, machine: null };
    await store.settings.put(homeKey, elsewhere, noon);
    await store.close();
    await backups.prepareRestore(backupId);
    finishReplacement(file, clock);
    const restored = await temporaryStore(file, clock);
    expect(isCopy(readHome(await restored.settings.get(homeKey)), homeOf(file))).toBe(true);
  });

  it('does not bring links back that were revoked since', async () => {
    const link = { clientId: 'client-1', createdAt: noon, expiresAt: noon + 1_000_000, lastUsedAt: null, uses: 0 };
    await store.connections.insertLink({ ...link, id: 'link-1', tokenHash: 'leaked', revokedAt: null });
    const { id } = await backups.take('person');
    await store.connections.updateLink('link-1', { revokedAt: noon + 5 });
    await store.close();
    await backups.prepareRestore(id);
    finishReplacement(file, clock);
    const restored = await temporaryStore(file, clock);
    expect((await restored.connections.linkByHash('leaked'))?.revokedAt).toBe(noon + 5);
  });

  it('keeps what is stopped stopped, and stops again what was stopped then', async () => {
    const earlier: KillSwitchRecord = { ...stopped, scope: 'account', scopeId: 'account-1' };
    await store.control.putKillSwitch(earlier);
    const { id } = await backups.take('person');
    await store.control.putKillSwitch({ ...earlier, engaged: false });
    await store.control.putKillSwitch(stopped);
    await store.close();
    await backups.prepareRestore(id);
    finishReplacement(file, clock);
    const restored = await temporaryStore(file, clock);
    expect(await restored.control.killSwitches()).toEqual([earlier, stopped]);
  });

  it('goes on with the log-ins of now, and not with those of then', async () => {
    const session = (tokenHash: string) => ({ tokenHash, createdAt: noon, expiresAt: noon + 1_000 });
    await store.connections.insertSession(session('then'));
    const { id } = await backups.take('person');
    await store.connections.removeSession('then');
    await store.connections.insertSession(session('now'));
    await store.close();
    await backups.prepareRestore(id);
    finishReplacement(file, clock);
    const restored = await temporaryStore(file, clock);
    expect(await restored.connections.sessionByHash('now')).toEqual(session('now'));
    expect(await restored.connections.sessionByHash('then')).toBeUndefined();
  });

  it('is stopped altogether when the switches of now cannot be read', async () => {
    await store.close();
    writeFileSync(file, 'no database at all, but some text that lies where one should be');
    await backups.prepareRestore(backupId);
    finishReplacement(file, clock);
    const restored = await temporaryStore(file, clock);
    expect(await restored.control.killSwitches()).toMatchObject([
      { scope: 'global', engaged: true, reason: expect.stringContaining('could not be read') },
    ]);
    expect(readFileSync(join(dirname(file), setAsideFiles()[0] ?? ''), 'utf8')).toMatch(/^no database/);
  });

  it('is not made of a backup with a changed byte, and nothing happens to the store', async () => {
    await store.close();
    const before = readFileSync(file);
    const path = join(backups.folder, `${backupId}.db`);
    const bytes = readFileSync(path);
    bytes.write('f', bytes.indexOf('Fresh'));
    writeFileSync(path, bytes);
    await expect(backups.prepareRestore(backupId)).rejects.toThrow(/changed/);
    expect(isReplacementReady(file)).toBe(false);
    expect(finishReplacement(file, clock)).toBeNull();
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(dirname(file)).sort()).toEqual(['autosocial.db', 'backups']);
  });
});

describe('a crash while the store is replaced', () => {
  const mark = { backupTakenAt: noon, restoredAt: noon, from: 'x' };

  it('before the replacement is whole leaves the store as it is', async () => {
    await store.close();
    // What a crash in the middle of the copy leaves.
    writeFileSync(`${file}.partial`, 'half a copy');
    expect(finishReplacement(file, clock)).toBeNull();
    expect((await (await temporaryStore(file, clock)).posts.get('post-1'))?.id).toBe('post-1');
    await backups.prepareRestore(backupId);
    expect(isReplacementReady(file)).toBe(true);
  });

  it.each([
    ['before anything was moved', []],
    ['after the database was moved', ['']],
    ['after its log was moved too', ['', '-wal']],
    ['after all was moved', ['', '-wal', '-shm']],
  ])('%s is gone through with at the next start', async (_, moved) => {
    await store.posts.update('post-1', { caption: 'Only in the log' });
    const log = readFileSync(`${file}-wal`);
    await store.close();
    await backups.prepareRestore(backupId);
    // As a crash of the whole computer would have left it: with its log.
    writeFileSync(`${file}-wal`, log);
    writeFileSync(`${file}-shm`, '');
    for (const suffix of moved) renameSync(file + suffix, `${file}.elsewhere${suffix}`);
    finishReplacement(file, clock);
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(isReplacementReady(file)).toBe(false);
    const restored = await temporaryStore(file, clock);
    expect((await restored.posts.get('post-1'))?.caption).toBe('Fresh “Brötchen” 🥐');
    expect(finishReplacement(file, clock)).toBeNull();
  });

  it('never leaves a replacement that was not made whole', async () => {
    await store.close();
    const wrong = { file: join(backups.folder, `${backupId}.db`), sha256: '0'.repeat(64) };
    await expect(replaceWithBackup(file, wrong, mark)).rejects.toThrow(/changed/);
    expect(readdirSync(dirname(file)).sort()).toEqual(['autosocial.db', 'backups']);
  });
});

describe('what was saved of a damaged store', () => {
  it('takes its place as a restored backup does', async () => {
    await store.control.putKillSwitch(stopped);
    await store.close();
    const { saved } = await replaceWithSalvage(file, clock.at);
    expect(saved).toBeGreaterThan(3);
    finishReplacement(file, clock);
    const restored = await temporaryStore(file, clock);
    expect((await restored.posts.get('post-1'))?.caption).toBe('Fresh “Brötchen” 🥐');
    expect(await restored.settings.get(restoredKey)).toEqual({
      backupTakenAt: 0,
      restoredAt: clock.at,
      from: 'salvage',
    });
    expect(await restored.control.killSwitches()).toEqual([stopped]);
    expect(setAsideFiles()).toHaveLength(1);
  });

  it('is nothing when nothing can be read, and the file stays', async () => {
    await store.close();
    const bytes = readFileSync(file);
    bytes.fill(0xaa, 100);
    writeFileSync(file, bytes);
    await expect(replaceWithSalvage(file, clock.at)).rejects.toThrow();
    expect(isReplacementReady(file)).toBe(false);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });
});

it('a file of another program does not become ours by restoring over it: it is kept as it is', async () => {
  await store.close();
  const foreign = new Database(join(dirname(file), 'foreign.db'));
  foreign.exec("CREATE TABLE notes (text); INSERT INTO notes VALUES ('mine')");
  foreign.close();
  renameSync(join(dirname(file), 'foreign.db'), file);
  await backups.prepareRestore(backupId);
  const aside = new Database(finishReplacement(file, clock) ?? '', { readonly: true });
  expect(aside.prepare('SELECT text FROM notes').pluck().get()).toBe('mine');
  aside.close();
  expect((await (await temporaryStore(file, clock)).control.killSwitches())[0]).toMatchObject({ scope: 'global' });
});
