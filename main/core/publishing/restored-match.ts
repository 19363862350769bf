import { normalizeText } from '../../../shared/domain/same-text.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import type { RemotePost, RestoredMark } from '../ports/index.ts';

/** One target of older data, as it is compared with what its account shows. */
export interface Wanted {
  targetId: string;
  text: string;
  /**
   * - `due`: it would be sent now
   * - `open`: it may well be on the account already, but nobody can say as which post
   * - `waiting`: a person must act before it is sent
   * - `later`: due in the future
   * - `maybe`: due in the future, and nobody noted whether a person published it early
   */
  claim: 'due' | 'open' | 'waiting' | 'later' | 'maybe';
}

export type Finding =
  /** Exactly this one. */
  | { kind: 'live'; post: RemotePost }
  | { kind: 'absent' }
  /** Several could be it, or one that could be another target's as well. */
  | { kind: 'several' }
  /** The account could not be asked. */
  | { kind: 'silent'; why: string };

/**
 * Finds the targets of one account among the posts that it shows and that are not known to be ours.
 * What is due comes before what waits, and that before what is due later: a text that is posted again and again
 * is the earliest of them first. A post is never given to two targets, and never guessed.
 */
export function findWanted(wanted: readonly Wanted[], shown: readonly RemotePost[]): Map<string, Finding> {
  const findings = new Map<string, Finding>();
  let left = [...shown];
  for (const claims of [['due', 'open'], ['waiting'], ['later', 'maybe']]) {
    const rivals = wanted.filter(({ claim }) => claims.includes(claim));
    const taken = new Set<RemotePost>();
    for (const one of rivals) {
      const candidates = left.filter((post) => shows(post, one.text));
      const others = rivals.filter((other) => other !== one && candidates.some((post) => shows(post, other.text)));
      findings.set(one.targetId, findingOf(candidates, others.length));
      for (const post of candidates) taken.add(post);
    }
    left = left.filter((post) => !taken.has(post));
  }
  return findings;
}

function findingOf([post, ...more]: readonly RemotePost[], rivals: number): Finding {
  if (post === undefined) return { kind: 'absent' };
  return more.length === 0 && rivals === 0 ? { kind: 'live', post } : { kind: 'several' };
}

/**
 * Why a target must not be sent by itself, for a person; null when nothing speaks against it, or it would not be
 * sent anyway.
 */
export function reasonToHold(
  claim: Wanted['claim'],
  finding: Finding,
  mark: Pick<RestoredMark, 'from'>,
): string | null {
  if (claim === 'open' || claim === 'waiting') return null;
  const then = momentOf(mark);
  if (claim === 'maybe' && finding.kind === 'silent') {
    return phrase`This post may already be live: somebody may have published it early after ${then}, and the account could not be asked (${finding.why}). ${look}`;
  }
  if (claim === 'later' || claim === 'maybe') {
    const isThere = finding.kind === 'live' || finding.kind === 'several';
    return isThere
      ? phrase`This post may already be live: a post with these words has appeared since ${then}. ${look}`
      : null;
  }
  switch (finding.kind) {
    case 'silent':
      return phrase`This post may already be live: it was due after ${then}, and the account could not be asked (${finding.why}). ${look}`;
    case 'several':
      return phrase`This post may already be live: it was due after ${then}, and which of the posts on the account it is cannot be told. ${look}`;
    default:
      return phrase`This post may already be live: it was due after ${then}, and it was not found on the account, which may not show it yet. ${look}`;
  }
}

const look = 'Look at the account, then say whether it is live.';

function momentOf({ from }: Pick<RestoredMark, 'from'>): string {
  switch (from) {
    case 'copy':
      return phrase`this copy was made`;
    case 'older':
      return phrase`the time that this data is from`;
    case 'salvage':
    case 'unreadable':
      return phrase`the damaged data was written`;
    default:
      return phrase`the backup was taken`;
  }
}

/** Without words nothing can be recognised. */
function shows(post: RemotePost, text: string): boolean {
  const wanted = normalizeText(text);
  const found = normalizeText(post.text);
  if (wanted === '' || found === '') return false;
  return post.isTextCut ? wanted.startsWith(found) : wanted === found;
}
