import { type Bad, type Call, field, nothing } from './bad-input.ts';
import type { Holding } from './holding.ts';

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Bad filters of figures. */
function figureFilters(path: string): Bad[] {
  const and = path.includes('?') ? '&' : '?';
  const days = 'from=2026-11-01&to=2026-11-30';
  const query = (text: string, status = 400): Bad => ({ why: text, path: `${path}${and}${text}`, status });
  return [
    query(''),
    query('from=2026-11-01'),
    query('from=2026-02-30&to=2026-03-01'),
    query('from=yesterday&to=2026-11-30'),
    query('from=2026-11-30&to=2026-11-01'),
    query('from=2024-01-01&to=2026-11-30'),
    query('from=0000-01-01&to=0000-01-31'),
    query('from=9999-12-01&to=9999-12-31'),
    query(`${days}&platform=myspace`),
    query(`${days}&clientId=`),
    query(`${days}&clientId=${nothing}`, 404),
    query(`${days}&clientId=__proto__`, 404),
  ];
}

/** Calls for figures and reports, and what stands on those, see `hostileCalls`. */
export function hostileInsights(mine: Holding): Record<string, Call> {
  return {
    'GET /insights': { bad: figureFilters('/insights') },
    'GET /insights/posts': {
      bad: [
        ...figureFilters('/insights/posts'),
        ...['0', '51', '1.5', 'many'].map((limit) => ({
          why: `limit ${limit}`,
          path: `/insights/posts?from=2026-11-01&to=2026-11-30&limit=${limit}`,
          status: 400,
        })),
      ],
    },
    'GET /insights/times': { bad: figureFilters('/insights/times') },
    'GET /insights/export.csv': {
      bad: [
        ...figureFilters('/insights/export.csv?kind=posts'),
        ...['', '?kind=', '?kind=__proto__', '?kind=posts', '?kind=posts&from=2026-11-01'].map((query) => ({
          why: `asked as ${query}`,
          path: `/insights/export.csv${query}`,
          status: 400,
        })),
        {
          why: 'another separator',
          path: '/insights/export.csv?kind=posts&from=2026-11-01&to=2026-11-30&separator=toString',
          status: 400,
        },
        {
          why: 'an unknown filter',
          path: '/insights/export.csv?kind=posts&from=2026-11-01&to=2026-11-30&surprise=1',
          status: 400,
        },
      ],
    },
    'GET /clients/{id}/report.pdf': {
      bad: [
        ...['', '2026', '2026-13', '2026-00', '26-11', '2026-11-01', '../../etc/passwd', '1999-01'].map((month) => ({
          why: `month ${month}`,
          path: `/clients/${mine.clientId}/report.pdf?month=${month}`,
          status: 400,
        })),
        { why: 'a month to come', path: `/clients/${mine.clientId}/report.pdf?month=2098-01`, status: 422 },
        { why: 'no such client', path: `/clients/${nothing}/report.pdf?month=2026-01`, status: 404 },
      ],
    },
    'GET /admin/settings/logo': {},
    'PUT /admin/settings/logo': {
      valid: { picture: onePixel },
      required: ['picture'],
      nullable: ['picture'],
      bad: [
        ...field('picture', 400, '', 'no base64!', 'data:image/png;base64,AAAA', 'A'.repeat(933_337)),
        ...field('picture', 400, btoa('<svg onload="alert(1)">'), btoa('GIF89a')),
        ...field('picture', 422, onePixel.slice(0, 40), btoa('RIFF....WEBP')),
      ],
    },
  };
}
