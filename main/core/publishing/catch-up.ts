import { phrase } from '../../../shared/domain/phrase.ts';
import type { DueTarget } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import { barredBecause, type Closed } from './gate.ts';
import type { Journal } from './journal.ts';
import { catchUpCode, causeOf, planMissed, rateCode, stopCodes, type Verdict, type Waiting } from './missed.ts';
import { afterStopWords, crowdedWords, lateWords, turnWords, wantedAt } from './reasons.ts';
import { stopNow } from './send.ts';
import { ignoreOvertaken, assertUnchanged, readSituation, type Situation } from './situation.ts';

/** Decides about posts whose time passed without anybody looking, or while nothing was allowed to be sent. */
export interface CatchUp {
  /** True for a post whose time has just come: there is nothing to decide. */
  isPunctual(due: DueTarget): boolean;
  /**
   * Gives those that must wait their turn, holds those that must not go out by themselves, and says so once.
   * @param isBusy whether a post of this account is being sent now, or about to be
   * @returns those to begin with now; what else stands in their way is told when they begin
   */
  sortOut(overdue: readonly DueTarget[], isBusy: (accountId: string) => boolean): Promise<DueTarget[]>;
}

interface Candidate {
  due: DueTarget;
  situation: Situation;
  waiting: Waiting;
}

interface Held {
  situation: Situation;
  code: string;
  message: string;
}

export function createCatchUp(deps: PublishingDeps, journal: Journal): CatchUp {
  const { store, clock } = deps;

  /** What would be sent now but for its time, or became due during a stop that is over; the rest goes to `others`. */
  async function candidates(overdue: readonly DueTarget[], others: DueTarget[]): Promise<Candidate[]> {
    const found: Candidate[] = [];
    for (const due of overdue) {
      const { target, post } = due;
      const stop = stopNow(deps, post.clientId, target.accountId);
      const situation = isLeftAlone(due, stop) ? undefined : await readSituation(store, deps.digest, target.id);
      if (situation === undefined || isLeftAlone(due, barredNow(situation))) others.push(due);
      else found.push({ due, situation, waiting: waitingOf(situation) });
    }
    return found;
  }

  function barredNow(situation: Situation): Closed | null {
    const { post, account } = situation;
    const stoppedBy = deps.killSwitch.stopping(post.clientId, account.id);
    return barredBecause({ situation, now: clock.now(), stoppedBy, halt: deps.halt(), attempt: null });
  }

  /** What waits for another reason by now must not forget that it was stopped: afterwards it would go out by itself. */
  function isLeftAlone({ target, post }: DueTarget, closed: Closed | null): boolean {
    if (closed === null) return false;
    const wasStopped = causeOf(timesOf(target, post), clock.now()) === 'stopped';
    return !wasStopped || stopCodes.has(closed.code);
  }

  async function sortAccount(accountId: string, overdue: DueTarget[], isBusy: boolean, held: Held[]) {
    const begin: DueTarget[] = [];
    const found = await candidates(overdue, begin);
    if (found.length === 0) return begin;
    const known = new Set(overdue.map(({ target }) => target.id));
    const inLine = await store.targets.waitingFor(accountId, [catchUpCode, rateCode]);
    found.push(
      ...(await candidates(
        inLine.filter(({ target }) => !known.has(target.id)),
        [],
      )),
    );

    const ids = found.map(({ waiting }) => waiting.targetId);
    const now = clock.now();
    const lastAt = isBusy ? now : await store.attempts.lastStart(accountId, ids);
    const verdicts = planMissed(
      found.map(({ waiting }) => waiting),
      lastAt,
      now,
    );
    for (const candidate of found) {
      const verdict = verdicts.get(candidate.waiting.targetId);
      if (verdict?.kind === 'go') begin.push(candidate.due);
      else if (verdict !== undefined) await carryOut(candidate, verdict, held).catch(ignoreOvertaken);
    }
    return begin;
  }

  async function carryOut(
    { situation, waiting }: Candidate,
    verdict: Exclude<Verdict, { kind: 'go' }>,
    held: Held[],
  ): Promise<void> {
    const { target } = situation;
    const check = (current: Parameters<typeof assertUnchanged>[1]): void => assertUnchanged(situation, current);
    if (verdict.kind === 'wait') {
      const { until } = verdict;
      if (target.nextAttemptAt === until) return;
      const errorCode = causeOf(waiting, clock.now()) === 'kept' ? rateCode : catchUpCode;
      const errorMessage = turnWords(situation.post, until);
      await journal.step(target.id, { check, targetChange: { nextAttemptAt: until, errorCode, errorMessage } });
      return;
    }
    const { code } = verdict;
    const message = wordsFor(situation, code, clock.now());
    await journal.step(target.id, {
      check,
      targetChange: { status: 'held', nextAttemptAt: null, errorCode: code, errorMessage: message },
      heldReason: message,
    });
    held.push({ situation, code, message });
  }

  /** One notice for a client, however many posts were held. */
  async function tell(held: readonly Held[]): Promise<void> {
    for (const [clientId, ofClient] of Map.groupBy(held, ({ situation }) => situation.client.id)) {
      const [first] = ofClient;
      const isOne = ofClient.length === 1 && first !== undefined;
      await deps.activity.record({
        actor: 'job:publish-due',
        kind: 'post.held',
        level: 'warning',
        clientId,
        ...(isOne ? { postId: first.situation.post.id, accountId: first.situation.account.id } : {}),
        message: isOne ? `${first.situation.account.displayName}: ${first.message}` : summary(ofClient),
      });
    }
  }

  return {
    isPunctual: ({ target, post }) => causeOf(timesOf(target, post), clock.now()) === 'punctual',

    async sortOut(overdue, isBusy) {
      const begin: DueTarget[] = [];
      const held: Held[] = [];
      for (const [accountId, ofAccount] of Map.groupBy(overdue, ({ target }) => target.accountId)) {
        begin.push(...(await sortAccount(accountId, ofAccount, isBusy(accountId), held)));
      }
      await tell(held);
      return begin;
    },
  };
}

