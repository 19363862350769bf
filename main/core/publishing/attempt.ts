import { phrase } from '../../../shared/domain/phrase.ts';
import {
  AlreadyLive,
  type AttemptRecord,
  type CommitOutcome,
  type Failure,
  GateClosed,
  type Handle,
  MediaRefused,
  NetworkFailure,
  SecretUnreadable,
} from '../ports/index.ts';
import { attemptsOf, newAttempt } from './attempt-record.ts';
import type { Capacity } from './capacity.ts';
import type { PublishingDeps } from './context.ts';
import { type Closed, closedBecause } from './gate.ts';
import type { Journal } from './journal.ts';
import type { Outcomes } from './outcome.ts';
import { assertTurn, NotItsTurn } from './pace.ts';
import type { PrepareAhead } from './prepare-ahead.ts';
import { bytesOf, loadPublication, sketchPublication } from './publication.ts';
import { unfitWords } from './reasons.ts';
import { createSend, Shut } from './send.ts';
import { assertUnchanged, Overtaken, readSituation, type Situation } from './situation.ts';

/** An unfinished handle is worth going on with for this long: containers and unpublished photos live for a day. */
const handleLifeMs = 20 * 3_600_000;

/** Makes one attempt for a due target, from the first check to its outcome. */
export type AttemptTarget = (targetId: string, signal: AbortSignal) => Promise<void>;

