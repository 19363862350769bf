import { type Folded, fold, joinFolded } from './folding.ts';
import { type Pattern, patternOf, placesOf, type Words, wordsIn } from './term-pattern.ts';

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
  const banned = terms.map(bannedOf).filter((term) => term !== null);
  if (banned.length === 0 || text === '') return [];
  const readings = looks.map((look) => read(text, look));
  return banned.flatMap((term) => withoutOverlaps(readings.flatMap((reading) => hits(term, reading)))).sort(byPlace);
}

const looks = ['letters', 'shapes'] as const;
type Look = (typeof looks)[number];

/** A text made ready to be searched for any number of terms. */
interface Reading {
  look: Look;
  /** The text, and each hashtag as words of its own. */
  words: Words[];
  /** Letters that stand alone one after the other, joined: `f r e e` as `free`. */
  spelled: Folded[];
  /** Each hashtag as the one word it is written as. */
  tags: Folded[];
}

function read(text: string, look: Look): Reading {
  const folded = fold(text, look);
  const tags = [...text.matchAll(hashtags)].map((match) => ({
    words: joinFolded([...match[0].matchAll(humps)].map((hump) => fold(hump[0], look, match.index + hump.index))),
    joined: fold(match[0].slice(1), look, match.index + 1),
  }));
  return {
    look,
    words: [folded, ...tags.map(({ words }) => words)].map(wordsIn),
    spelled: [...folded.text.matchAll(aloneInARow)].map((run) => joinLetters(folded, run[0], run.index)),
    tags: tags.map(({ joined }) => joined),
  };
}

const hashtags = /[#＃][\p{L}\p{M}\p{N}_\p{Default_Ignorable_Code_Point}]+/gu;

/** `#NoRisk2day` has the words `No`, `Risk`, `2` and `day`. */
const humps = /\p{N}+|\p{Lu}+(?!\p{Ll})|\p{Lu}?[^\p{Lu}\p{N}_#＃]+/gu;

/** Three or more single letters with up to three signs or spaces after each but the last. */
const aloneInARow = /(?<![\p{L}\p{M}\p{N}_])[\p{L}\p{N}](?:[\s\p{P}\p{S}]{1,3}[\p{L}\p{N}](?![\p{L}\p{M}\p{N}])){2,}/gu;

function joinLetters(folded: Folded, run: string, at: number): Folded {
  const letters = [...run.matchAll(/[\p{L}\p{N}]/gu)];
  const units = letters.flatMap(({ 0: letter, index }) =>
    Array.from({ length: letter.length }, (_, unit) => at + index + unit),
  );
  return {
    text: letters.map(([letter]) => letter).join(''),
    starts: units.map((unit) => folded.starts[unit] ?? 0),
    ends: units.map((unit) => folded.ends[unit] ?? 0),
  };
}

/** A term by its letters and by its shapes. */
interface Banned extends Record<Look, Pattern> {
  term: string;
}

const known = new Map<string, Banned | null>();
const maxKnown = 5_000;

/** Worked out once a term; null for a term with nothing visible in it. */
function bannedOf(term: string): Banned | null {
  const before = known.get(term);
  if (before !== undefined) return before;
  const letters = patternOf(fold(term, 'letters').text.trim());
  const shapes = patternOf(fold(term, 'shapes').text.trim());
  const banned = letters === null || shapes === null ? null : { term, letters, shapes };
  if (known.size >= maxKnown) known.clear();
  known.set(term, banned);
  return banned;
}

function hits(banned: Banned, { look, words, spelled, tags }: Reading): BannedHit[] {
  const pattern = banned[look];
  const hit = (folded: Folded, start: number, end: number): BannedHit => ({
    term: banned.term,
    start: folded.starts[start] ?? 0,
    end: folded.ends[end - 1] ?? 0,
  });
  return [
    ...words.flatMap((text) => placesOf(pattern, text).map(([start, end]) => hit(text.folded, start, end))),
    ...spelled.flatMap((run) =>
      inside(run.text, pattern, 'anywhere').map((at) => hit(run, at, at + pattern.joined.length)),
    ),
    ...tags.flatMap((tag) => inside(tag.text, pattern, 'edges').map((at) => hit(tag, at, at + pattern.joined.length))),
  ];
}

/** Where the joined letters of a term stand: in letters spelled out anywhere, of a phrase in a hashtag at its edges. */
function inside(text: string, { joined, wordCount }: Pattern, where: 'anywhere' | 'edges'): number[] {
  if (where === 'anywhere') {
    const at = Array.from(joined).length < 3 ? -1 : text.indexOf(joined);
    return at === -1 ? [] : [at];
  }
  if (wordCount < 2) return [];
  return [
    ...(text.startsWith(joined) ? [0] : []),
    ...(text.endsWith(joined) && text !== joined ? [text.length - joined.length] : []),
  ];
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
