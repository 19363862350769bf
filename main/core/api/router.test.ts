import { isDefinedError, ORPCError } from '@orpc/server';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectedClient, hour, noon, startAgency } from '../../../test/agency.ts';
import { emptyBrand } from '../../../shared/contract/brand.ts';
import { defaultRules } from '../../../shared/contract/rules.ts';

let agency: Agency;
let api: Agency['api'];

beforeEach(async () => {
  agency = await startAgency();
  api = agency.api;
});

async function picture(width = 1080): Promise<File> {
  const bytes = await sharp({ create: { width, height: 1080, channels: 3, background: '#1f6f54' } })
    .png()
    .toBuffer();
  return new File([new Uint8Array(bytes)], 'picture.png', { type: 'image/png' });
}

describe('clients', () => {
  it('are made, read, listed, changed and removed', async () => {
    const client = await api.clients.create({ name: '  Café Uno ' });
    expect(client).toEqual({
      id: client.id,
      name: 'Café Uno',
      status: 'onboarding',
      timezone: 'UTC',
      language: 'en',
      brandVoice: '',
      createdAt: '2026-11-24T12:00:00.000Z',
    });
    expect(await api.clients.get({ id: client.id })).toEqual(client);
    expect(await api.clients.update({ id: client.id, status: 'paused', timezone: 'Asia/Tokyo' })).toMatchObject({
      name: 'Café Uno',
      status: 'paused',
      timezone: 'Asia/Tokyo',
    });
    expect((await api.clients.list({ status: 'paused' })).items).toHaveLength(1);
    expect((await api.clients.list({ status: 'active' })).items).toEqual([]);
    expect(await api.clients.delete({ id: client.id })).toEqual({ deleted: true });
    await expect(api.clients.get({ id: client.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      status: 404,
      data: { what: 'client', id: client.id },
    });
    expect((await api.clients.list({})).items).toEqual([]);
  });

  it('take their accounts and unpublished posts with them, but not while something is being sent', async () => {
    const { clientId, accountId } = await connectedClient(agency);
    const { id } = await api.pipeline.create({
      clientId,
      caption: 'Fresh bread',
      scheduledFor: new Date(noon + hour).toISOString(),
      targets: [{ accountId }],
    });
    await api.pipeline.approve({ id });
    const [target] = await agency.store.targets.listOfPost(id);
    await agency.store.targets.update(target?.id ?? '', { status: 'confirming' });
    await expect(api.clients.delete({ id: clientId })).rejects.toMatchObject({ data: { reason: 'publishing' } });
    expect((await api.accounts.list({ id: clientId })).items).toHaveLength(1);
    await agency.store.targets.update(target?.id ?? '', { status: 'pending' });
    await api.clients.delete({ id: clientId });
    expect(agency.facebook.revoked).toEqual(['ana token-of-page-1']);
    expect(await agency.store.targets.due(noon + 2 * hour, 10)).toEqual([]);
  });

  it('have a brand and rules, tidied up, and slots that follow from them', async () => {
    const { id } = await api.clients.create({ name: 'Café Uno', timezone: 'Europe/Berlin' });
    expect(await api.brand.get({ id })).toEqual(emptyBrand);
    expect(await api.rules.get({ id })).toEqual(defaultRules);
    const brand = await api.brand.put({ id, colors: ['#1F6F54', '#1f6f54'], hashtags: ['fresh bread', '#freshbread'] });
    expect(brand).toEqual({ ...emptyBrand, colors: ['#1f6f54'], hashtags: ['#freshbread'] });
    expect(await api.brand.get({ id })).toEqual(brand);
    const rules = await api.rules.put({
      id,
      postsPerWeek: 14,
      days: ['fri', 'wed', 'fri'],
      times: ['17:00', '09:00', '17:00'],
      platforms: ['tiktok', 'facebook'],
    });
    expect(rules).toEqual({
      postsPerWeek: 14,
      days: ['wed', 'fri'],
      times: ['09:00', '17:00'],
      platforms: ['facebook', 'tiktok'],
      autoApprove: false,
      graceMinutes: 30,
    });
    expect(await api.rules.get({ id })).toEqual(rules);
    const { items } = await api.rules.slots({ id, days: 3 });
    expect(items).toEqual([
      { at: '2026-11-25T08:00:00.000Z', wallTime: '2026-11-25T09:00', taken: false },
      { at: '2026-11-25T16:00:00.000Z', wallTime: '2026-11-25T17:00', taken: false },
      { at: '2026-11-27T08:00:00.000Z', wallTime: '2026-11-27T09:00', taken: false },
    ]);
    const other = await api.rules.preview({ id, postsPerWeek: 1, days: ['thu'], times: ['12:30'], ahead: 7 });
    expect(other.items).toEqual([{ at: '2026-11-26T11:30:00.000Z', wallTime: '2026-11-26T12:30', taken: false }]);
    expect(await api.rules.get({ id })).toEqual(rules);
  });

  it('are shown at a glance: colour, accounts, and what the week ahead has of what the rules want', async () => {
    const { clientId: id, accountId } = await connectedClient(agency);
    await api.brand.put({ id, colors: ['#1F6F54', '#ffffff'] });
    await api.rules.put({ id, postsPerWeek: 5, days: ['mon', 'tue'], times: ['09:00'], platforms: ['facebook'] });
    const targets = [{ accountId }];
    await api.pipeline.create({ clientId: id, caption: 'Fresh bread', scheduledFor: '2026-11-25T09:00:00Z', targets });
    const { items } = await api.clients.glance();
    expect(items).toMatchObject([{ id, color: '#1f6f54', wanted: 2, planned: 1, nextPostAt: null, toReview: 1 }]);
    expect(items[0]?.accounts).toEqual([
      { id: accountId, platform: 'facebook', displayName: expect.any(String), status: 'connected' },
    ]);
  });
});

describe('media', () => {
  it('are uploaded once, listed, and read back', async () => {
    const { id: clientId } = await api.clients.create({ name: 'Café Uno' });
    const media = await api.media.upload({ file: await picture(), clientId, altText: 'A wall' });
    expect(media).toMatchObject({ kind: 'image', mime: 'image/png', width: 1080, altText: 'A wall', origin: 'upload' });
    expect(media.url).toBe(`/api/media/${media.id}/file`);
    expect((await api.media.upload({ file: await picture(), clientId })).id).toBe(media.id);
    expect((await api.media.list({ clientId })).items).toEqual([{ ...media, usedIn: [], draftedIn: [], problems: [] }]);
    expect((await agency.core.library.open(media.id))?.bytes).toBe(media.bytes);
    expect(await agency.core.library.open('nothing')).toBeUndefined();
  });

  it('that are no pictures are refused, and nothing is kept', async () => {
    const { id: clientId } = await api.clients.create({ name: 'Café Uno' });
    for (const content of ['', 'not a picture', '<svg onload="alert(1)"/>']) {
      const file = new File([content], 'picture.png', { type: 'image/png' });
      await expect(api.media.upload({ file, clientId })).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
    }
    await expect(api.media.upload({ file: await picture(), clientId: 'nobody' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await api.media.list({ clientId })).items).toEqual([]);
  });

  it('of a post come with it', async () => {
    const { clientId, accountId } = await connectedClient(agency);
    const media = await api.media.upload({ file: await picture(), clientId });
    const post = await api.pipeline.create({
      clientId,
      caption: 'Fresh bread',
      media: [media.id],
      scheduledFor: new Date(noon + hour).toISOString(),
      targets: [{ accountId }],
    });
    expect(post.media).toEqual([media]);
  });
});

describe('the app itself', () => {
  it('tells its health and host without details', async () => {
    expect(await api.health()).toEqual({ status: 'starting', version: '0.1.0', profile: 'live' });
    await agency.core.start();
    expect(await api.health()).toMatchObject({ status: 'ok' });
    agency.lock.reason = 'The key is missing.';
    expect(await api.health()).toMatchObject({ status: 'locked' });
    expect(await api.host.get()).toEqual({
      profile: 'live',
      version: '0.1.0',
      feedUrl: null,
      locked: 'The key is missing.',
      keyPlace: 'environment',
      publicUrl: 'http://127.0.0.1:4680',
      halts: [],
      desktop: null,
    });
    await expect(api.host.setDesktop({ language: 'de' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('counts', async () => {
    const { clientId, accountId } = await connectedClient(agency);
    const { id } = await api.pipeline.create({
      clientId,
      caption: 'Fresh bread',
      scheduledFor: new Date(noon + hour).toISOString(),
      targets: [{ accountId }],
    });
    await api.pipeline.approve({ id });
    const stats = await api.stats();
    expect(stats).toMatchObject({
      clients: { total: 1, active: 1 },
      dueNext24h: 1,
      failures: 0,
      accountsToReconnect: 0,
      nextDueAt: '2026-11-24T13:00:00.000Z',
      spend: { microUsd: 0, calls: 0 },
    });
    expect(stats.posts).toMatchObject({ approved: 1, published: 0, generating: 0 });
  });

  it('is stopped and resumed, for all, a client or an account', async () => {
    const { clientId, accountId } = await connectedClient(agency);
    const { items } = await api.killSwitch.set({ scope: 'global', engaged: true, reason: 'Fire' });
    expect(items).toEqual([
      {
        scope: 'global',
        id: null,
        engaged: true,
        reason: 'Fire',
        changedAt: '2026-11-24T12:00:00.000Z',
        changedBy: 'mia',
      },
    ]);
    await api.killSwitch.set({ scope: 'client', id: clientId, engaged: true });
    await api.killSwitch.set({ scope: 'account', id: accountId, engaged: true });
    await api.killSwitch.set({ scope: 'global', engaged: false });
    const scopes = (await api.killSwitch.list()).items.map(({ scope, engaged }) => [scope, engaged]);
    expect(scopes).toContainEqual(['global', false]);
    expect(scopes).toContainEqual(['client', true]);
    for (const change of [
      { scope: 'global' as const, id: clientId },
      { scope: 'client' as const },
      { scope: 'client' as const, id: 'nobody' },
      { scope: 'account' as const, id: clientId },
    ]) {
      await expect(api.killSwitch.set({ ...change, engaged: true })).rejects.toBeInstanceOf(ORPCError);
    }
  });

  it('lists its jobs and runs one by hand', async () => {
    const names = (await api.jobs.list()).items.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['publish-due', 'generate-content', 'refresh-tokens']));
    expect(await api.jobs.run({ name: 'refresh-tokens' })).toMatchObject({ name: 'refresh-tokens', lastError: null });
    await expect(api.jobs.run({ name: 'rm -rf' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('shows what happened, newest first, filtered', async () => {
    const { id } = await api.clients.create({ name: 'Café Uno' });
    await api.clients.update({ id, name: 'Café Due' });
    const { items } = await api.logs({ clientId: id });
    expect(items.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['client.changed', 'mia'],
      ['client.created', 'mia'],
    ]);
    expect((await api.logs({ level: 'error' })).items).toEqual([]);
  });

  it('tells of changes as they happen, until nobody listens any more', async () => {
    const stop = new AbortController();
    const changes = await api.events.watch(undefined, { signal: stop.signal });
    const first = changes.next();
    const { id } = await api.clients.create({ name: 'Café Uno' });
    const seen = [(await first).value, (await changes.next()).value];
    expect(seen).toContainEqual({ type: 'client.changed', id, clientId: id });
    const last = changes.next();
    stop.abort();
    expect((await last).done).toBe(true);
  });

  it('passes on what a service answered', async () => {
    const { clientId } = await connectedClient(agency);
    await expect(api.pipeline.generate({ clientId })).rejects.toMatchObject({
      code: 'UPSTREAM',
      status: 502,
      data: { provider: 'groq', retryAt: null },
    });
    await expect(api.pipeline.generate({ clientId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('an unforeseen failure', () => {
  it('answers with an id and nothing else; the log has both', async () => {
    agency.ports.store.clients.get = () => Promise.reject(new Error('secret detail'));
    const error = await api.clients.get({ id: 'x' }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', status: 500 });
    expect(isDefinedError(error)).toBe(false);
    const { data, message } = error as ORPCError<string, { id: string }>;
    expect(JSON.stringify([data, message])).not.toContain('secret detail');
    expect(message).toContain(data.id);
    const entry = agency.logged.find((line) => line.includes(data.id));
    expect(entry).toContain('secret detail');
    expect(entry).toContain('clients.get');
  });
});
