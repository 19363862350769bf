import type { BrandValues } from './brand-values.ts';

/** A post that the AI wrote to be looked at. */
export interface WrittenExample {
  caption: string;
  cta: string | null;
  hashtags: readonly string[];
}

export interface ShownExample {
  /** Empty when there is nothing to show yet. */
  text: string;
  cta: string | null;
  hashtags: readonly string[];
}

const mostHashtags = 5;

/**
 * The post that shows what a brand is like as it is being edited: the AI's text when there is one, else the example
 * post of that number. Call to action and hashtags are the brand's present ones.
 */
export function exampleOf(brand: BrandValues, written: WrittenExample | null, number: number): ShownExample {
  const ctas = brand.ctas.filter((cta) => cta.trim() !== '');
  const cta = ctas.find((candidate) => candidate === written?.cta) ?? ctas[0] ?? null;
  const own = brand.hashtags.slice(0, mostHashtags);
  if (written !== null) {
    const known = written.hashtags.filter((tag) => !own.includes(tag));
    return { text: written.caption, cta, hashtags: [...own, ...known].slice(0, mostHashtags + 2) };
  }
  const text = brand.examplePosts.filter((post) => post.trim() !== '')[number] ?? '';
  return {
    text,
    cta: cta !== null && text.includes(cta) ? null : cta,
    hashtags: own.filter((tag) => !text.includes(tag)),
  };
}
