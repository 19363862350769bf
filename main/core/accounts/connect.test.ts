import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectAccount, connectedClient, found, minute, startAgency } from '../../../test/agency.ts';
import { NetworkFailure, Secret } from '../ports/index.ts';
import { openTokens } from './access.ts';

let agency: Agency;
let clientId: string;
const redirectUri = 'http://127.0.0.1:4680/api/auth/facebook/callback';

beforeEach(async () => {
  agency = await startAgency();
  clientId = (await agency.api.clients.create({ name: 'Café Uno' })).id;
});

async function begin(client: { clientId: string } | { onboardingToken: string } = { clientId }) {
  const url = await agency.core.connect.start({ platform: 'facebook', redirectUri, window: 'tab', ...client });
  return new URL(url).searchParams.get('state') ?? '';
}

function finish(state: string, answer: { code?: string; error?: string } = { code: 'code' }, windows = ['tab']) {
  const { code = null, error = null } = answer;
  return agency.core.connect.finish({ platform: 'facebook', state, code, error, windows });
}

function choose(choiceToken: string, remoteIds: string[], confirmed: string[] = []) {
  return agency.core.connect.choose(choiceToken, { remoteIds, confirmed, windows: ['tab'] });
}

describe('a login', () => {
  it('connects the one account it finds, keeps its tokens sealed and makes the client active', async () => {
    agency.facebook.found = [found()];
    const result = await finish(await begin());
    expect(result).toMatchObject({
      kind: 'connected',
      accounts: [{ clientId, platform: 'facebook', remoteId: 'page-1', status: 'connected', displayName: 'Café Uno' }],
      next: { kind: 'client', clientId },
    });
    expect((await agency.api.clients.get({ id: clientId })).status).toBe('active');
    const [account] = await agency.store.accounts.listOfClient(clientId);
    expect(JSON.stringify(account)).not.toContain('token-of-page-1');
    expect(account && openTokens({ ...agency.ports, locked: () => null }, account)).toMatchObject({
      remoteId: 'page-1',
    });
    expect(agency.facebook.exchanged).toMatchObject([{ code: 'code', redirectUri }]);
    expect(agency.facebook.exchanged[0]?.codeVerifier).toMatch(/^[A-Za-z0-9_-]{43,128}$/);
  });

  it('is good once, for ten minutes, for its network only', async () => {
    agency.facebook.found = [found()];
    const used = await begin();
    await finish(used);
    expect(await finish(used)).toMatchObject({ kind: 'refused', next: { kind: 'home' } });

    const old = await begin();
    await agency.time.pass(10 * minute + 1, () => Promise.resolve());
    expect(await finish(old)).toMatchObject({ kind: 'refused' });

    agency.tiktok.found = [found({ platform: 'tiktok' })];
    const foreign = await begin();
    const atTikTok = { platform: 'tiktok' as const, state: foreign, code: 'code', error: null, windows: ['tab'] };
    expect(await agency.core.connect.finish(atTikTok)).toMatchObject({ kind: 'refused' });
    expect(await finish(foreign)).toMatchObject({ kind: 'refused' });
    expect(await finish('made up')).toMatchObject({ kind: 'refused' });
    expect(agency.facebook.exchanged).toHaveLength(1);
    expect(agency.tiktok.exchanged).toEqual([]);
  });

  it('that was finished twice at the same time connects once', async () => {
    agency.facebook.found = [found()];
    const state = await begin();
    const kinds = (await Promise.all([finish(state), finish(state)])).map(({ kind }) => kind).sort();
    expect(kinds).toEqual(['connected', 'refused']);
    expect(agency.facebook.exchanged).toHaveLength(1);
  });

  it('that comes back to another window is used up and connects nothing', async () => {
    agency.facebook.found = [found()];
    for (const windows of [[], [''], ['tab '], ['another', 'third']]) {
      const state = await begin();
      expect(await finish(state, { code: 'code' }, windows)).toMatchObject({
        kind: 'refused',
        code: 'elsewhere',
        next: { kind: 'home' },
      });
      expect(await finish(state)).toMatchObject({ kind: 'refused', code: 'stale' });
    }
    expect(agency.facebook.exchanged).toEqual([]);
    expect(await finish(await begin(), { code: 'code' }, ['another', 'tab'])).toMatchObject({ kind: 'connected' });
  });

  it('that an older version of the app began ends nowhere', async () => {
    agency.facebook.found = [found()];
    const state = await begin();
    const hash = agency.ports.digest.sha256(`login:${state}`);
    const row = await agency.store.connections.stateByHash(hash);
    if (row === undefined) throw new Error('The login was not kept.');
    await agency.store.connections.removeExpired(Number.MAX_SAFE_INTEGER);
    await agency.store.connections.insertState({ ...row, windowHash: null });
    expect(await finish(state)).toMatchObject({ kind: 'refused', code: 'elsewhere' });
  });

  it('keeps nothing that could finish it in the store', async () => {
    const state = await begin();
    const row = await agency.store.connections.stateByHash(agency.ports.digest.sha256(`login:${state}`));
    expect(row).toBeDefined();
    expect(JSON.stringify(row)).not.toContain(state);
  });

  it('that was cancelled, failed or found nothing says so plainly', async () => {
    expect(await finish(await begin(), { error: 'access_denied' })).toEqual({
      kind: 'refused',
      code: 'cancelled',
      platform: 'facebook',
      via: 'facebook',
      found: [],
      reason: 'The login at Facebook was cancelled. Nothing was connected.',
      next: { kind: 'client', clientId },
    });
    agency.facebook.loginFails = new NetworkFailure({ class: 'token', code: '100', message: 'The code was used.' });
    expect(await finish(await begin())).toMatchObject({
      reason: 'Facebook did not complete the login: The code was used.',
    });
    agency.facebook.loginFails = null;
    expect(await finish(await begin())).toMatchObject({
      reason: 'This login manages no Facebook Page, or gave no access to one. Nothing was connected.',
    });
    agency.facebook.found = [found({ missing: ['The permission to publish was not given.'] })];
    expect(await finish(await begin())).toMatchObject({
      reason: 'Nothing was connected. Café Uno: The permission to publish was not given.',
    });
    expect(await agency.store.accounts.listAll()).toEqual([]);
  });

  it('is not begun while the app is locked', async () => {
    const state = await begin();
    agency.lock.reason = 'The key is missing.';
    await expect(begin()).rejects.toMatchObject({ name: 'Locked' });
    await expect(finish(state)).rejects.toMatchObject({ name: 'Locked' });
    agency.lock.reason = null;
    agency.facebook.found = [found()];
    expect(await finish(state)).toMatchObject({ kind: 'connected' });
  });
});

