import i18next, { type FlatNamespace, type ParseKeys, type Resource } from 'i18next';
import { type Language, languages, preferredLanguage } from '../../shared/domain/languages.ts';
import type { Sentences } from '../../shared/domain/said.ts';
import { chosenLanguage, localeOf } from './languages.ts';
import { speakSentences } from './said.ts';

/** Words by namespace. */
type Words = Record<string, object>;

interface Catalogue {
  /** What the frame and Home say, and what the core says. */
  first: () => Promise<{ words: Words; sentences?: Sentences }>;
  /** What every other page says. */
  rest: () => Promise<{ words: Words }>;
}

/** Two chunks each; only those of the language that is shown are loaded. */
const catalogues: Record<Language, Catalogue> = {
  en: { first: () => import('./locales/en/first.ts'), rest: () => import('./locales/en/rest.ts') },
  de: { first: () => import('./locales/de/first.ts'), rest: () => import('./locales/de/rest.ts') },
  es: { first: () => import('./locales/es/first.ts'), rest: () => import('./locales/es/rest.ts') },
  fr: { first: () => import('./locales/fr/first.ts'), rest: () => import('./locales/fr/rest.ts') },
  pt: { first: () => import('./locales/pt/first.ts'), rest: () => import('./locales/pt/rest.ts') },
  ar: { first: () => import('./locales/ar/first.ts'), rest: () => import('./locales/ar/rest.ts') },
};

let locale = 'en';

/**
 * Loads the first words of the person's language and tells the page which way it runs. Before the first page is shown.
 * @throws when the catalogue cannot be loaded
 */
export async function startI18n(): Promise<void> {
  const language = chosenLanguage() ?? preferredLanguage(navigator.languages);
  document.documentElement.lang = language;
  document.documentElement.dir = languages[language].dir;
  const { words, sentences } = await catalogues[language].first();
  const asIn = localeOf(language, navigator.languages);
  speakSentences(sentences ?? {}, asIn);
  await speak(language, words, asIn);
  await speakInstead(language, words, 'first');
}

/**
 * A page or dialog that is not there from the start, and all words with it: those of the first page come first, and alone.
 * @param part its code on the way
 * @throws when either cannot be loaded; asked again, it is tried again
 */
export async function withWords<Part>(part: Promise<Part>): Promise<Part> {
  restSpoken ??= speakRest();
  restSpoken.catch(() => {
    restSpoken = undefined;
  });
  const [loaded] = await Promise.all([part, restSpoken]);
  return loaded;
}
let restSpoken: Promise<void> | undefined;

async function speakRest(): Promise<void> {
  const shown = language();
  const { words } = await catalogues[shown].rest();
  add(shown, words);
  await speakInstead(shown, words, 'rest');
}

/** Makes `t` answer with these words, and numbers and dates look as in the locale (BCP 47). */
export async function speak(language: Language, words: Words, asIn: string): Promise<void> {
  locale = asIn;
  plain.clear();
  const numbers = new Intl.NumberFormat(asIn);
  await i18next.init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    resources: { [language]: words as Resource },
    ns: Object.keys(words),
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  i18next.services.formatter?.add('number', (value: number) => numbers.format(value));
}

/** While a language is being translated, English stands where it has no words yet. */
async function speakInstead(shown: Language, words: Words, part: keyof Catalogue): Promise<void> {
  if (shown !== 'en' && Object.values(words).some(isEmpty)) add('en', (await catalogues.en[part]()).words);
}

function add(spoken: Language, words: Words): void {
  plain.clear();
  for (const [namespace, ofNamespace] of Object.entries(words)) {
    i18next.addResourceBundle(spoken, namespace, ofNamespace);
  }
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
  const [key, ...filling] = args;
  if (filling.length > 0 || typeof key !== 'string') return (i18next.t as unknown as Lookup)(...args);
  const known = plain.get(key);
  if (known !== undefined) return known;
  const words = (i18next.t as unknown as Lookup)(key);
  plain.set(key, words);
  return words;
}) as unknown as typeof i18next.t;

/** What `t` knows, such as `posts:empty.title`: for tables that hold keys, looked up when they are shown. */
export type WordKey = Extract<ParseKeys<FlatNamespace[]>, `${string}:${string}`>;

/** Words that nothing is filled into, by key: a long list asks for the same ones hundreds of times, and looking them up takes its time. */
const plain = new Map<string, string>();

type Lookup = (...args: unknown[]) => string;

/** The language that is shown. */
export function language(): Language {
  return i18next.language as Language;
}

/** For `Intl`: the person's variety of the language that is shown. */
export function currentLocale(): string {
  return locale;
}
