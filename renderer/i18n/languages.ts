import { isLanguage, type Language } from '../../shared/domain/languages.ts';

const key = 'autosocial-language';

/** What was chosen on this computer; null while the browser's own language is followed. */
export function chosenLanguage(): Language | null {
  const stored = localStorage.getItem(key);
  return isLanguage(stored) ? stored : null;
}

/** Remembers the choice; null: follow the browser. The page speaks it once it is loaded anew. */
export function rememberLanguage(language: Language | null): void {
  if (language === null) localStorage.removeItem(key);
  else localStorage.setItem(key, language);
}

/** The person's own variety of the language, such as `en-GB`: dates and numbers follow it. */
export function localeOf(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}
