import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from 'vite';

/*
 * What the core says in words of its own: why a post is held, what happened, what is wrong with an input. The dashboard
 * and the desktop app show them in the person's language (`shared/domain/said.ts`), by the catalogues in `shared/sentences`.
 * This reads them from the source, so that none can be missing there: whole sentences, and what is marked as a `phrase`.
 */

const root = join(import.meta.dirname, '..');
/** Folders, and single files. */
const places = [
  'main/core',
  'main/platforms',
  'main/media',
  'main/ai',
  'main/store',
  'main/web',
  'main/secrets',
  'main/server',
  'main/host',
  'main/boot.ts',
  'main/hosting.ts',
  'shared/contract',
  'shared/domain',
];
/** Files whose words no dashboard shows. */
const others = [
  /\.test\.ts$/,
  // For an AI.
  /(^|\/|-)prompt\.ts$/,
  /assist\/(request|faults)\.ts$/,
  // Pages with words of their own in every language, and what an app that cannot start prints.
  /web\/(words|rescue|pages|connect-result|onboarding-pages)/,
  /server\/(rescue|announcement|openapi|index)/,
  /secrets\/(environment|key-file)/,
  // Pages of a log-in at a network, which are the agency's in English.
  /web\/connect-pages/,
  // What an approval is for, before it is hashed.
  /pipeline\/content\.ts$/,
  // SQL, and data to try the store with.
  /store\/(migrations|sample)/,
];
/** What looks like words and is none. */
const technical = [
  // SQL: statements and their parts, columns under another name, operators.
  /\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA|BEGIN|LIKE|LIMIT|EXCLUSIVE)\b/,
  /^[\w.]+ as \w+$/,
  /^(is not|not in|begin immediate)$/,
  /^\w+_\w+ = |^coalesce\(|^substr\(/,
  // HTTP: content types, headers and status lines.
  /^\w+\/[\w*]+; charset=/,
  /^(Bearer|OAuth|bytes|public|private|attachment)[ ,;]/,
  /^[a-z]+-src |^HTTP\/|^\d{3} /,
  // The arguments of ffmpeg, and XML.
  /^-[\w:]+ /,
  /^</,
  // Names that code goes by, the beginnings of files, answers that no person reads, and what is stored as data.
  /^(onboarding link|deleted post|paid call)$/,
  /^(SQLite format|Room for the last lines)/,
  /^(Not found|Too late)$/,
  /^Recovered client /,
];
/** They are the same in every language. */
const names = /\b(AutoSocial AI|Facebook|Groq|Instagram|Meta|Replicate|TikTok|HTTP)\b/g;
/** Properties whose value is a sentence whatever it ends with. */
const spoken = new Set(['message', 'remedy', 'reason', 'happened', 'description', 'title']);
/** Properties whose words are for an AI or for a console. */
const unspoken = new Set(['feedback', 'remarks']);
/** Calls whose words stay inside: the log's, and errors that are nobody's to read. */
const inside = new Set(['info', 'warn', 'error', 'Error', 'TypeError', 'RangeError']);

interface Node {
  type: string;
  start: number;
  [key: string]: unknown;
}

/** What a text is read for. */
interface Reading {
  /** The place asks for words. */
  isSpoken: boolean;
  /** It is filled into a text that people read. */
  isFilledIn: boolean;
  /** For the log or a programmer: only what is marked as a phrase is for people. */
  isSilent: boolean;
}

interface Found {
  sentences: Set<string>;
  unmarked: string[];
  place: (node: Node) => string;
}

/** Every sentence and phrase with `{{0}}`, `{{1}}` … in place of what is filled in; sorted, each once. */
export function serverSentences(): string[] {
  const sentences = new Set<string>();
  for (const [path, source] of sources()) collectFrom(path, source, { sentences, unmarked: [] });
  return [...sentences].toSorted();
}

/** Words that no catalogue would have: `path:line: words` of each that is neither a whole sentence nor a `phrase`. */
export function unmarkedWords(): string[] {
  const unmarked: string[] = [];
  for (const [path, source] of sources()) unmarked.push(...unmarkedWordsIn(path, source));
  return unmarked;
}

/** The same for one file. @param path from the root of the project */
export function unmarkedWordsIn(path: string, source: string): string[] {
  const unmarked: string[] = [];
  collectFrom(path, source, { sentences: new Set(), unmarked });
  return unmarked;
}

function sources(): [string, string][] {
  return places
    .flatMap((place) => filesAt(join(root, place)))
    .map((file): [string, string] => [relative(root, file).replaceAll('\\', '/'), readFileSync(file, 'utf8')])
    .filter(([path]) => !others.some((other) => other.test(path)));
}

function filesAt(path: string): string[] {
  if (statSync(path).isDirectory()) return readdirSync(path).flatMap((name) => filesAt(join(path, name)));
  return path.endsWith('.ts') ? [path] : [];
}

function collectFrom(path: string, source: string, found: Omit<Found, 'place'>): void {
  const { program } = parseSync(path, source, { lang: 'ts' });
  const place = ({ start }: Node) => `${path}:${source.slice(0, start).split('\n').length}`;
  collect(program as unknown as Node, { isSpoken: false, isFilledIn: false, isSilent: false }, { ...found, place });
}

function collect(node: Node, reading: Reading, found: Found): void {
  if (isName(node)) return;
  const isSilent = reading.isSilent || isWithinCode(node);
  const isPhrase = isTagged(node, 'phrase');
  const text = textOf(isPhrase ? (node.quasi as Node) : node);
  if (text !== null) {
    const isSaid = isPhrase || (!isSilent && isOfWords(text) && (reading.isSpoken || isSentence(text)));
    if (isSaid) found.sentences.add(text);
    else if (!isSilent && isUnmarked(text, reading)) found.unmarked.push(`${found.place(node)}: ${text}`);
    for (const one of filledInto(node)) collect(one, { isSpoken: false, isFilledIn: isSaid, isSilent }, found);
    return;
  }
  for (const [key, child] of Object.entries(node)) {
    const within = { ...readingOf(node, key, reading), isSilent };
    for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) collect(one, within, found);
  }
}

