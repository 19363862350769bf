/*
 * What the core says, in the person's language. It speaks English, in sentences with names, numbers and instants filled in, one
 * after another and within one another; a catalogue holds each with `{{0}}`, `{{1}}` … in their places
 * (`scripts/server-sentences.ts` reads them from the source). What no catalogue has, such as a network's own words, stays.
 */

/** English sentence → the same in the language that is shown; both with `{{0}}` … */
export type Sentences = Readonly<Record<string, string>>;

interface Template {
  /** Fits the whole of a text, with what is filled in as groups. */
  whole: RegExp;
  /** Fits what a text begins with, up to the end of a sentence. */
  start: RegExp;
  translation: string;
  /** Places in the order of the groups. */
  places: string[];
}

const place = /\{\{(\d)\}\}/g;
const mostRemembered = 2_000;

/** Translates what the core says by the sentences of a language; none for English. */
export function translator(sentences: Sentences): (text: string) => string {
  const whole = new Map(Object.entries(sentences));
  if (whole.size === 0) return (text) => text;
  const remembered = new Map<string, string>();
  const templates = Object.entries(sentences)
    .filter(([english]) => english.includes('{{'))
    // What says the most itself comes first.
    .toSorted(([a], [b]) => b.replaceAll(place, '').length - a.replaceAll(place, '').length)
    .map(([english, translation]) => templateOf(english, translation));

  function translated(text: string): string {
    const exact = whole.get(text);
    if (exact !== undefined) return exact;
    for (const template of templates) {
      const filled = template.whole.exec(text);
      if (filled !== null) return fill(template, filled);
    }
    return sentencesOf(text);
  }

  /** Sentence by sentence; one that nothing fits stays as it is. */
  function sentencesOf(text: string): string {
    const end = /[.?!…]”? (?=\S)|: (?=\S)/.exec(text);
    if (end === null) return text;
    const cut = end.index + end[0].length;
    for (const template of templates) {
      const filled = template.start.exec(text);
      // What is filled in at the start of a text may be anything: then it is no beginning.
      if (filled !== null && filled[0].length < text.length && !template.start.source.startsWith('^(')) {
        return `${fill(template, filled)} ${translated(text.slice(filled[0].length).trimStart())}`;
      }
    }
    const first = text.slice(0, cut).trimEnd();
    return `${whole.get(first) ?? first} ${translated(text.slice(cut))}`;
  }

  function fill({ translation, places }: Template, [, ...values]: RegExpExecArray): string {
    return translation.replaceAll(place, (_, number: string) => {
      const value = values[places.indexOf(number)] ?? '';
      return value === '' ? '' : translated(value);
    });
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

function templateOf(english: string, translation: string): Template {
  const places = [...english.matchAll(place)].map(([, number]) => number as string);
  const pattern = english
    .split(/\{\{\d\}\}/)
    .map((part) => RegExp.escape(part))
    .join('(.*?)');
  return {
    whole: new RegExp(`^${pattern}$`, 's'),
    start: new RegExp(`^${pattern}(?= |$)`, 's'),
    translation,
    places,
  };
}
