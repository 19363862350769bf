import { describe, expect, it } from 'vitest';
import { languages } from '../../shared/domain/languages.ts';
import { literalWordsIn } from './literal-words.ts';
import { words as rest } from './locales/en/rest.ts';

const catalogues = import.meta.glob<Record<string, unknown>>('./locales/*/*.json', { eager: true, import: 'default' });
const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.ts', '!./literal-words.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});
const places = Object.entries(sources).map(([path, source]) => ({ path: path.replace('../', ''), source }));

/** Every entry of a catalogue by its key; `namespace:a.b`, plural forms by their own. */
function entriesOf(language: string): Map<string, string> {
  const all = new Map<string, string>();
  for (const [path, words] of Object.entries(catalogues)) {
    const [, of, namespace = ''] = /locales\/(\w+)\/(\w+)\.json$/.exec(path) ?? [];
    if (of === language) add(`${namespace}:`, words);
  }
  return all;

  function add(prefix: string, words: Record<string, unknown>): void {
    for (const [name, value] of Object.entries(words)) {
      if (typeof value === 'string') all.set(prefix + name, value);
      else add(`${prefix}${name}.`, value as Record<string, unknown>);
    }
  }
}

const english = entriesOf('en');
const plural = /_(zero|one|two|few|many|other)$/;
/** A key as the source asks for it. */
const asked = (key: string) => key.replace(plural, '');
const namespaceOf = (key: string) => key.slice(0, key.indexOf(':'));
/** What a sentence is filled with, and its tags. */
const partsOf = (text: string) => [...new Set(text.match(/\{\{\s*\w+|<\/?\w+\s*\/?>/g) ?? [])].sort();

const translated = Object.keys(languages).flatMap((language) => {
  const own = entriesOf(language);
  // A catalogue that is empty is not translated yet, and English stands in for it.
  const namespaces = new Set([...own.keys()].map(namespaceOf));
  return language === 'en' ? [] : [...namespaces].map((namespace) => ({ language, namespace, own }));
});

describe('every language', () => {
  it.each(translated)('has the words of $namespace as English has them: $language', ({ language, namespace, own }) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const wanted = new Set(
      [...english.keys()]
        .filter((key) => namespaceOf(key) === namespace)
        .flatMap((key) => (plural.test(key) ? forms.map((form) => `${asked(key)}_${form}`) : [key])),
    );
    const has = [...own.keys()].filter((key) => namespaceOf(key) === namespace);
    expect(has.sort()).toEqual([...wanted].sort());
    for (const key of has) {
      const models = plural.test(key)
        ? [english.get(`${asked(key)}_one`), english.get(`${asked(key)}_other`)]
        : [english.get(key)];
      // A form for one or two may say the number in a word.
      const told = (text = '') => partsOf(text).filter((part) => !plural.test(key) || part !== '{{count');
      expect([key, models.map(told)]).toEqual([key, expect.arrayContaining([told(own.get(key))])]);
    }
  });

  it('has the plural forms of English in English', () => {
    const bases = new Set([...english.keys()].filter((key) => plural.test(key)).map(asked));
    for (const base of bases)
      expect([english.has(`${base}_one`), english.has(`${base}_other`), base]).toEqual([true, true, base]);
  });
});

describe('every word', () => {
  it('is asked for somewhere', () => {
    const whole = new Set<string>();
    const beginnings: string[] = [];
    for (const { source } of places) {
      for (const [, key = ''] of source.matchAll(/['"`]([a-z]+:[\w.]+)['"`]/g)) whole.add(key);
      for (const [, key = ''] of source.matchAll(/`([a-z]+:[\w.]*)\$\{/g)) beginnings.push(key);
    }
    const unused = [...english.keys()].filter(
      (key) => !whole.has(asked(key)) && !whole.has(key) && !beginnings.some((begin) => key.startsWith(begin)),
    );
    expect(unused).toEqual([]);
  });

  it.each(places)('comes from the catalogues in $path', ({ path, source }) => {
    expect(literalWordsIn(path, source)).toEqual([]);
  });
});

describe('the first page', () => {
  /** What only later pages draw, such as tables of keys, in files that the first page has for other reasons. */
  const drawnLater = [
    'features/activity/actor-name.ts',
    'features/clients/client-health.ts',
    'features/commands/shortcuts.ts',
    'features/posts/post-groups.ts',
  ];
  const imported = /^(?:import|export)\s(?!type\b)[^;]*?from '(\.[^']+)'/gms;
  const deferred = /(withWords\()?import\('(\.[^']+)'\)/g;
  const first = new Map<string, string>();
  collect('main.tsx');

  function collect(path: string): void {
    const source = sources[`../${path}`];
    if (source === undefined || first.has(path)) return;
    first.set(path, source);
    for (const [, to = ''] of source.matchAll(imported)) collect(at(path, to));
  }

  function at(path: string, to: string): string {
    return new URL(to, `file:///${path}`).pathname.slice(1);
  }

  function laterWordsOf(source: string): string[] {
    return [...source.matchAll(/['"`]([a-z]+):[\w.]/g)]
      .map(([, namespace = '']) => namespace)
      .filter((namespace) => Object.hasOwn(rest, namespace));
  }

  it('says nothing that is loaded after it', () => {
    expect(first.size).toBeGreaterThan(50);
    const wrong = [...first]
      .filter(([path]) => path !== 'i18n/i18n.ts' && !drawnLater.includes(path))
      .flatMap(([path, source]) => laterWordsOf(source).map((namespace) => `${path}: ${namespace}`));
    expect(wrong).toEqual([]);
  });

  it('waits for the other words with every part that says them', () => {
    const wrong = [...first].flatMap(([path, source]) =>
      [...source.matchAll(deferred)]
        .filter(
          ([, waits, to = '']) => waits === undefined && laterWordsOf(sources[`../${at(path, to)}`] ?? '').length > 0,
        )
        .map(([, , to]) => `${path} → ${to}`),
    );
    expect(wrong).toEqual([]);
  });
});

it('the scan for literal words sees what a person would read', () => {
  const source = `
    const looks = { draft: { label: 'Draft', color: 'gray' }, sent: { label: 'posts:status.sent' } };
    const A = () => (
      <Page title="Posts" to="/posts" size="sm">
        Hello <b>{isNew ? 'New' : t('posts:old')}</b>
        {count > 0 && \`\${count} posts\`}
        <Field placeholder={t('posts:find')} aria-label={isNew ? 'Search' : undefined} />
      </Page>
    );
    notifyDone('Saved.');
  `;
  const words = literalWordsIn('a.tsx', source).map((line) => line.replace(/^\d+: /, ''));
  expect(words.sort()).toEqual(['Draft', 'Hello', 'New', 'Posts', 'Saved.', 'Search', 'posts']);
});
