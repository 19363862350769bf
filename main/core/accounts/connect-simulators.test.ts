import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Agency, startAgency } from '../../../test/agency.ts';
import { type NetworksBench, startNetworks } from '../../../test/networks.ts';
import { type Platform, usualVia, type Via } from '../../../shared/domain/platform.ts';

/* The whole way through the real adapters and the simulators' login, over HTTP. */

let bench: NetworksBench;
let agency: Agency;
let clientId: string;

beforeEach(async () => {
  bench = await startNetworks();
  agency = await startAgency({ networks: bench.networks });
  clientId = (await agency.api.clients.create({ name: 'Café Uno' })).id;
});

afterEach(() => bench.close());

const redirects: Record<Platform, string> = {
  facebook: 'http://127.0.0.1:4680/api/auth/facebook/callback',
  instagram: 'http://127.0.0.1:4680/api/auth/facebook/callback',
  tiktok: 'http://127.0.0.1:51000/callback/',
};

async function logIn(platform: Platform, declined: string[] = [], via: Via = usualVia(platform), who = clientId) {
  const redirectUri = redirects[platform];
  const url = new URL(await agency.core.connect.start({ platform, via, redirectUri, window: 'tab', clientId: who }));
  const scopes = (url.searchParams.get('scope') ?? '').split(',');
  const code =
    platform === 'tiktok'
      ? bench.tiktok.consent({
          creatorId: bench.creator.id,
          clientKey: 'agency',
          redirectUri,
          scopes: scopes.filter((scope) => !declined.includes(scope)),
          codeChallenge: url.searchParams.get('code_challenge') ?? '',
        })
      : via === 'instagram'
        ? bench.meta.instagramConsent({
            instagramId: bench.instagramId,
            appId: '1234567890',
            redirectUri,
            scopes: scopes.filter((scope) => !declined.includes(scope)),
          })
        : bench.meta.consent({ personId: bench.person.id, appId: '1234567890', redirectUri, scopes, declined });
  const state = url.searchParams.get('state') ?? '';
  return agency.core.connect.finish({ platform, state, code, error: null, windows: ['tab'] });
}

it('connects Facebook, Instagram and TikTok', async () => {
  for (const platform of ['facebook', 'instagram', 'tiktok'] as const) {
    expect(await logIn(platform)).toMatchObject({ kind: 'connected', accounts: [{ platform, status: 'connected' }] });
  }
  const { items } = await agency.api.accounts.list({ id: clientId });
  expect(items.map(({ platform }) => platform)).toEqual(['facebook', 'instagram', 'tiktok']);
});

it('tells which permission was not given', async () => {
  const result = await logIn('facebook', ['pages_manage_posts']);
  expect(result).toMatchObject({ kind: 'refused' });
  expect(result.kind === 'refused' && result.reason).toContain('pages_manage_posts');
  expect(await logIn('tiktok', ['video.upload'])).toMatchObject({ kind: 'refused' });
  expect(await agency.store.accounts.listAll()).toEqual([]);
});

it('asks again for what was declined, and only then', async () => {
  const start = (again: boolean) =>
    agency.core.connect.start({
      platform: 'facebook',
      redirectUri: redirects.facebook,
      window: 'tab',
      clientId,
      again,
    });
  expect(new URL(await start(false)).searchParams.get('auth_type')).toBeNull();
  expect(new URL(await start(true)).searchParams.get('auth_type')).toBe('rerequest');
});

it('keeps for each Page what was granted for that Page', async () => {
  const result = await logIn('facebook', ['read_insights']);
  expect(result.kind).toBe('connected');
  const [account] = await agency.store.accounts.listAll();
  expect(account?.scopes).toContain('pages_manage_posts');
  expect(account?.scopes).not.toContain('read_insights');
});

it("renews TikTok's tokens, and the new refresh token is the one used next", async () => {
  await logIn('tiktok');
  const [account] = await agency.store.accounts.listAll();
  const before = account?.sealedRefreshToken;
  expect(await agency.core.tokens.renewNow(account?.id ?? '')).toBe('renewed');
  expect(await agency.core.tokens.renewNow(account?.id ?? '')).toBe('renewed');
  const after = await agency.store.accounts.get(account?.id ?? '');
  expect(after?.sealedRefreshToken).not.toBe(before);
  expect(after?.status).toBe('connected');
});

it('puts the S256 challenge of a fresh verifier into the login address', async () => {
  const start = () =>
    agency.core.connect.start({ platform: 'tiktok', redirectUri: redirects.tiktok, window: 'tab', clientId });
  const challenges = [await start(), await start()].map((url) => new URL(url).searchParams.get('code_challenge') ?? '');
  expect(new Set(challenges).size).toBe(2);
  expect(challenges.every((challenge) => challenge.length === createHash('sha256').digest('hex').length)).toBe(true);
});

