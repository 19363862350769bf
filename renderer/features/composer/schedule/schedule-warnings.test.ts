import { describe, expect, it } from 'vitest';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import { defaultRules } from '../../../../shared/contract/rules.ts';
import { laterThan, type Plan, scheduleWarnings } from './schedule-warnings.ts';

const post = (scheduledFor: string, accountId = 'ig', status = 'approved') =>
  ({ id: scheduledFor, scheduledFor, status, targets: [{ accountId, platform: 'instagram' }] }) as unknown as Post;

function plan(at: string, change: Partial<Plan> = {}): Plan {
  return {
    at,
    zone: 'Europe/Berlin',
    now: Date.UTC(2026, 9, 1),
    targets: [{ accountId: 'ig', platform: 'instagram' }],
    isReel: () => false,
    posts: [],
    rules: undefined,
    ...change,
  };
}
const kinds = (of: Plan) => scheduleWarnings(of).map(({ kind }) => kind);

describe('a time is warned of', () => {
  it('when it is past, and then of nothing else', () => {
    expect(kinds(plan('2026-09-30T10:00:00Z', { posts: [post('2026-09-30T10:00:00Z')] }))).toEqual(['past']);
  });

  it('when another post goes to the same account close to it', () => {
    const near = plan('2026-10-06T10:00:00Z', { posts: [post('2026-10-06T10:20:00Z'), post('2026-10-06T09:50:00Z')] });
    expect(scheduleWarnings(near)).toMatchObject([{ kind: 'close', minutes: 10, platforms: ['instagram'] }]);
    expect(laterThan(near)).toBe('2026-10-06T11:05:00.000Z');
    expect(kinds({ ...near, posts: [post('2026-10-06T10:20:00Z', 'other')] })).toEqual([]);
    expect(kinds({ ...near, posts: [post('2026-10-06T10:20:00Z', 'ig', 'rejected')] })).toEqual([]);
  });

  it('when a network takes not many more that day', () => {
    const posts = Array.from({ length: 12 }, (_, index) =>
      post(`2026-10-06T${String(index).padStart(2, '0')}:00:00Z`, 'tt'),
    );
    const full = plan('2026-10-06T20:00:00Z', { targets: [{ accountId: 'tt', platform: 'tiktok' }], posts });
    expect(scheduleWarnings(full)).toEqual([{ kind: 'limit', platform: 'tiktok', is: 13, most: 15 }]);
    expect(kinds({ ...full, posts: posts.slice(0, 8) })).toEqual([]);
  });

  it('when the client’s clock leaves its hour out or shows it twice', () => {
    expect(kinds(plan('2027-03-28T01:30:00Z'))).toEqual(['gap']);
    expect(kinds(plan('2027-03-28T00:30:00Z'))).toEqual([]);
    expect(scheduleWarnings(plan('2026-10-25T00:30:00Z'))).toEqual([
      { kind: 'twice', other: '2026-10-25T01:30:00.000Z' },
    ]);
    expect(scheduleWarnings(plan('2026-10-25T01:30:00Z'))).toEqual([
      { kind: 'twice', other: '2026-10-25T00:30:00.000Z' },
    ]);
    expect(kinds(plan('2026-10-25T00:30:00Z', { zone: 'UTC' }))).toEqual([]);
  });

  it('when it is outside of the client’s rules', () => {
    const rules = { ...defaultRules, days: ['mon' as const], times: ['09:00'], postsPerWeek: 1 };
    expect(kinds(plan('2026-10-05T07:30:00Z', { rules }))).toEqual([]);
    expect(kinds(plan('2026-10-05T15:00:00Z', { rules }))).toEqual(['time']);
    expect(kinds(plan('2026-10-06T07:00:00Z', { rules }))).toEqual(['day']);
    const another = [post('2026-10-09T07:00:00Z', 'other')];
    expect(kinds(plan('2026-10-05T07:00:00Z', { rules, posts: another }))).toEqual(['week']);
    expect(kinds(plan('2026-10-05T07:00:00Z', { rules, posts: [post('2026-10-12T07:00:00Z', 'other')] }))).toEqual([]);
  });
});
