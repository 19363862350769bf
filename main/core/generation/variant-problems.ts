import type { Variant } from '../../../shared/contract/review.ts';
import { findBannedTerms } from '../../../shared/domain/banned-terms.ts';
import { captionProblems, composeText } from '../../../shared/domain/captions.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { foreignContacts } from './check.ts';
import { isInAnotherLanguage } from './language.ts';
import type { VariantBrief } from './variant-prompt.ts';

/** What is wrong with a wording; empty when nothing is. A contact that stands in the post already is none. */
export function variantProblems(
  caption: string,
  { client, brand, current, hashtags, platforms }: VariantBrief,
): Pick<Variant, 'bannedTerms' | 'problems'> {
  const bannedTerms = [...new Set(findBannedTerms(caption, brand.bannedTerms).map(({ term }) => term))];
  const [contact] = foreignContacts(caption, [
    current,
    client.name,
    client.brandVoice,
    ...brand.ctas,
    ...brand.hashtags,
  ]);
  return {
    bannedTerms,
    problems: [
      ...bannedTerms.map((term) => ({ code: 'banned', message: `It says “${term}”, which this brand never says.` })),
      ...platforms.flatMap((platform) =>
        captionProblems(platform, composeText(caption, hashtags)).map((message) => ({
          code: 'too_long',
          message: `${platformNames[platform]}: ${message}`,
        })),
      ),
      ...(contact === undefined
        ? []
        : [{ code: 'contact', message: `It has “${contact.slice(0, 80)}”, which the post did not have.` }]),
      ...(isInAnotherLanguage(caption, client.language)
        ? [{ code: 'language', message: 'It is not in the client’s language.' }]
        : []),
    ],
  };
}
