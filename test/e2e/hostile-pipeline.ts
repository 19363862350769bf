import { type Bad, badDays, badTexts, type Call, cursorOf, field, nothing, whole } from './bad-input.ts';
import type { Holding } from './holding.ts';

/** Lists of posts that nobody can be given. */
export const badPostLists: Bad[] = [
  { why: 'no such network', path: '/pipeline?network=myspace', status: 400 },
  { why: 'no such order', path: '/pipeline?order=random', status: 400 },
  { why: 'a null byte', path: '/pipeline?search=null%00byte', status: 400 },
  { why: 'a cursor of another order', path: `/pipeline?order=client&cursor=${cursorOf([1, 'a'])}`, status: 422 },
];

const stretchOf = (from: string, to: string) => `from=${from}T00:00:00Z&to=${to}T00:00:00Z`;
const stretch = stretchOf('2026-11-01', '2026-12-01');

/** Finding, counting and changing many posts, and having them written. */
export function hostilePipelineCalls(mine: Holding): Record<string, Call> {
  return {
    'GET /pipeline/counts': {
      bad: [
        { why: 'no such client', path: `/pipeline/counts?clientId=${nothing}`, status: 404 },
        { why: 'one such client of two', path: `/pipeline/counts?clientId=${mine.clientId}&clientId=x`, status: 404 },
        { why: 'no such status', path: '/pipeline/counts?status=lost', status: 400 },
        { why: 'no such network', path: '/pipeline/counts?network=myspace', status: 400 },
        { why: 'no such need', path: '/pipeline/counts?need=sleep', status: 400 },
        { why: 'a time that is none', path: '/pipeline/counts?from=tomorrow', status: 400 },
        { why: 'too many words', path: `/pipeline/counts?search=${'x'.repeat(201)}`, status: 400 },
        { why: 'a null byte', path: '/pipeline/counts?search=null%00byte', status: 400 },
      ],
    },
    'GET /pipeline/needs': {
      bad: [
        { why: 'no such client', path: `/pipeline/needs?clientId=${nothing}`, status: 404 },
        { why: 'no such network', path: '/pipeline/needs?network=myspace', status: 400 },
        { why: 'a time that is none', path: '/pipeline/needs?from=tomorrow', status: 400 },
        { why: 'too many words', path: `/pipeline/needs?search=${'x'.repeat(201)}`, status: 400 },
      ],
    },
    'GET /pipeline/calendar': {
      bad: [
        { why: 'no stretch of time', path: '/pipeline/calendar', status: 400 },
        { why: 'no such client', path: `/pipeline/calendar?clientId=${nothing}&${stretch}`, status: 404 },
        { why: 'a time that is none', path: '/pipeline/calendar?from=today&to=tomorrow', status: 400 },
        {
          why: 'an end before the beginning',
          path: `/pipeline/calendar?${stretchOf('2026-11-02', '2026-11-01')}`,
          status: 400,
        },
        { why: 'a year', path: `/pipeline/calendar?${stretchOf('2026-01-01', '2027-01-01')}`, status: 400 },
      ],
    },
    'POST /pipeline/bulk': {
      valid: { action: 'reject', posts: [{ id: nothing }], reason: 'Dull.' },
      required: ['action', 'posts'],
      bad: [
        ...field('action', 400, 'publish', 'Approve', '__proto__', 'approve', 'reschedule'),
        ...field('posts', 400, [], [7], [{}], [{ id: '' }], [{ id: 'x'.repeat(65) }], Array(101).fill({ id: nothing })),
        ...field('posts', 400, [{ id: nothing, status: 'published' }], [{ id: nothing, contentHash: 'x' }]),
        ...field('reason', 400, 'x'.repeat(1_001), ...badTexts),
      ],
    },
    'POST /pipeline/{id}/restore': {
      valid: {},
      bad: [{ why: 'not deleted', status: 404 }, ...field('force', 400, true)],
    },
    'GET /pipeline/estimate': {
      bad: [
        ...badDays('/pipeline/estimate', '32'),
        { why: 'no such client', path: `/pipeline/estimate?clientId=${nothing}`, status: 404 },
      ],
    },
    'POST /pipeline/generate': {
      valid: { clientId: mine.clientId, days: 7 },
      required: ['clientId'],
      bad: [
        ...field('clientId', 404, nothing, '__proto__'),
        ...field('days', 400, 0, 32, 1.5, -7),
        { why: 'rules without networks', body: whole({ clientId: mine.clientId }), status: 409 },
      ],
    },
    'GET /pipeline/writing': {},
    'POST /pipeline/writing': {
      valid: { clientIds: [nothing], days: 7 },
      required: ['clientIds'],
      bad: [
        ...field('clientIds', 400, [], [7], [''], ['x'.repeat(65)], Array(201).fill(nothing)),
        ...field('clientIds', 404, [nothing], [mine.clientId, '__proto__']),
        ...field('days', 400, 0, 32, 1.5, -7),
      ],
    },
    'POST /pipeline/writing/{clientId}/stop': {
      valid: {},
      bad: [
        { why: 'nothing is being written', path: `/pipeline/writing/${nothing}/stop`, status: 404 },
        ...field('force', 400, true),
      ],
    },
  };
}
