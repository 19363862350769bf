import { phrase } from '../../shared/domain/phrase.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { Secret, SecretUnreadable } from '../core/ports/secrets.ts';
import { openEnvironmentSecrets } from './environment.ts';
import { type Keychain, KeychainUnavailable } from './keychain.ts';

/*
 * A master key that only the system's keychain can open: a file beside the data holds it sealed, and the keychain
 * holds what it was sealed with. Either alone is worth nothing.
 */

const sealedKeySchema = z.object({
  version: z.literal(1),
  /** Under this name the keychain holds what opens it. */
  item: z.uuid(),
  /** For a person who has to find it: what the keychain is called, and on which computer it is. */
  keychain: z.string().max(200),
  computer: z.string().max(300),
  sealed: z.string().max(2_000),
});
type SealedKey = z.infer<typeof sealedKeySchema>;

/** The key is there and cannot be had now. The message is for a person and holds no secret. */
export class KeyLocked extends Error {
  override name = 'KeyLocked';
}

/**
 * @returns null when no key was ever put there
 * @throws {KeyLocked} when the file cannot be read, the keychain does not answer, or they do not belong together
 */
export async function openSealedKey(file: string, keychain: Keychain): Promise<string | null> {
  const key = readSealedKey(file);
  if (key === null) return null;
  const place = `It was put into ${key.keychain} on the computer “${key.computer}”.`;
  let wrapping: string | null;
  try {
    wrapping = await keychain.read(key.item);
  } catch (error) {
    if (!(error instanceof KeychainUnavailable)) throw error;
    throw new KeyLocked(`The key of this data cannot be had: ${error.message}. ${place} Unlock it and try again.`, {
      cause: error,
    });
  }
  if (wrapping === null) throw new KeyLocked(phrase`There is no key for this data in ${keychain.name}. ${place}`);
  try {
    return openEnvironmentSecrets({ masterKeyBase64: wrapping }).open(key.sealed, placeOf(key.item)).reveal();
  } catch (error) {
    throw new KeyLocked(phrase`The key in ${keychain.name} is not the one this data was sealed with. ${place}`, {
      cause: error instanceof SecretUnreadable ? error : undefined,
    });
  }
}

/**
 * Puts a key into the keychain and makes sure that it can be had again before it answers.
 * @throws {KeychainUnavailable} then nothing has changed
 */
export async function sealKey(file: string, masterKeyBase64: string, keychain: Keychain): Promise<void> {
  const item = randomUUID();
  const wrapping = randomBytes(32).toString('base64');
  await keychain.write(item, wrapping);
  if ((await keychain.read(item)) !== wrapping) {
    throw new KeychainUnavailable(phrase`${keychain.name} did not give back what was put into it`);
  }
  const sealed = openEnvironmentSecrets({ masterKeyBase64: wrapping }).seal(new Secret(masterKeyBase64), placeOf(item));
  const content: SealedKey = { version: 1, item, keychain: keychain.name, computer: hostname(), sealed };
  writeWhole(file, `${JSON.stringify(content, null, 2)}\n`);
}

function placeOf(item: string) {
  return { table: 'keys', column: 'master', rowId: item, accountId: '' };
}

function readSealedKey(file: string): SealedKey | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new KeyLocked(`The file ${file}, which holds the sealed key, cannot be read.`, { cause: error });
  }
  const parsed = sealedKeySchema.safeParse(parseJson(text));
  if (!parsed.success) throw new KeyLocked(`The file ${file}, which holds the sealed key, is damaged.`);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON is as good as any other wrong content; the caller says so.
    return null;
  }
}

/** The file is there with all of it, or as it was before. */
function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.new`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
}
