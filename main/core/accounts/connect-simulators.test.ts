import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Agency, startAgency } from '../../../test/agency.ts';
import { type NetworksBench, startNetworks } from '../../../test/networks.ts';
import type { Platform } from '../../../shared/domain/platform.ts';

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

async function logIn(platform: Platform, declined: string[] = []) {
  const redirectUri = redirects[platform];
  const url = new URL(await agency.core.connect.start({ platform, redirectUri, window: 'tab', clientId }));
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
