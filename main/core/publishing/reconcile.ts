import { phrase } from '../../../shared/domain/phrase.ts';
import { type AttemptRecord, type CommitOutcome, type LookUp, NetworkFailure } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import { afterAbsent, lookedLongEnough } from './decide.ts';
import { settleComment } from './first-comment.ts';
import type { Journal } from './journal.ts';
import { onlyOneLeft } from './only-one-left.ts';
import type { Outcomes } from './outcome.ts';
import { sketchPublication } from './publication.ts';
import { unclearWords } from './reasons.ts';
import { readSituation, type Situation } from './situation.ts';

/** Asks the network what became of a sent attempt. Reads only; sends nothing. */
export type Reconcile = (attemptId: string) => Promise<void>;

/** Attempts that wait for an answer of the network. */
export function waitsForAnswer(attempt: AttemptRecord): boolean {
  return attempt.state === 'accepted' || attempt.state === 'unknown';
}

export function createReconcile(deps: PublishingDeps, journal: Journal, outcomes: Outcomes): Reconcile {
  return async (attemptId) => {
    // It may have been settled since it was listed; believing a second answer would undo the first.
    const attempt = await deps.store.attempts.get(attemptId);
    if (attempt === undefined || !waitsForAnswer(attempt)) return;
    const askedAt = deps.clock.now();
    const situation = await readSituation(deps.store, deps.digest, attempt.targetId);
    if (situation === undefined) return nobodyToAskFor(journal, attempt, askedAt);
    // Those before it in the lane may have used up what the network allows: it is handed out again then.
    if (deps.networks[situation.target.platform].lookUpsFrom(attempt.remoteAccountId) !== null) return;
    const ending = attempt.kind === 'post' ? outcomes : commentOutcomes(deps, journal, situation);
    let found: LookUp;
    try {
      found = await ask(deps, situation, attempt);
    } catch (error) {
      return notAnswered(deps, journal, ending, attempt, error);
    }
    await believe(deps, journal, ending, situation, attempt, found, askedAt);
  };
}

/** Its client was removed meanwhile: there is no access any more to ask with, and nothing left to do. */
function nobodyToAskFor(journal: Journal, attempt: AttemptRecord, now: number): Promise<void> {
  const detail = 'The client was removed before the network had answered.';
  return journal.step(attempt.targetId, {
    attempt,
    attemptChange: { state: 'needs_human', lastLookUpAt: now, errorMessage: detail },
    event: { kind: 'needs_human', detail },
  });
}

/** The endings a look-up can lead to. */
type Ending = Pick<Outcomes, 'published' | 'delivered' | 'failed' | 'needsPerson'>;

/** A first comment ends without touching its post. */
function commentOutcomes(deps: PublishingDeps, journal: Journal, situation: Situation): Ending {
  const end = (attempt: AttemptRecord, outcome: CommitOutcome): Promise<void> =>
    settleComment(deps, journal, situation, attempt, outcome);
  return {
    published: (_, attempt, remoteId, permalink) =>
      end(attempt, { kind: 'published', remoteId: remoteId ?? attempt.id, permalink }),
    delivered: (_, attempt) => end(attempt, { kind: 'published', remoteId: attempt.id, permalink: null }),
    failed: (_, attempt, failure) => end(attempt, { kind: 'refused', failure }),
    needsPerson: (attempt, reason) =>
      end(attempt, { kind: 'refused', failure: { class: 'account', code: 'unclear', message: reason } }),
  };
}

async function ask(deps: PublishingDeps, situation: Situation, attempt: AttemptRecord): Promise<LookUp> {
  const network = deps.networks[situation.target.platform];
  const access = deps.openAccess(situation.account);
  const sentAt = attempt.sentAt ?? attempt.createdAt;
  if (attempt.kind === 'post') {
    const found = await network.lookUp(access, sketchPublication(situation), attempt.handle ?? {}, sentAt);
    return onlyOneLeft(deps.store.attempts, attempt, found);
  }
  const { remoteId } = situation.target;
  const { firstComment } = situation.post;
  if (network.comments === null || remoteId === null || firstComment === null) {
    return { kind: 'absent' };
  }
  return network.comments.lookUp(access, remoteId, firstComment, sentAt);
}

/** A look-up that failed says nothing about the post. */
async function notAnswered(
  deps: PublishingDeps,
  journal: Journal,
  outcomes: Ending,
  attempt: AttemptRecord,
  error: unknown,
): Promise<void> {
  const now = deps.clock.now();
  if (lookedLongEnough(attempt, now)) {
    await outcomes.needsPerson(
      attempt,
      unclearWords('The network could not tell us within a day whether the post is live.'),
    );
    return;
  }
  const detail = error instanceof NetworkFailure ? error.failure.message : phrase`The look-up failed`;
  await journal.step(attempt.targetId, {
    attempt,
    attemptChange: answered(deps),
    event: { kind: 'look_up_failed', detail },
  });
}

/**
 * A look-up may take long, and longer when the computer slept: the next one counts from its answer. Counted from the
 * question it could, where two runs of the app ask, end up before an answer that was already noted.
 */
function answered({ clock }: Pick<PublishingDeps, 'clock'>): Pick<AttemptRecord, 'lastLookUpAt'> {
  return { lastLookUpAt: clock.now() };
}

async function believe(
  deps: PublishingDeps,
  journal: Journal,
  outcomes: Ending,
  situation: Situation,
  attempt: AttemptRecord,
  found: LookUp,
  askedAt: number,
): Promise<void> {
  switch (found.kind) {
    case 'published':
      return outcomes.published(situation, attempt, found.remoteId, found.permalink);
    case 'delivered':
      return outcomes.delivered(situation, attempt);
    case 'refused':
      return outcomes.failed(situation, attempt, found.failure);
    case 'ambiguous':
      return outcomes.needsPerson(attempt, unclearWords(found.detail));
    case 'processing':
      if (lookedLongEnough(attempt, askedAt)) {
        return outcomes.needsPerson(attempt, unclearWords('The network has been working on this post for a day.'));
      }
      return journal.step(attempt.targetId, { attempt, attemptChange: answered(deps) });
    case 'absent':
      return believeAbsent(deps, journal, outcomes, situation, attempt, askedAt);
  }
}

async function believeAbsent(
  deps: PublishingDeps,
  journal: Journal,
  outcomes: Ending,
  situation: Situation,
  attempt: AttemptRecord,
  askedAt: number,
): Promise<void> {
  // The computer slept, and the time that has passed since does not count.
  const isWaking = deps.halt()?.code === 'waking';
  const verdict = isWaking ? 'wait' : afterAbsent(attempt, deps.networks[situation.target.platform].settleMs, askedAt);
  if (verdict === 'wait') return journal.step(attempt.targetId, { attempt, attemptChange: answered(deps) });
  if (verdict === 'count') {
    return journal.step(attempt.targetId, {
      attempt,
      attemptChange: { ...answered(deps), negativeLookUps: attempt.negativeLookUps + 1 },
      event: { kind: 'absent', detail: phrase`Not found after the settle time; asking once more in a minute` },
    });
  }
  return outcomes.failed(situation, attempt, {
    class: 'transient',
    code: 'not_found_twice',
    message: 'The network gave no clear answer, and did not find it when it was asked twice.',
  });
}
