import type { AttemptRecord, Handle } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import type { Situation } from './situation.ts';

/** Attempts of one kind, in the order in which they were begun, whatever the clock said then. */
export function attemptsOf(attempts: readonly AttemptRecord[], kind: AttemptRecord['kind']): AttemptRecord[] {
  return attempts.filter((attempt) => attempt.kind === kind).toSorted((a, b) => a.number - b.number);
}

/** A new attempt in state `intent`, not yet stored. */
export function newAttempt(
  deps: Pick<PublishingDeps, 'clock' | 'random' | 'bootId' | 'lease'>,
  situation: Situation,
  kind: AttemptRecord['kind'],
  earlier: readonly AttemptRecord[],
  handle: Handle | null,
): AttemptRecord {
  return {
    id: deps.random.id(),
    targetId: situation.target.id,
    accountId: situation.account.id,
    kind,
    remoteAccountId: situation.account.remoteId,
    number: earlier.length + 1,
    state: 'intent',
    handle,
    contentHash: situation.contentHash,
    bootId: deps.bootId,
    epoch: deps.lease.epoch(),
    createdAt: deps.clock.now(),
    sentAt: null,
    deadlineAt: null,
    negativeLookUps: 0,
    lastLookUpAt: null,
    endedAt: null,
    remoteId: null,
    permalink: null,
    errorClass: null,
    errorCode: null,
    errorMessage: null,
  };
}
