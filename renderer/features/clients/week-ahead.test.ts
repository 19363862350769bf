import { expect, it } from 'vitest';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { weekAhead } from './week-ahead.ts';

const post = (id: string, scheduledFor: string, status: Post['status'] = 'approved') =>
  ({ id, scheduledFor, status }) as Post;

it('puts posts and free slots on the days of the client’s calendar, in order of time', () => {
  const now = Date.parse('2026-12-01T20:00:00Z');
  const posts = [
    post('late', '2026-12-02T10:00:00Z'),
    post('early', '2026-12-01T23:30:00Z'),
    post('no', '2026-12-02T11:00:00Z', 'rejected'),
    post('beyond', '2026-12-12T10:00:00Z'),
  ];
  const slots = [
    { at: '2026-12-02T00:30:00Z', taken: false },
    { at: '2026-12-02T10:00:00Z', taken: true },
  ];
  const week = weekAhead(posts, slots, 'Asia/Tokyo', now);
  expect(week.map(({ day }) => day)).toEqual([
    '2026-12-02',
    '2026-12-03',
    '2026-12-04',
    '2026-12-05',
    '2026-12-06',
    '2026-12-07',
    '2026-12-08',
  ]);
  expect(week[0]?.entries.map((entry) => entry.post?.id ?? entry.at)).toEqual([
    'early',
    '2026-12-02T00:30:00Z',
    'late',
  ]);
  expect(week.slice(1).flatMap(({ entries }) => entries)).toEqual([]);
});
