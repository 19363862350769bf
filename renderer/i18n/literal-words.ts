import { parseSync } from 'vite';

/** Attributes and fields whose text a person reads. */
const wordy = new Set([
  'label',
  'title',
  'heading',
  'description',
  'hint',
  'placeholder',
  'alt',
  'aria-label',
  'message',
  'error',
  'meaning',
  'means',
  'none',
  'problem',
  'nothingFoundMessage',
  'confirm',
  'cancel',
]);
/** Functions whose text a person reads. */
const sayers = new Set(['notifyDone', 'useDocumentTitle']);
/** What is said nowhere but by `t`: `posts:empty.title`. */
const key = /^[a-z]+:[\w.]+$/;

interface Node {
  type: string;
  start: number;
  [field: string]: unknown;
}

/** The words in a source file that are shown as they stand, with their lines: `12: Save`. There should be none. */
export function literalWordsIn(file: string, source: string): string[] {
  const found: string[] = [];
  const note = ({ start }: Node, text: string) => {
    if (!/\p{L}{2}/u.test(text) || key.test(text)) return;
    found.push(`${source.slice(0, start).split('\n').length}: ${text.trim()}`);
  };
  visit(parseSync(file, source).program as unknown as Node, (node) => {
    for (const shown of shownBy(node)) for (const [at, text] of textsOf(shown)) note(at, text);
  });
  return found;
}

/** The parts of a node that become text on the page. */
function shownBy(node: Node): Node[] {
  switch (node.type) {
    case 'JSXText':
      return [node];
    case 'JSXElement':
    case 'JSXFragment':
      return (node.children as Node[]).filter(({ type }) => type === 'JSXExpressionContainer');
    case 'JSXAttribute':
      return wordy.has(nameOf(node.name)) && isNode(node.value) ? [node.value] : [];
    case 'Property':
      return wordy.has(nameOf(node.key)) && isNode(node.value) ? [node.value] : [];
    case 'CallExpression':
      return sayers.has(nameOf(node.callee)) ? (node.arguments as Node[]).slice(0, 1) : [];
    default:
      return [];
  }
}

/** The literal texts that an expression may come out as. */
function textsOf(node: Node): [Node, string][] {
  switch (node.type) {
    case 'JSXText':
    case 'Literal':
      return typeof node.value === 'string' ? [[node, node.value]] : [];
    case 'TemplateLiteral':
      return (node.quasis as (Node & { value: { cooked: string } })[]).map((part) => [part, part.value.cooked]);
    case 'JSXExpressionContainer':
      return textsOf(node.expression as Node);
    case 'ConditionalExpression':
      return [...textsOf(node.consequent as Node), ...textsOf(node.alternate as Node)];
    case 'LogicalExpression':
      return [...textsOf(node.left as Node), ...textsOf(node.right as Node)];
    default:
      return [];
  }
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  return typeof node.name === 'string' ? node.name : typeof node.value === 'string' ? node.value : '';
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, see);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
