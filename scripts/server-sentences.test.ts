import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serverSentences } from './server-sentences.ts';

const catalogues = join(import.meta.dirname, '..', 'shared', 'sentences');
const sentences = serverSentences();
const placesOf = (text: string) => [...new Set(text.match(/\{\{\d\}\}/g) ?? [])].toSorted();

describe('the sentences of the core', () => {
  it('are read from the source, with places for what is filled in', () => {
    expect(sentences).toContain('The post was changed meanwhile.');
    expect(sentences).toContain('{{0}} must be connected again: {{1}}');
    expect(sentences).not.toContain('Slow, steady camera movement.');
    expect(sentences.filter((sentence) => /^(SELECT|UPDATE|INSERT|DELETE) /.test(sentence))).toEqual([]);
  });

  it.each(['de', 'es', 'fr', 'pt', 'ar'])('are all there in %s, with the same places', (language) => {
    const catalogue = JSON.parse(readFileSync(join(catalogues, `${language}.json`), 'utf8')) as Record<string, string>;
    expect(Object.keys(catalogue).toSorted()).toEqual(sentences);
    for (const [english, translation] of Object.entries(catalogue)) {
      expect([english, translation.trim(), ...placesOf(translation)]).toEqual([
        english,
        translation,
        ...placesOf(english),
      ]);
      expect(translation).not.toBe('');
    }
  });
});