/** @param memory for the media of what is under way */
export function createAttempt(
  deps: PublishingDeps,
  journal: Journal,
  outcomes: Outcomes,
  ahead: Pick<PrepareAhead, 'take'>,
  memory: Capacity,
): AttemptTarget {
  return async (targetId, signal) => {
    try {
      await attemptNow(targetId, signal);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  };

  async function attemptNow(targetId: string, signal: AbortSignal): Promise<void> {
    const prepared = await ahead.take(targetId);
    const situation = await readSituation(deps.store, deps.digest, targetId);
    if (situation === undefined || situation.target.status !== 'pending') return;
    const earlier = await deps.store.attempts.listOfTarget(targetId);
    const posts = attemptsOf(earlier, 'post');

    const closed = signal.aborted ? abortedBy(signal) : precheck(deps, situation);
    if (closed !== null) {
      const isKnown =
        closed.effect === 'wait' && closed.until === undefined && closed.code === situation.target.errorCode;
      if (!isKnown) await outcomes.shut(situation, undefined, closed);
      return;
    }

    const handle = handleToGoOnWith(deps, situation, posts.at(-1)) ?? prepared?.handleFor(situation) ?? null;
    const attempt = newAttempt(deps, situation, 'post', posts, handle);
    try {
      await journal.begin(attempt, {
        targetChange: { status: 'publishing', nextAttemptAt: null, errorCode: null, errorMessage: null },
        check: async (current, within) => {
          assertUnchanged(situation, current);
          await assertTurn(deps, within, situation);
        },
      });
    } catch (error) {
      if (error instanceof NotItsTurn) return waitForTurn(situation, error.until);
      throw error;
    }
    await memory.during(bytesOf(situation), () => run(deps, journal, outcomes, situation, attempt, signal));
  }

  /** Nothing has begun and nothing is wrong: the post is due a little later. */
  function waitForTurn(situation: Situation, until: number): Promise<void> {
    return journal.step(situation.target.id, {
      check: (current) => assertUnchanged(situation, current),
      targetChange: { nextAttemptAt: until, errorCode: null, errorMessage: null },
    });
  }
}

function precheck(deps: PublishingDeps, situation: Situation): Closed | null {
  const { post, account, target } = situation;
  const closed = closedBecause({
    situation,
    now: deps.clock.now(),
    stoppedBy: deps.killSwitch.stopping(post.clientId, account.id),
    halt: deps.halt(),
    attempt: null,
  });
  if (closed !== null) return closed;
  const [problem] = deps.networks[target.platform].problems(sketchPublication(situation), account);
  return problem === undefined ? null : { effect: 'hold', code: problem.code, message: unfitWords(problem.message) };
}

/** What an earlier attempt left unfinished and invisible, when this one may go on with it. */
function handleToGoOnWith(deps: PublishingDeps, situation: Situation, last: AttemptRecord | undefined): Handle | null {
  const goesOn =
    last !== undefined &&
    last.state === 'not_sent' &&
    last.contentHash === situation.contentHash &&
    last.remoteAccountId === situation.account.remoteId &&
    deps.clock.now() - last.createdAt < handleLifeMs;
  return goesOn ? last.handle : null;
}

async function run(
  deps: PublishingDeps,
  journal: Journal,
  outcomes: Outcomes,
  situation: Situation,
  attempt: AttemptRecord,
  signal: AbortSignal,
): Promise<void> {
  const network = deps.networks[situation.target.platform];
  const keep = async (handle: Handle): Promise<void> => {
    attempt.handle = handle;
    await journal.step(attempt.targetId, {
      attempt,
      attemptChange: { handle },
      event: { kind: 'handle', detail: phrase`The network gave us something to go on with; nothing is visible yet` },
    });
  };

  let outcome: CommitOutcome;
  try {
    signal.throwIfAborted();
    const access = deps.openAccess(situation.account);
    const publication = await loadPublication(situation, deps.files);
    const handle = await network.prepare(access, publication, attempt.handle, keep, signal);
    await journal.step(attempt.targetId, {
      attempt,
      attemptChange: { state: 'prepared', handle },
      event: { kind: 'prepared', detail: phrase`Everything invisible is done` },
    });
    Object.assign(attempt, { state: 'prepared', handle });
    outcome = await network.commit(access, publication, handle, createSend(deps, journal, attempt));
  } catch (error) {
    await endedEarly(deps, outcomes, situation, attempt, error, signal);
    return;
  }
  await settle(outcomes, situation, attempt, outcome);
}

/** Turns what a commit told us into the attempt's next state. */
async function settle(
  outcomes: Outcomes,
  situation: Situation,
  attempt: AttemptRecord,
  outcome: CommitOutcome,
): Promise<void> {
  switch (outcome.kind) {
    case 'published':
      return outcomes.published(situation, attempt, outcome.remoteId, outcome.permalink);
    case 'accepted':
      return outcomes.unclear(attempt, 'accepted', phrase`The network took it and works on it`);
    case 'refused':
      return outcomes.failed(situation, attempt, outcome.failure);
    case 'unknown':
      return outcomes.unclear(attempt, 'unknown', outcome.detail);
  }
}

async function endedEarly(
  deps: PublishingDeps,
  outcomes: Outcomes,
  situation: Situation,
  attempt: AttemptRecord,
  error: unknown,
  signal: AbortSignal,
): Promise<void> {
  if (error instanceof Shut) return outcomes.shut(situation, attempt, error.closed);
  if (error instanceof GateClosed) {
    return outcomes.shut(situation, attempt, { effect: 'wait', code: 'stopped', message: error.reason });
  }
  if (error instanceof AlreadyLive) {
    return outcomes.unclear(
      attempt,
      'accepted',
      phrase`An earlier try went through after all; asking where the post is`,
    );
  }
  if (attempt.state === 'sending') {
    deps.log.error('publishing call ended in an unforeseen way', { attempt: attempt.id, error: nameOf(error) });
    return outcomes.unclear(attempt, 'unknown', phrase`The call ended in an unforeseen way`);
  }
  // A network that asked us to wait is heard even in the moment in which a person stops everything.
  const mustWait = error instanceof NetworkFailure && error.failure.class === 'rate';
  if (signal.aborted && !mustWait) return outcomes.shut(situation, attempt, abortedBy(signal));
  return outcomes.failed(situation, attempt, failureOf(error));
}

/** A stop aborts with itself as the reason; the app that is closed, with none. */
function abortedBy({ reason }: AbortSignal): Closed {
  if (reason instanceof Shut) return reason.closed;
  return { effect: 'wait', code: 'closed', message: 'The app was closed before anything was sent.' };
}

/** Nothing irrevocable was sent, so whatever went wrong can be told as a plain failure. */
function failureOf(error: unknown): Failure {
  if (error instanceof NetworkFailure) return error.failure;
  if (error instanceof MediaRefused) return { class: 'content', code: error.code, message: error.message };
  if (error instanceof SecretUnreadable) {
    return { class: 'token', code: 'unreadable', message: 'The stored access token could not be opened.' };
  }
  return { class: 'transient', code: 'internal', message: `Something unforeseen went wrong (${nameOf(error)}).` };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : phrase`not an error`;
}
