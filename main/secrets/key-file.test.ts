import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openEnvironmentSecrets } from './environment.ts';
import { KeyFileUnusable, readOrCreateKeyFile } from './key-file.ts';

function keyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'autosocial-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'keys', 'master.key');
}

it('makes a key that only its owner may read, and nothing beside it', () => {
  const file = keyFile();
  const { masterKeyBase64, created } = readOrCreateKeyFile(file);
  expect(created).toBe(true);
  expect(openEnvironmentSecrets({ masterKeyBase64 }).keyId()).toHaveLength(16);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  expect(readdirSync(dirname(file))).toEqual(['master.key']);
});

it('gives the same key ever after and does not touch the file', () => {
  const file = keyFile();
  const first = readOrCreateKeyFile(file);
  const bytes = readFileSync(file);
  expect(readOrCreateKeyFile(file)).toEqual({ ...first, created: false });
  expect(readFileSync(file)).toEqual(bytes);
});

it('makes a different key for another folder', () => {
  expect(readOrCreateKeyFile(keyFile()).masterKeyBase64).not.toBe(readOrCreateKeyFile(keyFile()).masterKeyBase64);
});

it('refuses a key that others may read', () => {
  const file = keyFile();
  readOrCreateKeyFile(file);
  chmodSync(file, 0o644);
  expect(() => readOrCreateKeyFile(file)).toThrow(KeyFileUnusable);
  expect(() => readOrCreateKeyFile(file)).toThrow(/chmod 600/);
});

it('leaves an emptied key file alone, and it is no key', () => {
  const file = keyFile();
  readOrCreateKeyFile(file);
  writeFileSync(file, '');
  const { masterKeyBase64 } = readOrCreateKeyFile(file);
  expect(() => openEnvironmentSecrets({ masterKeyBase64 })).toThrow(/32 random bytes/);
  expect(readFileSync(file, 'utf8')).toBe('');
});

it('says where it cannot make one', () => {
  const file = keyFile();
  writeFileSync(dirname(file), 'a file where the folder should be');
  expect(() => readOrCreateKeyFile(file)).toThrow(KeyFileUnusable);
});
