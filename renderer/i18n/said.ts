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
  /** Fits the whole of a text, with what is filled in as groups. */
  whole: RegExp;
  /** Fits what a text begins with, up to the end of a sentence; null for what begins with anything. */
  start: RegExp | null;
  translation: string | Forms;
  /** Places in the order of the groups. */
  places: string[];
}

const place = /\{\{(\d)\}\}/g;
const sentenceEnd = /[.?!…]”? (?=\S)|: (?=\S)/g;
const wholeNumber = /^\d+$/;
const mostRemembered = 2_000;

let locale = 'en';
let plurals = new Intl.PluralRules(locale);
let exact: ReadonlyMap<string, string> = new Map();
let templates: readonly Template[] = [];
const remembered = new Map<string, string>();

/**
 * Takes the sentences of a language; none for English.
 * @param asIn how numbers and amounts are written and lists are joined (BCP 47)
 */
export function speakSentences(sentences: Sentences, asIn: string): void {
  remembered.clear();
  locale = asIn;
  plurals = new Intl.PluralRules(asIn);
  const entries = Object.entries(sentences);
  exact = new Map(entries.flatMap(([english, said]) => (typeof said === 'string' ? [[english, said]] : [])));
  templates = entries
    .filter(([english]) => english.includes('{{'))
    // What says the most itself comes first.
    .toSorted(([a], [b]) => b.replaceAll(place, '').length - a.replaceAll(place, '').length)
    .map(([english, translation]) => templateOf(english, translation));
}

/** A text of the core in the language that is shown. */
export function said(text: string): string {
  if (exact.size === 0 && templates.length === 0) return text;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const translation = translated(text);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(text, translation);
  return translation;
}

function translated(text: string): string {
  const known = exact.get(text);
  if (known !== undefined) return known;
  const cut = knownBeginning(text);
  if (cut > 0) return `${exact.get(text.slice(0, cut).trimEnd())} ${translated(text.slice(cut))}`;
  return wholly(text) ?? sentencesOf(text);
}

/** How much of a text, up to the end of a sentence, is in the catalogue as it is; 0 for nothing. */
function knownBeginning(text: string): number {
  const ends = [...text.matchAll(sentenceEnd)].map(({ 0: end, index }) => index + end.length);
  return ends.findLast((end) => exact.has(text.slice(0, end).trimEnd())) ?? 0;
}

/** Null when nothing fits the whole of it. */
function wholly(text: string): string | null {
  const known = exact.get(text) ?? figure(text);
  if (known !== null) return known;
  for (const template of templates) {
    const values = template.whole.exec(text)?.slice(1);
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
  const cut = text.search(sentenceEnd);
  if (cut < 0) return text;
  for (const template of templates) {
    const [beginning = '', ...values] = template.start?.exec(text) ?? [];
    if (beginning === '' || beginning.length === text.length || !fits(template, values)) continue;
    return `${fill(template, values)} ${translated(text.slice(beginning.length).trimStart())}`;
  }
  const rest = text.slice(cut).replace(/^\S+ /, '');
  return text.slice(0, text.length - rest.length) + translated(rest);
}

function fits({ translation }: Template, values: readonly string[]): boolean {
  return typeof translation === 'string' || values.some((value) => wholeNumber.test(value));
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

function templateOf(english: string, translation: string | Forms): Template {
  const places = [...english.matchAll(place)].map(([, number]) => number as string);
  const pattern = english
    .split(/\{\{\d\}\}/)
    .map((part) => RegExp.escape(part))
    .join('(.*?)');
  return {
    whole: new RegExp(`^${pattern}$`, 's'),
    // What is filled in at the start of a text may be anything: then it is no beginning.
    start: english.startsWith('{{') ? null : new RegExp(`^${pattern}(?= |$)`, 's'),
    translation,
    places,
  };
}
