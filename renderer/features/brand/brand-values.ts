import type { Brand } from '../../../shared/contract/brand.ts';

/** What the brand tab edits in one go: the brand, and the client's voice. */
export type BrandValues = Brand & { brandVoice: string };

/** Lines that were added but never filled in are not worth an error. */
export function withoutBlanks<T extends Pick<Brand, 'ctas' | 'examplePosts'>>(brand: T): T {
  const filled = (texts: readonly string[]) => texts.filter((text) => text.trim() !== '');
  return { ...brand, ctas: filled(brand.ctas), examplePosts: filled(brand.examplePosts) };
}
