import { describe, expect, it } from 'vitest';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { layOutToday, momentOf } from './today-line.ts';

const begin = Date.parse('2026-11-24T00:00:00Z');
const noon = Date.parse('2026-11-24T12:00:00Z');
const at = (time: string) =>
  ({ id: time, status: 'approved', scheduledFor: `2026-11-24T${time}:00Z`, targets: [] as object[] }) as Post;
const hourOf = (instant: number) => (instant - begin) / 3_600_000;

describe('the line of a day', () => {
  it('shows the hours people work, with now in its place', () => {
    const { hours, now, marks, rows } = layOutToday([], begin, noon);
    expect(hours.map(({ instant }) => hourOf(instant))).toEqual([7, 9, 11, 13, 15, 17, 19, 21]);
    expect(hours[0]?.at).toBe(0);
    expect(hours.at(-1)?.at).toBe(1);
    expect(now).toBeCloseTo(5 / 14);
    expect(marks).toEqual([]);
    expect(rows).toBe(1);
  });

  it('grows to whole hours where something is earlier or later', () => {
    const { hours, marks } = layOutToday([at('23:30'), at('05:45')], begin, noon);
    expect(hourOf(hours[0]?.instant ?? 0)).toBe(5);
    expect(marks[0]?.posts[0].id).toBe('05:45');
    expect(marks[0]?.at).toBeCloseTo(0.75 / 19);
    expect(marks[1]?.at).toBeCloseTo(18.5 / 19);
  });

  it('also when now is in the night', () => {
    expect(layOutToday([], begin, Date.parse('2026-11-24T03:10:00Z')).now).toBeGreaterThan(0);
  });

  it('puts what went live where it did, early or late', () => {
    const live = { ...at('15:00'), status: 'published', targets: [{ publishedAt: '2026-11-24T11:40:00Z' }] } as Post;
    expect(momentOf(live)).toBe(Date.parse('2026-11-24T11:40:00Z'));
    expect(layOutToday([at('13:00'), live], begin, noon).marks[0]?.posts[0]).toBe(live);
  });

  it('puts what would touch above one another, and gathers what has no room at all', () => {
    const { marks, rows } = layOutToday(
      [at('09:00'), at('09:00'), at('09:10'), at('09:20'), at('09:25'), at('15:00')],
      begin,
      noon,
    );
    expect(marks.map(({ row, posts }) => [row, posts.length])).toEqual([
      [0, 1],
      [1, 1],
      [2, 3],
      [0, 1],
    ]);
    expect(rows).toBe(3);
    const all = marks.flatMap(({ posts }) => posts.map(({ id }) => id));
    expect(all.sort()).toEqual(['09:00', '09:00', '09:10', '09:20', '09:25', '15:00']);
  });
});
