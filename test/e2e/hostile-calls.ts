import type { Rules } from '../../shared/contract/rules.ts';
import {
  type Bad,
  badDays,
  badOptions,
  badTexts,
  badTimes,
  type Call,
  field,
  nothing,
  pages,
  whole,
} from './bad-input.ts';
import type { Holding } from './holding.ts';
import { badPostLists, hostilePipelineCalls } from './hostile-pipeline.ts';
import { hostileWriting } from './hostile-writing.ts';
import { badZones, settingsCalls } from './hostile-settings.ts';
import { hostileInsights } from './hostile-insights.ts';
import { reviewCalls } from './hostile-review-calls.ts';
import { inFuture } from './live-agency.ts';

const tomorrow = inFuture(24 * 3_600_000);

/**
 * Every call that the OpenAPI description names, with a body it would take and what it must not take.
 */
export function hostileCalls(mine: Holding, theirs: Holding): Record<string, Call> {
  const post = {
    clientId: mine.clientId,
    caption: 'Fresh bread',
    hashtags: ['#bread'],
    firstComment: 'Still warm.',
    altText: 'A loaf.',
    media: [mine.mediaId],
    scheduledFor: tomorrow,
    targets: [{ accountId: mine.facebook }],
  };
  const { clientId: _, ...change } = post;
  const postFields: Bad[] = [
    ...field('caption', 400, 'x'.repeat(63_207), ...badTexts),
    ...field('firstComment', 400, 'x'.repeat(2_201), ...badTexts),
    ...field('altText', 400, 'x'.repeat(1_001), ...badTexts),
    ...field('hashtags', 400, [''], ['  '], [7], ['x'.repeat(101)], Array(61).fill('a'), badTexts),
    ...field('scheduledFor', 400, ...badTimes, Date.now()),
    ...field('scheduledFor', 422, '2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z', '0000-01-01T00:00:00Z'),
    ...field('media', 400, [7], [''], ['x'.repeat(65)], Array(11).fill(mine.mediaId)),
    ...field('media', 422, [nothing], [theirs.mediaId], ['__proto__'], [mine.mediaId, mine.mediaId]),
    ...field('targets', 400, [], [7], [{}], [{ accountId: 7 }], [{ accountId: mine.facebook, status: 'published' }]),
    ...field('targets', 400, [{ accountId: mine.facebook, caption: badTexts[0] }]),
    ...badOptions.flatMap((options) => field('targets', 400, [{ accountId: mine.facebook, options }])),
    ...field('targets', 400, Array(21).fill({ accountId: mine.facebook })),
    ...field('targets', 422, [{ accountId: nothing }], [{ accountId: theirs.facebook }], [{ accountId: '__proto__' }]),
    ...field('targets', 422, [{ accountId: mine.facebook }, { accountId: mine.facebook }]),
    ...field('status', 400, 'approved', 'published'),
    ...field('approvedBy', 400, 'me'),
    ...field('source', 400, 'ai'),
  ];
  const client = {
    name: 'New',
    timezone: 'Europe/Berlin',
    language: 'de',
    brandVoice: 'Plain.',
    status: 'paused',
  };
  const clientFields: Bad[] = [
    ...field('name', 400, '', '   ', 'x'.repeat(121), ...badTexts),
    ...field('timezone', 400, ...badZones),
    ...field('language', 400, '', 'english', 'EN', '<b>', 'de_DE'),
    ...field('brandVoice', 400, 'x'.repeat(4_001), ...badTexts),
    ...field('status', 400, 'deleted', 'ACTIVE', ''),
    ...field('createdAt', 400, '2020-01-01T00:00:00Z'),
    ...field('deletedAt', 400, 1),
  ];
  const brand = {
    colors: ['#112233'],
    bannedTerms: ['cheap'],
    ctas: ['Come by'],
    hashtags: ['#a'],
    imageStyle: 'light',
    examplePosts: ['Hello.'],
  };
  const brandFields: Bad[] = [
    ...field('colors', 400, ['red'], ['#12345'], [7], Array(13).fill('#112233')),
    ...field('bannedTerms', 400, [''], [' '], ['x'.repeat(101)], Array(501).fill('a'), badTexts),
    ...field('ctas', 400, [''], ['x'.repeat(301)], Array(51).fill('a'), badTexts),
    ...field('hashtags', 400, [''], ['x'.repeat(101)], Array(101).fill('a'), badTexts),
    ...field('imageStyle', 400, 'x'.repeat(1_001), ...badTexts),
    ...field('examplePosts', 400, ['x'.repeat(2_201)], Array(21).fill('a'), badTexts),
  ];
  const slots: Pick<Rules, 'postsPerWeek' | 'days' | 'times'> = { postsPerWeek: 1, days: ['mon'], times: ['09:00'] };
  const slotFields: Bad[] = [
    ...field('postsPerWeek', 400, -1, 71, 1.5, '3'),
    ...field('days', 400, ['monday'], ['Mon'], [1], Array(8).fill('mon')),
    ...field('times', 400, ['24:00'], ['9:00'], ['09:60'], ['09:00:00'], [540], Array(25).fill('09:00')),
  ];
  const rules: Rules = {
    ...slots,
    platforms: ['facebook'],
    autoApprove: true,
    graceMinutes: 5,
  };

  return {
    ...settingsCalls(rules),
    'GET /health': {},
    'GET /host': {},
    'GET /admin/stats': {},
    'GET /admin/stats/clients': {},
    'GET /admin/kill-switch': {},
    'PUT /admin/kill-switch': {
      valid: { scope: 'client', id: mine.clientId, engaged: true, reason: 'Stop.' },
      required: ['scope', 'engaged'],
      nullable: ['id', 'reason'],
      bad: [
        ...field('scope', 400, 'everything', 'CLIENT', '__proto__'),
        ...field('scope', 422, 'global'),
        ...field('scope', 404, 'account'),
        ...field('id', 404, nothing, theirs.facebook, '__proto__'),
        ...field('id', 422, null),
        ...field('engaged', 400, 'true', 1, null),
        ...field('reason', 400, 'x'.repeat(501), ...badTexts),
        ...field('changedBy', 400, 'owner'),
      ],
    },
    'GET /admin/kill-switch/standing': {
      bad: [
        { why: 'no such scope', path: '/admin/kill-switch/standing?scope=everything', status: 400 },
        { why: 'no id', path: '/admin/kill-switch/standing?scope=client', status: 422 },
        { why: 'an unknown id', path: `/admin/kill-switch/standing?scope=account&id=${nothing}`, status: 404 },
      ],
    },
    'GET /admin/credentials': {},
    'POST /admin/credentials/{provider}/check': { valid: {}, bad: field('appSecret', 400, 'x') },
    'GET /admin/credentials/{provider}': {},
    'PUT /admin/credentials/{provider}': {
      valid: { appId: '42', appSecret: 'secret-of-the-hostile' },
      bad: [
        ...field('appSecret', 400, '', '  ', 'two words', 'line\nbreak', 'ключ', 'x'.repeat(501)),
        ...field('clientSecret', 422, 'another'),
        ...field('apiKey', 422, 'not-of-this-service'),
        {
          why: 'a key that the environment sets',
          path: '/admin/credentials/groq',
          body: whole({ apiKey: 'gsk_1' }),
          status: 409,
        },
      ],
    },
    'POST /host/try-again': { valid: {}, bad: field('force', 400, true) },
    'GET /admin/jobs': {},
    'POST /admin/jobs/{name}/run': { bad: [{ why: 'no such job', path: '/admin/jobs/__proto__/run', status: 404 }] },
    'GET /admin/backups': {},
    'POST /admin/backups': { valid: {}, bad: field('occasion', 400, 'hourly') },
    'POST /admin/backups/{id}/restore': {
      valid: {},
      bad: [
        ...['..%2F..%2Fetc%2Fpasswd', '%00', '-rf', '.hidden', 'a%20b', 'x'.repeat(65)].map((id) => ({
          why: id,
          path: `/admin/backups/${id}/restore`,
          status: 400,
        })),
        { why: 'no such backup', path: `/admin/backups/${nothing}/restore`, status: 404 },
      ],
    },
    'GET /admin/diagnostics': {},
    'POST /admin/take-over': { valid: {}, bad: field('force', 400, true) },
    'GET /clients': {
      bad: [...pages('/clients'), { why: 'no such status', path: '/clients?status=deleted', status: 400 }],
    },
    'POST /clients': { valid: client, required: ['name'], bad: clientFields },
    'GET /clients/{id}': {},
    'PATCH /clients/{id}': { valid: client, bad: clientFields },
    'DELETE /clients/{id}': {},
    'GET /clients/{id}/brand': {},
    'PUT /clients/{id}/brand': {
      valid: brand,
      bad: brandFields,
    },
    'POST /clients/{id}/brand/example': {
      valid: { brandVoice: 'Plain.', ...brand },
      bad: [
        ...brandFields,
        ...field('brandVoice', 400, 'x'.repeat(4_001), ...badTexts),
        ...field('platform', 400, 'facebook'),
      ],
    },
    'GET /clients/{id}/rules': {},
    'PUT /clients/{id}/rules': {
      valid: rules,
      required: ['postsPerWeek', 'days', 'times', 'platforms'],
      bad: [
        ...slotFields,
        ...field('platforms', 400, ['myspace'], ['Facebook'], Array(4).fill('facebook')),
        ...field('graceMinutes', 400, -1, 1_441, 0.5),
      ],
    },
    'GET /clients/{id}/slots': { bad: badDays(`/clients/${mine.clientId}/slots`, '32') },
    'POST /clients/{id}/slots': {
      valid: { ...slots, ahead: 7 },
      required: ['postsPerWeek', 'days', 'times'],
      bad: [...slotFields, ...field('ahead', 400, 0, 32, 1.5, '7')],
    },
    'GET /clients/{id}/insights': { bad: badDays(`/clients/${mine.clientId}/insights`, '367') },
    ...hostileInsights(mine),
    'GET /clients/{id}/accounts': {},
    'PATCH /clients/{id}/accounts/{accountId}': {
      valid: { audited: true },
      required: ['audited'],
      bad: [
        { why: 'not TikTok', path: `/clients/${mine.clientId}/accounts/${mine.facebook}`, status: 409 },
        ...field('remoteId', 400, 'another'),
      ],
    },
    'DELETE /clients/{id}/accounts/{accountId}': {},
    'GET /clients/{id}/accounts/{accountId}/recent-posts': {},
    'GET /clients/{id}/accounts/{accountId}/disconnect-effect': {},
    'GET /clients/{id}/accounts/{accountId}/creator-info': {
      bad: [
        { why: 'not TikTok', path: `/clients/${mine.clientId}/accounts/${mine.facebook}/creator-info`, status: 409 },
      ],
    },
    'POST /clients/{id}/onboarding-link': {
      valid: { expiresInDays: 3 },
      bad: field('expiresInDays', 400, 0, 61, 1.5, -1),
    },
    'GET /clients/{id}/onboarding-links': {},
    'DELETE /clients/{id}/onboarding-links/{linkId}': {},
    'GET /media': {
      bad: [
        ...pages(`/media?clientId=${mine.clientId}`),
        { why: 'no client', path: '/media', status: 400 },
        { why: 'no such client', path: `/media?clientId=${nothing}`, status: 404 },
        ...['kind=audio', 'origin=theft', 'used=maybe', 'search=null%00byte', `search=${'x'.repeat(201)}`].map(
          (query) => ({ why: query.slice(0, 20), path: `/media?clientId=${mine.clientId}&${query}`, status: 400 }),
        ),
      ],
    },
    'GET /media/{id}': {},
    'PATCH /media/{id}': {
      valid: {
        name: 'Loaf',
        altText: 'A loaf.',
        focal: { x: 0.5, y: 0.5 },
        focalOn: { facebook: { x: 0, y: 1 }, instagram: null },
        aiMade: false,
      },
      nullable: ['altText', 'focal'],
      bad: [
        ...field('name', 400, '', 'x'.repeat(201), ...badTexts),
        ...field('altText', 400, 'x'.repeat(1_001), ...badTexts),
        ...field(
          'focal',
          400,
          {},
          { x: 0.5 },
          { x: -0.1, y: 0 },
          { x: 0, y: 1.1 },
          { x: '0', y: 0 },
          { x: 0, y: 0, z: 0 },
        ),
        ...field(
          'focalOn',
          400,
          { x: 0, y: 0 },
          { myspace: { x: 0, y: 0 } },
          { facebook: 'left' },
          { facebook: {} },
          { instagram: { x: 0 } },
          { tiktok: { x: -0.1, y: 0 } },
          { tiktok: { x: 0, y: 1.1 } },
          { tiktok: { x: null, y: 0 } },
          { tiktok: { x: 0, y: 0, z: 0 } },
        ),
        ...field('sha256', 400, 'a'.repeat(64)),
        ...field('clientId', 400, theirs.clientId),
        ...field('origin', 400, 'ai'),
      ],
    },
    'DELETE /media/{id}': { bad: [{ why: 'a post holds it', status: 409 }] },
    'POST /media/{id}/restore': {},
    'POST /media/{id}/clip': {},
    'POST /media': {
      bad: [
        { why: 'JSON', body: { clientId: mine.clientId, file: 'text' }, status: 415 },
        { why: 'no boundary', body: 'x', headers: { 'content-type': 'multipart/form-data' }, status: 400 },
        { why: 'no parts', body: 'x', headers: { 'content-type': 'multipart/form-data; boundary=b' }, status: 400 },
        { why: 'text for a file', body: withPart(mine, 'file', 'text'), status: 400 },
        { why: 'no file', body: new FormData(), status: 400 },
        { why: 'a further part', body: withPart(mine, 'origin', 'ai'), status: 400 },
        { why: 'broken alt text', body: withPart(mine, 'altText', 'bell\u0007'), status: 400 },
        { why: 'an empty file', body: form(mine.clientId, ''), status: 422 },
        { why: 'no picture', body: form(mine.clientId, 'GIF89a, or so it says'), status: 422 },
        { why: 'a page', body: form(mine.clientId, '<!doctype html><script>alert(1)</script>'), status: 422 },
        {
          why: 'a drawing with scripts',
          body: form(mine.clientId, '<svg xmlns="http://www.w3.org/2000/svg"/>'),
          status: 422,
        },
        { why: 'no such client', body: form(nothing, 'x'), status: 404 },
        { why: 'a strange client', body: form('__proto__', 'x'), status: 404 },
      ],
    },
    'GET /pipeline': {
      bad: [
        ...pages('/pipeline'),
        { why: 'no such client', path: `/pipeline?clientId=${nothing}`, status: 404 },
        { why: 'no such status', path: '/pipeline?status=lost', status: 400 },
        { why: 'one such status of two', path: '/pipeline?status=held&status=lost', status: 400 },
        ...badPostLists,
        ...badTimes.map((time) => ({
          why: `from ${time}`,
          path: `/pipeline?from=${encodeURIComponent(time)}`,
          status: 400,
        })),
        { why: 'to 31 February', path: '/pipeline?to=2027-02-31T10:00:00Z', status: 400 },
      ],
    },
    'POST /pipeline': {
      valid: post,
      required: ['clientId', 'caption', 'scheduledFor', 'targets'],
      nullable: ['firstComment', 'altText'],
      bad: [...postFields, ...field('clientId', 404, nothing, '__proto__'), ...field('clientId', 422, theirs.clientId)],
    },
    'GET /pipeline/{id}': {},
    'PATCH /pipeline/{id}': {
      valid: change,
      nullable: ['firstComment', 'altText'],
      bad: [...postFields, ...field('clientId', 400, theirs.clientId)],
    },
    'DELETE /pipeline/{id}': {},
    'POST /pipeline/{id}/approve': {
      valid: { contentHash: 'not the one' },
      bad: [
        { why: 'a stale hash', body: whole({ contentHash: '0'.repeat(64) }), status: 409 },
        { why: 'an empty hash', body: whole({ contentHash: '' }), status: 409 },
        ...field('contentHash', 400, 'x'.repeat(129)),
        ...field('status', 400, 'approved'),
      ],
    },
    'POST /pipeline/{id}/reject': {
      valid: { reason: 'No.' },
      bad: field('reason', 400, 'x'.repeat(1_001), ...badTexts),
    },
    'POST /pipeline/{id}/reopen': {
      valid: {},
      bad: field('status', 400, 'in_review'),
    },
    ...hostilePipelineCalls(mine),
    'POST /pipeline/{id}/reschedule': {
      valid: { scheduledFor: tomorrow },
      required: ['scheduledFor'],
      bad: [
        ...field('scheduledFor', 400, ...badTimes, 7),
        ...field('scheduledFor', 422, '2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z'),
      ],
    },
    'POST /pipeline/{id}/publish-now': {
      valid: {},
      bad: [{ why: 'not approved', body: whole({}), status: 409 }, ...field('force', 400, true)],
    },
    'POST /pipeline/{id}/retry': {
      valid: {},
      bad: [{ why: 'nothing to retry', body: whole({}), status: 409 }, ...field('force', 400, true)],
    },
    'POST /pipeline/{id}/resolve': {
      valid: { targetId: mine.targetId, resolution: 'published', remoteId: '1' },
      required: ['targetId', 'resolution'],
      bad: [
        { why: 'nothing to resolve', status: 409, body: whole({ targetId: mine.targetId, resolution: 'published' }) },
        ...field('targetId', 404, nothing, theirs.targetId, '__proto__'),
        ...field('resolution', 400, 'maybe', ''),
        ...field('remoteId', 400, 'x'.repeat(201)),
      ],
    },
    ...hostileWriting(mine, theirs),
    ...reviewCalls(mine, theirs),
    'GET /pipeline/{id}/insights': {},
    'GET /pipeline/{id}/logs': {},
  };
}

function form(clientId: string, bytes: Uint8Array | string): FormData {
  const parts = new FormData();
  parts.set('clientId', clientId);
  parts.set('file', new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], 'file'));
  return parts;
}

function withPart(mine: Holding, name: string, value: string): FormData {
  const parts = form(mine.clientId, 'x');
  parts.set(name, value);
  return parts;
}
