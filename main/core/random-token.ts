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

/** 64 random bits as hex digits: what nobody can foresee, so that data quoted in a request cannot pretend to end. */
export function randomMarker(random: Random): string {
  return [...random.bytes(8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
