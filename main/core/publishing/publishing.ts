import { LeaseLost } from '../control/runner.ts';
import type { DueTarget, Timer } from '../ports/index.ts';
import { compareClocks } from '../scheduling/clock-guard.ts';
import { createAttempt } from './attempt.ts';
import { createCalls } from './calls.ts';
import { Capacity } from './capacity.ts';
import { createCatchUp } from './catch-up.ts';
import type { PublishingDeps } from './context.ts';
import { createFirstComment } from './first-comment.ts';
import { createFollowUp } from './follow-up.ts';
import type { Closed } from './gate.ts';
import { createJournal } from './journal.ts';
import { createClearLeftovers } from './leftovers.ts';
import { Lanes } from './lanes.ts';
import { createMakeReady } from './make-ready.ts';
import { createOutcomes } from './outcome.ts';
import type { Publishing } from './port.ts';
import { createPrepareAhead } from './prepare-ahead.ts';
import { createQuestions } from './questions.ts';
import { createReadBack } from './read-back.ts';
import { createReconcile, waitsForAnswer } from './reconcile.ts';
import { isAtWork, recoverAttempt, recoverAttempts, settleAnew } from './recover.ts';
import { createResolve } from './resolve.ts';
import { createSettleOlderData } from './restored.ts';
import { stopNow } from './send.ts';
import { Overtaken } from './situation.ts';
import { UnderWay } from './under-way.ts';

/** Accounts that are published to at the same time. One account is always one after the other. */
const parallelAccounts = 256;
/** Media of all that is under way, in memory at a time. */
const mediaBytesAtOnce = 256 * 1024 * 1024;
/** Looks at the store at least this often, whatever the timers did. */
const longestSleepMs = 30_000;
/** More than ever waits at a time: what is stopped for one client must not hide what is due for another. */
const dueAtOnce = 10_000;

