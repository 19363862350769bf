import { Fragment, useMemo } from 'react';
import { findBannedTerms } from '../../../../shared/domain/banned-terms.ts';
import { t } from '../../../i18n/i18n.ts';

/**
 * A text with every banned term in it marked; line breaks as typed.
 * @param linkClass class of what a network shows as a link: hashtags, mentions, addresses; left out, they look like the rest
 */
export function MarkedText({ text, terms, linkClass }: { text: string; terms: readonly string[]; linkClass?: string }) {
  const pieces = useMemo(() => split(text, terms), [text, terms]);
  return (
    <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {pieces.map(({ start, content, term }) =>
        term === null ? (
          <Linked key={start} text={content} linkClass={linkClass} />
        ) : (
          <mark key={start} title={t('composer:preview.banned', { term })}>
            {content}
          </mark>
        ),
      )}
    </span>
  );
}

const links = /((?<![\p{L}\p{N}_.])[#@][\p{L}\p{M}\p{N}_.]*[\p{L}\p{M}\p{N}_]|(?:https?:\/\/|www\.)[^\s<>"]+)/gu;

function Linked({ text, linkClass }: { text: string; linkClass: string | undefined }) {
  if (linkClass === undefined) return text;
  let at = 0;
  return text.split(links).map((part, index) => {
    const key = at;
    at += part.length;
    return index % 2 === 0 ? (
      <Fragment key={key}>{part}</Fragment>
    ) : (
      <span key={key} className={linkClass}>
        {part}
      </span>
    );
  });
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
