import type { Language } from '../../../shared/domain/languages.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { pt } from './pt.ts';
import type { Words } from './words.ts';

export type { ToldKind, Words } from './words.ts';

/** What the desktop app says outside the dashboard, in every language of the dashboard. */
export const wordsIn: Readonly<Record<Language, Words>> = { en, de, es, fr, pt, ar };