export interface Publisher extends Publishing {
  /** Takes up what a previous run left open, then publishes what is due from now on. Without the lease it waits for {@link takeUp}. */
  start(): Promise<void>;
  /** To be called in each new epoch: takes up what earlier ones left open. Never rejects. */
  takeUp(): Promise<void>;
  /** Ends every call to a network at once. What may have become public is looked up, everything else begins anew. */
  interrupt(): void;
  /** To be called when the computer has slept or its clock was set: what is not clear yet settles from now on. */
  settleAnew(): Promise<void>;
  /** Starts nothing new, aborts what is still invisible, waits for what is being sent. */
  stop(): Promise<void>;
  /** One look at everything that is due; resolves when it has been handed out. The body of the job `publish-due`. */
  publishDue(): Promise<void>;
  /** Completes what a network tells late, and removes what was left over there. The body of the job `follow-up`. */
  followUp(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function createPublishing(given: PublishingDeps): Publisher {
  const calls = createCalls(given.http);
  const deps = { ...given, http: calls.http };
  const journal = createJournal(deps);
  const readBack = createReadBack(deps, journal, hand);
  const outcomes = createOutcomes(deps, journal, (attempt) => readBack.later(attempt));
  const commentOnTarget = createFirstComment(deps, journal);
  const reconcile = createReconcile(deps, journal, outcomes);
  const lanes = new Lanes(parallelAccounts);
  const stopping = new AbortController();
  const makeReady = createMakeReady(deps, stopping.signal);
  const memory = new Capacity(mediaBytesAtOnce);
  const ahead = createPrepareAhead(deps, memory, stopping.signal);
  const attemptTarget = createAttempt(deps, journal, outcomes, ahead, memory);
  const olderData = createSettleOlderData(deps, { journal, outcomes, commentOnTarget }, stopping.signal);
  const catchUp = createCatchUp(deps, journal);
  const questions = createQuestions(deps);
  const complete = createFollowUp(deps, journal);
  const clearLeftovers = createClearLeftovers(deps, journal);
  const underWay = new UnderWay((clientId, accountId) => stopNow(deps, clientId, accountId));
  let timer: Timer | null = null;
  let soon: Timer | null = null;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  /** Everything due up to here has been handed out, UTC ms. */
  let lookedAt = deps.clock.now();
  /** When the last look began, on the monotonic clock. */
  let lookBeganAt = Number.NEGATIVE_INFINITY;
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
    lookBeganAt = deps.clock.monotonic();
    if (deps.locked() === null && deps.lease.isHeld()) {
      // It may have been pressed or released in another run of the app, which waits for the lease.
      await deps.killSwitch.load();
      await handOutDue();
      await handOutLookUps();
      await handOutComments();
      makeReady.look();
      if (deps.dataAge.halt() === null) await ahead.look();
      olderData.look();
    }
    await arm();
  }

  async function handOutDue(): Promise<void> {
    lookedAt = deps.clock.now();
    // What older data takes for due and late may be live: that is settled first, whatever the rules say of lateness.
    if (deps.dataAge.halt() !== null) return;
    const due = await deps.store.targets.due(lookedAt, dueAtOnce);
    const fresh = due.filter(({ target }) => !underWay.has(target.id));
    for (const one of fresh.filter(catchUp.isPunctual)) begin(one);
    const overdue = fresh.filter((one) => !catchUp.isPunctual(one));
    for (const one of await catchUp.sortOut(overdue, (accountId) => underWay.isBusy(accountId))) begin(one);
  }

  function begin(due: DueTarget): void {
    const { id, accountId } = due.target;
    if (lanes.has(`post/${id}`)) return;
    const stopped = underWay.add(due);
    const handedAt = clocks();
    hand(accountId, `post/${id}`, async () => {
      try {
        // What waited for its turn while the computer slept has missed its time.
        if ((compareClocks(handedAt, clocks())?.byMs ?? 0) > 0) return lookSoon();
        await attemptTarget(id, AbortSignal.any([stopped, stopping.signal]));
        await commentOnTarget(id);
      } finally {
        underWay.delete(id);
      }
    });
  }

  function clocks(): { wall: number; monotonic: number } {
    return { wall: deps.clock.now(), monotonic: deps.clock.monotonic() };
  }

  async function handOutLookUps(): Promise<void> {
    for (const attempt of await deps.store.attempts.listOpen()) {
      // A step that could not be written ended its work and left it open. In its own lane nobody else is at it.
      if (isAtWork(attempt) && !lanes.isRunning(attempt.accountId)) {
        // Its target may be due: when this could be written, the trouble is over.
        hand(attempt.accountId, `recover/${attempt.id}`, () => recoverAttempt(deps, journal, attempt.id).then(wake));
      }
      if (!waitsForAnswer(attempt)) continue;
      const dueAt = await questions.lookUpAt(attempt);
      if (dueAt === null || dueAt > deps.clock.now()) continue;
      hand(attempt.accountId, `look-up/${attempt.id}`, async () => {
        await reconcile(attempt.id);
        await commentOnTarget(attempt.targetId);
      });
    }
  }

  async function handOutComments(): Promise<void> {
    for (const { id, accountId } of await questions.dueComments(deps.clock.now())) {
      hand(accountId, `comment/${id}`, () => commentOnTarget(id));
    }
  }

  function isAsked(attemptId: string): boolean {
    return lanes.has(`look-up/${attemptId}`);
  }

  function hand(accountId: string, name: string, work: () => Promise<void>): void {
    lanes.add(accountId, name, async () => {
      if (stopping.signal.aborted) return;
      try {
        await work();
      } catch (error) {
        // A person or another run of the app was quicker: what they did stands.
        if (error instanceof Overtaken || error instanceof LeaseLost) return;
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

  function lookSoon(): void {
    soon?.cancel();
    soon = deps.timers.after(20, () => {
      soon = null;
      wake();
    });
  }

  /** Sleeps until the next thing is due, at most until {@link longestSleepMs} after the last look. */
  async function arm(): Promise<void> {
    timer?.cancel();
    if (stopping.signal.aborted) return;
    const now = deps.clock.now();
    const restMs = Math.max(lookBeganAt + longestSleepMs - deps.clock.monotonic(), 0);
    if (deps.locked() !== null || !deps.lease.isHeld()) {
      timer = deps.timers.after(restMs, wake);
      return;
    }
    const nextDue = await deps.store.targets.nextDueAfter(lookedAt);
    // Whatever should have been asked by now and was not has failed just now: give it a second.
    const nextQuestion = Math.max(await questions.nextAt(now, isAsked), now + 1_000);
    const next = Math.min(nextDue ?? Number.POSITIVE_INFINITY, nextQuestion, now + restMs);
    if (!stopping.signal.aborted) timer = deps.timers.after(next - now, wake);
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

  async function recover(): Promise<void> {
    if (!deps.lease.isHeld()) return;
    // On a full disk nothing can be taken up; the app goes on all the same, and each look tries again.
    await recoverAttempts(deps, journal, ({ accountId }) => lanes.isRunning(accountId)).catch(lookFailed);
  }

  const unsubscribe = deps.changes.subscribe((change) => {
    if (change.type !== 'control.changed') return;
    underWay.abortStopped();
    ahead.abortStopped();
    wake();
  });

  return {
    wake,
    publishDue,
    resolve: createResolve(deps, journal, wake),

    async followUp() {
      await complete();
      await clearLeftovers();
    },

    settleAnew: () => settleAnew(deps, journal),

    async start() {
      await recover();
      started = true;
      wake();
    },

    async takeUp() {
      if (!started) return;
      await recover();
      wake();
    },

    interrupt() {
      calls.abort();
      underWay.abortAll(interrupted);
      ahead.abortAll(interrupted);
    },

    async stop() {
      unsubscribe();
      stopping.abort();
      timer?.cancel();
      soon?.cancel();
      readBack.stop();
      await looking?.catch(() => undefined);
      await makeReady.done();
      await ahead.done();
      await olderData.idle();
      await lanes.drained();
    },

    async idle() {
      await looking;
      await makeReady.done();
      await ahead.done();
      await olderData.idle();
      await lanes.drained();
    },
  };
}

const interrupted: Closed = {
  effect: 'wait',
  code: 'interrupted',
  message: 'The computer slept, or its clock was set, before anything was sent.',
};
