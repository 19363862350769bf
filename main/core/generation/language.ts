/** Letters of the scripts that languages we can tell apart are written in. */
const scripts: Record<string, RegExp> = {
  Latn: /\p{Script=Latin}/gu,
  Cyrl: /\p{Script=Cyrillic}/gu,
  Grek: /\p{Script=Greek}/gu,
  Arab: /\p{Script=Arabic}/gu,
  Hebr: /\p{Script=Hebrew}/gu,
  Deva: /\p{Script=Devanagari}/gu,
  Thai: /\p{Script=Thai}/gu,
  Jpan: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  Kore: /[\p{Script=Hangul}\p{Script=Han}]/gu,
  Hans: /\p{Script=Han}/gu,
  Hant: /\p{Script=Han}/gu,
};

/** Small words that give a language away and that the others do not have. */
const smallWords: Record<string, readonly string[]> = {
  en: ['the', 'and', 'with', 'you', 'your', 'of', 'our', 'this', 'that', 'for', 'from', 'are', 'is', 'it', 'to'],
  de: [
    'der',
    'die',
    'das',
    'und',
    'mit',
    'nicht',
    'wir',
    'ist',
    'für',
    'ein',
    'eine',
    'einen',
    'auf',
    'bei',
    'uns',
    'sie',
  ],
  fr: ['les', 'des', 'est', 'et', 'avec', 'vous', 'nous', 'pour', 'une', 'dans', 'votre', 'notre', 'du', 'au'],
  es: ['los', 'las', 'el', 'y', 'con', 'para', 'una', 'nuestro', 'nuestra', 'tu', 'es', 'del', 'muy'],
  it: ['il', 'gli', 'che', 'con', 'per', 'una', 'della', 'nostro', 'nostra', 'è', 'di', 'sono', 'anche'],
  pt: ['os', 'uma', 'com', 'para', 'não', 'você', 'seu', 'nosso', 'nossa', 'em', 'ao', 'muito', 'é'],
  nl: ['het', 'een', 'en', 'met', 'voor', 'niet', 'wij', 'jouw', 'onze', 'van', 'naar', 'zijn', 'je'],
};

/**
 * Whether a text is plainly not in the language of a BCP 47 tag: another script, or, among some
 * languages of western Europe, another one's small words. In doubt it is not.
 */
export function isInAnotherLanguage(text: string, tag: string): boolean {
  const locale = localeOf(tag);
  if (locale === null) return false;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const script = scripts[locale.script ?? ''];
  if (script !== undefined && letters >= 20 && (text.match(script)?.length ?? 0) < letters / 2) return true;
  const expected = smallWords[locale.language];
  if (expected === undefined) return false;
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const count = (known: readonly string[]): number => words.filter((word) => known.includes(word)).length;
  const most = Math.max(...Object.values(smallWords).map(count));
  return most >= 4 && most >= 3 * count(expected);
}

/** With its usual script filled in; null for a tag that is none. */
function localeOf(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return null;
  }
}
