import type { Brand } from '../../../shared/contract/brand.ts';
import { findBannedTerms } from '../../../shared/domain/banned-terms.ts';

/** A banned term in a text that the AI is to use or to learn from. */
export interface OwnHit {
  where: 'ctas' | 'hashtags' | 'examplePosts';
  text: string;
  term: string;
}

/** Where the brand's own texts say what the brand never says; one for each text. */
export function ownHits(brand: Pick<Brand, OwnHit['where'] | 'bannedTerms'>): OwnHit[] {
  return (['ctas', 'hashtags', 'examplePosts'] as const).flatMap((where) =>
    brand[where].flatMap((text) => {
      const term = findBannedTerms(text, brand.bannedTerms)[0]?.term;
      return term === undefined ? [] : [{ where, text, term }];
    }),
  );
}
