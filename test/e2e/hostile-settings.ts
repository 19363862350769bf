import type { Rules } from '../../shared/contract/rules.ts';
import { badTexts, type Call, field, pages } from './bad-input.ts';

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const badZones = [
  'Mars/Olympus',
  'Europe/Atlantis',
  'CEST?',
  '+02:00',
  '../../etc/passwd',
  '',
  ' Europe/Berlin',
];

/** Calls about the agency's settings, the log and what was spent; see {@link hostileCalls}. @param rules that can be used */
export function settingsCalls(rules: Rules): Record<string, Call> {
  const settings = {
    agencyName: 'Mallory',
    captionModels: ['a/b'],
    imageModel: 'a/b',
    videoModel: 'a/b',
    monthlyBudgetMicroUsd: 1,
    planAheadDays: 1,
    facebookTwoPhase: false,
    brandColor: '#3b5bdb',
    agencyContact: 'hello@agency.example',
    agencyTimezone: 'Europe/Berlin',
    agencyLanguage: 'de',
    newClientRules: rules,
    notices: ['failed'],
    quietHours: { from: '22:00', to: '07:00' },
    relayUrl: 'https://agency.example/relay/',
  };

  return {
    'GET /admin/settings': {},
    'PATCH /admin/settings': {
      valid: settings,
      nullable: ['monthlyBudgetMicroUsd', 'brandColor', 'relayUrl', 'agencyTimezone', 'quietHours'],
      bad: [
        ...field('agencyName', 400, 'x'.repeat(121), ...badTexts),
        ...field('agencyContact', 400, 'x'.repeat(201), ...badTexts),
        ...field('agencyTimezone', 400, ...badZones),
        ...field('agencyLanguage', 400, '', 'english', '<b>'),
        ...field('newClientRules', 400, {}, [], { ...rules, days: ['someday'] }, { ...rules, postsPerWeek: 71 }),
        ...field('notices', 400, 'failed', ['everything'], Array(20).fill('failed')),
        ...field('quietHours', 400, {}, { from: '22:00' }, { from: '24:00', to: '07:00' }, { from: 1, to: 2 }),
        ...field('captionModels', 400, [], [''], ['  '], ['a\u0000'], Array(5).fill('a'), ['x'.repeat(121)]),
        ...field('imageModel', 400, '', ' ', 'a b', 'a\n', 'x'.repeat(121)),
        ...field('videoModel', 400, '', ' '),
        ...field('monthlyBudgetMicroUsd', 400, -1, 1.5, 1e300),
        ...field('planAheadDays', 400, 0, 32, 1.5),
        ...field('brandColor', 400, 'red', '#fff', '#12345g', '#1234567', 'url(x)', '#112233;}'),
        ...field('relayUrl', 400, 'http://agency.example/', 'https://', 'javascript:alert(1)', '', 'https://a.b/?x=1'),
        ...field(
          'relayUrl',
          400,
          'https://a.b/#x',
          'https://u:p@a.b/',
          'https://a .b/',
          `https://a.b/${'x'.repeat(500)}`,
        ),
      ],
    },
    'GET /admin/settings/logo': {},
    'PUT /admin/settings/logo': {
      valid: { picture: onePixel },
      required: ['picture'],
      nullable: ['picture'],
      bad: [
        ...field('picture', 400, '', 'no base64!', 'data:image/png;base64,AAAA', 'A'.repeat(933_337)),
        ...field('picture', 422, btoa('<svg onload="alert(1)">'), btoa('GIF89a'), onePixel.slice(0, 40)),
      ],
    },
    'PATCH /host/desktop': {
      bad: [
        ...field('keepAwake', 400, 'yes', 1, null),
        ...field('startAtLogin', 400, 'yes'),
        ...field('language', 400, 'xx', '', 1),
        ...field('profile', 400, 'live'),
        ...field('keepAwake', 409, true),
      ],
    },
    'GET /admin/logs': {
      bad: [
        ...pages('/admin/logs'),
        { why: 'no such level', path: '/admin/logs?level=fatal', status: 400 },
        { why: 'a huge kind', path: `/admin/logs?kind=${'k'.repeat(61)}`, status: 400 },
        { why: 'a huge id', path: `/admin/logs?postId=${'k'.repeat(65)}`, status: 400 },
        { why: 'a huge account', path: `/admin/logs?accountId=${'k'.repeat(65)}`, status: 400 },
        ...['', 'k'.repeat(101), 'post,', 'po%25', 'post.failed'].map((topics) => ({
          why: `topics ${topics}`,
          path: `/admin/logs?topics=${topics}`,
          status: 400,
        })),
        { why: 'a huge actor', path: `/admin/logs?actor=${'k'.repeat(201)}`, status: 400 },
        { why: 'a huge search', path: `/admin/logs?search=${'k'.repeat(201)}`, status: 400 },
        { why: 'control characters to search', path: '/admin/logs?search=%00', status: 400 },
        { why: 'a day without a time', path: '/admin/logs?from=2026-11-24', status: 400 },
        { why: 'a day that does not exist', path: '/admin/logs?to=2026-02-30T00:00:00Z', status: 400 },
      ],
    },
    'GET /admin/logs/actors': {},
    'GET /admin/usage': {
      bad: ['2026-13', '2026-1', '11-2026', '2026-11-24', '%00'].map((month) => ({
        why: month,
        path: `/admin/usage?month=${month}`,
        status: 400,
      })),
    },
    'GET /admin/usage/months': {
      bad: [{ why: 'a huge id', path: `/admin/usage/months?clientId=${'k'.repeat(65)}`, status: 400 }],
    },
    'GET /admin/usage/entries': {
      bad: [
        ...pages('/admin/usage/entries'),
        { why: 'no such month', path: '/admin/usage/entries?month=2026-00', status: 400 },
        { why: 'a huge id', path: `/admin/usage/entries?clientId=${'k'.repeat(65)}`, status: 400 },
      ],
    },
    'PUT /clients/{id}/budget': {
      valid: { monthlyMicroUsd: 5_000_000 },
      required: ['monthlyMicroUsd'],
      nullable: ['monthlyMicroUsd'],
      bad: [...field('monthlyMicroUsd', 400, -1, 1.5, '5', 1e300), ...field('currency', 400, 'EUR')],
    },
  };
}
