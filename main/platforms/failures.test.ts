import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { image, publication, video } from '../../test/networks.ts';
import {
  classOfSubcode,
  type GraphError,
  graphFailure,
  provenInstagramRefusal,
  provenRefusal,
} from './graph-failures.ts';
import { facebookProblems, instagramProblems, tiktokProblems } from './problems.ts';
import { RateGauge, usageIn } from './rate-gauge.ts';
import { publicPostId } from './tiktok.ts';
import { chunksThere, planChunks, type Upload, uploadAddress } from './tiktok-upload.ts';

const now = 1_800_000_000_000;
const error = (code: number, subcode: number | null = null, change: Partial<GraphError> = {}): GraphError => ({
  message: 'no',
  code,
  subcode,
  isTransient: false,
  userMessage: null,
  trace: null,
  ...change,
});
const classOf = (fields: GraphError, access: 'read' | 'write' = 'write', httpStatus = 400) =>
  graphFailure(fields, { access, httpStatus, now, retryAt: null, login: 'Facebook' }).class;

describe('Graph errors', () => {
  it.each([
    [1, null, 'transient'],
    [2, null, 'transient'],
    [4, null, 'rate'],
    [4, 2207051, 'account'],
    [10, null, 'permission'],
    [17, null, 'rate'],
    [32, null, 'rate'],
    [100, null, 'content'],
    [102, null, 'token'],
    [190, 458, 'token'],
    [190, 459, 'token'],
    [190, 460, 'token'],
    [190, 463, 'token'],
    [190, 492, 'permission'],
    [190, 2069032, 'config'],
    [200, null, 'permission'],
    [299, null, 'permission'],
    [341, null, 'rate'],
    [368, 1390008, 'rate'],
    [368, null, 'account'],
    [506, null, 'content'],
    [613, 1996, 'rate'],
    [-1, 2207001, 'transient'],
    [-2, 2207020, 'transient'],
    [9, 2207042, 'rate'],
    [25, 2207050, 'account'],
    [352, 2207026, 'content'],
    [9004, 2207052, 'transient'],
    [9007, 2207027, 'transient'],
    [36003, 2207009, 'content'],
    [80002, null, 'rate'],
    [100, 1404078, 'account'],
    [12345, null, 'content'],
  ])('%i/%s is %s', (code, subcode, expected) => {
    expect(classOf(error(code, subcode))).toBe(expected);
  });

  it('of a missing object pass for reads and stay for writes', () => {
    expect(classOf(error(100, 33), 'read')).toBe('transient');
    expect(classOf(error(100, 33), 'write')).toBe('content');
  });

  it('of a blocked app are for the operator', () => {
    expect(classOf(error(200, null, { message: '(#200) API access blocked.' }))).toBe('config');
  });

  it('that nobody knows pass when the network says so', () => {
    expect(classOf(error(12345, null, { isTransient: true }))).toBe('transient');
    expect(classOf(error(12345), 'write', 503)).toBe('transient');
    expect(classOf(error(12345), 'write', 429)).toBe('rate');
  });

  it("carry the network's words for people, its trace and a time to wait", () => {
    const fields = error(4, null, { userMessage: 'Slow: down', trace: 'T' });
    expect(
      graphFailure(fields, { access: 'write', httpStatus: 403, now, retryAt: now + 5, login: 'Facebook' }),
    ).toEqual({
      class: 'rate',
      code: '4',
      message: 'Slow: down',
      httpStatus: 403,
      trace: 'T',
      retryAt: now + 5,
      appWide: true,
    });
  });

  it('say why a token died', () => {
    const dead = (subcode: number, fields = {}) =>
      graphFailure(error(190, subcode, fields), {
        access: 'write',
        httpStatus: 401,
        now,
        retryAt: null,
        login: 'Facebook',
      }).message;
    expect(dead(463)).toBe('The Facebook login has expired.');
    expect(dead(463, { userMessage: 'Log in: again' })).toBe('Log in: again');
    expect(dead(2069032)).toBe(error(190).message);
  });

  it('prove a refusal only from the list', () => {
    for (const code of [1, 2, 20, 506, 9999]) expect(provenRefusal(error(code))).toBe(false);
    for (const code of [4, 80001]) expect(provenInstagramRefusal(error(code))).toBe(false);
    expect(provenRefusal(error(100, null, { isTransient: true }))).toBe(false);
    expect(provenInstagramRefusal(error(190, null, { isTransient: true }))).toBe(false);
  });

  it('in a container status are transient when unknown', () => {
    expect(classOfSubcode(2207026)).toBe('content');
    expect(classOfSubcode(2299999)).toBe('transient');
    expect(classOfSubcode(null)).toBe('transient');
  });
});

