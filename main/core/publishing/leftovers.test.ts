import { describe, expect, it } from 'vitest';
import type { AttemptRecord, Staging, TargetRecord } from '../ports/index.ts';
import { leftoversOf } from './leftovers.ts';

const minute = 60_000;
const now = Date.UTC(2026, 10, 24, 12);
const staging: Pick<Staging, 'of'> = {
  of: ({ parts, spare }) => ({ parts: (parts ?? []) as string[], spare: (spare ?? []) as string[] }),
};

function attempt(number: number, change: Partial<AttemptRecord>): AttemptRecord {
  const unsent = { kind: 'post', state: 'not_sent', createdAt: now - 30 * minute, sentAt: null } as const;
  return { id: `attempt-${number}`, number, ...unsent, endedAt: now - 20 * minute, ...change } as AttemptRecord;
}

const left = (attempts: AttemptRecord[], status: TargetRecord['status'] | null, isDoubtful = false) =>
  leftoversOf(attempts, status === null ? undefined : { status }, staging, { now, isDoubtful: () => isDoubtful }).map(
    ({ attempt: { number }, ids }) => [number, ...ids],
  );

const handle = { parts: ['post', 'photo'], spare: ['host'] };

describe('what an attempt leaves behind', () => {
  it.each(['failed', 'held', 'dropped', null] as const)(
    'is all of it when nothing was sent and the target is %s',
    (status) => {
      expect(left([attempt(1, { handle })], status)).toEqual([[1, 'post', 'photo', 'host']]);
    },
  );

  it('is all of it when it was refused for good', () => {
    expect(left([attempt(1, { handle, state: 'rejected', sentAt: now })], 'failed')).toHaveLength(1);
  });

  it('is only what served for making it when the post is live, or was sent and may be', () => {
    const sentAt = now - 25 * minute;
    expect(left([attempt(1, { handle, state: 'published', sentAt })], 'published')).toEqual([[1, 'host']]);
    expect(left([attempt(1, { handle, state: 'published' })], 'published')).toEqual([[1, 'host']]);
    expect(left([attempt(1, { handle, sentAt })], 'failed')).toEqual([[1, 'host']]);
  });

  it.each(['intent', 'prepared', 'sending', 'accepted', 'unknown', 'needs_human'] as const)(
    'is nothing while it is %s',
    (state) => {
      expect(left([attempt(1, { handle, state, endedAt: null })], 'confirming')).toEqual([]);
    },
  );

  it('is nothing while another attempt may go on with it, or a person may try again at once', () => {
    expect(left([attempt(1, { handle })], 'pending')).toEqual([]);
    expect(left([attempt(1, { handle, endedAt: now - minute })], 'failed')).toEqual([]);
  });

  it('is nothing where older data tells of it', () => {
    expect(left([attempt(1, { handle })], 'failed', true)).toEqual([]);
  });

  it('is what the next attempt did not go on with', () => {
    const next = attempt(2, { handle: { parts: ['post-2', 'photo'] }, state: 'published', sentAt: now });
    expect(left([attempt(1, { handle }), next], 'published')).toEqual([[1, 'post', 'host']]);
    const sent = attempt(2, { handle: { parts: ['post'] }, state: 'unknown', sentAt: now, endedAt: null });
    expect(left([attempt(1, { handle }), sent], 'confirming')).toEqual([[1, 'photo', 'host']]);
  });
});
