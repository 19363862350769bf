import { isoOf } from '../instants.ts';
import type { ActivityRecord, AttemptEventRecord, AttemptRecord, Repositories } from '../ports/index.ts';
import { type Accounts, blank, type Dated } from './history-entry.ts';

/** An attempt with its steps. */
export type Tried = { attempt: AttemptRecord; events: AttemptEventRecord[] };

/** All attempts at a post, with their steps. */
export async function attemptsOf({ attempts }: Repositories, postId: string): Promise<Tried[]> {
  const found: Tried[] = [];
  for (const attempt of await attempts.listOfPost(postId)) {
    found.push({ attempt, events: await attempts.events(attempt.id) });
  }
  return found;
}

/** The end of an attempt is in the activity log too; it is told once, with its steps. */
export function isToldByAttempt({ kind, accountId, at }: ActivityRecord, attempts: readonly Tried[]): boolean {
  if (!['post.published', 'post.delivered', 'comment.failed'].includes(kind)) return false;
  return attempts.some(
    ({ attempt }) =>
      attempt.accountId === accountId && attempt.endedAt !== null && Math.abs(attempt.endedAt - at) <= sameStepMs,
  );
}
const sameStepMs = 1_000;

/** An attempt as its end tells it. */
export function attemptEntry({ attempt, events }: Tried, accounts: Accounts): Dated {
  const account = accounts.get(attempt.accountId);
  const outcome = outcomeOf(attempt, events);
  return {
    ...blank,
    changed: [],
    id: attempt.id,
    at: attempt.endedAt ?? events.at(-1)?.at ?? attempt.createdAt,
    kind: 'attempt',
    level: outcome === 'refused' ? 'error' : outcome === 'unclear' ? 'warning' : 'info',
    actor: 'job:publish-due',
    platform: account?.platform ?? null,
    accountName: account?.displayName ?? null,
    words: outcome === 'live' || outcome === 'delivered' ? null : attempt.errorMessage,
    link: attempt.permalink,
    attempt: {
      kind: attempt.kind,
      number: attempt.number,
      outcome,
      steps: events.map(({ at, kind, detail }) => ({ at: isoOf(at), kind, words: detail })),
    },
  };
}

function outcomeOf({ state }: AttemptRecord, events: readonly AttemptEventRecord[]) {
  switch (state) {
    case 'published':
      return events.some(({ kind }) => kind === 'delivered') ? 'delivered' : 'live';
    case 'rejected':
      return 'refused';
    case 'not_sent':
      return 'not_sent';
    case 'needs_human':
      return 'unclear';
    default:
      return 'waiting';
  }
}
