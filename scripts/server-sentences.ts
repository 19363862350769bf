import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseSync } from 'vite';

/*
 * What the core says in sentences of its own: why a post is held, what happened, what is wrong with an input. The dashboard
 * and the desktop app show them in the person's language (`shared/domain/said.ts`), by the catalogues in `shared/sentences`. This reads them from the source, so that
 * none can be missing there.
 */

const root = join(import.meta.dirname, '..');
const folders = [
  'main/core',
  'main/platforms',
  'main/media',
  'main/ai',
  'main/store',
  'main/web',
  'shared/contract',
  'shared/domain',
];
/** Words for an AI, for pages of their own, for the log, and rows of SQL. */
const others = [
  /\.test\.ts$/,
  /generation\/prompt\.ts$/,
  /assist\/(request|faults)\.ts$/,
  /web\/(words|rescue)/,
  /store\/(migrations|sample)/,
  /-prompt\.ts$/,
  /render-media\.ts$/,
];
/** Properties whose value is a sentence whatever it ends with. */
const spoken = new Set(['message', 'remedy', 'reason', 'happened', 'description', 'title']);
/** Calls whose words stay inside: the log's, and errors that are nobody's to read. */
const inside = new Set(['info', 'warn', 'error', 'Error', 'TypeError', 'RangeError']);

interface Node {
  type: string;
  [key: string]: unknown;
}

/** Every sentence with `{{0}}`, `{{1}}` … in place of what is filled in; sorted, each once. */
export function serverSentences(): string[] {
  const found = new Set<string>();
  for (const folder of folders) {
    for (const file of filesBelow(join(root, folder))) {
      if (others.some((other) => other.test(relative(root, file)))) continue;
      const { program } = parseSync(file, readFileSync(file, 'utf8'), { lang: 'ts' });
      collect(program as unknown as Node, false, found);
    }
  }
  return [...found].toSorted();
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesBelow(path);
    return name.endsWith('.ts') ? [path] : [];
  });
}

/** @param isSpoken whether the place asks for words */
function collect(node: Node, isSpoken: boolean, found: Set<string>): void {
  if (node.type === 'ImportDeclaration' || node.type === 'TSLiteralType' || isInside(node)) return;
  const text = textOf(node);
  if (text !== null && isOfWords(text) && (isSpoken || isSentence(text))) found.add(text);
  for (const [key, child] of Object.entries(node)) {
    const isValue = node.type === 'Property' && key === 'value' && spoken.has(nameOf(node.key));
    const isPassedOn =
      isSpoken && (node.type === 'ConditionalExpression' ? key !== 'test' : node.type === 'LogicalExpression');
    for (const one of Array.isArray(child) ? child : [child]) {
      if (isNode(one)) collect(one, isValue || isPassedOn, found);
    }
  }
}

function isInside(node: Node): boolean {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  const callee = node.callee as Node;
  return inside.has(callee.type === 'MemberExpression' ? nameOf(callee.property) : nameOf(callee));
}

/** Some of it is always the same: what is all filled in has nothing to translate. */
function isOfWords(text: string): boolean {
  const fixed = text.replaceAll(/\{\{\d\}\}/g, '');
  return /\p{L}{2}/u.test(fixed) && / /.test(text) && !/^(SELECT|UPDATE|INSERT|DELETE) /.test(text);
}

/** Words that end as a sentence does, and begin as one or with what is filled in. */
function isSentence(text: string): boolean {
  return /^(\p{Lu}|[“{])/u.test(text) && /[.?!…]”?$/.test(text) && /\p{L} \p{L}/u.test(text);
}

function textOf(node: Node): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type !== 'TemplateLiteral') return null;
  const parts = (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
  let number = 0;
  let text = parts[0] ?? '';
  for (const part of parts.slice(1)) {
    // What stands side by side is told apart by nobody.
    if (!text.endsWith('}}')) text += `{{${number++}}}`;
    text += part;
  }
  return text;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}

function nameOf(node: unknown): string {
  const { name, value } = node as { name?: unknown; value?: unknown };
  return String(name ?? value);
}
