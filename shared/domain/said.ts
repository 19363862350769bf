/*
 * What the core says, in the person's language. It speaks English, in sentences with names, numbers and instants filled in, one
 * after another and within one another; a catalogue holds each with `{{0}}`, `{{1}}` … in their places
 * (`scripts/server-sentences.ts` reads them from the source). What no catalogue has, such as a network's own words, stays.
 */

/** By the plural form of the first number that is filled in; such an entry fits only where there is one. */
type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** English sentence → the same in the language that is shown; both with `{{0}}` … */
export type Sentences = Readonly<Record<string, string | Forms>>;

interface Template {
  /** Fits a text, with what is filled in as groups. */
  pattern: RegExp;
  translation: string | Forms;
  /** Places in the order of the groups. */
  places: string[];
}

const place = /\{\{(\d)\}\}/g;
const sentenceEnd = /[.?!…]”? (?=\S)|: (?=\S)/g;
const wholeNumber = /^\d+$/;
const mostRemembered = 2_000;

/**
 * Translates what the core says by the sentences of a language; none for English.
 * @param locale how numbers and amounts are written and lists are joined (BCP 47)
 */
export function translator(sentences: Sentences, locale: string): (text: string) => string {
  const entries = Object.entries(sentences);
  if (entries.length === 0) return (text) => text;
  const plurals = new Intl.PluralRules(locale);
  const exact = new Map(entries.flatMap(([english, said]) => (typeof said === 'string' ? [[english, said]] : [])));
  const templates = entries
    .filter(([english]) => english.includes('{{'))
    // What says the most itself comes first.
    .toSorted(([a], [b]) => b.replaceAll(place, '').length - a.replaceAll(place, '').length)
    .map(([english, translation]) => templateOf(english, translation));
  const remembered = new Map<string, string>();

  function translated(text: string): string {
    return exact.get(text) ?? beginning(text, (part) => exact.get(part) ?? null) ?? wholly(text) ?? sentencesOf(text);
  }

  /** The longest beginning of a text, up to the end of a sentence, that is known, and the rest; null when none is. */
  function beginning(text: string, known: (part: string) => string | null): string | null {
    const ends = [...text.matchAll(sentenceEnd)].map(({ 0: end, index }) => index + end.length);
    for (const end of ends.toReversed()) {
      const part = known(text.slice(0, end).trimEnd());
      if (part !== null) return `${part} ${translated(text.slice(end))}`;
    }
    return null;
  }

  /** Null when nothing fits the whole of it. */
  function wholly(text: string): string | null {
    const known = exact.get(text) ?? figure(text);
    if (known !== null) return known;
    for (const template of templates) {
      const values = template.pattern.exec(text)?.slice(1);
      if (values !== undefined && fits(template, values)) return fill(template, values);
    }
    return list(text);
  }

  /** `12`, `29.97` and `$4.31` as they are written in the language; a number is not grouped, as it may be a name. */
  function figure(text: string): string | null {
    const [, currency, number, decimals = ''] = /^(\$?)((?:0|[1-9]\d{0,14})(?:\.(\d{1,4}))?)$/.exec(text) ?? [];
    if (number === undefined) return null;
    return new Intl.NumberFormat(locale, {
      minimumFractionDigits: decimals.length,
      maximumFractionDigits: decimals.length,
      ...(currency === ''
        ? { useGrouping: false }
        : { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' }),
    }).format(Number(number));
  }

  /** `the name, the focal point`: each of them known, or it is no list of ours. */
  function list(text: string): string | null {
    const parts = text.split(', ');
    const known = parts.length > 1 ? parts.map(wholly) : [];
    if (known.length === 0 || known.includes(null)) return null;
    return new Intl.ListFormat(locale).format(known as string[]);
  }

  /** Sentence by sentence; one that nothing fits stays as it is. */
  function sentencesOf(text: string): string {
    const [end] = text.matchAll(sentenceEnd);
    if (end === undefined) return text;
    const cut = end.index + end[0].length;
    return beginning(text, wholly) ?? text.slice(0, cut) + translated(text.slice(cut));
  }

  function fill({ translation, places }: Template, values: readonly string[]): string {
    const form = typeof translation === 'string' ? translation : formOf(translation, values);
    return form.replaceAll(place, (_, number: string) => {
      const value = values[places.indexOf(number)] ?? '';
      return value === '' ? '' : translated(value);
    });
  }

  function formOf(forms: Forms, values: readonly string[]): string {
    const count = values.find((value) => wholeNumber.test(value));
    return forms[plurals.select(Number(count))] ?? forms.other;
  }

  return (text) => {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    const translation = translated(text);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(text, translation);
    return translation;
  };
}

function fits({ translation }: Template, values: readonly string[]): boolean {
  return typeof translation === 'string' || values.some((value) => wholeNumber.test(value));
}

function templateOf(english: string, translation: string | Forms): Template {
  const places = [...english.matchAll(place)].map(([, number]) => number as string);
  const pattern = english
    .split(/\{\{\d\}\}/)
    .map((part) => RegExp.escape(part))
    .join('(.*?)');
  return {
    pattern: new RegExp(`^${pattern}$`, 's'),
    translation,
    places,
  };
}
