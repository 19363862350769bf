import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { pt } from './pt.ts';
import type { Words } from './words.ts';

export type { Words } from './words.ts';
export { en } from './en.ts';

/** Every language that clients are spoken to in. */
export const languages: readonly Words[] = [en, de, es, fr, pt, ar];

/** The words of a language; English where there are none. @param tag BCP 47, e.g. `pt-BR` */
export function wordsIn(tag: string): Words {
  return known(tag) ?? en;
}

/** The first language of an `Accept-Language` that there are words in; English where there is none. */
export function wordsFor(acceptLanguage: string | undefined): Words {
  const wanted = (acceptLanguage ?? '').slice(0, 500).split(',').map(readPreference);
  const byWeight = wanted.toSorted((one, other) => other.weight - one.weight);
  return byWeight.map(({ tag }) => known(tag)).find((words) => words !== undefined) ?? en;
}

function known(tag: string): Words | undefined {
  const [language] = tag.toLowerCase().split('-');
  return languages.find((words) => words.language === language);
}

function readPreference(part: string): { tag: string; weight: number } {
  const [tag = '', quality] = part.split(';').map((piece) => piece.trim());
  const weight = Number(/^q=([\d.]+)$/.exec(quality ?? '')?.[1] ?? 1);
  return { tag, weight: Number.isNaN(weight) ? 0 : weight };
}
