import { maxTries } from '../../../shared/domain/post.ts';
import type { AttemptRecord, Failure, TargetRecord } from '../ports/index.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long a call that may become public is waited for. */
export const sendDeadlineMs = 60 * second;
/** Between two negative look-ups that count. */
const negativeSpacingMs = minute;
/** After this long without an answer a person is asked. */
const giveUpLookingMs = 24 * hour;

/** What to do about a target after a failure that proves nothing was published. */
export type AfterFailure =
  | { kind: 'retry'; at: number; countsAsTry: boolean; pauseAccountUntil: number | null; pausePlatform: boolean }
  /** Renew the token and try at once; when that fails, hold and ask to reconnect. */
  | { kind: 'renew' }
  | { kind: 'hold'; reconnect: boolean }
  | { kind: 'fail' };

/**
 * The one decision table for all networks.
 * @param tries tries that counted so far, this one not included
 * @param fraction uniform in [0, 1), for jitter
 */
export function afterFailure(failure: Failure, tries: number, now: number, fraction: number): AfterFailure {
  switch (failure.class) {
    case 'transient':
      return afterStumble(tries, now, fraction);
    case 'rate': {
      const at = clamp(failure.retryAt ?? now + hour, now + minute, now + 24 * hour);
      return { kind: 'retry', at, countsAsTry: false, pauseAccountUntil: at, pausePlatform: failure.appWide === true };
    }
    case 'token':
      // It may have run out while the post waited for another try.
      return tries + 1 >= maxTries ? { kind: 'hold', reconnect: true } : { kind: 'renew' };
    case 'permission':
      return { kind: 'hold', reconnect: true };
    case 'content':
      return { kind: 'fail' };
    case 'config':
    case 'account':
      return { kind: 'hold', reconnect: false };
  }
}

/** What to do after a failure that passes. Parameters as in {@link afterFailure}. */
export function afterStumble(
  tries: number,
  now: number,
  fraction: number,
): Extract<AfterFailure, { kind: 'retry' | 'fail' }> {
  if (tries + 1 >= maxTries) return { kind: 'fail' };
  return {
    kind: 'retry',
    at: now + backoffMs(tries, fraction),
    countsAsTry: true,
    pauseAccountUntil: null,
    pausePlatform: false,
  };
}

/** 30 s, 1, 2, 4 … at most 15 minutes, less up to a quarter of jitter. */
export function backoffMs(tries: number, fraction: number): number {
  const full = Math.min(30 * second * 2 ** tries, 15 * minute);
  return Math.round(full * (1 - fraction / 4));
}

/** How long a live post without a link, and a draft in an inbox, are asked about. TikTok may tell hours later, or never. */
export const followedUpForMs = 7 * 24 * hour;
/** A creator posts a draft at any time; a link that was not told at first comes soon or not at all. */
const followUpSteps = { delivered: 30 * minute, published: 12 * hour };

/** When to ask again for what a network tells late of a live post, UTC ms: each time half as long again after it. */
export function followUpAt(
  { status, publishedAt }: Pick<TargetRecord, 'status' | 'publishedAt'>,
  { lastLookUpAt, createdAt }: Pick<AttemptRecord, 'lastLookUpAt' | 'createdAt'>,
  now: number,
): number {
  const since = publishedAt ?? createdAt;
  const last = Math.max(lastLookUpAt ?? 0, since);
  // The clock was set back.
  if (last > now) return now;
  const longest = status === 'delivered' ? followUpSteps.delivered : followUpSteps.published;
  return last + clamp((last - since) / 2, 2 * minute, longest);
}

/** When to ask the network next about an attempt that was sent, UTC ms. */
export function nextLookUpAt(attempt: AttemptRecord, settleMs: number, now: number): number {
  const wasClockSetBack = (attempt.lastLookUpAt ?? attempt.sentAt ?? attempt.createdAt) > now;
  return wasClockSetBack ? now : plannedLookUpAt(attempt, settleMs);
}

function plannedLookUpAt(attempt: AttemptRecord, settleMs: number): number {
  const sentAt = attempt.sentAt ?? attempt.createdAt;
  if (attempt.lastLookUpAt === null) return sentAt + (attempt.state === 'accepted' ? second : 3 * second);
  const age = Math.abs(attempt.lastLookUpAt - sentAt);
  const settledAt = settledAfter(attempt, settleMs);
  const step = clamp(Math.round(age / 2), 2 * second, 5 * minute);
  const next = attempt.lastLookUpAt + step;
  if (attempt.state !== 'unknown') return next;
  if (attempt.negativeLookUps > 0) return attempt.lastLookUpAt + negativeSpacingMs;
  return attempt.lastLookUpAt < settledAt ? Math.min(next, Math.max(settledAt, attempt.lastLookUpAt + second)) : next;
}

/** What a negative look-up means: nothing yet, one of two, or proof. */
export function afterAbsent(attempt: AttemptRecord, settleMs: number, now: number): 'wait' | 'count' | 'not_sent' {
  if (now < settledAfter(attempt, settleMs)) return 'wait';
  if (attempt.negativeLookUps === 0) return 'count';
  return now - (attempt.lastLookUpAt ?? 0) >= negativeSpacingMs ? 'not_sent' : 'wait';
}

/** True when looking up has gone on for so long that a person must decide. */
export function lookedLongEnough(attempt: AttemptRecord, now: number): boolean {
  // A clock that was set back by more than that cannot tell either.
  return Math.abs(now - (attempt.sentAt ?? attempt.createdAt)) > giveUpLookingMs;
}

/** From here on "it is not there" can be believed, UTC ms. */
function settledAfter(attempt: AttemptRecord, settleMs: number): number {
  return (attempt.deadlineAt ?? (attempt.sentAt ?? attempt.createdAt) + sendDeadlineMs) + settleMs;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
