import { Fragment, useMemo } from 'react';
import { findBannedTerms } from '../../../../shared/domain/banned-terms.ts';

/** A text with every banned term in it marked; line breaks as typed. Hashtags and mentions look like links. */
export function MarkedText({ text, terms }: { text: string; terms: readonly string[] }) {
  const pieces = useMemo(() => split(text, terms), [text, terms]);
  return (
    <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {pieces.map(({ start, content, term }) =>
        term === null ? (
          <Fragment key={start}>{content}</Fragment>
        ) : (
          <mark key={start} title={`This brand never says “${term}”`}>
            {content}
          </mark>
        ),
      )}
    </span>
  );
}

interface Piece {
  start: number;
  content: string;
  term: string | null;
}

function split(text: string, terms: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const hit of findBannedTerms(text, terms)) {
    if (hit.start < from) continue;
    if (hit.start > from) pieces.push({ start: from, content: text.slice(from, hit.start), term: null });
    pieces.push({ start: hit.start, content: text.slice(hit.start, hit.end), term: hit.term });
    from = hit.end;
  }
  if (from < text.length) pieces.push({ start: from, content: text.slice(from), term: null });
  return pieces;
}
