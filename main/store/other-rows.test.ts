import { describe, expect, it } from 'vitest';
import { emptyBrand } from '../../shared/contract/brand.ts';
import { defaultRules } from '../../shared/contract/rules.ts';
import { RowGone } from '../core/ports/store.ts';
import { account, client, media, noon, storeWithPost, temporaryStore, usage } from './sample.ts';

const hour = 3_600_000;

describe('clients', () => {
  it('are listed by name as people sort it, in pages that a new row does not shift', async () => {
    const store = await temporaryStore();
    for (const [index, name] of ['banana', 'Émile', 'apple', 'Zoo', 'eden', 'apple'].entries()) {
      await store.clients.insert(client({ id: `client-${index}`, name }));
    }
    const first = await store.clients.list({ limit: 3 });
    expect(first.items.map(({ name }) => name)).toEqual(['apple', 'apple', 'banana']);
    await store.clients.insert(client({ id: 'x', name: 'Aardvark' }));
    const second = await store.clients.list({ limit: 3, cursor: first.nextCursor ?? '' });
    expect(second.items.map(({ name }) => name)).toEqual(['eden', 'Émile', 'Zoo']);
    expect(second.nextCursor).toBeNull();
    await expect(store.clients.list({ limit: 3, cursor: 'WzEsMl0' })).rejects.toMatchObject({ name: 'BadCursor' });
  });

  it('can be renamed, narrowed by status, counted and deleted', async () => {
    const store = await temporaryStore();
    await store.clients.insert(client());
    await store.clients.insert(client({ id: 'client-2', name: 'B', status: 'paused' }));
    await store.clients.update('client-1', { name: 'ZZ' });
    expect((await store.clients.list({ limit: 9 })).items.map(({ name }) => name)).toEqual(['B', 'ZZ']);
    expect((await store.clients.list({ limit: 9, status: 'paused' })).items.map(({ id }) => id)).toEqual(['client-2']);
    expect(await store.clients.countByStatus()).toEqual({ active: 1, paused: 1 });
    await store.clients.update('client-1', { deletedAt: noon });
    expect(await store.clients.get('client-1')).toBeUndefined();
    expect(await store.clients.countByStatus()).toEqual({ paused: 1 });
    await expect(store.clients.update('nobody', {})).rejects.toThrow(RowGone);
    await store.clients.update('client-2', {});
  });

  it('have a brand and rules once they were put', async () => {
    const store = await temporaryStore();
    await store.clients.insert(client());
    expect(await store.clients.brand('client-1')).toBeUndefined();
    expect(await store.clients.rules('client-1')).toBeUndefined();
    await store.clients.putBrand('client-1', emptyBrand, noon);
    const brand = { ...emptyBrand, colors: ['#1f6f54'], bannedTerms: ['“cheap”', 'dešévo'] };
    await store.clients.putBrand('client-1', brand, noon);
    expect(await store.clients.brand('client-1')).toEqual(brand);
    await store.clients.putRules('client-1', defaultRules, noon);
    await store.clients.putRules('client-1', { ...defaultRules, autoApprove: true }, noon);
    expect(await store.clients.rules('client-1')).toEqual({ ...defaultRules, autoApprove: true });
  });
});

describe('accounts', () => {
  it('come back as they were written and change only in the named fields', async () => {
    const store = await storeWithPost();
    expect(await store.accounts.get('account-1')).toEqual(account());
    await store.accounts.update('account-1', { audited: true, scopes: [], sealedAccessToken: null });
    expect(await store.accounts.get('account-1')).toEqual(
      account({ audited: true, scopes: [], sealedAccessToken: null }),
    );
    await expect(store.accounts.update('nobody', { audited: true })).rejects.toThrow(RowGone);
  });

  it('that are disconnected stay for the journal and make room', async () => {
    const store = await storeWithPost();
    await expect(store.accounts.insert(account({ id: 'account-2' }))).rejects.toThrow(/UNIQUE/);
    await store.accounts.update('account-1', { disconnectedAt: noon });
    expect(await store.accounts.listOfClient('client-1')).toEqual([]);
    expect(await store.accounts.listAll()).toEqual([]);
    expect((await store.accounts.get('account-1'))?.disconnectedAt).toBe(noon);
    await store.accounts.insert(account({ id: 'account-2', connectedAt: noon + 1 }));
    expect((await store.accounts.findByRemote('facebook', 'page-1')).map(({ id }) => id)).toEqual([
      'account-1',
      'account-2',
    ]);
    expect((await store.accounts.listAll()).map(({ id }) => id)).toEqual(['account-2']);
  });
});