describe('usage headers', () => {
  const business = (entry: object) =>
    new Headers({ 'x-business-use-case-usage': JSON.stringify({ 104: [{ type: 'pages', ...entry }] }) });

  it('give the worst counter and the longest wait', () => {
    const headers = business({ call_count: 10, total_cputime: 97, estimated_time_to_regain_access: 12 });
    headers.set('x-app-usage', '{"call_count":28,"total_time":25,"total_cputime":25}');
    expect(usageIn(headers)).toEqual({ percent: 97, regainMinutes: 12 });
    headers.delete('x-business-use-case-usage');
    expect(usageIn(headers)).toEqual({ percent: 28, regainMinutes: 0 });
  });

  it.each(['', 'x', '[]', '{"104":1}', '{"104":[1]}', '{"104":[{"call_count":"a"}]}'])('survive %j', (text) => {
    const usage = usageIn(new Headers({ 'x-business-use-case-usage': text, 'x-app-usage': text }));
    expect(usage?.percent ?? 0).toBe(0);
  });

  it('block one account, or all for a limit of the app', () => {
    const gauge = new RateGauge();
    gauge.note('a', business({ call_count: 100, estimated_time_to_regain_access: 3 }), now);
    expect(gauge.blockedUntil('a', now)).toBe(now + 180_000);
    expect(gauge.blockedUntil('b', now)).toBeNull();
    expect(gauge.busy('a', now)).toBe(true);
    expect(gauge.busy('a', now + 600_000)).toBe(false);
    gauge.obey('a', { class: 'rate', code: '4', message: '', retryAt: now + 9, appWide: true });
    expect(gauge.blockedUntil('b', now)).toBe(now + 9);
    expect(gauge.blockedUntil('b', now + 9)).toBeNull();
  });
});

