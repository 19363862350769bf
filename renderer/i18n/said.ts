import { type Sentences, translator } from '../../shared/domain/said.ts';

let translate = translator({}, 'en');

/**
 * Takes the sentences of a language; none for English.
 * @param asIn how numbers and amounts are written and lists are joined (BCP 47)
 */
export function speakSentences(sentences: Sentences, asIn: string): void {
  translate = translator(sentences, asIn);
}

/** A text of the core in the language that is shown. */
export function said(text: string): string {
  return translate(text);
}
