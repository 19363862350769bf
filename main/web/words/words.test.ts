import { expect, it } from 'vitest';
import { permissionsOf } from '../../../shared/domain/permissions.ts';
import { platforms, viasOf } from '../../../shared/domain/platform.ts';
import { en, languages, wordsFor, wordsIn } from './index.ts';

/** Every text of a catalogue by its path; functions are called with marks that must come back. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'function') return [[path, String((value as (name: string) => unknown)('«name»'))]];
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
  }
  return [[path, String(value)]];
}

const ways = platforms.flatMap((platform) => viasOf[platform].map((via) => ({ platform, via })));

it('says everything in every language, with names where English has them, and nothing twice in English', () => {
  const english = texts(en);
  for (const words of languages.filter(({ language }) => language !== 'en')) {
    const own = new Map(texts(words));
    expect([...own.keys()]).toEqual(english.map(([path]) => path));
    for (const [path, text] of english) {
      const said = own.get(path) ?? '';
      expect(said.trim().length, `${words.language}${path}`).toBeGreaterThan(0);
      expect(said.includes('«name»'), `${words.language}${path}`).toBe(text.includes('«name»'));
      if (path !== '.direction') expect(said, `${words.language}${path}`).not.toBe(text);
    }
  }
});

it('explains each permission that is asked for', () => {
  for (const { abilities } of languages) {
    for (const { ability } of ways.flatMap(permissionsOf)) expect(abilities[ability]).toBeTruthy();
  }
});

it('finds the language of a client, and of a browser', () => {
  expect(['pt-BR', 'AR', 'de-AT', 'ja', ''].map((tag) => wordsIn(tag).language)).toEqual([
    'pt',
    'ar',
    'de',
    'en',
    'en',
  ]);
  const headers = ['ja,fr;q=0.5,es;q=0.9', 'de-CH', '*', undefined, ';;q=,', 'x'.repeat(10_000)];
  expect(headers.map((header) => wordsFor(header).language)).toEqual(['es', 'de', 'en', 'en', 'en', 'en']);
});
