import { type Sentences, translator } from '../../shared/domain/said.ts';

let translate = translator({});

/** Takes the sentences of a language; none for English. */
export function speakSentences(sentences: Sentences): void {
  translate = translator(sentences);
}

/** A text of the core in the language that is shown. */
export function said(text: string): string {
  return translate(text);
}