describe("Instagram's own login", () => {
  it('connects, remembers how, and names what was not permitted', async () => {
    const result = await logIn('instagram', ['instagram_business_manage_insights'], 'instagram');
    expect(result).toMatchObject({
      kind: 'connected',
      accounts: [{ platform: 'instagram', via: 'instagram', remoteId: bench.instagramId, status: 'connected' }],
    });
    const refused = await logIn('instagram', ['instagram_business_content_publish'], 'instagram');
    expect(refused).toMatchObject({ kind: 'refused', code: 'missing', via: 'instagram' });
    expect(refused.kind === 'refused' && refused.reason).toContain('instagram_business_content_publish');
  });

  it('is the same account as through the Page, whichever comes first', async () => {
    await logIn('instagram');
    const [before] = await agency.store.accounts.listAll();
    await logIn('instagram', [], 'instagram');
    const [direct, ...others] = await agency.store.accounts.listAll();
    expect(others).toEqual([]);
    expect(direct).toMatchObject({
      id: before?.id,
      remoteId: before?.remoteId,
      via: 'instagram',
      pageId: null,
      sealedUserToken: null,
      refreshExpiresAt: null,
    });
    expect(await agency.core.tokens.renewNow(direct?.id ?? '')).toBe('renewed');
    await logIn('instagram');
    const [again] = await agency.store.accounts.listAll();
    expect(again).toMatchObject({ id: before?.id, via: 'facebook', pageId: before?.pageId });
    expect(again?.sealedUserToken).not.toBeNull();
    expect(await agency.core.tokens.renewNow(again?.id ?? '')).toBe('renewed');
  });

  it('is not connected to a second client without a confirmation', async () => {
    const other = (await agency.api.clients.create({ name: 'Bakery Dois' })).id;
    await logIn('instagram', [], 'facebook', other);
    const offer = await logIn('instagram', [], 'instagram');
    expect(offer).toMatchObject({ kind: 'choose', found: [{ isShared: true, usedBy: 'Bakery Dois' }] });
    if (offer.kind !== 'choose') throw new Error('Nothing was offered.');
    const choice = { remoteIds: [bench.instagramId], windows: ['tab'] };
    await expect(agency.core.connect.choose(offer.choiceToken, choice)).rejects.toMatchObject({
      problems: [{ code: 'shared' }],
    });
    const confirmed = { ...choice, confirmed: [bench.instagramId] };
    expect(await agency.core.connect.choose(offer.choiceToken, confirmed)).toMatchObject({ kind: 'connected' });
  });

  it('is connected again by the login it is connected by, and a first one through the Page', async () => {
    const dialog = async () =>
      new URL(
        await agency.core.connect.start({
          platform: 'instagram',
          redirectUri: redirects.instagram,
          window: 'tab',
          clientId,
        }),
      ).pathname;
    expect(await dialog()).toBe('/v26.0/dialog/oauth');
    await logIn('instagram', [], 'instagram');
    expect(await dialog()).toBe('/oauth/authorize');
  });

  it('is known by its name should the two logins call it by different ids', async () => {
    await logIn('instagram');
    const [before] = await agency.store.accounts.listAll();
    await agency.store.accounts.update(before?.id ?? '', { remoteId: '17841499999999999', username: 'Cafe.Uno' });
    await logIn('instagram', [], 'instagram');
    expect(await agency.store.accounts.listAll()).toMatchObject([
      { id: before?.id, remoteId: bench.instagramId, via: 'instagram' },
    ]);
  });

  it('is the one with its id, also when another one is still known by the name that it has now', async () => {
    await logIn('instagram', [], 'instagram');
    const [mine] = await agency.store.accounts.listAll();
    if (mine === undefined) throw new Error('Nothing was connected.');
    const renamed = { ...mine, id: 'renamed', via: 'facebook' as const, remoteId: '17841499999999999', pageId: '1' };
    await agency.store.accounts.insert(renamed);
    expect(await logIn('instagram', [], 'instagram')).toMatchObject({ accounts: [{ id: mine.id }] });
    expect(await agency.store.accounts.get('renamed')).toMatchObject({ via: 'facebook', remoteId: renamed.remoteId });
  });

  it('tells that nothing is ended at the network when it is disconnected', async () => {
    await logIn('instagram', [], 'instagram');
    const [account] = await agency.store.accounts.listAll();
    const ids = { id: clientId, accountId: account?.id ?? '' };
    expect(await agency.api.accounts.disconnectEffect(ids)).toEqual({ revokesLogin: false, others: 0 });
    await agency.api.accounts.disconnect(ids);
    expect(await agency.store.accounts.listAll()).toEqual([]);
  });
});
