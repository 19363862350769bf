import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serverSentences, unmarkedWords, unmarkedWordsIn } from './server-sentences.ts';

type Translation = string | Partial<Record<Intl.LDMLPluralRule, string>>;

const catalogues = join(import.meta.dirname, '..', 'shared', 'sentences');
const sentences = serverSentences();
const placesOf = (text: string) => [...new Set(text.match(/\{\{\d\}\}/g) ?? [])].toSorted();
/** Blanks at both ends stay as they are: a phrase may begin with one. */
const endsOf = (text: string) => [/^\s*/.exec(text)?.[0], /\s*$/.exec(text)?.[0]];

describe('the words of the core', () => {
  it('are read from the source, with places for what is filled in', () => {
    expect(sentences).toContain('The post was changed meanwhile.');
    expect(sentences).toContain('{{0}} must be connected again: {{1}}');
    expect(sentences).toContain('Deleted a post of {{0}}');
    expect(sentences).not.toContain('{{0}} Slow, steady camera movement.');
    expect(sentences.filter((sentence) => /^(SELECT|UPDATE|INSERT|DELETE) /.test(sentence))).toEqual([]);
  });

  it('are whole sentences or marked as phrases', () => {
    expect(unmarkedWords()).toEqual([]);
  });

  it('are found where they are neither', () => {
    const source = `
      const message = \`Wrote \${count} posts for \${name}\`;
      const record = { actor, message: \`\${posts(1)} \${one ? 'waits' : 'wait'} for your review.\` };
      throw new Conflict('in_use', which + ' this file');
      const word = isNew ? 'the new picture' : '';
      const good = phrase\`Deleted \${isImage ? phrase\`an image\` : phrase\`a video\`} of \${name}\`;
      log.warn('the store could not be opened', { why: 'no such file' });
      const rows = database.prepare('SELECT a FROM b WHERE c IS NOT NULL').all();
      const draft = { feedback: 'say it another way' };
      throw new Error(\`no row \${id}\`);
    `;
    expect(unmarkedWordsIn('a.ts', source)).toEqual([
      'a.ts:2: Wrote {{0}} posts for {{1}}',
      'a.ts:3: waits',
      'a.ts:3: wait',
      'a.ts:4: {{0}} this file',
      'a.ts:5: the new picture',
    ]);
  });

  it.each(['de', 'es', 'fr', 'pt', 'ar'])('are all there in %s, with the same places', (language) => {
    const file = readFileSync(join(catalogues, `${language}.json`), 'utf8');
    const catalogue = JSON.parse(file) as Record<string, Translation>;
    expect(Object.keys(catalogue)).toEqual(sentences);
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [english, translation] of Object.entries(catalogue)) {
      const forms = typeof translation === 'string' ? { other: translation } : translation;
      expect([english, Object.keys(forms).filter((form) => !categories.some((known) => known === form))]).toEqual([
        english,
        [],
      ]);
      if (english.split(' ').length > 2) expect(Object.values(forms)).not.toContain(english);
      for (const [form, text] of Object.entries(forms)) {
        expect([english, text === '', ...endsOf(text)]).toEqual([english, false, ...endsOf(english)]);
        // A form for one or two may say the number in a word.
        const missing = placesOf(english).filter((place) => !text.includes(place));
        expect([english, missing.length]).toEqual([english, form === 'other' ? 0 : expect.toBeOneOf([0, 1])]);
        expect([english, placesOf(text).every((place) => english.includes(place))]).toEqual([english, true]);
      }
      expect(forms).toHaveProperty('other');
    }
  });
});