function timesOf(target: DueTarget['target'], post: DueTarget['post']): Omit<Waiting, 'graceMs' | 'isAskedFor'> {
  const wanted = wantedAt(post);
  return { targetId: target.id, wantedAt: wanted, dueAt: target.nextAttemptAt ?? wanted, code: target.errorCode };
}

function waitingOf({ target, post, rules }: Situation): Waiting {
  const graceMs = rules.graceMinutes * 60_000;
  return { ...timesOf(target, post), graceMs, isAskedFor: post.publishNowAt !== null };
}

function wordsFor({ target, post, account, client, rules }: Situation, code: string, now: number): string {
  if (code === 'late') return lateWords(post, { name: client.name, graceMinutes: rules.graceMinutes }, now);
  if (code === 'crowded') return crowdedWords(post, account);
  // What stopped it is what it has waited for until now.
  return afterStopWords(post, target.errorMessage ?? 'Publishing was stopped.');
}

function summary(held: readonly Held[]): string {
  const parts = Object.entries(kinds).flatMap(([code, words]) => {
    const count = held.filter((one) => one.code === code).length;
    return count === 0 ? [] : [words(count)];
  });
  const [first] = held;
  return `${held.length} posts of ${first?.situation.client.name ?? phrase`a client`} are held for you: ${parts.join(', ')}. Nothing of them was sent. Publish each now, choose another time, or leave it out.`;
}

const kinds: Record<'late' | 'crowded' | 'after_stop', (posts: number) => string> = {
  late: (posts) => phrase`${posts} missed their time`,
  crowded: (posts) => phrase`${posts} were overdue with too many others`,
  after_stop: (posts) => phrase`${posts} became due while nothing could be sent`,
};
