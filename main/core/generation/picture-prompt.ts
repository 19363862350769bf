import type { Brand } from '../../../shared/contract/brand.ts';
import type { Draft } from './draft.ts';

/** The prompt of a post's picture: what the model thought of, in the brand's style. */
export function promptFor({ imagePrompt, altText }: Draft, { imageStyle, colors }: Brand): string {
  const subject = imagePrompt === '' ? altText : imagePrompt;
  if (subject === '') return '';
  return [
    subject,
    imageStyle === '' ? '' : `Style: ${imageStyle}`,
    colors.length === 0 ? '' : `Accents in ${colors.join(', ')}`,
    'No text, letters or logos in the picture',
  ]
    .filter((part) => part !== '')
    .map((part) => part.replace(/[.\s]+$/, ''))
    .join('. ')
    .concat('.');
}

/** The same for a video of it. @param prompt the picture's */
export function movingPrompt(prompt: string): string {
  return `${prompt} Slow, steady camera movement.`;
}