describe('media', () => {
  it('are read by id, by content and in pages, newest first', async () => {
    const store = await storeWithPost();
    for (const id of ['a', 'b', 'c']) await store.media.insert(media({ id, sha256: id }));
    await store.media.insert(media({ id: 'd', provenance: null, createdAt: noon + 1 }));
    expect(await store.media.get('a')).toEqual(media({ id: 'a', sha256: 'a' }));
    expect((await store.media.getMany(['c', 'gone', 'a'])).map(({ id }) => id)).toEqual(['c', 'a']);
    expect((await store.media.findBySha256('client-1', 'b'))?.id).toBe('b');
    expect(await store.media.findBySha256('client-2', 'b')).toBeUndefined();
    const first = await store.media.list({ clientId: 'client-1', limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(['d', 'c']);
    const second = await store.media.list({ clientId: 'client-1', limit: 2, cursor: first.nextCursor ?? '' });
    expect(second).toMatchObject({ items: [{ id: 'b' }, { id: 'a' }], nextCursor: null });
    await store.media.update('a', { altText: 'A cup' });
    expect((await store.media.get('a'))?.altText).toBe('A cup');
  });
});

describe('kill switches', () => {
  it('are one a scope, and the global one has no id', async () => {
    const store = await temporaryStore();
    const stop = {
      scope: 'global',
      scopeId: '',
      engaged: true,
      reason: 'test',
      changedAt: noon,
      changedBy: 'Ada',
    } as const;
    await store.control.putKillSwitch(stop);
    await store.control.putKillSwitch({ ...stop, engaged: false, reason: null });
    await store.control.putKillSwitch({ ...stop, scope: 'client', scopeId: 'client-1' });
    expect(await store.control.killSwitches()).toEqual([
      { ...stop, scope: 'client', scopeId: 'client-1' },
      { ...stop, engaged: false, reason: null },
    ]);
    await expect(store.control.putKillSwitch({ ...stop, scopeId: 'client-1' })).rejects.toThrow(/CHECK/);
  });
});

describe('connections', () => {
  it('keep onboarding links', async () => {
    const store = await storeWithPost();
    const link = {
      id: 'l',
      clientId: 'client-1',
      tokenHash: 'h',
      createdAt: noon,
      expiresAt: noon,
      revokedAt: null,
      lastUsedAt: null,
      uses: 0,
    };
    await store.connections.insertLink(link);
    await store.connections.updateLink('l', { uses: 1, lastUsedAt: noon });
    expect(await store.connections.linkByHash('h')).toEqual({ ...link, uses: 1, lastUsedAt: noon });
    expect(await store.connections.linkByHash('other')).toBeUndefined();
    await expect(store.connections.updateLink('gone', { uses: 1 })).rejects.toThrow(RowGone);
  });

  it('let a login state be used by one caller, in time', async () => {
    const store = await storeWithPost();
    const state = {
      stateHash: 's',
      clientId: 'client-1',
      platform: 'tiktok',
      onboardingLinkId: null,
      redirectUri: 'http://127.0.0.1/cb',
      windowHash: 'w',
      sealedCodeVerifier: 'x',
      createdAt: noon,
      expiresAt: noon + hour,
      consumedAt: null,
      sealedFound: null,
    } as const;
    await store.connections.insertState(state);
    await store.connections.insertState({ ...state, stateHash: 'late' });
    const callers = Array.from({ length: 5 }, () => store.connections.consumeState('s', noon));
    expect((await Promise.all(callers)).filter(Boolean)).toHaveLength(1);
    expect(await store.connections.consumeState('late', noon + hour)).toBe(false);
    expect(await store.connections.consumeState('unknown', noon)).toBe(false);
    await store.connections.keepFound('s', 'sealed');
    expect(await store.connections.stateByHash('s')).toEqual({ ...state, consumedAt: noon, sealedFound: 'sealed' });
    await expect(store.connections.keepFound('unknown', 'x')).rejects.toThrow(RowGone);
  });

  it('drop what expired, and sessions that end', async () => {
    const store = await storeWithPost();
    for (const [tokenHash, expiresAt] of [
      ['old', noon - 1],
      ['new', noon],
      ['ended', noon],
    ] as const) {
      await store.connections.insertSession({ tokenHash, createdAt: 0, expiresAt });
    }
    await store.connections.removeSession('ended');
    await store.connections.removeExpired(noon);
    expect(await store.connections.sessionByHash('old')).toBeUndefined();
    expect(await store.connections.sessionByHash('ended')).toBeUndefined();
    expect(await store.connections.sessionByHash('new')).toMatchObject({ expiresAt: noon });
  });
});

describe('paid calls', () => {
  it('are one open or settled row an intent; a failed one may be tried again', async () => {
    const store = await storeWithPost();
    await store.usage.insert(usage());
    await expect(store.usage.insert(usage({ id: 'usage-2' }))).rejects.toThrow(/UNIQUE/);
    await store.usage.update('usage-1', { state: 'failed', error: 'no' });
    expect(await store.usage.byIntent(usage().intent)).toMatchObject({ id: 'usage-1', state: 'failed' });
    await store.usage.insert(usage({ id: 'usage-2', createdAt: noon - 1 }));
    expect(await store.usage.byIntent(usage().intent)).toEqual(usage({ id: 'usage-2', createdAt: noon - 1 }));
    expect(await store.usage.byIntent('other')).toBeUndefined();
  });

  it('are summed over a time', async () => {
    const store = await storeWithPost();
    expect(await store.usage.totals(0, noon)).toEqual({ microUsd: 0, calls: 0, tokens: 0, images: 0, videos: 0 });
    await store.usage.insert(usage({ inputTokens: 100, outputTokens: 20, state: 'settled' }));
    await store.usage.insert(usage({ id: 'usage-2', intent: 'i2', images: 2, createdAt: noon + 1 }));
    await store.usage.insert(usage({ id: 'usage-3', intent: 'i3', videos: 1, createdAt: noon + 2 }));
    expect(await store.usage.totals(noon, noon + 2)).toEqual({
      microUsd: 1_800,
      calls: 2,
      tokens: 120,
      images: 2,
      videos: 0,
    });
  });
});

describe('activity', () => {
  it('is listed newest first, filtered and paged', async () => {
    const store = await temporaryStore();
    const entry = (id: string, at: number) => ({
      id,
      at,
      actor: 'Ada',
      kind: id === 'c' ? 'post.failed' : 'post.approved',
      level: id === 'c' ? ('error' as const) : ('info' as const),
      message: 'x',
      clientId: id === 'a' ? 'client-1' : null,
      postId: id === 'b' ? 'post-1' : null,
      accountId: null,
      detail: id === 'd' ? { reason: 'Too long.', changed: ['caption' as const], from: 1, to: 2 } : null,
    });
    for (const [index, id] of ['a', 'b', 'c', 'd'].entries())
      await store.activity.insert(entry(id, noon + (index >> 1)));
    const ids = async (filter: object) =>
      (await store.activity.list({ limit: 9, ...filter })).items.map(({ id }) => id);
    expect(await ids({})).toEqual(['d', 'c', 'b', 'a']);
    expect((await store.activity.list({ limit: 2 })).items.map(({ detail }) => detail)).toEqual([
      entry('d', 0).detail,
      null,
    ]);
    expect(await ids({ clientId: 'client-1' })).toEqual(['a']);
    expect(await ids({ postId: 'post-1' })).toEqual(['b']);
    expect(await ids({ level: 'error' })).toEqual(['c']);
    expect(await ids({ kind: 'post.approved' })).toEqual(['d', 'b', 'a']);
    const first = await store.activity.list({ limit: 3 });
    await store.activity.insert(entry('e', noon + 5));
    expect(await ids({ cursor: first.nextCursor })).toEqual(['a']);
  });
});

describe('settings, jobs, credentials and metrics', () => {
  it('hold JSON of any shape, and tell unset from null', async () => {
    const store = await temporaryStore();
    for (const value of [null, false, 0, '', 'a"b', [1, [2]], { a: { b: null } }]) {
      await store.settings.put('k', value, noon);
      expect(await store.settings.get('k')).toEqual(value);
    }
    expect(await store.settings.get('other')).toBeUndefined();
  });

  it('keep the last run of each job', async () => {
    const store = await temporaryStore();
    await store.settings.putJobRun({ name: 'publish-due', lastRunAt: noon, lastDurationMs: 1.5, lastError: 'x' });
    await store.settings.putJobRun({ name: 'publish-due', lastRunAt: noon + 1, lastDurationMs: null, lastError: null });
    expect(await store.settings.jobRuns()).toEqual([
      { name: 'publish-due', lastRunAt: noon + 1, lastDurationMs: null, lastError: null },
    ]);
  });

  it('keep one credential a provider', async () => {
    const store = await temporaryStore();
    await store.settings.putCredential({ provider: 'groq', sealed: 'a', hint: '…a', updatedAt: noon });
    await store.settings.putCredential({ provider: 'groq', sealed: 'b', hint: '…b', updatedAt: noon });
    expect(await store.settings.credentials()).toEqual([
      { provider: 'groq', sealed: 'b', hint: '…b', updatedAt: noon },
    ]);
  });

  it('keep one set of metrics a target and day', async () => {
    const store = await storeWithPost();
    const metric = { targetId: 'target-1', day: '2026-11-24', metrics: { likes: 1 }, takenAt: noon };
    await store.metrics.putOfTarget({ ...metric, day: '2026-11-25' });
    await store.metrics.putOfTarget(metric);
    await store.metrics.putOfTarget({ ...metric, metrics: { likes: 2, views: 10 } });
    expect(await store.metrics.listOfTarget('target-1')).toEqual([
      { ...metric, metrics: { likes: 2, views: 10 } },
      { ...metric, day: '2026-11-25' },
    ]);
    expect(await store.metrics.takenOn('2026-11-24', ['target-1', 'target-2'])).toEqual(['target-1']);
    expect(await store.metrics.takenOn('2026-11-26', ['target-1'])).toEqual([]);
  });

  it('keep one set of metrics an account and day, and what each network refuses', async () => {
    const store = await storeWithPost();
    const metric = { accountId: 'account-1', day: '2026-11-24', metrics: { followers: 120 }, takenAt: noon };
    await store.metrics.putOfAccount({ ...metric, metrics: {} });
    await store.metrics.putOfAccount(metric);
    await store.metrics.putOfAccount({ ...metric, day: '2026-11-23' });
    expect(await store.metrics.listOfAccount('account-1', '2026-11-24')).toEqual([metric]);
    await expect(store.metrics.putOfAccount({ ...metric, day: 'today' })).rejects.toThrow(/CHECK/);
    const refused = { platform: 'facebook', subject: 'post', metric: 'post_impressions', reason: 'x' } as const;
    await store.metrics.putRefused({ ...refused, refusedAt: noon });
    await store.metrics.putRefused({ ...refused, refusedAt: noon + 1 });
    expect(await store.metrics.refused()).toEqual([{ ...refused, refusedAt: noon + 1 }]);
  });

  it('tell which targets of an account are live since a time', async () => {
    const store = await storeWithPost();
    expect(await store.targets.liveOf('account-1', 0)).toEqual([]);
    await store.targets.update('target-1', { status: 'published', publishedAt: noon });
    expect(await store.targets.liveOf('account-1', noon)).toEqual([]);
    await store.targets.update('target-1', { remoteId: 'page-1_1' });
    expect((await store.targets.liveOf('account-1', noon)).map(({ id }) => id)).toEqual(['target-1']);
    expect(await store.targets.liveOf('account-1', noon + 1)).toEqual([]);
    expect(await store.targets.liveOf('account-2', noon)).toEqual([]);
  });
});
