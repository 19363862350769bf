import { afterEach, expect, it } from 'vitest';
import type { Sentences } from '../../shared/domain/said.ts';
import { said, speakSentences } from './said.ts';

/* Every sentence and phrase of the core, filled in, is found again in every language, and not taken for another. */

const catalogues = import.meta.glob<Sentences>('../../shared/sentences/*.json', { eager: true, import: 'default' });
const languages = Object.entries(catalogues).map(([path, sentences]) => ({
  language: /sentences\/(\w+)\.json$/.exec(path)?.[1] ?? '',
  sentences,
}));
const filled = (text: string) =>
  text.replaceAll(/\{\{(\d)\}\}/g, (_, number: string) => `Ünïq${'abcdefghij'[Number(number)]}`);

afterEach(() => speakSentences({}, 'en'));

it.each(languages)('what the core says is told apart in $language', ({ language, sentences }) => {
  speakSentences(sentences, `${language}-u-nu-latn`);
  const wrong = Object.entries(sentences).flatMap(([english, translation]) => {
    const [count = ''] = /\{\{\d\}\}/.exec(english) ?? [];
    const inNumbers = (text: string) => filled(typeof translation === 'string' ? text : text.replaceAll(count, '100'));
    const wanted = inNumbers(typeof translation === 'string' ? translation : formFor100(translation, language));
    const heard = said(inNumbers(english));
    return heard === wanted ? [] : [[english, heard, wanted]];
  });
  expect(wrong).toEqual([]);
});

function formFor100(forms: Exclude<Sentences[string], string>, language: string): string {
  return forms[new Intl.PluralRules(language).select(100)] ?? forms.other;
}
