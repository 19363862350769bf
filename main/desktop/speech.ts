import type { Language } from '../../shared/domain/languages.ts';
import { type Sentences, translator } from '../../shared/domain/said.ts';
import ar from '../../shared/sentences/ar.json';
import de from '../../shared/sentences/de.json';
import es from '../../shared/sentences/es.json';
import fr from '../../shared/sentences/fr.json';
import pt from '../../shared/sentences/pt.json';
import { type Words, wordsIn } from './words/index.ts';

/** How the app speaks outside the dashboard: words of its own, and what the core says. */
export interface Speech {
  words: Words;
  /** A text of the core, such as an entry of its log, in the same language. */
  said(text: string): string;
}

const sentences: Readonly<Record<Language, Sentences>> = { en: {}, de, es, fr, pt, ar };
const begun = new Map<Language, Speech>();

export function speechIn(language: Language): Speech {
  const known = begun.get(language);
  if (known !== undefined) return known;
  const words = wordsIn[language];
  const speech = { words, said: translator(sentences[language], words.locale) };
  begun.set(language, speech);
  return speech;
}
