import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectAccount, connectedClient, day, hour, noon, startAgency } from '../../../test/agency.ts';
import { NetworkFailure, type RenewedTokens, Secret } from '../ports/index.ts';
import { openTokens } from './access.ts';
import { needsRenewal } from './refresh-tokens.ts';

let agency: Agency;
let clientId: string;
let accountId: string;

beforeEach(async () => {
  agency = await startAgency();
  ({ clientId, accountId } = await connectedClient(agency, {
    platform: 'tiktok',
    remoteId: 'open-1',
    accessToken: new Secret('access-1'),
    refreshToken: new Secret('refresh-1'),
    userToken: null,
    expiresAt: noon + hour,
    refreshExpiresAt: noon + 300 * day,
  }));
});

function renewed(change: Partial<RenewedTokens> = {}): RenewedTokens {
  return {
    accessToken: new Secret('access-2'),
    refreshToken: new Secret('refresh-2'),
    userToken: null,
    expiresAt: noon + day,
    refreshExpiresAt: noon + 365 * day,
    ...change,
  };
}

function failure(kind: 'token' | 'transient' | 'config') {
  return new NetworkFailure({ class: kind, code: 'x', message: 'The network said no.' });
}

async function stored() {
  const account = await agency.store.accounts.get(accountId);
  if (account === undefined) throw new Error('gone');
  const tokens = openTokens({ ...agency.ports, locked: () => null }, account);
  return { account, access: tokens.accessToken.reveal(), refresh: tokens.refreshToken?.reveal() };
}

describe('the job', () => {
  it('renews what is near its end and keeps both tokens', async () => {
    agency.tiktok.renewals = [renewed()];
    await agency.core.tokens.refreshDue();
    expect(agency.tiktok.renewedWith).toEqual([{ accessToken: 'access-1', refreshToken: 'refresh-1' }]);
    expect(await stored()).toMatchObject({
      access: 'access-2',
      refresh: 'refresh-2',
      account: { status: 'connected', expiresAt: noon + day },
    });
    await agency.core.tokens.refreshDue();
    expect(agency.tiktok.renewedWith).toHaveLength(1);
  });

  it('never replaces a refresh token with nothing', async () => {
    agency.tiktok.renewals = [renewed({ refreshToken: null, refreshExpiresAt: null })];
    await agency.core.tokens.refreshDue();
    expect(await stored()).toMatchObject({
      access: 'access-2',
      refresh: 'refresh-1',
      account: { refreshExpiresAt: noon + 300 * day },
    });
  });

  it('takes a stumble of the network for what it is, and mends it the next time', async () => {
    agency.tiktok.renewals = [failure('transient'), failure('transient'), renewed()];
    await agency.core.tokens.refreshDue();
    expect(await stored()).toMatchObject({ access: 'access-1', account: { status: 'expiring' } });
    await agency.core.tokens.refreshDue();
    const { items } = await agency.api.logs({ kind: 'account.expiring' });
    expect(items).toHaveLength(1);
    await agency.core.tokens.refreshDue();
    expect(await stored()).toMatchObject({ access: 'access-2', account: { status: 'connected', statusReason: null } });
  });

  it('asks to reconnect once when the network will not have the token any more', async () => {
    agency.tiktok.renewals = [failure('token')];
    await agency.core.tokens.refreshDue();
    await agency.core.tokens.refreshDue();
    expect(agency.tiktok.renewedWith).toHaveLength(1);
    const { account } = await stored();
    expect(account).toMatchObject({ status: 'reconnect', statusReason: 'The network said no.' });
    expect((await agency.api.logs({ kind: 'account.reconnect' })).items).toMatchObject([{ level: 'error', accountId }]);
  });

  it('does not stop at an account whose token cannot be opened', async () => {
    await agency.store.accounts.update(accountId, { sealedAccessToken: 'broken' });
    const other = await connectedClient(agency, {
      platform: 'tiktok',
      remoteId: 'open-2',
      refreshToken: new Secret('refresh-other'),
      expiresAt: noon + hour,
    });
    agency.tiktok.renewals = [renewed()];
    await agency.core.tokens.refreshDue();
    expect(await agency.store.accounts.get(accountId)).toMatchObject({ status: 'reconnect' });
    expect(await agency.store.accounts.get(other.accountId)).toMatchObject({ expiresAt: noon + day });
  });

  it.each([
    ['ends well', () => renewed()],
    ['is refused', () => failure('token')],
  ])('leaves alone what a person connected while the renewal ran, when that %s', async (_, end) => {
    agency.tiktok.renew = async () => {
      await connectAccount(agency, clientId, {
        platform: 'tiktok',
        remoteId: 'open-1',
        accessToken: new Secret('access-new'),
        refreshToken: new Secret('refresh-new'),
        expiresAt: noon + day,
      });
      const result = end();
      if (result instanceof Error) throw result;
      return result;
    };
    await agency.core.tokens.refreshDue();
    expect(await stored()).toMatchObject({
      access: 'access-new',
      refresh: 'refresh-new',
      account: { status: 'connected' },
    });
  });

  it('touches nothing while the app is locked', async () => {
    agency.lock.reason = 'The key is missing.';
    await agency.core.tokens.refreshDue();
    expect(agency.tiktok.renewedWith).toEqual([]);
    expect(await agency.store.accounts.get(accountId)).toMatchObject({ status: 'connected' });
  });
});

describe('renewing now', () => {
  it('happens once for all who ask at the same time', async () => {
    agency.tiktok.renewals = [renewed()];
    const answers = await Promise.all([1, 2, 3].map(() => agency.core.tokens.renewNow(accountId)));
    expect(answers).toEqual(['renewed', 'renewed', 'renewed']);
    expect(agency.tiktok.renewedWith).toHaveLength(1);
  });

  it('says whether a person is needed', async () => {
    agency.tiktok.renewals = [failure('transient'), failure('token')];
    expect(await agency.core.tokens.renewNow(accountId)).toBe('later');
    expect(await agency.core.tokens.renewNow(accountId)).toBe('reconnect');
    expect(await agency.core.tokens.renewNow('nobody')).toBe('reconnect');
  });
});

it('renews before the job looks again, and leaves alone what never ends', () => {
  const account = {
    platform: 'tiktok' as const,
    status: 'connected' as const,
    refreshExpiresAt: null,
    disconnectedAt: null,
  };
  expect(needsRenewal({ ...account, expiresAt: noon + 6 * hour }, noon)).toBe(true);
  expect(needsRenewal({ ...account, expiresAt: noon + 8 * hour }, noon)).toBe(false);
  const page = { ...account, platform: 'facebook' as const };
  expect(needsRenewal({ ...page, expiresAt: noon + 14 * day }, noon)).toBe(true);
  expect(needsRenewal({ ...page, expiresAt: noon + 16 * day }, noon)).toBe(false);
  expect(needsRenewal({ ...page, expiresAt: null }, noon)).toBe(false);
  expect(needsRenewal({ ...page, expiresAt: null, refreshExpiresAt: noon + 14 * day }, noon)).toBe(true);
  expect(needsRenewal({ ...page, expiresAt: noon, status: 'reconnect' }, noon)).toBe(false);
});
