import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SealedPlace, Secret, SecretUnreadable } from '../core/ports/secrets.ts';
import { openEnvironmentSecrets } from './environment.ts';

const masterKeyBase64 = Buffer.alloc(32, 7).toString('base64');
const secrets = openEnvironmentSecrets({ masterKeyBase64 });
const place: SealedPlace = {
  table: 'social_accounts',
  column: 'sealed_access_token',
  rowId: 'account-1',
  accountId: 'account-1',
};

describe('a sealed secret', () => {
  it('opens at its place, also after a restart, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 3_000 }), (text) => {
        const restarted = openEnvironmentSecrets({ masterKeyBase64 });
        expect(restarted.open(secrets.seal(new Secret(text), place), place).reveal()).toBe(text);
      }),
    );
  });

  it('does not open with any single bit changed', () => {
    const bytes = Buffer.from(secrets.seal(new Secret('EAAB-token'), place), 'base64');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => secrets.open(changed.toString('base64'), place)).toThrow(SecretUnreadable);
    }
  });

  it('does not open with any character of its text changed', () => {
    const sealed = secrets.seal(new Secret('EAAB-token!'), place);
    for (let index = 0; index < sealed.length; index++) {
      for (const character of 'ABwxyz09+/=-_ \n') {
        if (sealed[index] === character) continue;
        const changed = sealed.slice(0, index) + character + sealed.slice(index + 1);
        expect(() => secrets.open(changed, place)).toThrow(SecretUnreadable);
      }
    }
  });

  it('does not open when cut, lengthened or empty', () => {
    const sealed = secrets.seal(new Secret('token'), place);
    const bytes = Buffer.from(sealed, 'base64');
    for (let length = 0; length < bytes.length; length++) {
      expect(() => secrets.open(bytes.subarray(0, length).toString('base64'), place)).toThrow(SecretUnreadable);
    }
    for (const text of [`${sealed}AAAA`, ` ${sealed}`, `${sealed}\n`, 'token', '{}']) {
      expect(() => secrets.open(text, place)).toThrow(SecretUnreadable);
    }
  });

  it.each(['table', 'column', 'rowId', 'accountId'] as const)('does not open at another %s', (field) => {
    const sealed = secrets.seal(new Secret('token'), place);
    expect(() => secrets.open(sealed, { ...place, [field]: 'other' })).toThrow(SecretUnreadable);
    expect(() => secrets.open(sealed, { ...place, [field]: '' })).toThrow(SecretUnreadable);
  });

  it('does not open at a place that only reads the same when run together', () => {
    const sealed = secrets.seal(new Secret('token'), { ...place, table: 'ab', column: 'c' });
    expect(() => secrets.open(sealed, { ...place, table: 'a', column: 'bc' })).toThrow(SecretUnreadable);
    const quoted = secrets.seal(new Secret('token'), { ...place, table: 'a","b', column: 'c' });
    expect(() => secrets.open(quoted, { ...place, table: 'a', column: 'b","c' })).toThrow(SecretUnreadable);
  });

  it('does not open with another key, even under the first one’s id', () => {
    const other = openEnvironmentSecrets({ masterKeyBase64: Buffer.alloc(32, 8).toString('base64') });
    const bytes = Buffer.from(secrets.seal(new Secret('token'), place), 'base64');
    expect(() => other.open(bytes.toString('base64'), place)).toThrow(/another key/);
    Buffer.from(other.keyId(), 'hex').copy(bytes, 1);
    expect(() => other.open(bytes.toString('base64'), place)).toThrow(SecretUnreadable);
  });

  it('is different each time: 100,000 nonces are all distinct', { timeout: 60_000 }, () => {
    const nonces = new Set<string>();
    const secret = new Secret('t');
    for (let count = 0; count < 100_000; count++) {
      nonces.add(Buffer.from(secrets.seal(secret, place), 'base64').subarray(9, 21).toString('hex'));
    }
    expect(nonces.size).toBe(100_000);
  });

  it('shows neither secret nor key in its text or in errors', () => {
    const sealed = secrets.seal(new Secret('plain-token'), place);
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('plain-token');
    expect(inspect(secrets, { depth: 5 })).not.toContain(masterKeyBase64);
    expect(inspect(secrets.open(sealed, place))).toBe('[redacted]');
  });
});

describe('the key', () => {
  it('has an id that stays and differs from other keys', () => {
    const other = openEnvironmentSecrets({ masterKeyBase64: randomBytes(32).toString('base64') });
    expect(secrets.keyId()).toMatch(/^[0-9a-f]{16}$/);
    expect(openEnvironmentSecrets({ masterKeyBase64: `${masterKeyBase64}\n` }).keyId()).toBe(secrets.keyId());
    expect(other.keyId()).not.toBe(secrets.keyId());
  });

  it.each([
    '',
    'short',
    Buffer.alloc(31).toString('base64'),
    Buffer.alloc(33).toString('base64'),
    Buffer.alloc(32).toString('hex'),
    `${masterKeyBase64.slice(0, -2)}!=`,
  ])('must be 32 bytes in base64, not %j', (text) => {
    let message = '';
    try {
      openEnvironmentSecrets({ masterKeyBase64: text });
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(/^BadMasterKey: .*openssl rand -base64 32/);
    if (text.length > 8) expect(message).not.toContain(text);
  });
});
