/** A run of a text that stayed, went, or came. */
export interface DiffPiece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/**
 * What became of a text, word by word: the pieces that stayed or went, one after the other, are the old text; those that
 * stayed or came are the new one. What went stands before what came in its place. Texts too long to be compared word by
 * word are compared line by line.
 */
export function diffWords(before: string, after: string): DiffPiece[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  const [a, b] = old.length * fresh.length > mostCells ? [linesOf(before), linesOf(after)] : [old, fresh];
  return readable(joined(diff(a, b)));
}

/** Whether a diff shows any difference. */
export function isChanged(pieces: readonly DiffPiece[]): boolean {
  return pieces.some(({ kind }) => kind !== 'same');
}

/** Cells of the table that two texts of 1,500 words need. */
const mostCells = 9_000_000;

/** Words with what stands around them kept: every character is in exactly one token. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}_#@'’-]+|\s+|[^\p{L}\p{M}\p{N}_#@'’\s-]/gu) ?? [];
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

function diff(a: readonly string[], b: readonly string[]): DiffPiece[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return [
    ...a.slice(0, start).map((text): DiffPiece => ({ kind: 'same', text })),
    ...longestCommon(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map((text): DiffPiece => ({ kind: 'same', text })),
  ];
}

/** The longest common subsequence, by the table of its lengths, walked from its beginning. */
function longestCommon(a: readonly string[], b: readonly string[]): DiffPiece[] {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pieces: DiffPiece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ kind: 'same', text: a[i] ?? '' });
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) {
      pieces.push({ kind: 'removed', text: a[i] ?? '' });
      i += 1;
    } else {
      pieces.push({ kind: 'added', text: b[j] ?? '' });
      j += 1;
    }
  }
  return pieces;
}

/** Neighbours of one kind are one piece; between two that stayed, what went comes first. */
function joined(pieces: readonly DiffPiece[]): DiffPiece[] {
  const found: DiffPiece[] = [];
  let [removed, added] = ['', ''];
  const flush = (): void => {
    if (removed !== '') found.push({ kind: 'removed', text: removed });
    if (added !== '') found.push({ kind: 'added', text: added });
    [removed, added] = ['', ''];
  };
  for (const { kind, text } of pieces) {
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else {
      flush();
      const last = found.at(-1);
      if (last?.kind === 'same') last.text += text;
      else found.push({ kind, text });
    }
  }
  flush();
  return found;
}

/** Single spaces that stayed between changed words make a diff hard to read: they go with the words. */
function readable(pieces: readonly DiffPiece[]): DiffPiece[] {
  return joined(
    pieces.flatMap((piece, index): DiffPiece[] => {
      const isBetween = index > 0 && index < pieces.length - 1;
      if (piece.kind !== 'same' || !isBetween || !/^[ \t]+$/.test(piece.text)) return [piece];
      return [
        { kind: 'removed', text: piece.text },
        { kind: 'added', text: piece.text },
      ];
    }),
  );
}