describe('several accounts', () => {
  const pages = [
    found(),
    found({ remoteId: 'page-2', displayName: 'Café Due', accessToken: new Secret('token-of-page-2') }),
    found({ remoteId: 'page-3', displayName: 'Café Tre', missing: ['Not allowed.'] }),
  ];

  async function choice() {
    agency.facebook.found = pages;
    const result = await finish(await begin());
    if (result.kind !== 'choose') throw new Error(result.kind);
    return result;
  }

  it('are offered, and those chosen are connected', async () => {
    const { choiceToken, found: offered, next } = await choice();
    expect(offered).toMatchObject([
      { remoteId: 'page-1', missing: [], usedBy: null },
      { remoteId: 'page-2' },
      { remoteId: 'page-3', missing: ['Not allowed.'] },
    ]);
    expect(next).toEqual({ kind: 'client', clientId });
    const connected = await choose(choiceToken, ['page-2', 'page-1']);
    expect(connected.accounts.map(({ remoteId }) => remoteId).sort()).toEqual(['page-1', 'page-2']);
    await expect(choose(choiceToken, ['page-1'])).rejects.toMatchObject({ reason: 'stale_choice' });
  });

  it('a wrong choice uses nothing up', async () => {
    const { choiceToken } = await choice();
    for (const remoteIds of [[], ['page-3'], ['page-1', 'page-9'], ['constructor']]) {
      await expect(choose(choiceToken, remoteIds)).rejects.toMatchObject({ name: 'Unprocessable' });
    }
    await expect(choose('made up', ['page-1'])).rejects.toMatchObject({ name: 'Conflict' });
    expect(await choose(choiceToken, ['page-1'])).toMatchObject({ kind: 'connected' });
  });

  it('a choice is open to the window of its login only', async () => {
    const { choiceToken } = await choice();
    const elsewhere = { remoteIds: ['page-1'], windows: ['another'] };
    await expect(agency.core.connect.choose(choiceToken, elsewhere)).rejects.toMatchObject({ reason: 'stale_choice' });
    await expect(agency.core.connect.offered(choiceToken, [])).rejects.toMatchObject({ reason: 'stale_choice' });
    expect(await choose(choiceToken, ['page-1'])).toMatchObject({ kind: 'connected' });
  });

  it('a choice is no login, and ends after ten minutes', async () => {
    const { choiceToken } = await choice();
    expect(await finish(choiceToken)).toMatchObject({ kind: 'refused' });
    await agency.time.pass(10 * minute + 1, () => Promise.resolve());
    await expect(choose(choiceToken, ['page-1'])).rejects.toMatchObject({ name: 'Conflict' });
  });

  it('names another client that uses an account to the agency, never to a client', async () => {
    await connectedClient(agency, { remoteId: 'page-2' });
    expect((await choice()).found[1]?.usedBy).toBe('Café Uno');
    const link = await agency.api.accounts.onboardingLink({ id: clientId });
    const token = link.url.split('/').at(-1) ?? '';
    const result = await finish(await begin({ onboardingToken: token }));
    if (result.kind !== 'choose') throw new Error(result.kind);
    expect(result.found[1]).toMatchObject({ usedBy: null, isShared: true });
    expect(result.next).toEqual({ kind: 'onboarding', token });
  });
});

