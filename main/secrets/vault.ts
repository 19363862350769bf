import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { KeyPlace } from '../../shared/contract/events.ts';
import type { Log } from '../core/ports/index.ts';
import type { SecretStore } from '../core/ports/secrets.ts';
import { openEnvironmentSecrets } from './environment.ts';
import { readOrCreateKeyFile } from './key-file.ts';
import { type Keychain, KeychainUnavailable } from './keychain.ts';
import { lockedSecrets } from './locked.ts';
import { KeyLocked, openSealedKey, sealKey } from './sealed-key.ts';

export interface VaultOptions {
  /** A key that was given by name, as `AUTOSOCIAL_MASTER_KEY` is; null: it is kept by the app. */
  given: string | null;
  /** Where a key lies in the open, for its owner's eyes only. */
  keyFile: string;
  /** Where a key lies that the keychain opens. */
  sealedKeyFile: string;
  keychain: Keychain;
  /** Where a key belongs: a desktop keeps it in the keychain, a server in a file. */
  home: 'keychain' | 'file';
  log: Log;
}

/** The master key, and what is sealed with it. */
export interface Vault {
  secrets: SecretStore;
  /** Why there is no key, for a person; null when there is one. */
  locked: string | null;
  keptIn: KeyPlace;
  /**
   * Brings the key to where it belongs. To be called once it has opened what the store holds: a wrong key that was
   * put there by mistake must not take the place of the right one. Never rejects.
   * @returns where it is then
   */
  settle(): Promise<KeyPlace>;
  /**
   * Writes a copy of the key that opens the data anywhere, for its owner alone.
   * @throws {KeyLocked} when there is none
   */
  saveCopy(file: string): void;
}

/**
 * Finds the master key: the one that was given; else one in a file, because somebody may have put it there to move
 * the data here; else the one in the keychain; else a new one.
 * @throws {KeyFileUnusable} and {BadMasterKey}, when a key in the open cannot be used
 */
export async function openVault(options: VaultOptions): Promise<Vault> {
  try {
    const key = await findKey(options);
    return vaultOf(options, key.masterKeyBase64, key.keptIn);
  } catch (error) {
    if (!(error instanceof KeyLocked)) throw error;
    options.log.warn('the key cannot be had', { reason: error.message });
    return lockedVault(error);
  }
}

interface FoundKey {
  masterKeyBase64: string;
  keptIn: KeyPlace;
}

async function findKey({ given, keyFile, sealedKeyFile, keychain, home, log }: VaultOptions): Promise<FoundKey> {
  if (given !== null) return { masterKeyBase64: given, keptIn: 'environment' };
  const isInTheOpen = existsSync(keyFile);
  const sealed = isInTheOpen ? null : await openSealedKey(sealedKeyFile, keychain);
  if (sealed !== null) return { masterKeyBase64: sealed, keptIn: 'keychain' };
  if (!isInTheOpen && home === 'keychain') {
    const made = randomBytes(32).toString('base64');
    try {
      await sealKey(sealedKeyFile, made, keychain);
      return { masterKeyBase64: made, keptIn: 'keychain' };
    } catch (error) {
      if (!(error instanceof KeychainUnavailable)) throw error;
      log.warn('the key is kept in a file', { reason: error.message });
    }
  }
  return { ...readOrCreateKeyFile(keyFile), keptIn: 'file' };
}

function vaultOf(options: VaultOptions, masterKeyBase64: string, keptIn: KeyPlace): Vault {
  const { keyFile, sealedKeyFile, keychain, home, log } = options;
  return {
    secrets: openEnvironmentSecrets({ masterKeyBase64 }),
    locked: null,
    keptIn,
    async settle() {
      if (keptIn !== 'file' || home !== 'keychain') return keptIn;
      try {
        await sealKey(sealedKeyFile, masterKeyBase64, keychain);
        rmSync(keyFile);
        return 'keychain';
      } catch (error) {
        log.warn('the key stays in its file', { reason: String(error) });
        return 'file';
      }
    },
    saveCopy(file) {
      // A file that was there would keep its own permissions.
      rmSync(file, { force: true });
      writeFileSync(file, `${masterKeyBase64}\n`, { mode: 0o600, flag: 'wx' });
    },
  };
}

function lockedVault(reason: KeyLocked): Vault {
  return {
    secrets: lockedSecrets(reason.message),
    locked: reason.message,
    keptIn: 'keychain',
    settle: () => Promise.resolve('keychain'),
    saveCopy: () => {
      throw reason;
    },
  };
}
