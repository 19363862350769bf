import { type Brand, emptyBrand } from '../../../shared/contract/brand.ts';
import { normalizeHashtag } from '../../../shared/domain/captions.ts';
import type { CoreDeps } from '../deps.ts';
import { clientOf } from './clients.ts';

/** How a client's posts look and sound, and what never appears in them. */
export interface Brands {
  /** An empty brand when none was written yet. @throws {NotFound} */
  get(clientId: string): Promise<Brand>;
  /** @throws {NotFound} */
  put(clientId: string, brand: Brand, actor: string): Promise<Brand>;
}

export function createBrands(deps: Pick<CoreDeps, 'store' | 'clock' | 'activity' | 'changes'>): Brands {
  const { store, clock } = deps;

  return {
    async get(clientId) {
      await clientOf(store, clientId);
      return (await store.clients.brand(clientId)) ?? emptyBrand;
    },

    async put(clientId, brand, actor) {
      const tidy = tidied(brand);
      await store.transaction(async (repositories) => {
        const { name } = await clientOf(repositories, clientId);
        await repositories.clients.putBrand(clientId, tidy, clock.now());
        await deps.activity.record(
          { actor, kind: 'brand.changed', message: `Changed the brand of ${name}`, clientId },
          repositories,
        );
      });
      deps.changes.tell('client.changed', clientId, clientId);
      return tidy;
    },
  };
}

/** Nothing twice, hashtags with their sign. */
function tidied(brand: Brand): Brand {
  const hashtags = brand.hashtags.map(normalizeHashtag).filter((hashtag) => hashtag !== '#');
  return {
    ...brand,
    colors: unique(brand.colors.map((color) => color.toLowerCase())),
    bannedTerms: unique(brand.bannedTerms),
    ctas: unique(brand.ctas),
    hashtags: unique(hashtags),
  };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