describe('an account that another client has', () => {
  it('is connected only when that is confirmed, also when it is the only one', async () => {
    await connectedClient(agency);
    agency.facebook.found = [found()];
    const offer = await finish(await begin());
    if (offer.kind !== 'choose') throw new Error(offer.kind);
    expect(offer.found).toMatchObject([{ isShared: true, usedBy: 'Café Uno' }]);
    const chosen = (confirmed: string[]) => choose(offer.choiceToken, ['page-1'], confirmed);
    for (const confirmed of [[], ['page-2'], ['']]) {
      await expect(chosen(confirmed)).rejects.toMatchObject({ problems: [{ field: 'confirmed', code: 'shared' }] });
    }
    expect(await agency.core.connect.offered(offer.choiceToken, ['tab'])).toEqual(offer);
    expect(await chosen(['page-1'])).toMatchObject({ kind: 'connected' });
    await expect(agency.core.connect.offered(offer.choiceToken, ['tab'])).rejects.toMatchObject({
      reason: 'stale_choice',
    });
  });

  it('must be confirmed as well when the other client got it while the choice was open', async () => {
    agency.facebook.found = [found(), found({ remoteId: 'page-2' })];
    const offer = await finish(await begin());
    if (offer.kind !== 'choose') throw new Error(offer.kind);
    expect(offer.found.map(({ isShared }) => isShared)).toEqual([false, false]);
    await connectedClient(agency, { remoteId: 'page-2' });
    await expect(choose(offer.choiceToken, ['page-2'])).rejects.toMatchObject({
      name: 'Unprocessable',
    });
  });

  it('is not asked about when this client has it too', async () => {
    await connectedClient(agency);
    await connectAccount(agency, clientId);
    agency.facebook.found = [found()];
    expect(await finish(await begin())).toMatchObject({ kind: 'connected' });
  });
});

describe('connecting again', () => {
  it('renews the same row, and keeps a refresh token the network did not give again', async () => {
    const tiktok = { platform: 'tiktok' as const, remoteId: 'open-1', userToken: null };
    const id = await connectAccount(agency, clientId, { ...tiktok, refreshToken: new Secret('refresh-1') });
    await agency.api.accounts.update({ id: clientId, accountId: id, audited: true });
    await agency.store.accounts.update(id, { status: 'reconnect', statusReason: 'expired' });
    const again = await connectAccount(agency, clientId, { ...tiktok, accessToken: new Secret('access-2') });
    expect(again).toBe(id);
    const account = await agency.store.accounts.get(id);
    const tokens = account && openTokens({ ...agency.ports, locked: () => null }, account);
    expect(tokens?.accessToken.reveal()).toBe('access-2');
    expect(tokens?.refreshToken?.reveal()).toBe('refresh-1');
    expect(account).toMatchObject({ status: 'connected', statusReason: null, audited: true });
  });

  it('brings back a disconnected account under its old id', async () => {
    const id = await connectAccount(agency, clientId);
    await agency.api.accounts.disconnect({ id: clientId, accountId: id });
    expect((await agency.api.accounts.list({ id: clientId })).items).toEqual([]);
    expect(await connectAccount(agency, clientId)).toBe(id);
    expect((await agency.api.accounts.list({ id: clientId })).items).toHaveLength(1);
  });

  it('of a Page that another client has is allowed and noted', async () => {
    await connectedClient(agency);
    await connectAccount(agency, clientId);
    const { items } = await agency.api.logs({ kind: 'account.shared' });
    expect(items).toMatchObject([{ level: 'warning', clientId }]);
    expect(await agency.store.accounts.findByRemote('facebook', 'page-1')).toHaveLength(2);
  });
});
