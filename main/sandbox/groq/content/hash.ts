import { createHash } from 'node:crypto';

/** A whole number from 0 to below `below`, always the same for the same words. */
export function pick(below: number, ...words: (string | number)[]): number {
  const digest = createHash('sha256').update(words.join('\u0000')).digest();
  return digest.readUInt32BE(0) % Math.max(1, below);
}

/** The items in an order that depends on the words only. */
export function shuffled<T>(items: readonly T[], ...words: (string | number)[]): T[] {
  return items
    .map((item, index) => ({ item, key: pick(0xffff_ffff, ...words, index) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
