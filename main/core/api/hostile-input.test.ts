import type { ORPCError } from '@orpc/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectedClient, hour, noon, startAgency } from '../../../test/agency.ts';

let agency: Agency;
let api: Agency['api'];

beforeEach(async () => {
  agency = await startAgency();
  api = agency.api;
});

/* What a stranger, a broken client or a fuzzer would send. Each must be a 4xx that says what is wrong. */
describe('hostile input', () => {
  // The client's types do not allow any of this; that is the point.
  const call = async (path: string, input: unknown): Promise<ORPCError<string, unknown>> => {
    let target: unknown = api;
    for (const part of path.split('.')) target = (target as Record<string, unknown>)[part];
    try {
      await (target as (given: unknown) => Promise<unknown>)(input);
    } catch (error) {
      return error as ORPCError<string, unknown>;
    }
    throw new Error(`${path} took ${JSON.stringify(input)?.slice(0, 100)}`);
  };

  const withId = [
    'clients.get',
    'clients.update',
    'clients.delete',
    'brand.get',
    'brand.put',
    'rules.get',
    'rules.slots',
    'accounts.list',
    'accounts.onboardingLink',
    'pipeline.get',
    'pipeline.update',
    'pipeline.delete',
    'pipeline.approve',
    'pipeline.reject',
    'pipeline.publishNow',
    'pipeline.retry',
    'pipeline.logs',
  ];
  const strangeIds: unknown[] = ['', 7, null, undefined, {}, ['a'], true, 'x'.repeat(65), { $ne: null }];

  it.each(withId)('%s takes no strange id and finds nothing for a foreign one', async (path) => {
    for (const id of strangeIds) {
      const error = await call(path, { id });
      expect([path, id, error.code, error.status]).toEqual([path, id, 'BAD_REQUEST', 400]);
      expect(error.message).toContain('id');
    }
    for (const id of ["' OR 1=1 --", '__proto__', 'constructor', '../../etc/passwd', '\ud800', '\0', '😀']) {
      expect([path, id, (await call(path, { id })).code]).toEqual([path, id, 'NOT_FOUND']);
    }
  });

  it('takes no unknown, prototype-polluting or missing field', async () => {
    const polluted = JSON.parse('{"name":"Café","__proto__":{"admin":true}}') as unknown;
    expect(await call('clients.create', polluted)).toMatchObject({ code: 'BAD_REQUEST' });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
    expect(await call('clients.create', { name: 'Café', deletedAt: 1 })).toMatchObject({ code: 'BAD_REQUEST' });
    for (const input of [undefined, null, 7, 'text', [], {}]) {
      expect(await call('clients.create', input)).toMatchObject({ code: 'BAD_REQUEST' });
    }
    expect((await api.clients.list({})).items).toEqual([]);
  });

  it.each([
    ['clients.create', { name: 'x'.repeat(121) }],
    ['clients.create', { name: '   ' }],
    ['clients.create', { name: 'a\ud800b' }],
    ['clients.create', { name: 'a\u0000b' }],
    ['clients.create', { name: 'Café', timezone: 'Mars/Olympus' }],
    ['clients.create', { name: 'Café', timezone: '+25:00' }],
    ['clients.create', { name: 'Café', language: '<script>' }],
    ['clients.create', { name: 'Café', status: 'deleted' }],
    ['clients.list', { limit: 100_000 }],
    ['clients.list', { limit: -1 }],
    ['killSwitch.set', { scope: 'everything', engaged: true }],
    ['killSwitch.set', { scope: 'global', engaged: 'yes' }],
    ['settings.update', { captionModels: [] }],
    ['settings.update', { isAdmin: true }],
    ['credentials.get', { provider: 'constructor' }],
    ['credentials.put', { params: { provider: 'groq' }, body: { apiKey: 'line\nbreak' } }],
    ['credentials.put', { params: { provider: 'groq' }, body: { apiKey: 'x'.repeat(501) } }],
    ['credentials.put', { params: { provider: 'groq' }, body: { apiKey: 'ok', extra: 'no' } }],
    ['media.upload', { file: 'not a file', clientId: 'x' }],
    ['media.list', {}],
    ['logs', { level: 'secret' }],
    ['jobs.run', { name: 'x'.repeat(61) }],
    ['pipeline.list', { status: 'unknown' }],
    ['pipeline.list', { from: 'yesterday' }],
  ])('%s refuses %j', async (path, input) => {
    const error = await call(path, input);
    expect(error).toMatchObject({ code: 'BAD_REQUEST', status: 400 });
    expect(error.data).toMatchObject({ problems: [{ message: expect.any(String) }] });
  });

  it('refuses hostile posts and keeps the store as it was', async () => {
    const { clientId, accountId } = await connectedClient(agency);
    const post = {
      clientId,
      caption: 'Fresh bread',
      scheduledFor: new Date(noon + hour).toISOString(),
      targets: [{ accountId }],
    };
    for (const change of [
      { caption: 'x'.repeat(63_207) },
      { caption: 'broken \udfff' },
      { caption: 7 },
      { hashtags: Array.from({ length: 61 }, (_, index) => `tag${index}`) },
      { scheduledFor: '2026-11-24 14:00' },
      { scheduledFor: '2026-02-30T10:00:00Z' },
      { scheduledFor: 1_764_000_000_000 },
      { targets: [] },
      { targets: [{ accountId, options: { mode: 'viral' } }] },
      { targets: [{ accountId, status: 'published' }] },
      { media: ['a', 7] },
      { status: 'approved' },
      { approvedHash: 'x' },
    ]) {
      expect(await call('pipeline.create', { ...post, ...change })).toMatchObject({ code: 'BAD_REQUEST' });
    }
    expect(await call('pipeline.create', { ...post, clientId: 'nobody' })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await call('pipeline.create', { ...post, targets: [{ accountId: '__proto__' }] })).toMatchObject({
      code: 'UNPROCESSABLE',
      data: { problems: [{ field: 'targets.0.accountId' }] },
    });
    expect((await api.pipeline.list({})).items).toEqual([]);
    const { id } = await api.pipeline.create(post);
    const resolve = { id, targetId: 'nothing', resolution: 'published' };
    expect(await call('pipeline.resolve', resolve)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await call('pipeline.resolve', { ...resolve, resolution: 'whatever' })).toMatchObject({
      code: 'BAD_REQUEST',
    });
    expect(await call('pipeline.reschedule', { id, scheduledFor: 'soon' })).toMatchObject({ code: 'BAD_REQUEST' });
    expect(await call('pipeline.approve', { id, contentHash: 'x'.repeat(129) })).toMatchObject({ code: 'BAD_REQUEST' });
    expect(await call('pipeline.approve', { id, contentHash: 'x' })).toMatchObject({ code: 'CONFLICT' });
  });

  it("does not reach one client's account through another client", async () => {
    const one = await connectedClient(agency);
    const two = await connectedClient(agency, { remoteId: 'page-2' });
    for (const path of [
      'accounts.disconnect',
      'accounts.disconnectEffect',
      'accounts.creatorInfo',
      'accounts.update',
    ]) {
      const error = await call(path, {
        id: one.clientId,
        accountId: two.accountId,
        ...(path === 'accounts.update' ? { audited: true } : {}),
      });
      expect([path, error.code]).toEqual([path, 'NOT_FOUND']);
    }
  });
});
