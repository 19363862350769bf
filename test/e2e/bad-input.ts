import { expect } from 'vitest';
import type { Holding } from './holding.ts';
import type { Answer, Asking } from './rest.ts';

/** One bad request; path and body as they differ from the call's own. */
export interface Bad extends Asking {
  /** What is bad about it. */
  why: string;
  path?: string;
  status: number;
}

/** A call of the REST API: a body it would take, and what it must not take. */
export interface Call {
  /** Undefined when it takes none. */
  valid?: Record<string, unknown>;
  /** Fields it cannot do without. */
  required?: string[];
  /** Fields that may be null. */
  nullable?: string[];
  bad?: Bad[];
}

export const nothing = '01a20000-0000-7000-8000-000000000000';
const long = 'x'.repeat(70_000);
/** A cursor for an invented place. */
export const cursorOf = (place: unknown): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** What is no instant with its offset. */
export const badTimes = [
  'tomorrow',
  '2026-11-24',
  '2026-11-24 14:00',
  '2026-11-24T14:00',
  '2027-02-31T10:00:00Z',
  '2027-02-29T10:00:00Z',
  '2027-04-31T10:00:00+02:00',
  '2027-13-01T10:00:00Z',
  '2027-01-01T25:00:00Z',
  '2027-01-01T10:00:00+25:00',
  '2027-01-01T10:00:00Z; DROP TABLE clients',
];

/** Bad pages of a list. */
export function pages(path: string): Bad[] {
  const and = path.includes('?') ? '&' : '?';
  const query = (why: string, text: string, status = 400): Bad => ({ why, path: `${path}${and}${text}`, status });
  return [
    query('no number', 'limit=many'),
    query('a fraction', 'limit=1.5'),
    query('none at all', 'limit=0'),
    query('below zero', 'limit=-1'),
    query('too many', 'limit=201'),
    query('infinitely many', 'limit=Infinity'),
    query('two limits', 'limit=1&limit=2'),
    query('a structured cursor', 'cursor[__proto__]=1'),
    query('a huge cursor', `cursor=${'a'.repeat(201)}`),
    query('an invented cursor', 'cursor=abc', 422),
    query('a cursor of something else', `cursor=${cursorOf({ $gt: '' })}`, 422),
    query('half a cursor', `cursor=${cursorOf(['a'])}`, 422),
  ];
}

/** Bad bodies for one field. */
export function field(name: string, status: number, ...values: unknown[]): Bad[] {
  return values.map((value) => ({
    why: `${name}: ${JSON.stringify(value).slice(0, 60)}`,
    body: { [name]: value },
    status,
  }));
}

/** A body that stands for itself; others are laid over the call's valid one. */
export function whole(body: Record<string, unknown>): string {
  return JSON.stringify(body);
}

/** The path with the ids of what is there. */
export function pathOf(call: string, mine: Holding): string {
  return (call.split(' ')[1] ?? '')
    .replace('/clients/{id}', `/clients/${mine.clientId}`)
    .replace('/pipeline/{id}', `/pipeline/${mine.postId}`)
    .replace('/drafts/{id}', `/drafts/${nothing}`)
    .replace('/media/{id}', `/media/${mine.mediaId}`)
    .replace('{accountId}', mine.tiktok)
    .replace('{linkId}', mine.linkId)
    .replace('{lessonId}', mine.lessonId)
    .replace('{provider}', 'instagram')
    .replace('{name}', 'publish-due')
    .replace('/backups/{id}', `/backups/${nothing}`);
}

/** What every call with a JSON body must refuse. */
export function badBodies({ valid = {}, required = [], nullable = [] }: Call): Bad[] {
  const json = JSON.stringify(valid);
  const bad: Bad[] = [
    { why: 'cut JSON', body: `${json.slice(0, -1)}`, status: 400 },
    { why: 'bytes that are no text', body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), headers: isJson, status: 400 },
    { why: 'deeply nested', body: '['.repeat(50_000), status: 400 },
    ...['null', '7', 'true', '"text"', '[]', `[${json}]`].map((body) => ({
      why: body.slice(0, 20),
      body,
      status: 400,
    })),
    {
      why: '__proto__',
      body: json.replace('{', `{"__proto__":{"admin":true}${json === '{}' ? '' : ','}`),
      status: 400,
    },
    { why: 'an unknown field', body: whole({ ...valid, surprise: 1 }), status: 400 },
    { why: 'constructor', body: whole({ ...valid, constructor: { prototype: {} } }), status: 400 },
    { why: 'plain text', body: json, headers: { 'content-type': 'text/plain' }, status: 415 },
    { why: 'a form', body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' }, status: 415 },
    { why: 'multipart', body: new FormData(), status: 415 },
    { why: 'XML', body: '<a/>', headers: { 'content-type': 'application/xml' }, status: 415 },
    { why: 'more than a megabyte', body: whole({ ...valid, surprise: 'x'.repeat(1_000_001) }), status: 413 },
  ];
  for (const name of required) {
    const { [name]: _, ...rest } = valid;
    bad.push({ why: `without ${name}`, body: whole(rest), status: 400 });
  }
  for (const [name, value] of Object.entries(valid)) {
    const wrong = [7, 'text', true, {}, [], [[]], null].filter(
      (candidate) => kindOf(candidate) !== kindOf(value) && !(candidate === null && nullable.includes(name)),
    );
    bad.push(...field(name, 400, ...wrong));
    if (typeof value === 'string') bad.push(...field(name, 400, long));
  }
  return bad;
}

