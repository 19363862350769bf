import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Home, homeKey, homeOf, isCopy, readHome, rememberHome } from './home.ts';

const disks = ['/dev/shm', tmpdir()].filter((folder) => existsSync(folder));

function fileIn(disk: string): string {
  const folder = mkdtempSync(join(disk, 'autosocial-home-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'data.db');
  writeFileSync(file, 'one');
  expect(homeOf(file)).not.toBeNull();
  return file;
}

describe.each(disks)('on %s', (disk) => {
  it('a file stays itself when it is written to, renamed and moved', () => {
    const file = fileIn(disk);
    const known = homeOf(file);
    writeFileSync(file, 'three');
    expect(isCopy(known, homeOf(file))).toBe(false);
    const elsewhere = join(file, '..', 'moved');
    mkdirSync(elsewhere);
    renameSync(file, join(elsewhere, 'other.db'));
    expect(isCopy(known, homeOf(join(elsewhere, 'other.db')))).toBe(false);
  });

  it('a copy is another, also in the same place', () => {
    const file = fileIn(disk);
    const known = homeOf(file);
    const copy = `${file}.copy`;
    copyFileSync(file, copy);
    expect(isCopy(known, homeOf(copy))).toBe(true);
    renameSync(copy, file);
    expect(isCopy(known, homeOf(file))).toBe(true);
  });
});

describe('what tells a copy', () => {
  const home: Home = { inode: '12', bornAt: 1_000, machine: 'a' };

  it.each<[string, Partial<Home>, NodeJS.Platform, boolean]>([
    ['the same', {}, 'linux', false],
    ['made at another time', { bornAt: 1_010 }, 'linux', true],
    ['another number, made at the same time', { inode: '13' }, 'linux', false],
    ['another number, made at the same time', { inode: '13' }, 'darwin', true],
    ['another number, made at the same time', { inode: '13' }, 'win32', true],
    ['on another machine', { machine: 'b' }, 'linux', true],
    ['on a machine without an id', { machine: null }, 'linux', false],
  ])('%s', (_, change, system, expected) => {
    expect(isCopy(home, { ...home, ...change }, system)).toBe(expected);
  });

  it('nothing, when one of them is not known', () => {
    expect(isCopy(null, home)).toBe(false);
    expect(isCopy(home, null)).toBe(false);
    expect(readHome('nonsense')).toBeNull();
    expect(readHome(undefined)).toBeNull();
    expect(readHome({ inode: '12', bornAt: 1_000, machine: 'a' })).toEqual(home);
  });
});

it('a store that is put somewhere on purpose is at home there', () => {
  const file = fileIn(tmpdir());
  rmSync(file);
  const database = new Database(file);
  onTestFinished(() => void database.close());
  database.exec('CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at INTEGER NOT NULL)');
  rememberHome(database, homeOf(file), 5);
  const row = database.prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?').get(homeKey);
  const written = readHome(JSON.parse(row?.value ?? ''));
  expect(written).not.toBeNull();
  expect(isCopy(written, homeOf(file))).toBe(false);
});
