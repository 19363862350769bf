import { composeText } from '../../../shared/domain/captions.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import type { PostRecord, TargetRecord } from '../ports/index.ts';
import { type Draft, distinctTags, type Variant } from './draft.ts';

/** The texts of a post and of its targets. */
export type Composition = Pick<PostRecord, 'caption' | 'hashtags' | 'firstComment' | 'altText'> & {
  /** Null where the post's text will do. */
  captionFor: (platform: Platform) => TargetRecord['caption'];
};

/** The caption with the call to action under it, unless it is in it already. */
export function composeCaption(caption: string, cta: string | null): string {
  return cta === null || caption.includes(cta) ? caption : `${caption}\n\n${cta}`;
}

/**
 * The post's text is that of Facebook, or of the first network where Facebook is none of them. A network
 * whose words or hashtags differ gets its own text with all its hashtags in it, so that the post's are
 * not added a second time.
 */
export function compose(draft: Draft, cta: string | null): Composition {
  const main = draft.variants.find(({ platform }) => platform === 'facebook') ?? draft.variants[0];
  const caption = composeCaption(main?.caption ?? '', cta);
  const hashtags = main?.hashtags ?? [];
  return {
    caption,
    hashtags,
    firstComment:
      main?.firstComment ?? draft.variants.find(({ firstComment }) => firstComment !== null)?.firstComment ?? null,
    altText: draft.altText === '' ? null : draft.altText,
    captionFor: (platform) => {
      const own = draft.variants.find((variant) => variant.platform === platform);
      if (own === undefined || own === main || sameWords(own, main)) return null;
      return composeText(composeCaption(own.caption, cta), distinctTags([...own.hashtags, ...hashtags]));
    },
  };
}

/** The text as it will stand on one network, hashtags included. */
export function textOnNetwork(draft: Draft, platform: Platform, cta: string | null): string {
  const { caption, hashtags, captionFor } = compose(draft, cta);
  return composeText(captionFor(platform) ?? caption, hashtags);
}

function sameWords(own: Variant, main: Variant | undefined): boolean {
  const tags = new Set(main?.hashtags.map((tag) => tag.toLowerCase()));
  return own.caption === main?.caption && own.hashtags.every((tag) => tags.has(tag.toLowerCase()));
}
