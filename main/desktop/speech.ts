import { withInstants } from '../../shared/domain/filled-in-instants.ts';
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
  const translate = translator(sentences[language], words.locale);
  const speech: Speech = {
    words,
    said: (text) => withInstants(translate(text), (instant, zone) => dayAndTime(instant, zone, words.locale)),
  };
  begun.set(language, speech);
  return speech;
}

/** `Thu 26 Nov, 09:00` on this computer's clock, or on that of the zone it names, which is then said. */
function dayAndTime(instant: string, zone: string | undefined, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    ...(zone === undefined ? {} : { timeZone: zone, timeZoneName: 'short' }),
  }).format(Date.parse(instant));
}