describe('TikTok uploads', () => {
  it('are cut by the rules for every size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4_000_000_000 }), (size) => {
        const { chunkSize, chunkCount } = planChunks(size);
        const last = size - chunkSize * (chunkCount - 1);
        expect(chunkCount).toBe(Math.floor(size / chunkSize));
        expect(chunkCount).toBeGreaterThanOrEqual(1);
        expect(chunkCount).toBeLessThanOrEqual(1_000);
        expect(last).toBeLessThan(128_000_000);
        if (chunkCount > 1) expect(chunkSize).toBeGreaterThanOrEqual(5 * 1024 * 1024);
        expect(chunkSize).toBeLessThanOrEqual(64_000_000);
      }),
    );
  });

  it('know how far they are, whichever way the range counts', () => {
    const media = video({ bytes: new Uint8Array(25) });
    const upload: Upload = {
      address: new URL('https://open-upload.tiktokapis.com/'),
      plan: { chunkSize: 10, chunkCount: 2 },
      done: 0,
      startedAt: 0,
      lastChunkSent: false,
    };
    const there = (range: string) =>
      chunksThere(new Response(null, { headers: { 'content-range': range } }), upload, media);
    expect(['bytes 0-9/25', 'bytes 0-10/25', 'bytes 0-24/25', 'bytes 0-25/25'].map(there)).toEqual([1, 1, 2, 2]);
    expect(['bytes 0-12/25', '', 'x'].map(there)).toEqual([null, null, null]);
  });

  it.each([
    ['https://open-upload.tiktokapis.com/video/?x', 'https://open.tiktokapis.com', true],
    ['https://tiktokapis.com.evil.example/video', 'https://open.tiktokapis.com', false],
    ['http://open-upload.tiktokapis.com/video', 'https://open.tiktokapis.com', false],
    ['http://127.0.0.1:9/video', 'https://open.tiktokapis.com', false],
    ['http://127.0.0.1:9/video', 'http://127.0.0.1:8', true],
    ['https://evil.example/', 'http://127.0.0.1:8', false],
    ['nonsense', 'http://127.0.0.1:8', false],
  ])('to %s with the API at %s: %s', (address, api, allowed) => {
    const attempt = () => uploadAddress(address, api).href;
    if (allowed) expect(attempt()).toBe(new URL(address).href);
    else expect(attempt).toThrow('not its own');
  });

  it.each([
    ['{"data":{"publicaly_available_post_id":[7299999999999999999]}}', '7299999999999999999'],
    ['{"publicaly_available_post_id" : [ "7299999999999999999" , 1]}', '7299999999999999999'],
    ['{"publically_available_post_id":7299999999999999999}', '7299999999999999999'],
    ['{"publicly_available_post_id":"7299999999999999999"}', '7299999999999999999'],
    ['{"publicaly_available_post_id":[]}', null],
    ['{}', null],
  ])('show their post id in %s', (text, id) => {
    expect(publicPostId(text)).toBe(id);
  });
});

describe('problems', () => {
  const codes = (problems: { code: string }[]) => problems.map(({ code }) => code);

  it('of Facebook', async () => {
    expect(facebookProblems(publication('Text'))).toEqual([]);
    expect(codes(facebookProblems(publication(' ')))).toEqual(['empty']);
    expect(codes(facebookProblems(publication('x', [video(), await image()])))).toEqual(['mixed']);
    expect(codes(facebookProblems(publication('x', [video({ durationMs: 91_000 })])))).toEqual(['duration']);
    expect(codes(facebookProblems(publication('x', [video({ width: 1920, height: 1080 })])))).toEqual(['size']);
    const many = Array.from({ length: 11 }, () => video({ kind: 'image', width: 1, height: 1 }));
    expect(codes(facebookProblems(publication('x', many)))).toEqual(['too_many']);
    const heavy = await image({ bytes: new Uint8Array(4_000_001) });
    expect(codes(facebookProblems(publication('x', [heavy])))).toEqual(['too_large']);
  });

  it('of Instagram', async () => {
    expect(instagramProblems(publication('x', [await image()]))).toEqual([]);
    expect(codes(instagramProblems(publication('x')))).toEqual(['missing']);
    expect(codes(instagramProblems(publication('#a '.repeat(31), [await image()])))).toEqual(['caption']);
    const wrong = await image({ mime: 'image/png', width: 2000, height: 1000, altText: 'a'.repeat(1_001) });
    expect(codes(instagramProblems(publication('x', [wrong])))).toEqual(['format', 'ratio', 'too_long']);
    expect(instagramProblems(publication('x', [await image({ width: 1080, height: 566 })]))).toEqual([]);
  });

  it('of TikTok', async () => {
    const audited = { audited: true };
    expect(tiktokProblems(publication('x', [video()]), { audited: false })).toEqual([]);
    expect(codes(tiktokProblems(publication('x', [await image()]), audited))).toEqual(['no_clip']);
    expect(codes(tiktokProblems(publication('x', [video(), video()]), audited))).toEqual(['one_video']);
    expect(codes(tiktokProblems(publication('x', [video({ mime: 'video/x', width: 100 })]), audited))).toEqual([
      'format',
      'size',
    ]);
    const direct = publication('x', [video()], { mode: 'direct' });
    expect(codes(tiktokProblems(direct, { audited: false }))).toEqual(['not_audited', 'privacy', 'consent']);
  });
});
