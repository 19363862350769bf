import { describe, expect, it, vi } from 'vitest';
import { KeychainUnavailable } from './keychain.ts';
import { keytarKeychain } from './keytar.ts';

/* The library is replaced here by what it does at its worst; its real round trip is in test/keychain.spec.ts. */

describe('a keychain', () => {
  it('that was not built for this computer is unavailable, in words', async () => {
    const keychain = keytarKeychain(() => Promise.reject(new Error("Cannot find package 'keytar'")));
    await expect(keychain.read('item')).rejects.toThrow(KeychainUnavailable);
    await expect(keychain.write('item', 'secret')).rejects.toThrow(/cannot be used: Cannot find package/);
  });

  it('that never answers is given up after a minute, and the next question is asked', async () => {
    vi.useFakeTimers();
    try {
      const answers: (() => Promise<string | null>)[] = [() => new Promise(() => undefined), async () => 'found'];
      const keychain = keytarKeychain(async () => ({
        getPassword: () => answers.shift()?.() ?? Promise.resolve(null),
        setPassword: () => Promise.resolve(),
      }));
      const first = expect(keychain.read('one')).rejects.toThrow(/did not answer within a minute/);
      const second = keychain.read('two');
      await vi.advanceTimersByTimeAsync(59_000);
      expect(answers).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1_000);
      await first;
      expect(await second).toBe('found');
    } finally {
      vi.useRealTimers();
    }
  });
});
