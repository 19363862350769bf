import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { languageCodes, languages } from '../../../shared/domain/languages.ts';
import { appMenu } from '../app-menu.ts';
import { nothingKnown } from '../standing.ts';
import { wordsIn } from './index.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const { en } = wordsIn;
const others = languageCodes.filter((language) => language !== 'en');

/** Every text of a catalogue by its path; functions are called with a number that must come back. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'function') return [[path, String((value as (...filled: unknown[]) => unknown)(11, 11))]];
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
  }
  return [[path, String(value)]];
}

describe('what the desktop app says', () => {
  it.each(others)('is all there, with what is filled in: %s', (language) => {
    const own = new Map(texts(wordsIn[language]));
    const english = texts(en);
    expect([...own.keys()]).toEqual(english.map(([path]) => path));
    for (const [path, text] of english) {
      const said = own.get(path) ?? '';
      expect(said.trim().length, path).toBeGreaterThan(0);
      expect(said.includes('11'), path).toBe(text.includes('11'));
      expect(said, path).not.toMatch(/[#]|undefined/);
    }
    // One or another word is the same in two languages, as “Clients” is in French.
    const same = english.filter(([path, text]) => own.get(path) === text);
    expect(same.length, String(same)).toBeLessThanOrEqual(3);
  });

  it('counts with the plural forms of the language', () => {
    expect([1, 2, 5, 11, 100].map(wordsIn.ar.standing.publishing)).toEqual([
      'يجري نشر منشور واحد…',
      'يجري نشر منشورين…',
      'يجري نشر 5 منشورات…',
      'يجري نشر 11 منشورًا…',
      'يجري نشر 100 منشور…',
    ]);
    expect([1, 2].map(wordsIn.de.tray.review)).toEqual(['1 neuen Beitrag prüfen', '2 neue Beiträge prüfen']);
  });

  it.each(languageCodes)('opens each menu by a letter of its own: %s', (language) => {
    const facts = { isPackaged: false, profile: 'live', standing: nothingKnown, words: wordsIn[language] } as const;
    for (const platform of ['linux', 'darwin'] as const) {
      const letters = appMenu({ ...facts, platform }, () => undefined).flatMap(({ label = '' }) => {
        const [, letter] = /&(\p{L})/u.exec(label) ?? [];
        return letter === undefined ? [] : [letter.toLowerCase()];
      });
      expect(new Set(letters).size).toBe(letters.length);
      // Arabic menus have none.
      expect(letters).toHaveLength(language === 'ar' ? 0 : 6);
    }
  });

  it.each(languageCodes)('has a label on every entry, since Electron’s own are English: %s', (language) => {
    const { menu } = wordsIn[language];
    const known = new Set(['AutoSocial AI', ...Object.values(menu)]);
    const facts = { platform: 'darwin', isPackaged: false, profile: 'sandbox', standing: nothingKnown } as const;
    const entries = appMenu({ ...facts, words: { menu } }, () => undefined).flatMap((entry) => [
      entry,
      ...(Array.isArray(entry.submenu) ? entry.submenu : []),
    ]);
    const bare = entries.filter(({ type, label = '' }) => type !== 'separator' && !known.has(label));
    expect(bare).toEqual([]);
  });
});

describe('the dashboard', () => {
  const catalogue = (language: string, name: string): Record<string, unknown> =>
    JSON.parse(readFileSync(join(root, 'renderer', 'i18n', 'locales', language, `${name}.json`), 'utf8')) as Record<
      string,
      unknown
    >;
  const at = (words: unknown, path: string): string =>
    path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], words) as string;
  const inQuotes = (text: string) =>
    [...text.matchAll(/[“„«]\s?([^“”„«»]+?)\s?[”“»]/gu)].map(([, quoted = '']) => quoted.replace(/\u200e/gu, ''));

  it.each(languageCodes)('quotes the menu as it is: %s', (language) => {
    const { menu } = wordsIn[language];
    const file = menu.file.replace('&', '');
    const settings = catalogue(language, 'settings');
    const quotes: [string, string[]][] = [
      [at(settings, 'sandbox.onDesktop.live'), [file, menu.toLive]],
      [at(settings, 'sandbox.onDesktop.sandbox'), [file, menu.toSandbox]],
      [at(settings, 'folder.keyIn.keychain'), [file, menu.saveKey]],
      [at(catalogue(language, 'app'), 'locked.moved'), [file, menu.saveKey]],
      [at(catalogue(language, 'tour'), 'live.start.messageDesktop'), [file, menu.toLive]],
    ];
    for (const [text, quoted] of quotes) expect(inQuotes(text)).toEqual(expect.arrayContaining(quoted));
  });

  it('knows the same languages', () => {
    expect(Object.keys(wordsIn).toSorted()).toEqual(Object.keys(languages).toSorted());
  });
});

interface Node {
  type: string;
  [field: string]: unknown;
}

/** A file of the desktop's own format, what scripts are told, reasons in a table, and what a worker's fault says. */
const forNobody = [
  '[Desktop Entry]',
  'Requests from other pages are refused.',
  'The dashboard copies links and captions when a person presses Copy.',
  'A video is watched in full screen.',
  'it ended with …',
];
/** Calls whose words are for the log or for a script, and errors that nobody is shown. */
const inside = new Set(['info', 'warn', 'error', 'log', 'Error', 'toThrow']);

/** Texts of a file that look like words for a person. */
function literalWords(node: Node): string[] {
  if (node.type === 'ImportDeclaration' || node.type === 'TSLiteralType') return [];
  if (node.type === 'CallExpression' || node.type === 'NewExpression') {
    const callee = node.callee as Node & { name?: string; property?: { name?: string } };
    if (inside.has(callee.name ?? callee.property?.name ?? '')) return [];
  }
  const text =
    node.type === 'Literal' && typeof node.value === 'string'
      ? node.value
      : node.type === 'TemplateLiteral'
        ? (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join('…')
        : '';
  const own = /\p{L}{2,} \p{L}{2,}|^\p{Lu}\p{Ll}+[ …]|\p{L}\.$/u.test(
    text.replaceAll('AutoSocial AI', '').replace(/<[^>]+>/g, ''),
  )
    ? [text]
    : [];
  const inner = Object.values(node)
    .flat()
    .filter((value): value is Node => typeof value === 'object' && value !== null && 'type' in value);
  return [...own, ...inner.flatMap(literalWords)];
}

describe('every file of the desktop app', () => {
  const folder = join(root, 'main', 'desktop');
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  it.each(files)('has its words from the catalogues: %s', (name) => {
    const { program } = parseSync(name, readFileSync(join(folder, name), 'utf8'));
    const found = literalWords(program as unknown as Node);
    expect(found.filter((words) => !forNobody.includes(words))).toEqual([]);
  });

  it('is seen through when it has some', () => {
    const source = `dialog.showErrorBox('Cannot start', \`The key is in \${file}\`); page(html\`<p>One moment</p>\`); log.warn('not for a person');`;
    expect(literalWords(parseSync('a.ts', source).program as unknown as Node)).toEqual([
      'Cannot start',
      'The key is in …',
      '<p>One moment</p>',
    ]);
  });
});
