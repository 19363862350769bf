import fc from 'fast-check';
import { expect, it } from 'vitest';
import { randomToken } from './random-token.ts';

it('writes 32 bytes as base64url', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      const token = randomToken({ bytes: () => bytes, fraction: () => 0, id: () => '' });
      expect(token).toBe(Buffer.from(bytes).toString('base64url'));
    }),
  );
});
