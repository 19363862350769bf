import { createHash, randomBytes } from 'node:crypto';
import type { Clock, Digest, Random } from '../core/ports/index.ts';

export const systemDigest: Digest = {
  sha256: (data) => createHash('sha256').update(data).digest('hex'),
};

/** Randomness of the operating system; ids are UUID version 7 (RFC 9562) by the given clock. */
export function systemRandom(clock: Clock): Random {
  let lastMs = 0;
  let sequence = 0;
  return {
    fraction: () => Math.random(),
    bytes: (length) => new Uint8Array(randomBytes(length)),
    id() {
      const ms = Math.max(clock.now(), lastMs);
      sequence = ms === lastMs ? sequence + 1 : randomBytes(2).readUInt16BE() & 0x3ff;
      lastMs = ms;
      return uuidV7(ms, sequence & 0xfff);
    },
  };
}

/** @param sequence 12 bits that keep ids of one millisecond in order */
function uuidV7(ms: number, sequence: number): string {
  const time = ms.toString(16).padStart(12, '0');
  const random = randomBytes(8);
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  const tail = random.toString('hex');
  const middle = `7${sequence.toString(16).padStart(3, '0')}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${middle}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
