import type { Language } from '../../../shared/domain/languages.ts';

/** What is said of a count, by the language's own plural forms; `#` stands for the number. */
export function plural(
  language: Language,
  forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string },
): (count: number) => string {
  const rules = new Intl.PluralRules(language);
  return (count) => (forms[rules.select(count)] ?? forms.other).replace('#', String(count));
}
