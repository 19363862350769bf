import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { pt } from './pt.ts';
import type { Words } from './words.ts';

export type { Words } from './words.ts';

/** Every language that reports are written in. */
export const languages: readonly Words[] = [en, de, es, fr, pt, ar];

/** The words of a language; English where there are none. @param tag BCP 47, e.g. `pt-BR` */
export function wordsIn(tag: string): Words {
  const [language] = tag.toLowerCase().split('-');
  return languages.find((words) => words.language === language) ?? en;
}
