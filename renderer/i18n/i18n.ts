import i18next, { type FlatNamespace, type ParseKeys } from 'i18next';
import { chosenLanguage, type Language, languages, localeOf, preferredLanguage } from './languages.ts';
import type { words as english } from './locales/en/index.ts';
import { type Sentences, speakSentences } from './said.ts';

interface Catalogue {
  words: object;
  sentences?: Sentences;
}

/** One chunk each; only the one that is shown is loaded. */
const catalogues: Record<Language, () => Promise<Catalogue>> = {
  en: () => import('./locales/en/index.ts'),
  de: () => import('./locales/de/index.ts'),
  es: () => import('./locales/es/index.ts'),
  fr: () => import('./locales/fr/index.ts'),
  pt: () => import('./locales/pt/index.ts'),
  ar: () => import('./locales/ar/index.ts'),
};

let locale = 'en';

/**
 * Loads the words of the person's language and tells the page which way it runs. Before the first page is shown.
 * @throws when the catalogue cannot be loaded
 */
export async function startI18n(): Promise<void> {
  const language = chosenLanguage() ?? preferredLanguage(navigator.languages);
  document.documentElement.lang = language;
  document.documentElement.dir = languages[language].dir;
  const { words, sentences } = await catalogues[language]();
  speakSentences(sentences ?? {});
  await speak(language, words, localeOf(language, navigator.languages));
  // While a language is being translated, English stands where it has no words yet.
  if (language !== 'en' && Object.values(words).some(isEmpty)) speakInstead((await catalogues.en()).words);
}

/** Makes `t` answer with these words, and numbers and dates look as in the locale (BCP 47). */
export async function speak(language: Language, words: object, asIn: string): Promise<void> {
  locale = asIn;
  const numbers = new Intl.NumberFormat(asIn);
  await i18next.init({
    lng: language,
    fallbackLng: 'en',
    ns: Object.keys(words),
    defaultNS: 'common',
    resources: { [language]: words as typeof english },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  i18next.services.formatter?.add('number', (value: number) => numbers.format(value));
}

function speakInstead(words: object): void {
  for (const [namespace, ofNamespace] of Object.entries(words)) i18next.addResourceBundle('en', namespace, ofNamespace);
}

function isEmpty(namespace: object): boolean {
  return Object.keys(namespace).length === 0;
}

/**
 * The words for a key, such as `t('posts:empty.title')`; `{ count }` picks the plural form. To be asked while
 * something is drawn: a file that is loaded has no language yet.
 * @throws before `startI18n` has ended
 */
export const t = ((...args: Parameters<Lookup>) => {
  if (!i18next.isInitialized) throw new Error('Words are looked up when they are shown, not when a file is loaded.');
  return (i18next.t as unknown as Lookup)(...args);
}) as unknown as typeof i18next.t;

/** What `t` knows, such as `posts:empty.title`: for tables that hold keys, looked up when they are shown. */
export type WordKey = Extract<ParseKeys<FlatNamespace[]>, `${string}:${string}`>;

type Lookup = (...args: unknown[]) => string;

/** The language that is shown. */
export function language(): Language {
  return i18next.language as Language;
}

/** For `Intl`: the person's variety of the language that is shown. */
export function currentLocale(): string {
  return locale;
}
