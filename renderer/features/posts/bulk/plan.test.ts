import { describe, expect, it } from 'vitest';
import type { Bulk, Post } from '../../../../shared/contract/pipeline.ts';
import { chunksOf, fits, movedBy, movedTo, undoOf } from './plan.ts';

const inBerlin = (scheduledFor: string) => ({ scheduledFor, timezone: 'Europe/Berlin' });

function post(id: string, change: Partial<Post> = {}): Post {
  return {
    id,
    status: 'in_review',
    approvedAt: null,
    rejectedReason: null,
    contentHash: `hash of ${id}`,
    scheduledFor: '2026-11-24T09:00:00Z',
    targets: [],
    ...change,
  } as unknown as Post;
}

describe('moving many posts', () => {
  it('by days keeps the time of day when the clocks change, and by hours counts hours', () => {
    expect(movedBy(inBerlin('2026-10-24T07:00:30Z'), 1, 0)).toBe('2026-10-25T08:00:30.000Z');
    expect(movedBy(inBerlin('2026-03-29T08:00:00Z'), -1, 0)).toBe('2026-03-28T09:00:00.000Z');
    expect(movedBy(inBerlin('2026-11-24T08:00:00.250Z'), 0, -3)).toBe('2026-11-24T05:00:00.250Z');
  });

  it('to a day keeps the time of day of the client', () => {
    expect(movedTo(inBerlin('2026-11-23T23:30:00Z'), '2026-07-01')).toBe('2026-06-30T22:30:00.000Z');
  });
});

describe('taking back', () => {
  const approved = post('a', { status: 'approved', approvedAt: '2026-11-24T08:00:00Z' });
  const rejected = post('r', { status: 'rejected', rejectedReason: 'Dull' });

  it.each<[Bulk['action'], Post[], Bulk[]]>([
    [
      'approve',
      [post('p'), rejected],
      [
        { action: 'reopen', posts: [{ id: 'p' }] },
        { action: 'reject', posts: [{ id: 'r' }], reason: 'Dull' },
      ],
    ],
    [
      'reject',
      [post('p'), approved],
      [
        { action: 'reopen', posts: [{ id: 'p' }] },
        { action: 'approve', posts: [{ id: 'a', contentHash: 'hash of a' }] },
      ],
    ],
    ['reopen', [approved], [{ action: 'approve', posts: [{ id: 'a', contentHash: 'hash of a' }] }]],
    ['reschedule', [approved], [{ action: 'reschedule', posts: [{ id: 'a', scheduledFor: '2026-11-24T09:00:00Z' }] }]],
    ['delete', [post('p')], [{ action: 'restore', posts: [{ id: 'p' }] }]],
    ['retry', [post('p')], []],
    ['delete', [], []],
  ])('%s', (action, before, undo) => {
    expect(undoOf(action, before)).toEqual(undo);
  });
});

describe('a bulk action', () => {
  it('is done in pieces that leave nothing out', () => {
    const posts = Array.from({ length: 45 }, (_, index) => ({ id: `p${index}` }));
    const chunks = chunksOf({ action: 'delete', posts }, 20);
    expect(chunks.map((chunk) => chunk.posts.length)).toEqual([20, 20, 5]);
    expect(chunks.flatMap((chunk) => chunk.posts)).toEqual(posts);
  });

  it('is offered for posts that may allow it', () => {
    const statuses = ['in_review', 'approved', 'published', 'generating'] as const;
    const offered = (action: Bulk['action']) => statuses.filter((status) => fits(action, post('p', { status })));
    expect(offered('approve')).toEqual(['in_review']);
    expect(offered('reopen')).toEqual(['approved']);
    expect(offered('reschedule')).toEqual(['in_review', 'approved']);
    expect(offered('delete')).toEqual(['in_review', 'approved', 'generating']);
    expect(offered('retry')).toEqual([]);
  });
});
