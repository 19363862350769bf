import type { Folded } from './folding.ts';

/** A folded term taken apart. Plain strings and counts, because a regular expression for each term is slow to build. */
export interface Pattern {
  parts: Part[];
  /** Whether a word character before the first or after the last part makes it another word. */
  bound: { before: boolean; after: boolean };
  /** Its words without anything between them. */
  joined: string;
  wordCount: number;
}

type Part = { literal: string } | { between: 'gap' | 'space'; min: number; max: number };

/** A folded text with what each of its UTF-16 units is. */
export interface Words {
  folded: Folded;
  kinds: Kind[];
}

type Kind = 'word' | 'underscore' | 'space' | 'sign' | 'other';

const wordPattern = /[\p{L}\p{M}\p{N}]/u;
const signPattern = /[\p{P}\p{S}]/u;
const unspacedScripts =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

export function wordsIn(folded: Folded): Words {
  const kinds: Kind[] = [];
  for (const character of folded.text) {
    const kind = kindOf(character);
    for (let unit = 0; unit < character.length; unit += 1) kinds.push(kind);
  }
  return { folded, kinds };
}

/** @param term folded and trimmed; null when there is nothing in it */
export function patternOf(term: string): Pattern | null {
  if (term === '') return null;
  const words = term.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const characters = Array.from(term);
  return {
    parts: partsOf(term),
    bound: { before: isBound(characters[0]), after: isBound(characters.at(-1)) },
    joined: words.join(''),
    wordCount: words.length,
  };
}

/** Start and end of each place where the pattern stands, not overlapping. */
export function placesOf({ parts, bound }: Pattern, { folded: { text }, kinds }: Words): [number, number][] {
  const [first] = parts;
  const places: [number, number][] = [];
  if (first === undefined || !('literal' in first)) return places;
  let at = text.indexOf(first.literal);
  while (at !== -1) {
    const end = endAt(parts, text, kinds, at);
    const stands = end !== -1 && !(bound.before && isInWord(kinds[at - 1])) && !(bound.after && isInWord(kinds[end]));
    if (stands) places.push([at, end]);
    at = text.indexOf(first.literal, stands ? end : at + 1);
  }
  return places;
}

/** Where the parts end when they begin at `at`, or -1. Nothing is tried twice: what stands between is no part of a word. */
function endAt(parts: readonly Part[], text: string, kinds: readonly Kind[], at: number): number {
  let position = at;
  for (const part of parts) {
    if ('literal' in part) {
      if (!text.startsWith(part.literal, position)) return -1;
      position += part.literal.length;
      continue;
    }
    let length = 0;
    while (length < part.max && fits(part.between, kinds[position + length])) length += 1;
    if (length < part.min) return -1;
    position += length;
  }
  return position;
}

/** The term's words with room for any spacing between them; signs such as `%` stay as they are. */
function partsOf(term: string): Part[] {
  const runs = term.match(/[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+/gu) ?? [];
  return runs.flatMap((run, index): Part[] => {
    if (wordPattern.test(run)) return [{ literal: run }];
    const isBetween = index > 0 && index < runs.length - 1;
    if (isBetween && /^\p{Pd}+$/u.test(run)) return [{ between: 'gap', min: 0, max: 8 }];
    if (isBetween && /^[\s\p{Pd}\p{Pc}.,;:/'’]+$/u.test(run)) return [{ between: 'gap', min: 1, max: 8 }];
    const signs = Array.from(run).filter((sign) => sign.trim() !== '');
    const spaced = signs.flatMap((sign): Part[] => [anySpace, { literal: sign }]);
    return [...(index === 0 ? spaced.slice(1) : spaced), ...(index < runs.length - 1 ? [anySpace] : [])];
  });
}

const anySpace: Part = { between: 'space', min: 0, max: 8 };

function fits(between: 'gap' | 'space', kind: Kind | undefined): boolean {
  return kind === 'space' || (between === 'gap' && (kind === 'sign' || kind === 'underscore'));
}

function kindOf(character: string): Kind {
  if (character === '_') return 'underscore';
  if (wordPattern.test(character)) return 'word';
  if (/\s/u.test(character)) return 'space';
  return signPattern.test(character) ? 'sign' : 'other';
}

function isInWord(kind: Kind | undefined): boolean {
  return kind === 'word' || kind === 'underscore';
}

/** Edges that are no word characters, or of a script without spaces, need nothing around them. */
function isBound(character: string | undefined): boolean {
  return character !== undefined && isInWord(kindOf(character)) && !unspacedScripts.test(character);
}
