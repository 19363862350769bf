import type { AttemptRecord, Timer } from '../ports/index.ts';
import { createAttempt } from './attempt.ts';
import type { PublishingDeps } from './context.ts';
import { nextLookUpAt } from './decide.ts';
import { commentDueAt, createFirstComment } from './first-comment.ts';
import { createFollowUp } from './follow-up.ts';
import { createJournal } from './journal.ts';
import { Lanes } from './lanes.ts';
import { createMakeReady } from './make-ready.ts';
import { createOutcomes } from './outcome.ts';
import type { Publishing } from './port.ts';
import { createReconcile, waitsForAnswer } from './reconcile.ts';
import { isAtWork, recoverAttempt, recoverAttempts } from './recover.ts';
import { createResolve } from './resolve.ts';
import { readSituation } from './situation.ts';

/** Accounts that are published to at the same time. One account is always one after the other. */
const parallelAccounts = 256;
/** Looks at the store at least this often, whatever the timers did. */
const longestSleepMs = 30_000;
/** More than ever waits at a time: what is stopped for one client must not hide what is due for another. */
const dueAtOnce = 10_000;
/** First comments are given up on after this. */
const commentWindowMs = 24 * 3_600_000;

export interface Publisher extends Publishing {
  /** Takes up what a previous run left open, then publishes what is due from now on. */
  start(): Promise<void>;
  /** Starts nothing new, aborts what is still invisible, waits for what is being sent. */
  stop(): Promise<void>;
  /** One look at everything that is due; resolves when it has been handed out. The body of the job `publish-due`. */
  publishDue(): Promise<void>;
  /** Completes what a network tells late. The body of the job `follow-up`. */
  followUp(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function createPublishing(deps: PublishingDeps): Publisher {
  const journal = createJournal(deps);
  const outcomes = createOutcomes(deps, journal);
  const attemptTarget = createAttempt(deps, journal, outcomes);
  const commentOnTarget = createFirstComment(deps, journal);
  const reconcile = createReconcile(deps, journal, outcomes);
  const lanes = new Lanes(parallelAccounts);
  const stopping = new AbortController();
  const makeReady = createMakeReady(deps, stopping.signal);
  const aborts = new Map<string, { clientId: string; accountId: string; controller: AbortController }>();
  let timer: Timer | null = null;
  let soon: Timer | null = null;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  /** Everything due up to here has been handed out, UTC ms. */
  let lookedAt = deps.clock.now();
  let started = false;

  function publishDue(): Promise<void> {
    if (looking !== null) {
      lookAgain = true;
      return looking;
    }
    looking = lookUntilQuiet().finally(() => {
      looking = null;
    });
    return looking;
  }

  async function lookUntilQuiet(): Promise<void> {
    do {
      lookAgain = false;
      await look();
    } while (lookAgain && !stopping.signal.aborted);
  }

  async function look(): Promise<void> {
    if (stopping.signal.aborted || !started) return;
    if (deps.locked() === null) {
      await handOutDue();
      await handOutLookUps();
      await handOutComments();
      makeReady.look();
    }
    await arm();
  }

  async function handOutDue(): Promise<void> {
    lookedAt = deps.clock.now();
    const due = await deps.store.targets.due(lookedAt, dueAtOnce);
    for (const { target, post } of due) {
      hand(target.accountId, `post/${target.id}`, async () => {
        const controller = new AbortController();
        aborts.set(target.id, { clientId: post.clientId, accountId: target.accountId, controller });
        try {
          await attemptTarget(target.id, AbortSignal.any([controller.signal, stopping.signal]));
          await commentOnTarget(target.id);
        } finally {
          aborts.delete(target.id);
        }
      });
    }
  }

  async function handOutLookUps(): Promise<void> {
    for (const attempt of await deps.store.attempts.listOpen()) {
      // A step that could not be written ended its work and left it open. In its own lane nobody else is at it.
      if (isAtWork(attempt) && !lanes.isRunning(attempt.accountId)) {
        hand(attempt.accountId, `recover/${attempt.id}`, () => recoverAttempt(deps, journal, attempt.id));
      }
      if (!waitsForAnswer(attempt)) continue;
      const dueAt = await lookUpAt(attempt);
      if (dueAt === null || dueAt > deps.clock.now()) continue;
      hand(attempt.accountId, `look-up/${attempt.id}`, async () => {
        await reconcile(attempt.id);
        await commentOnTarget(attempt.targetId);
      });
    }
  }

  async function handOutComments(): Promise<void> {
    const now = deps.clock.now();
    for (const target of await deps.store.targets.awaitingComment(now - commentWindowMs)) {
      const dueAt = await commentAt(target.id);
      if (dueAt !== null && dueAt <= now) {
        hand(target.accountId, `comment/${target.id}`, () => commentOnTarget(target.id));
      }
    }
  }

  function hand(accountId: string, name: string, work: () => Promise<void>): void {
    lanes.add(accountId, name, async () => {
      if (stopping.signal.aborted) return;
      try {
        await work();
      } catch (error) {
        deps.log.error('publishing failed in an unforeseen way', { work: name, error: String(error) });
      } finally {
        afterWork();
      }
    });
  }

  /**
   * Work ends in bursts; one look at the time of what is next serves them all. It does not look at what
   * is due: what waits for the kill switch would be looked at without end.
   */
  function afterWork(): void {
    soon ??= deps.timers.after(20, () => {
      soon = null;
      rearm();
    });
  }

  async function lookUpAt(attempt: AttemptRecord): Promise<number | null> {
    const target = await deps.store.targets.get(attempt.targetId);
    return target === undefined
      ? null
      : nextLookUpAt(attempt, deps.networks[target.platform].settleMs, deps.clock.now());
  }

  async function commentAt(targetId: string): Promise<number | null> {
    const situation = await readSituation(deps.store, deps.digest, targetId);
    if (situation === undefined) return null;
    return commentDueAt(deps, situation, await deps.store.attempts.listOfTarget(targetId));
  }

  /** Sleeps until the next thing is due, at most {@link longestSleepMs}. */
  async function arm(): Promise<void> {
    timer?.cancel();
    const now = deps.clock.now();
    if (deps.locked() !== null) {
      timer = deps.timers.after(longestSleepMs, wake);
      return;
    }
    const nextDue = await deps.store.targets.nextDueAfter(lookedAt);
    // Whatever should have been asked by now and was not has failed just now: give it a second.
    const nextQuestion = Math.max(await nextQuestionAt(now), now + 1_000);
    const next = Math.min(nextDue ?? Number.POSITIVE_INFINITY, nextQuestion, now + longestSleepMs);
    if (!stopping.signal.aborted) timer = deps.timers.after(next - now, wake);
  }

  /** When a look-up or a first comment is due next, UTC ms. */
  async function nextQuestionAt(now: number): Promise<number> {
    const times: (number | null)[] = [];
    for (const attempt of await deps.store.attempts.listOpen()) {
      if (waitsForAnswer(attempt) && !lanes.has(`look-up/${attempt.id}`)) times.push(await lookUpAt(attempt));
    }
    for (const target of await deps.store.targets.awaitingComment(now - commentWindowMs)) {
      times.push(await commentAt(target.id));
    }
    return Math.min(...times.filter((time) => time !== null));
  }

  function rearm(): void {
    if (looking !== null || stopping.signal.aborted) return;
    looking = arm().finally(() => {
      looking = null;
      if (lookAgain) wake();
    });
    looking.catch(lookFailed);
  }

  function lookFailed(error: unknown): void {
    deps.log.error('looking for due posts failed', { error: String(error) });
    timer?.cancel();
    timer = deps.timers.after(1_000, wake);
  }

  function wake(): void {
    if (!started || stopping.signal.aborted) return;
    publishDue().catch(lookFailed);
  }

  const unsubscribe = deps.changes.subscribe((change) => {
    if (change.type !== 'control.changed') return;
    for (const { clientId, accountId, controller } of aborts.values()) {
      if (deps.killSwitch.stopping(clientId, accountId) !== null) controller.abort();
    }
    wake();
  });

  return {
    wake,
    publishDue,
    resolve: createResolve(deps, journal, wake),
    followUp: createFollowUp(deps, journal),

    async start() {
      await recoverAttempts(deps, journal);
      started = true;
      wake();
    },

    async stop() {
      unsubscribe();
      stopping.abort();
      timer?.cancel();
      soon?.cancel();
      await looking?.catch(() => undefined);
      await makeReady.done();
      await lanes.drained();
    },

    async idle() {
      await looking;
      await makeReady.done();
      await lanes.drained();
    },
  };
}
