import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from './open.ts';
import { silentLog, standingClock, temporaryFile } from './sample.ts';
import { setAside } from './set-aside.ts';
import { StoreMissing } from './unusable.ts';

const clock = standingClock(Date.UTC(2026, 10, 24, 12, 0, 7, 5));

it('moves the database and what belongs to it to a name with the date', () => {
  const file = temporaryFile();
  for (const suffix of ['', '-wal', '-shm']) writeFileSync(file + suffix, `content${suffix}`);
  const aside = setAside(file, clock) ?? '';
  expect(basename(aside)).toBe('autosocial.set-aside-2026-11-24T12-00-07-005Z.db');
  expect(readdirSync(dirname(file)).toSorted()).toEqual([
    basename(aside),
    `${basename(aside)}-shm`,
    `${basename(aside)}-wal`,
  ]);
  expect(readFileSync(`${aside}-wal`, 'utf8')).toBe('content-wal');
});

it('never takes a name twice, and leaves out what is not there', () => {
  const file = temporaryFile();
  expect(setAside(file, clock)).toBeNull();
  writeFileSync(file, 'one');
  const first = setAside(file, clock) ?? '';
  writeFileSync(`${file}-wal`, 'a log alone');
  const second = setAside(file, clock) ?? '';
  expect(second).not.toBe(first);
  expect(readFileSync(first, 'utf8')).toBe('one');
  expect(readFileSync(`${second}-wal`, 'utf8')).toBe('a log alone');
});

it('leaves a folder in which no empty store is begun', async () => {
  const file = temporaryFile();
  await (await openStore({ file, clock, log: silentLog })).close();
  setAside(file, clock);
  await expect(openStore({ file, clock, log: silentLog })).rejects.toThrow(StoreMissing);
  expect(readdirSync(dirname(file))).toHaveLength(1);
});
