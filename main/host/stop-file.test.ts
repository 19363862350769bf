import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { stopFile } from './stop-file.ts';

function dataFolder(): { all: string; profile: string } {
  const all = mkdtempSync(join(tmpdir(), 'autosocial-stop-'));
  onTestFinished(() => rmSync(all, { recursive: true }));
  const profile = join(all, 'live');
  mkdirSync(profile);
  return { all, profile };
}

it('stops while it lies in the folder of all profiles or of this one, under either name', () => {
  const { all, profile } = dataFolder();
  const reason = stopFile([all, profile]);
  expect(reason()).toBeNull();
  for (const place of [join(all, 'STOP'), join(profile, 'STOP'), join(profile, 'STOP.txt')]) {
    writeFileSync(place, '');
    expect(reason()).toContain(place);
    rmSync(place);
    expect(reason()).toBeNull();
  }
});

it('stops when it cannot be told', () => {
  const { all } = dataFolder();
  symlinkSync('STOP', join(all, 'STOP'));
  expect(stopFile([all])()).toMatch(/^It cannot be told whether/);
});

it('is nowhere when the folder is not there yet', () => {
  expect(stopFile([join(dataFolder().all, 'not-there')])()).toBeNull();
});
