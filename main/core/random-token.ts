import type { Random } from './ports/index.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 256 random bits as 43 characters of base64url, without padding. */
export function randomToken(random: Random): string {
  let token = '';
  let waiting = 0;
  let bits = 0;
  for (const byte of random.bytes(32)) {
    waiting = (waiting << 8) | byte;
    bits += 8;
    for (; bits >= 6; bits -= 6) token += alphabet[(waiting >> (bits - 6)) & 63];
    waiting &= (1 << bits) - 1;
  }
  return bits === 0 ? token : token + alphabet[(waiting << (6 - bits)) & 63];
}
