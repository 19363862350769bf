/**
 * Words for a person that are no sentence of their own: `phrase\`Deleted a post of ${name}\``. They come out as they are
 * written; the mark lets `scripts/server-sentences.ts` find them, so that the dashboard has them in every language.
 * What is filled in is a name, a number, an instant, or a phrase again.
 */
export function phrase(words: TemplateStringsArray, ...filledIn: readonly (string | number)[]): string {
  return String.raw({ raw: words }, ...filledIn);
}
