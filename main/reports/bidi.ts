/** Which way a piece of text runs. */
export interface Piece {
  text: string;
  isRtl: boolean;
}

type Kind = 'rtl' | 'ltr' | 'number' | 'neutral';

/**
 * The pieces of one line in the order in which they are drawn from left to right; each is in one direction. The part of the
 * Unicode bidirectional algorithm (UAX #9) that plain text without embedding marks needs. Pure.
 * @param base the direction of the paragraph
 */
export function inVisualOrder(line: string, base: 'ltr' | 'rtl'): Piece[] {
  if (base === 'ltr' && !rtlLetter.test(line)) return [{ text: line, isRtl: false }];
  const runs: { text: string; level: number }[] = [];
  for (const { text, kind } of resolved(runsOf(line), base)) {
    const [last, level] = [runs.at(-1), levelOf(kind, base)];
    if (last?.level === level) last.text += text;
    else runs.push({ text, level });
  }
  const pieces = runs.map(({ text, level }) => {
    const isRtl = level % 2 === 1;
    return { text: isRtl ? mirrored(text) : text, isRtl };
  });
  return reordered(
    pieces,
    runs.map(({ level }) => level),
  );
}

/** Which way a text runs: as its first letter does. */
export function directionOf(text: string, otherwise: 'ltr' | 'rtl'): 'ltr' | 'rtl' {
  const first = /\p{L}/u.exec(text)?.[0];
  if (first === undefined) return otherwise;
  return rtlLetter.test(first) ? 'rtl' : 'ltr';
}

interface Run {
  text: string;
  kind: Kind;
}

function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  for (const letter of line) {
    const kind = kindOf(letter);
    const last = runs.at(-1);
    // Marks belong to the letter before them, whatever script they are of themselves.
    if (last !== undefined && (isMore(last, kind, letter) || /\p{M}/u.test(letter))) last.text += letter;
    else runs.push({ text: letter, kind });
  }
  return withSeparators(runs);
}

function isMore({ kind, text }: Run, next: Kind, letter: string): boolean {
  return kind === next && (kind !== 'neutral' || /\s$/.test(text) === /\s/.test(letter));
}

/** `1,234.5`, `12:30` and `−3 %` are one number each. */
function withSeparators(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const [index, run] of runs.entries()) {
    const [before, after] = [joined.at(-1), runs[index + 1]];
    const isInside = /^[.,:/]$/.test(run.text) && before?.kind === 'number' && after?.kind === 'number';
    const isSign = /^[+\-−#]$/.test(run.text) && after?.kind === 'number';
    const isUnit = /^\u00A0?%$/.test(run.text) && before?.kind === 'number';
    const kind = isInside || isSign || isUnit ? 'number' : run.kind;
    if (before !== undefined && before.kind === kind && kind === 'number') before.text += run.text;
    else joined.push({ text: run.text, kind });
  }
  return joined;
}

/** What has no direction takes that of both its neighbours, or else of the paragraph. */
function resolved(runs: readonly Run[], base: 'ltr' | 'rtl'): Run[] {
  const strong = (run: Run | undefined): 'ltr' | 'rtl' => {
    if (run === undefined) return base;
    return run.kind === 'number' ? base : run.kind === 'rtl' ? 'rtl' : 'ltr';
  };
  return runs.map((run, index) => {
    if (run.kind !== 'neutral') return run;
    const [before, after] = [strong(runs[index - 1]), strong(runs[index + 1])];
    return { ...run, kind: before === after ? before : base };
  });
}

function levelOf(kind: Kind, base: 'ltr' | 'rtl'): number {
  if (kind === 'rtl') return 1;
  return base === 'rtl' ? 2 : 0;
}

/** Rule L2: from the highest level down, whatever is at least that high is turned round. */
function reordered(pieces: readonly Piece[], levels: readonly number[]): Piece[] {
  const order = pieces.map((piece, index) => ({ piece, level: levels[index] ?? 0 }));
  for (let level = Math.max(0, ...levels); level > 0; level -= 1) {
    for (let first = 0; first < order.length; first += 1) {
      let end = first;
      while (end < order.length && (order[end]?.level ?? 0) >= level) end += 1;
      if (end > first) order.splice(first, end - first, ...order.slice(first, end).toReversed());
      first = Math.max(first, end);
    }
  }
  return order.map(({ piece }) => piece);
}

const rtlLetter = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

function kindOf(letter: string): Kind {
  if (rtlLetter.test(letter) && !/\p{Nd}/u.test(letter)) return 'rtl';
  if (/\p{Nd}/u.test(letter)) return 'number';
  return /[\p{L}\p{M}]/u.test(letter) ? 'ltr' : 'neutral';
}

const pairs = new Map(
  Array.from('()[]{}<>«»‹›').map((letter, index, all) => [letter, all[index % 2 === 0 ? index + 1 : index - 1]]),
);

function mirrored(text: string): string {
  return Array.from(text)
    .map((letter) => pairs.get(letter) ?? letter)
    .join('');
}
