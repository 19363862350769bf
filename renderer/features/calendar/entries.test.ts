import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { capped, type Entry, entriesOf, type Gap } from './entries.ts';

function post(id: string, scheduledFor: string, clientId = 'c1'): Post {
  return {
    id,
    clientId,
    clientName: 'Café Uno',
    status: 'approved',
    caption: 'Hello',
    hashtags: [],
    firstComment: null,
    altText: null,
    media: [],
    scheduledFor,
    wallTime: '2026-11-24T09:00',
    timezone: 'Europe/Berlin',
    targets: [],
    source: 'ai',
    approvedBy: null,
    approvedAt: null,
    heldReason: null,
    rejectedReason: null,
    contentHash: '',
    bannedHits: [],
    problems: [],
    createdAt: scheduledFor,
    updatedAt: scheduledFor,
  };
}

function gap(at: string, clientId = 'c1'): Gap {
  return { clientId, clientName: 'Café Uno', timezone: 'Europe/Berlin', at };
}

describe('entries', () => {
  it('stand at the time that the clock of the zone shows', () => {
    const [early] = entriesOf([post('p', '2026-11-24T01:30:00Z')], [], 'America/New_York');
    expect(early?.wall).toBe('2026-11-23T20:30');
  });

  it('are in order of time, posts and free slots together', () => {
    const posts = [post('late', '2026-11-24T12:00:00Z'), post('early', '2026-11-24T08:00:00Z')];
    const entries = entriesOf(posts, [gap('2026-11-24T10:00:00Z')], 'UTC');
    expect(entries.map(({ kind, wall }) => `${kind} ${wall.slice(11)}`)).toEqual([
      'post 08:00',
      'gap 10:00',
      'post 12:00',
    ]);
  });

  it('have no free slot where a post of the same client stands, but where another client has one', () => {
    const gaps = [gap('2026-11-24T09:00:00.000Z'), gap('2026-11-24T09:00:00Z', 'c2')];
    const entries = entriesOf([post('p', '2026-11-24T09:00:00Z')], gaps, 'UTC');
    expect(entries.filter(({ kind }) => kind === 'gap').map(({ id }) => id)).toEqual(['gap c2 2026-11-24T09:00:00Z']);
  });
});

describe('where there are more than there is room for', () => {
  const times = ['07', '08', '09', '10', '11'].map((hour) => `2026-11-24T${hour}:00:00Z`);

  it('one stands for those left out, last in its day', () => {
    const entries = capped(
      entriesOf(
        times.map((at, index) => post(`p${index}`, at)),
        [],
        'UTC',
      ),
      'day',
      4,
    );
    expect(entries.map(({ id }) => id)).toEqual(['p0', 'p1', 'p2', 'more 2026-11-24']);
    expect(entries.at(-1)).toMatchObject({ kind: 'more', count: 2, wall: '2026-11-24T23:59' });
  });

  it('posts are kept before free slots', () => {
    const [first = '', ...others] = times;
    const entries = entriesOf(
      others.map((at, index) => post(`p${index}`, at)),
      [gap(first)],
      'UTC',
    );
    expect(capped(entries, 'day', 4).map(({ kind }) => kind)).toEqual(['post', 'post', 'post', 'more']);
  });

  it('where there is room for one, it stands for all, at the time of the first', () => {
    const all = entriesOf(
      times.map((at, index) => post(`p${index}`, at)),
      [],
      'UTC',
    );
    for (const entry of capped(all, 'hour', 1)) {
      const ofHour = all.filter(({ wall }) => wall.slice(0, 13) === entry.wall.slice(0, 13));
      if (ofHour.length === 1) expect(entry).toEqual(ofHour[0]);
      else expect(entry).toMatchObject({ kind: 'more', count: ofHour.length, isAll: true, wall: ofHour[0]?.wall });
    }
  });

  it('none is lost, none is counted twice, and no day has more than its room', () => {
    const at = fc.date({ min: new Date('2026-11-01'), max: new Date('2026-11-30'), noInvalidDate: true });
    fc.assert(
      fc.property(
        fc.array(at, { maxLength: 60 }),
        fc.constantFrom('day', 'hour'),
        fc.integer({ min: 1, max: 6 }),
        (dates, per, most) => {
          const all = entriesOf(
            dates.map((date, index) => post(`p${index}`, date.toISOString())),
            [],
            'UTC',
          );
          const kept = capped(all, per, most);
          expect(kept.reduce((sum, entry) => sum + (entry.kind === 'more' ? entry.count : 1), 0)).toBe(all.length);
          const length = per === 'day' ? 10 : 13;
          const groups = Object.values(Object.groupBy(kept, ({ wall }: Entry) => wall.slice(0, length)));
          for (const group of groups) expect(group?.length).toBeLessThanOrEqual(most);
          expect(new Set(kept.map(({ id }) => id)).size).toBe(kept.length);
        },
      ),
    );
  });
});
