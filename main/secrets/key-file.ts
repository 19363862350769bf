import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** The key file cannot be read or made. The message is for a person and never holds the key. */
export class KeyFileUnusable extends Error {
  override name = 'KeyFileUnusable';
}

/**
 * The master key of a host that was given none: 32 random bytes in base64, in a file that only its
 * owner may read (0600, its folder 0700). Made on first use and never replaced.
 *
 * Keep it in a folder beside the data folder, such as `keys/master.key` next to `data/`, never inside
 * it: whoever copies the data folder or a backup of it must not get the key as well. Back it up
 * separately; without it every account has to be connected again.
 * @returns the file's text; `openEnvironmentSecrets` says whether it is a key
 * @throws {KeyFileUnusable}
 */
export function readOrCreateKeyFile(file: string): { masterKeyBase64: string; created: boolean } {
  try {
    const created = createOnce(file);
    if (!created) refuseReadableByOthers(file);
    return { masterKeyBase64: readFileSync(file, 'utf8').trim(), created };
  } catch (error) {
    if (error instanceof KeyFileUnusable) throw error;
    throw new KeyFileUnusable(
      `The key file ${file} cannot be read or made. Check that its folder exists and belongs to you, or set AUTOSOCIAL_MASTER_KEY.`,
      { cause: error },
    );
  }
}

/** Written whole under another name, then linked: the file is there with its key in it, or not at all. */
function createOnce(file: string): boolean {
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) return false;
  const folder = dirname(file);
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(folder, 0o700);
  const draft = `${file}.${randomBytes(8).toString('hex')}.new`;
  try {
    writeDurably(draft, `${randomBytes(32).toString('base64')}\n`);
    linkSync(draft, file);
    return true;
  } catch (error) {
    // Another process was first; its key is the key.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function writeDurably(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function refuseReadableByOthers(file: string): void {
  const isOpen = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
  if (!isOpen) return;
  throw new KeyFileUnusable(
    `Other users of this computer may read the key file ${file}. If nobody has, run: chmod 600 "${file}"`,
  );
}
