import { asRead } from './look-alikes.ts';

/** A copy of a text made for matching, with the way back: unit `i` stands for `[starts[i], ends[i])` of the original. */
export interface Folded {
  text: string;
  starts: number[];
  ends: number[];
}

/**
 * Folds away what does not change the words: compatibility forms (NFKC), invisible characters and
 * case (`ß` as `ss`, `İ` and `ı` as `i`). With `look`, letters of other scripts that look like Latin
 * ones become those, and marks drawn over letters are dropped.
 * @param offset added to every index of the way back
 */
export function fold(text: string, look: 'letters' | 'shapes', offset = 0): Folded {
  const visible = withoutInvisible(text, offset);
  const folded: Folded = { text: '', starts: [], ends: [] };
  for (const match of visible.text.matchAll(clusters)) {
    const [cluster] = match;
    const start = visible.starts[match.index] ?? 0;
    const end = visible.ends[match.index + cluster.length - 1] ?? start;
    append(folded, look === 'shapes' ? foldShape(cluster) : foldCase(cluster.normalize('NFKC')), start, end);
  }
  return folded;
}

/** Parts one after the other with a space between them; the spaces stand for nothing in the original. */
export function joinFolded(parts: readonly Folded[]): Folded {
  const joined: Folded = { text: '', starts: [], ends: [] };
  for (const part of parts) {
    const at = joined.ends.at(-1) ?? 0;
    if (joined.text !== '') append(joined, ' ', at, at);
    joined.text += part.text;
    joined.starts.push(...part.starts);
    joined.ends.push(...part.ends);
  }
  return joined;
}

/** What NFKC may compose into one: a character with its marks, or a run of Hangul jamo. */
const clusters = /[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]+|[^\p{M}][\p{M}\uff9e\uff9f]*|\p{M}+/gsu;

function withoutInvisible(text: string, offset: number): Folded {
  const visible: Folded = { text: '', starts: [], ends: [] };
  let at = offset;
  for (const character of text) {
    const end = at + character.length;
    if (!/\p{Default_Ignorable_Code_Point}/u.test(character)) append(visible, character, at, end);
    at = end;
  }
  return visible;
}

function foldShape(cluster: string): string {
  const shapes = Array.from(cluster.normalize('NFKC'), asRead).join('');
  return foldCase(shapes.replace(/(?<=\p{Script=Latin})\p{Mn}+/gu, ''));
}

/** Lower, upper and lower again, because some letters only meet in upper case (`ß` and `ẞ`, `ς` and `σ`). */
function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('i\u0307', 'i');
}

function append(folded: Folded, text: string, start: number, end: number): void {
  folded.text += text;
  for (let unit = 0; unit < text.length; unit += 1) {
    folded.starts.push(start);
    folded.ends.push(end);
  }
}
