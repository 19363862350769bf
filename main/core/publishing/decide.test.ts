import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttemptRecord, Failure, FailureClass } from '../ports/index.ts';
import { maxTries } from '../../../shared/domain/post.ts';
import { afterAbsent, afterFailure, backoffMs, lookedLongEnough, nextLookUpAt } from './decide.ts';

const now = Date.UTC(2026, 10, 24, 9);
const minute = 60_000;
const failure = (kind: FailureClass, more: Partial<Failure> = {}): Failure => ({
  class: kind,
  code: 'x',
  message: 'x',
  ...more,
});

const sent: AttemptRecord = {
  id: 'a',
  targetId: 't',
  accountId: 'acc',
  kind: 'post',
  remoteAccountId: 'r',
  number: 1,
  state: 'unknown',
  handle: null,
  contentHash: 'h',
  bootId: 'b',
  epoch: 0,
  createdAt: now,
  sentAt: now,
  deadlineAt: now + minute,
  negativeLookUps: 0,
  lastLookUpAt: null,
  endedAt: null,
  remoteId: null,
  permalink: null,
  errorClass: null,
  errorCode: null,
  errorMessage: null,
};

describe('afterFailure', () => {
  it.each<[FailureClass, number, string]>([
    ['transient', 0, 'retry'],
    ['transient', maxTries - 1, 'fail'],
    ['rate', 0, 'retry'],
    ['rate', maxTries + 3, 'retry'],
    ['token', 0, 'renew'],
    ['token', 1, 'renew'],
    ['token', maxTries - 1, 'hold'],
    ['permission', 0, 'hold'],
    ['content', 0, 'fail'],
    ['config', 0, 'hold'],
    ['account', 0, 'hold'],
  ])('%s after %i tries: %s', (kind, tries, expected) => {
    expect(afterFailure(failure(kind), tries, now, 0).kind).toBe(expected);
  });

  it('asks to reconnect for tokens and permissions only', () => {
    expect(afterFailure(failure('token'), maxTries - 1, now, 0)).toMatchObject({ reconnect: true });
    expect(afterFailure(failure('permission'), 0, now, 0)).toMatchObject({ reconnect: true });
    expect(afterFailure(failure('account'), 0, now, 0)).toMatchObject({ reconnect: false });
  });

  it('waits as long as the network says, between a minute and a day, without counting a try', () => {
    const waitUntil = (retryAt: number): unknown => afterFailure(failure('rate', { retryAt }), 2, now, 0);
    expect(waitUntil(now + 30 * minute)).toMatchObject({ at: now + 30 * minute, countsAsTry: false });
    expect(waitUntil(now - 5 * minute)).toMatchObject({ at: now + minute });
    expect(waitUntil(now + 400 * 24 * 60 * minute)).toMatchObject({ at: now + 24 * 60 * minute });
  });

  it('pauses every account when the whole app is limited', () => {
    expect(afterFailure(failure('rate', { appWide: true }), 0, now, 0)).toMatchObject({ pausePlatform: true });
  });
});

describe('backoff', () => {
  it('grows from half a minute to a quarter of an hour and is never longer', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.double({ min: 0, max: 0.999, noNaN: true }), (tries, fraction) => {
        const wait = backoffMs(tries, fraction);
        expect(wait).toBeGreaterThanOrEqual(22_500);
        expect(wait).toBeLessThanOrEqual(15 * minute);
      }),
    );
    expect(backoffMs(0, 0)).toBe(30_000);
    expect(backoffMs(2, 0)).toBe(120_000);
  });
});

describe('looking up', () => {
  const settle = 2 * minute;

  it('believes absence only after deadline and settle time, twice, a minute apart', () => {
    const settledAt = now + minute + settle;
    expect(afterAbsent(sent, settle, settledAt - 1)).toBe('wait');
    expect(afterAbsent(sent, settle, settledAt)).toBe('count');
    const counted = { ...sent, negativeLookUps: 1, lastLookUpAt: settledAt };
    expect(afterAbsent(counted, settle, settledAt + minute - 1)).toBe('wait');
    expect(afterAbsent(counted, settle, settledAt + minute)).toBe('not_sent');
  });

  it('always asks again, soon at first and at the settle time at the latest', () => {
    fc.assert(
      fc.property(fc.nat(3_600_000), (age) => {
        const asked = { ...sent, lastLookUpAt: now + age };
        const next = nextLookUpAt(asked, settle, now + age);
        expect(next).toBeGreaterThan(now + age);
        expect(next - (now + age)).toBeLessThanOrEqual(5 * minute);
      }),
    );
  });

  it('reaches two negatives within settle time and a minute and a half', () => {
    let attempt = sent;
    let verdict = 'wait';
    let at = now;
    while (verdict !== 'not_sent') {
      at = nextLookUpAt(attempt, settle, at);
      verdict = afterAbsent(attempt, settle, at);
      const negativeLookUps = attempt.negativeLookUps + (verdict === 'count' ? 1 : 0);
      attempt = { ...attempt, lastLookUpAt: at, negativeLookUps };
    }
    expect(at).toBeLessThanOrEqual(now + minute + settle + 90_000);
  });

  it('does not wait for a clock that was set back', () => {
    const asked = { ...sent, sentAt: now + 365 * 24 * 60 * minute, lastLookUpAt: now + 365 * 24 * 60 * minute };
    expect(nextLookUpAt(asked, settle, now)).toBe(now);
    expect(nextLookUpAt({ ...asked, lastLookUpAt: now }, settle, now)).toBeGreaterThan(now + minute);
    expect(lookedLongEnough(asked, now)).toBe(true);
  });

  it('asks a person after a day', () => {
    expect(lookedLongEnough(sent, now + 24 * 60 * minute)).toBe(false);
    expect(lookedLongEnough(sent, now + 24 * 60 * minute + 1)).toBe(true);
  });
});