/** What a child is read for: both arms of a choice for what the choice is. */
function readingOf(node: Node, key: string, reading: Reading): Omit<Reading, 'isSilent'> {
  if (node.type === 'ConditionalExpression' ? key !== 'test' : node.type === 'LogicalExpression') return reading;
  const isSpoken = node.type === 'Property' && key === 'value' && spoken.has(nameOf(node.key));
  return { isSpoken, isFilledIn: false };
}

function isName({ type }: Node): boolean {
  return type === 'ImportDeclaration' || type === 'TSLiteralType';
}

/** What is written into the log, thrown for a programmer, or read by an AI. */
function isWithinCode(node: Node): boolean {
  if (node.type === 'Property') return unspoken.has(nameOf(node.key));
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  const callee = node.callee as Node;
  return inside.has(callee.type === 'MemberExpression' ? nameOf(callee.property) : nameOf(callee));
}

/** Some of it is always the same: what is all filled in has nothing to translate. */
function isOfWords(text: string): boolean {
  return /\p{L}{2}/u.test(fixedOf(text)) && / /.test(text) && !technical.some((pattern) => pattern.test(text));
}

/** Words that end as a sentence does, and begin as one or with what is filled in. */
function isSentence(text: string): boolean {
  return /^(\p{Lu}|[\d“{])/u.test(text) && /[.?!…]”?$/.test(text) && /\p{L} \p{L}/u.test(text);
}

/** Words beside words, or beside what is filled in; any words, where they are filled into a text themselves. */
function isUnmarked(text: string, { isFilledIn }: Reading): boolean {
  const fixed = fixedOf(text);
  if (technical.some((pattern) => pattern.test(text))) return false;
  if (isFilledIn) return /\p{L}{2}/u.test(fixed);
  return /\p{L}{2}[,;:.]? \p{L}{2}/u.test(fixed) || (fixed !== text && /\p{L}{2}[,;:.]? | \p{L}{2}/u.test(fixed));
}

function fixedOf(text: string): string {
  return text.replaceAll(/\{\{\d\}\}/g, '\0').replaceAll(names, '\0');
}

function textOf(node: Node): string | null {
  const parts = partsOf(node);
  if (parts === null) return null;
  let number = 0;
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') text += part;
    // What stands side by side is told apart by nobody.
    else if (!text.endsWith('}}')) text += `{{${number++}}}`;
  }
  return text;
}

/** The words of a text and what is filled in between, in their order; null for what is no text. */
function partsOf(node: Node): (string | Node)[] | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : null;
  if (node.type === 'TemplateLiteral') {
    const expressions = node.expressions as Node[];
    const words = (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
    return words.flatMap((part, index) => [part, ...expressions.slice(index, index + 1)]);
  }
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return null;
  const sides = [node.left as Node, node.right as Node].map((side) => partsOf(side) ?? [side]);
  return sides.flat().some((part) => typeof part === 'string') ? sides.flat() : null;
}

function filledInto(node: Node): Node[] {
  const text = node.type === 'TaggedTemplateExpression' ? (node.quasi as Node) : node;
  return (partsOf(text) ?? []).filter((part) => typeof part !== 'string');
}

function isTagged(node: Node, tag: string): boolean {
  return node.type === 'TaggedTemplateExpression' && nameOf(node.tag) === tag;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function nameOf(node: unknown): string {
  const { name, value } = node as { name?: unknown; value?: unknown };
  return String(name ?? value);
}