/** What is sent: an object's fields are laid over the call's valid body, anything else stands for itself. */
export function bodyOf({ body }: Bad, valid: Record<string, unknown> | undefined): unknown {
  const isFields = kindOf(body) === 'object' && !(body instanceof FormData) && !(body instanceof Uint8Array);
  return isFields && valid !== undefined ? { ...valid, ...(body as object) } : (body ?? valid);
}

const isJson = { 'content-type': 'application/json' };

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

/** What every call with ids in its path must refuse. */
export function badPaths(call: string, mine: Holding, theirs: Holding): Bad[] {
  const path = pathOf(call, mine);
  const ids: [part: string, foreign: string[]][] = [
    [`/clients/${mine.clientId}`, []],
    [`/pipeline/${mine.postId}`, []],
    [`/media/${mine.mediaId}`, []],
    [`/accounts/${mine.tiktok}`, [theirs.tiktok, theirs.facebook]],
    [`/onboarding-links/${mine.linkId}`, [theirs.linkId]],
  ];
  const bad = ids
    .filter(([part]) => path.includes(part))
    .flatMap(([part, foreign]) => {
      const kind = part.split('/')[1] ?? '';
      const at = (id: string, status: number): Bad => ({ why: id, path: path.replace(part, `/${kind}/${id}`), status });
      return [
        ...[
          nothing,
          '__proto__',
          'constructor',
          "'%20OR%201=1%20--",
          '..%2F..%2Fetc%2Fpasswd',
          '%00',
          '%F0%9F%98%80',
          '%E0%A4%A',
        ].map((id) => at(id, 404)),
        at('x'.repeat(65), 400),
        ...foreign.map((id) => at(id, 404)),
      ];
    });
  if (call.includes('{provider}')) {
    bad.push(
      ...['constructor', '__proto__', 'Groq'].map((name) => ({
        why: name,
        path: path.replace('/credentials/instagram', `/credentials/${name}`),
        status: 400,
      })),
    );
  }
  return bad;
}

export interface ErrorBody {
  code: string;
  message: string;
  data: { problems?: { field: string; message: string }[] };
}

/** An error as the API promises it, in words and with nothing of our insides. */
export function expectWords({ status, headers, body }: Answer<ErrorBody>, about: string): void {
  expect(headers.get('content-type'), about).toContain('application/json');
  expect(Object.keys(body).sort(), about).toEqual(['code', 'data', 'message']);
  expect(body.code, about).toMatch(/^[A-Z_]+$/);
  expect(body.message, about).toMatch(/^\S.{9,}/);
  expect(body.message, about).toContain(' ');
  expect(JSON.stringify(body), about).not.toMatch(/SQLITE|ZodError|\bat \/|node_modules|\[object|undefined is|stack/);
  expect(Object.getPrototypeOf(body), about).toBe(Object.prototype);
  if (status === 422) expect(body.data.problems?.[0]?.field, about).toEqual(expect.any(String));
}

export const badTexts = [
  'broken \ud800',
  '\udfff',
  'null\u0000byte',
  'bell\u0007',
  'escape\u001b[31m',
  'next line\u0085',
];

/** Options of a target that no network knows. */
export const badOptions = [
  { mode: 'viral' },
  { consent: 'yes' },
  { admin: true },
  { userTags: 'anna' },
  { collaborators: badTexts },
  { userTags: Array(51).fill('anna') },
  { locationId: 7640348500 },
  { tagPlaces: { username: 'anna', media: 'a', x: 0, y: 0 } },
  { tagPlaces: [{ username: 'anna', media: 'a', x: 0 }] },
  { tagPlaces: [{ username: 'anna', media: 'a', x: 0, y: 1.1 }] },
  { tagPlaces: [{ username: 'anna', media: 'a', x: null, y: 0 }] },
  { tagPlaces: [{ username: 'anna', media: 'a', x: 0, y: 0, z: 0 }] },
  { tagPlaces: Array(51).fill({ username: 'anna', media: 'a', x: 0, y: 0 }) },
  { media: 'all' },
  { media: Array(11).fill('a') },
];

/** What a call that takes a number of days must not take. @param tooMany one more than it takes */
export function badDays(path: string, tooMany: string): Bad[] {
  return ['0', '-1', tooMany, 'many', '1.5'].map((days) => ({
    why: `${days} days`,
    path: `${path}?days=${days}`,
    status: 400,
  }));
}
