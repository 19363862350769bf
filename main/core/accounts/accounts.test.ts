import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectAccount, connectedClient, hour, noon, startAgency } from '../../../test/agency.ts';
import { NetworkFailure, SecretUnreadable } from '../ports/index.ts';
import { openAccess } from './access.ts';

let agency: Agency;
let clientId: string;
let accountId: string;

beforeEach(async () => {
  agency = await startAgency();
  ({ clientId, accountId } = await connectedClient(agency));
});

async function approvedPost(accountIds: string[]) {
  const { id } = await agency.api.pipeline.create({
    clientId,
    caption: 'Fresh bread',
    scheduledFor: new Date(noon + hour).toISOString(),
    targets: accountIds.map((account) => ({ accountId: account })),
  });
  return agency.api.pipeline.approve({ id });
}

describe('disconnecting', () => {
  it('erases the tokens and holds what was to be posted there', async () => {
    const second = await connectAccount(agency, clientId, { platform: 'instagram', remoteId: 'ig-1' });
    const [both, other] = [await approvedPost([accountId, second]), await approvedPost([second])];
    await agency.api.accounts.disconnect({ id: clientId, accountId });
    expect(await agency.store.accounts.get(accountId)).toMatchObject({
      sealedAccessToken: null,
      sealedRefreshToken: null,
      sealedUserToken: null,
      disconnectedAt: noon,
    });
    const post = await agency.api.pipeline.get({ id: both.id });
    expect(post.status).toBe('held');
    expect(post.heldReason).toContain('was disconnected');
    expect(post.targets.map(({ status }) => status)).toEqual(['held', 'pending']);
    expect(post.problems).toMatchObject([{ field: 'targets', code: 'disconnected' }]);
    expect((await agency.api.pipeline.get({ id: other.id })).status).toBe('approved');
    await expect(agency.api.accounts.disconnect({ id: clientId, accountId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('ends the login at the network with the last account on it, whichever client that is of', async () => {
    const instagram = await connectAccount(agency, clientId, { platform: 'instagram', remoteId: 'ig-1' });
    const other = await connectedClient(agency, { remoteId: 'page-2' });
    const stranger = await connectedClient(agency, { remoteId: 'page-3', loginId: 'bo' });
    const effect = (of: { clientId: string; accountId: string }) =>
      agency.api.accounts.disconnectEffect({ id: of.clientId, accountId: of.accountId });
    const end = (of: { clientId: string; accountId: string }) =>
      agency.api.accounts.disconnect({ id: of.clientId, accountId: of.accountId });

    expect(await effect({ clientId, accountId })).toEqual({ revokesLogin: false, others: 2 });
    await end({ clientId, accountId });
    await end(other);
    expect(agency.facebook.revoked).toEqual([]);
    expect(await effect({ clientId, accountId: instagram })).toEqual({ revokesLogin: true, others: 0 });
    await end({ clientId, accountId: instagram });
    expect(agency.instagram.revoked).toEqual(['ana token-of-page-1']);
    expect(await effect(stranger)).toEqual({ revokesLogin: true, others: 0 });
    expect((await agency.api.accounts.list({ id: stranger.clientId })).items).toHaveLength(1);
  });

  it('leaves a login alone while an account is connected of which nobody knows whose it is', async () => {
    const old = await connectedClient(agency, { remoteId: 'page-2', loginId: null });
    const of = (account: typeof old) => ({ id: account.clientId, accountId: account.accountId });
    expect(await agency.api.accounts.disconnectEffect({ id: clientId, accountId })).toMatchObject({
      revokesLogin: false,
    });
    await agency.api.accounts.disconnect({ id: clientId, accountId });
    await agency.api.accounts.disconnect(of(old));
    expect(agency.facebook.revoked).toEqual([]);
  });

  it('of a TikTok account that another client has leaves it that', async () => {
    const tiktok = { platform: 'tiktok' as const, remoteId: 'open-1' };
    const mine = await connectAccount(agency, clientId, tiktok);
    const theirs = await connectedClient(agency, tiktok);
    await agency.api.accounts.disconnect({ id: clientId, accountId: mine });
    expect(agency.tiktok.revoked).toEqual([]);
    await agency.api.accounts.disconnect({ id: theirs.clientId, accountId: theirs.accountId });
    expect(agency.tiktok.revoked).toEqual(['open-1 token-of-page-1']);
  });

  it('works while the network does not', async () => {
    agency.facebook.revokeFails = true;
    await agency.api.accounts.disconnect({ id: clientId, accountId });
    expect(await agency.store.accounts.get(accountId)).toMatchObject({ sealedAccessToken: null });
    expect(agency.logged.join()).not.toContain('token-of-page-1');
  });

  it('is refused while the app is locked, and erases nothing', async () => {
    agency.lock.reason = 'The key is missing.';
    await expect(agency.api.accounts.disconnect({ id: clientId, accountId })).rejects.toMatchObject({ code: 'LOCKED' });
    expect((await agency.store.accounts.get(accountId))?.sealedAccessToken).not.toBeNull();
  });

  it("of another client's account is refused", async () => {
    const other = await connectedClient(agency, { remoteId: 'page-2' });
    await expect(agency.api.accounts.disconnect({ id: clientId, accountId: other.accountId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(agency.facebook.revoked).toEqual([]);
  });
});

describe('TikTok only', () => {
  it('is audited or not, and says what the creator may choose', async () => {
    const tiktok = await connectAccount(agency, clientId, { platform: 'tiktok', remoteId: 'open-1' });
    expect(await agency.api.accounts.update({ id: clientId, accountId: tiktok, audited: true })).toMatchObject({
      audited: true,
    });
    expect(await agency.api.accounts.creatorInfo({ id: clientId, accountId: tiktok })).toMatchObject({
      privacyLevels: ['SELF_ONLY'],
    });
    await agency.store.accounts.update(tiktok, { sealedAccessToken: 'broken' });
    await expect(agency.api.accounts.creatorInfo({ id: clientId, accountId: tiktok })).rejects.toMatchObject({
      data: { reason: 'reconnect' },
    });
    expect(await agency.store.accounts.get(tiktok)).toMatchObject({ status: 'reconnect' });
    for (const call of [
      agency.api.accounts.update({ id: clientId, accountId, audited: true }),
      agency.api.accounts.creatorInfo({ id: clientId, accountId }),
    ]) {
      await expect(call).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'not_tiktok' } });
    }
  });
});

describe('recent posts', () => {
  const recent = () => agency.api.accounts.recentPosts({ id: clientId, accountId });
  const shown = (remoteId: string, at: number) => ({
    remoteId,
    text: `Text of ${remoteId}`,
    isTextCut: false,
    at,
    permalink: null,
  });

  it('are what the network shows of the last month, each with our post when it is known to be ours', async () => {
    const post = await approvedPost([accountId]);
    await agency.core.publishing.start();
    await agency.api.pipeline.publishNow({ id: post.id });
    await agency.core.publishing.publishDue();
    await agency.core.publishing.idle();
    agency.facebook.recent = [
      shown('other', noon - hour),
      shown('live-container-1', noon - 2 * hour),
      shown('old', noon - 31 * 24 * hour),
    ];
    expect(await recent()).toEqual({
      items: [
        { remoteId: 'other', text: 'Text of other', at: '2026-11-24T11:00:00.000Z', permalink: null, postId: null },
        {
          remoteId: 'live-container-1',
          text: 'Text of live-container-1',
          at: '2026-11-24T10:00:00.000Z',
          permalink: null,
          postId: post.id,
        },
      ],
    });
  });

  it('that cannot be seen are not shown as none', async () => {
    agency.facebook.recent = null;
    await expect(recent()).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'not_shown' } });
    agency.facebook.recent = new NetworkFailure({ class: 'transient', code: '2', message: 'The network stumbled.' });
    await expect(recent()).rejects.toMatchObject({ code: 'UPSTREAM' });
    await agency.store.accounts.update(accountId, { sealedAccessToken: 'broken' });
    await expect(recent()).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'reconnect' } });
  });
});

describe('access', () => {
  it('opens for its own row only', async () => {
    const account = await agency.store.accounts.get(accountId);
    if (account === undefined) throw new Error('gone');
    const deps = { secrets: agency.ports.secrets, locked: () => null };
    expect(openAccess(deps, account).token.reveal()).toBe('token-of-page-1');
    for (const change of [{ id: 'other' }, { remoteId: 'page-2' }, { sealedAccessToken: account.sealedUserToken }]) {
      expect(() => openAccess(deps, { ...account, ...change })).toThrow(SecretUnreadable);
    }
  });
});
