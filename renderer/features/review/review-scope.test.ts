import { describe, expect, it } from 'vitest';
import { wallTimeAt, ownZone } from '../../components/zoned-time.ts';
import { queryOf } from './review-scope.ts';

const tuesday = Date.UTC(2026, 10, 24, 12);

describe('the scope of a review', () => {
  it('is everything that waits, of all clients or of one', () => {
    expect(queryOf({}, tuesday, 1)).toEqual({ status: 'in_review', limit: 200 });
    expect(queryOf({ client: 'c' }, tuesday, 1)).toMatchObject({ clientId: 'c' });
  });

  it.each([
    ['week', 1, '2026-11-23', '2026-11-30'],
    ['next', 1, '2026-11-30', '2026-12-07'],
    ['week', 0, '2026-11-22', '2026-11-29'],
    ['week', 3, '2026-11-18', '2026-11-25'],
  ] as const)('is the days of one week: %s, beginning with %i', (when, first, from, to) => {
    const query = queryOf({ when }, tuesday, first);
    const day = (instant: string | undefined) => wallTimeAt(instant ?? '', ownZone);
    expect([day(query.from), day(query.to)]).toEqual([`${from}T00:00`, `${to}T00:00`]);
  });
});
