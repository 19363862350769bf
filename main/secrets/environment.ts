import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { type SealedPlace, Secret, type SecretStore, SecretUnreadable } from '../core/ports/secrets.ts';

/** The master key cannot be used. The message is for a person and never holds the key. */
export class BadMasterKey extends Error {
  override name = 'BadMasterKey';
}

/*
 * A sealed value, in base64: version (1 byte) · key id (8) · nonce (12) · ciphertext · tag (16).
 */
const version = 1;
const keyIdBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;
const headerBytes = 1 + keyIdBytes + nonceBytes;

/**
 * Seals with AES-256-GCM under a key given as text, such as `AUTOSOCIAL_MASTER_KEY`.
 * Nonces are random; NIST SP 800-38D allows 2^32 of them a key, far more than tokens are ever written.
 * @param options.masterKeyBase64 32 bytes in base64
 * @throws {BadMasterKey}
 */
export function openEnvironmentSecrets(options: { masterKeyBase64: string }): SecretStore {
  const masterKey = parseMasterKey(options.masterKeyBase64);
  const key = derive(masterKey, 'sealed values', 32);
  // From a derivation of its own, so that the id, which is stored, says nothing about the key.
  const keyId = derive(masterKey, 'key id', keyIdBytes);

  return {
    keyId: () => keyId.toString('hex'),

    seal(secret, place) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(associatedData(place, keyId));
      const ciphertext = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(version), keyId, nonce, ciphertext, cipher.getAuthTag()]).toString('base64');
    },

    open(sealed, place) {
      const bytes = parseSealed(sealed, keyId);
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1 + keyIdBytes, headerBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(associatedData(place, keyId));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(headerBytes, -tagBytes)), decipher.final()]);
        return new Secret(text.toString('utf8'));
      } catch {
        throw new SecretUnreadable(
          `The secret in ${place.table}.${place.column} was changed or belongs to another place.`,
        );
      }
    },
  };
}

function parseMasterKey(text: string): Buffer {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length === 32 && bytes.toString('base64') === text.trim()) return bytes;
  throw new BadMasterKey(
    'The master key must be 32 random bytes in base64 (44 characters, the last one "="). Make one with: openssl rand -base64 32',
  );
}

function parseSealed(sealed: string, keyId: Buffer): Buffer {
  const bytes = Buffer.from(sealed, 'base64');
  // Decoders overlook some changes of base64 text; only the one spelling that seal() gives is taken.
  if (bytes.toString('base64') !== sealed || bytes.length < headerBytes + tagBytes) {
    throw new SecretUnreadable('This is not a sealed secret.');
  }
  if (bytes[0] !== version) throw new SecretUnreadable('This secret was sealed by another version of the app.');
  if (!bytes.subarray(1, 1 + keyIdBytes).equals(keyId)) {
    throw new SecretUnreadable('This secret was sealed with another key.');
  }
  return bytes;
}

/** A JSON list, so that no two places spell the same. */
function associatedData({ table, column, rowId, accountId }: SealedPlace, keyId: Buffer): Buffer {
  return Buffer.from(JSON.stringify([version, table, column, rowId, accountId, keyId.toString('hex')]), 'utf8');
}

function derive(masterKey: Buffer, purpose: string, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, '', `AutoSocial AI ${purpose}`, length));
}
