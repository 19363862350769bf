import type { KeyChecks } from '../../main/core/ports/index.ts';

/** Services that say nothing about keys. */
export const uncheckedKeys: KeyChecks = {
  groq: () => Promise.resolve([]),
  replicate: () => Promise.resolve([]),
  instagram: () => Promise.resolve([]),
  meta: () => Promise.resolve([]),
  tiktok: () => Promise.resolve([]),
};
