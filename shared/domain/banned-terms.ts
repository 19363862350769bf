import { type Folded, fold, joinFolded } from './folding.ts';

/** A banned term in a text: `text.slice(start, end)` is what matched; offsets in UTF-16 units. */
export interface BannedHit {
  term: string;
  start: number;
  end: number;
}

/**
 * Finds banned words and phrases whatever they are dressed in: case, full-width or squared letters,
 * look-alikes of other alphabets, invisible characters, other spacing and punctuation, letters s p a c e d
 * out, and words joined in a hashtag. Only whole words count: `ass` is not in `class`. In scripts that are
 * written without spaces a term counts wherever it stands.
 * @returns hits by start, then end; those of one term do not overlap
 */
export function findBannedTerms(text: string, terms: readonly string[]): BannedHit[] {
  const patterns = terms.map(patternsOf).filter((pattern) => pattern !== null);
  if (patterns.length === 0 || text === '') return [];
  const readings = (['letters', 'shapes'] as const).map((look) => ({
    look,
    text: fold(text, look),
    tags: tagsOf(text, look),
  }));
  return patterns
    .flatMap((pattern) => withoutOverlaps(readings.flatMap((reading) => hits(pattern, reading))))
    .sort(byPlace);
}

interface Reading {
  look: 'letters' | 'shapes';
  text: Folded;
  /** Each hashtag as words, and as the one word it is written as. */
  tags: { words: Folded; joined: Folded }[];
}

interface Patterns {
  term: string;
  letters: Shape;
  shapes: Shape;
}

interface Shape {
  /** The term as words, or as letters spaced out. */
  inText: RegExp;
  /** A phrase written as one word at the start or the end of a hashtag. */
  inTag: RegExp | null;
}

function hits(patterns: Patterns, reading: Reading): BannedHit[] {
  const { inText, inTag } = patterns[reading.look];
  return [
    ...matches(patterns.term, inText, reading.text),
    ...reading.tags.flatMap(({ words, joined }) => [
      ...matches(patterns.term, inText, words),
      ...(inTag === null ? [] : matches(patterns.term, inTag, joined)),
    ]),
  ];
}

function matches(term: string, pattern: RegExp, folded: Folded): BannedHit[] {
  return [...folded.text.matchAll(pattern)].map((match) => ({
    term,
    start: folded.starts[match.index] ?? 0,
    end: folded.ends[match.index + match[0].length - 1] ?? 0,
  }));
}

function withoutOverlaps(found: BannedHit[]): BannedHit[] {
  const kept: BannedHit[] = [];
  for (const hit of found.sort(byPlace)) {
    if (hit.start >= (kept.at(-1)?.end ?? 0)) kept.push(hit);
  }
  return kept;
}

function byPlace(a: BannedHit, b: BannedHit): number {
  return a.start - b.start || a.end - b.end;
}

/** `#NoRisk2day` as the words `no risk 2 day` and as `norisk2day`. */
function tagsOf(text: string, look: 'letters' | 'shapes'): Reading['tags'] {
  return [...text.matchAll(/[#＃][\p{L}\p{M}\p{N}_\p{Default_Ignorable_Code_Point}]+/gu)].map((match) => {
    const words = [...match[0].matchAll(humps)].map((word) => fold(word[0], look, match.index + word.index));
    return { words: joinFolded(words), joined: fold(match[0].slice(1), look, match.index + 1) };
  });
}

const humps = /\p{N}+|\p{Lu}+(?!\p{Ll})|\p{Lu}?[^\p{Lu}\p{N}_#＃]+/gu;

const word = '[\\p{L}\\p{M}\\p{N}]';
const inWord = '[\\p{L}\\p{M}\\p{N}_]';
const gap = '[\\s\\p{P}\\p{S}]';
const unspaced =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}]';

const known = new Map<string, Patterns | null>();
const maxKnown = 5_000;

/** Compiled once a term; null for a term with nothing visible in it. */
function patternsOf(term: string): Patterns | null {
  const before = known.get(term);
  if (before !== undefined) return before;
  const letters = shapeOf(fold(term, 'letters').text.trim());
  const shapes = shapeOf(fold(term, 'shapes').text.trim());
  const patterns = letters === null || shapes === null ? null : { term, letters, shapes };
  if (known.size >= maxKnown) known.clear();
  known.set(term, patterns);
  return patterns;
}

function shapeOf(term: string): Shape | null {
  if (term === '') return null;
  const words = term.match(new RegExp(`${word}+`, 'gu')) ?? [];
  const letters = Array.from(words.join(''));
  const plain = withEdges(term, spacedLoosely(term));
  const spelled = letters.length < 3 ? [] : [withEdges(term, letters.map(escape).join(`${gap}{1,3}`))];
  const joined = escape(words.join(''));
  return {
    inText: new RegExp([plain, ...spelled].join('|'), 'gu'),
    inTag: words.length < 2 ? null : new RegExp(`^${joined}|${joined}$`, 'gu'),
  };
}

/** The term's words with room for any spacing between them; signs such as `%` stay as they are. */
function spacedLoosely(term: string): string {
  return term
    .split(new RegExp(`(?<=${word})(?!${word})|(?<!${word})(?=${word})`, 'u'))
    .map((part, index, parts) => {
      if (new RegExp(`^${word}`, 'u').test(part)) return escape(part);
      const isBetween = index > 0 && index < parts.length - 1;
      if (isBetween && /^\p{Pd}+$/u.test(part)) return `${gap}{0,4}`;
      if (isBetween && /^[\s\p{Pd}\p{Pc}.,;:/'’]+$/u.test(part)) return `${gap}{1,4}`;
      const signs = Array.from(part)
        .filter((sign) => sign.trim() !== '')
        .map(escape);
      return [...(index > 0 ? [''] : []), ...signs, ...(index < parts.length - 1 ? [''] : [])].join('\\s*');
    })
    .join('');
}

/** Look-arounds in place of `\b`, which only knows ASCII. None where the term's edge is no word character. */
function withEdges(term: string, pattern: string): string {
  const edge = new RegExp(`^${inWord}`, 'u');
  const free = new RegExp(`^${unspaced}`, 'u');
  const isBound = (character: string | undefined): boolean =>
    character !== undefined && edge.test(character) && !free.test(character);
  const characters = Array.from(term);
  const before = isBound(characters[0]) ? `(?<!${inWord})` : '';
  const after = isBound(characters.at(-1)) ? `(?!${inWord})` : '';
  return `${before}(?:${pattern})${after}`;
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
