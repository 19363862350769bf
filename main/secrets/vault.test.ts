import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Secret } from '../core/ports/secrets.ts';
import { type Keychain, KeychainUnavailable } from './keychain.ts';
import { KeyLocked } from './sealed-key.ts';
import { openVault, type Vault, type VaultOptions } from './vault.ts';

const place = { table: 'social_accounts', column: 'token', rowId: '1', accountId: '1' };
const given = Buffer.alloc(32, 9).toString('base64');

/** The keychain of one computer; `isLocked` is what a person's “deny” comes to. */
class MemoryKeychain implements Keychain {
  readonly name: string;
  readonly items = new Map<string, string>();
  isLocked = false;
  asked = 0;

  constructor(name = 'the test keychain') {
    this.name = name;
  }

  async read(item: string): Promise<string | null> {
    this.#ask();
    return this.items.get(item) ?? null;
  }

  async write(item: string, text: string): Promise<void> {
    this.#ask();
    this.items.set(item, text);
  }

  #ask(): void {
    this.asked += 1;
    if (this.isLocked) throw new KeychainUnavailable('the test keychain cannot be used: it is locked');
  }
}

let folder: string;
let keychain: MemoryKeychain;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'autosocial-vault-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  keychain = new MemoryKeychain();
});

const keyFile = (): string => join(folder, 'keys', 'master.key');
const sealedKeyFile = (): string => join(folder, 'keys', 'master.sealed');

function open(change: Partial<VaultOptions> = {}): Promise<Vault> {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const files = { keyFile: keyFile(), sealedKeyFile: sealedKeyFile() };
  return openVault({ given: null, ...files, keychain, home: 'keychain', log: silent, ...change });
}

const seal = (vault: Vault): string => vault.secrets.seal(new Secret('EAAB-token'), place);
const opens = (vault: Vault, sealed: string): boolean => vault.secrets.open(sealed, place).reveal() === 'EAAB-token';

describe('on a desktop', () => {
  it('a new key goes into the keychain and never touches the disk in the open', async () => {
    const vault = await open();
    expect(vault.keptIn).toBe('keychain');
    expect(await vault.settle()).toBe('keychain');
    expect(readdirSync(join(folder, 'keys'))).toEqual(['master.sealed']);
    expect(statSync(sealedKeyFile()).mode & 0o777).toBe(0o600);
    const text = readFileSync(sealedKeyFile(), 'utf8');
    for (const secret of keychain.items.values()) expect(text).not.toContain(secret);
  });

  it('the same key opens what it sealed, start after start', async () => {
    const sealed = seal(await open());
    const again = await open();
    expect(opens(again, sealed)).toBe(true);
    expect(keychain.items.size).toBe(1);
  });

  it('without a keychain a new key lies in a file, and moves once there is one', async () => {
    keychain.isLocked = true;
    const first = await open();
    expect(first.keptIn).toBe('file');
    expect(await first.settle()).toBe('file');
    const sealed = seal(first);
    keychain.isLocked = false;
    const second = await open();
    expect(opens(second, sealed)).toBe(true);
    expect(await second.settle()).toBe('keychain');
    expect(existsSync(keyFile())).toBe(false);
    expect(opens(await open(), sealed)).toBe(true);
  });

  it('a keychain that loses what it is given does not get the only copy', async () => {
    const sealed = seal(await open({ home: 'file' }));
    keychain.read = () => Promise.resolve(null);
    const vault = await open();
    expect(await vault.settle()).toBe('file');
    expect(opens(await open(), sealed)).toBe(true);
  });
});

describe('data that a server kept', () => {
  it('is taken over by a desktop, and back with a copy of the key', async () => {
    const sealed = seal(await open({ home: 'file' }));
    expect(await (await open()).settle()).toBe('keychain');
    const copy = join(folder, 'copy.key');
    writeFileSync(copy, 'something else', { mode: 0o644 });
    const desktop = await open();
    desktop.saveCopy(copy);
    expect(statSync(copy).mode & 0o777).toBe(0o600);

    const elsewhere = new MemoryKeychain('the keychain of another computer');
    const lost = await open({ home: 'file', keychain: elsewhere });
    expect(lost.locked).toMatch(/There is no key for this data in the keychain of another computer/);
    writeFileSync(keyFile(), readFileSync(copy), { mode: 0o600 });
    const server = await open({ home: 'file', keychain: elsewhere });
    expect(server.keptIn).toBe('file');
    expect(opens(server, sealed)).toBe(true);
    expect(await server.settle()).toBe('file');
  });

  it('keeps its sealed key when a wrong one was put into the file, until somebody says that it is right', async () => {
    const sealed = seal(await open());
    writeFileSync(keyFile(), given, { mode: 0o600 });
    const wrong = await open();
    expect(() => opens(wrong, sealed)).toThrow(/another key/);
    rmSync(keyFile());
    expect(opens(await open(), sealed)).toBe(true);
  });

  it('is opened by a server on the same computer without moving anything', async () => {
    const sealed = seal(await open());
    const server = await open({ home: 'file' });
    expect(opens(server, sealed)).toBe(true);
    expect(await server.settle()).toBe('keychain');
    expect(existsSync(keyFile())).toBe(false);
  });
});

describe('a key that cannot be had', () => {
  it.each([
    ['is locked', () => void (keychain.isLocked = true), /it is locked.*the test keychain on the computer/],
    ['was removed', () => keychain.items.clear(), /There is no key for this data in the test keychain/],
    [
      'was changed',
      () => keychain.items.forEach((_, item) => keychain.items.set(item, given)),
      /not the one this data was sealed with/,
    ],
    [
      'was overwritten with something else',
      () => keychain.items.forEach((_, item) => keychain.items.set(item, 'x')),
      /not the one this data was sealed with/,
    ],
    ['has a damaged file', () => writeFileSync(sealedKeyFile(), '{"version":1'), /is damaged/],
    ['has an emptied file', () => writeFileSync(sealedKeyFile(), ''), /is damaged/],
    [
      'has a folder in the place of its file',
      () => {
        rmSync(sealedKeyFile());
        mkdirSync(sealedKeyFile());
      },
      /cannot be read/,
    ],
  ])('because it %s locks the app, and nothing is overwritten', async (_, strike, reason) => {
    await open();
    strike();
    const before = new Map(keychain.items);
    const files = readdirSync(join(folder, 'keys'));
    const vault = await open();
    expect(vault.locked).toMatch(reason);
    expect(() => seal(vault)).toThrow(reason);
    expect(() => vault.saveCopy(join(folder, 'copy'))).toThrow(KeyLocked);
    expect(await vault.settle()).toBe('keychain');
    expect(readdirSync(join(folder, 'keys'))).toEqual(files);
    expect(keychain.items).toEqual(before);
  });

  it('is asked for once a start, so that nobody drowns in prompts', async () => {
    await open();
    keychain.isLocked = true;
    keychain.asked = 0;
    const vault = await open();
    await vault.settle();
    for (let count = 0; count < 5; count++) expect(() => seal(vault)).toThrow();
    expect(keychain.asked).toBe(1);
  });

  it('names the keychain it was put into when the desktop has another one now', async () => {
    await open();
    const vault = await open({ keychain: new MemoryKeychain('another keychain') });
    expect(vault.locked).toMatch(/no key for this data in another keychain\. It was put into the test keychain/);
  });
});

it('a key that was given is used as it is', async () => {
  const vault = await open({ given });
  expect(vault.keptIn).toBe('environment');
  expect(await vault.settle()).toBe('environment');
  expect(existsSync(join(folder, 'keys'))).toBe(false);
  expect(keychain.asked).toBe(0);
});
