import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  codeVerifier,
  connect,
  connectedAccount,
  type NetworksBench,
  prepare,
  publication,
  send,
  startNetworks,
  tiktokRedirect,
  video,
  renew,
  renewableOf,
} from '../../test/networks.ts';
import { type AccountAccess, GateClosed, type Handle, type SocialNetwork } from '../core/ports/networks.ts';
import { Secret } from '../core/ports/secrets.ts';
import { planChunks } from './tiktok-upload.ts';

let bench: NetworksBench;
let tiktok: SocialNetwork;
let account: AccountAccess;
beforeEach(async () => {
  bench = await startNetworks();
  tiktok = bench.networks.tiktok;
  account = await connectedAccount(bench, 'tiktok');
});
afterEach(async () => {
  await bench.close();
  expect(bench.logged.join()).not.toMatch(/EAA[A-Za-z0-9]{20}|IGAA|act\.|rft\.|secret|upload_token/);
});

const fault = (operation: string, kind: string, value?: unknown, skip = 0) =>
  bench.tiktok.faults.add({ operation, kind, value, skip });
const inboxPost = () => publication('Caption', [video()]);
const direct = { mode: 'direct', privacyLevel: 'PUBLIC_TO_EVERYONE', consent: true };
const directPost = (options = {}) => publication('Caption #tag', [video({ aiMade: true })], { ...direct, ...options });
const commit = async (post = inboxPost()) => {
  const { handle } = await prepare(tiktok, account, post);
  return { handle, outcome: await tiktok.commit(account, post, handle, send) };
};
const look = (handle: Handle) => tiktok.lookUp(account, inboxPost(), handle, bench.clock.now);
/** A file that needs several chunks. */
const large = () => video({ bytes: Buffer.concat([video().bytes, new Uint8Array(65_000_000)]) });

describe('inbox', () => {
  it('announces the video, stores the publish id before any byte, and delivers with the last chunk', async () => {
    const { handle, kept } = await prepare(tiktok, account, inboxPost());
    expect(kept).toEqual([handle]);
    expect(bench.tiktok.ledger.count('tiktok.upload')).toBe(0);
    expect(JSON.stringify(handle)).not.toMatch(/http|token/);
    expect(await look(handle)).toEqual({ kind: 'absent' });

    expect(await tiktok.commit(account, inboxPost(), handle, send)).toEqual({ kind: 'accepted' });
    expect(await look(handle)).toEqual({ kind: 'processing' });
    expect(await look(handle)).toEqual({ kind: 'delivered' });
    expect(bench.tiktok.inbox()).toHaveLength(1);
  });

  it('leaves at most 20 MB for the last request, which must be through within a minute', () => {
    for (const size of [1, 4_999_999, 19_999_999, 20_000_000, 63_999_999, 64_000_001, 500_000_000, 4_000_000_000]) {
      const { chunkSize, chunkCount } = planChunks(size);
      expect(chunkCount).toBe(Math.floor(size / chunkSize));
      expect(size - (chunkCount - 1) * chunkSize).toBeLessThanOrEqual(20_000_000);
      if (chunkCount > 1) expect(chunkSize).toBeGreaterThanOrEqual(5 * 1024 * 1024);
    }
  });

  it('cuts a large file into chunks and survives lost answers between them', async () => {
    const post = publication('Large', [large()]);
    fault('tiktok.upload', 'lost-answer', undefined, 1);
    fault('tiktok.upload', 'status', { status: 503 }, 2);
    const { handle } = await prepare(tiktok, account, post);
    expect(bench.tiktok.inbox()).toEqual([]);
    expect(await tiktok.commit(account, post, handle, send)).toEqual({ kind: 'accepted' });
    expect(bench.tiktok.ledger.count('tiktok.inbox_delivered')).toBe(1);
  });

  it.each(['last-byte', 'byte-count'] as const)('understands %s in the answered range', async (meaning) => {
    bench.tiktok.settings.uploadedRange = meaning;
    const post = publication('Large', [large()]);
    fault('tiktok.upload', 'lost-answer');
    const { handle } = await prepare(tiktok, account, post);
    expect(await tiktok.commit(account, post, handle, send)).toEqual({ kind: 'accepted' });
  });

  it('starts anew, as a refusal, when the secret upload address was lost', async () => {
    const { handle } = await prepare(tiktok, account, inboxPost());
    bench.clock.now += 3_600_000;
    const again = await prepare(tiktok, account, inboxPost(), handle);
    expect(again.handle.publishId).not.toBe(handle.publishId);
    expect(await tiktok.commit(account, inboxPost(), handle, send)).toMatchObject({
      kind: 'refused',
      failure: { class: 'transient', code: 'upload_lost' },
    });
    expect(bench.tiktok.ledger.count('tiktok.upload')).toBe(0);
  });

  it('finds out what became of a lost answer by the publish id', async () => {
    fault('tiktok.upload', 'lost-answer');
    const { handle, outcome } = await commit();
    expect(outcome.kind).toBe('unknown');
    bench.tiktok.settings.statusPolls = 0;
    expect(await look(handle)).toEqual({ kind: 'delivered' });
  });

  it('may send the same last chunk again: the same publish id cannot deliver twice', async () => {
    fault('tiktok.upload', 'reset');
    const { handle, outcome } = await commit();
    expect(outcome.kind).toBe('unknown');
    expect(await look(handle)).toEqual({ kind: 'absent' });
    const resumed = await prepare(tiktok, account, inboxPost(), handle);
    expect(resumed.handle).toEqual(handle);
    expect(await tiktok.commit(account, inboxPost(), handle, send)).toEqual({ kind: 'accepted' });
    expect(bench.tiktok.ledger.count('tiktok.inbox_delivered')).toBe(1);
  });

  it.each([
    [400, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [416, 'refused'],
    [500, 'unknown'],
    [206, 'unknown'],
    [200, 'unknown'],
  ])('HTTP %i to the last chunk is %s', async (status, kind) => {
    fault('tiktok.upload', 'status', { status });
    expect((await commit()).outcome.kind).toBe(kind);
  });

  it('lets a shut gate through', async () => {
    const { handle } = await prepare(tiktok, account, inboxPost());
    const shut = () => Promise.reject(new GateClosed('kill switch'));
    await expect(tiktok.commit(account, inboxPost(), handle, shut)).rejects.toBeInstanceOf(GateClosed);
    expect(bench.tiktok.ledger.count('tiktok.upload')).toBe(0);
  });
});

describe('the windows of a minute', () => {
  it('are kept: a thirty-first question about posts is not sent, and is said to fit when it does', async () => {
    bench.tiktok.settings.statusPolls = 100;
    const { handle } = await commit();
    for (let asked = 0; asked < 30; asked++) {
      expect(tiktok.lookUpsFrom(account.remoteId)).toBeNull();
      expect(await look(handle)).toEqual({ kind: 'processing' });
      bench.clock.now += 1_000;
    }
    expect(tiktok.lookUpsFrom(account.remoteId)).toBe(bench.clock.now + 30_000);
    expect(tiktok.lookUpsFrom('another')).toBeNull();
    await expect(look(handle)).rejects.toMatchObject({ failure: { class: 'rate', code: 'window' } });
    expect(bench.tiktok.ledger.count('tiktok.status')).toBe(30);
    bench.clock.now += 30_000;
    expect(tiktok.lookUpsFrom(account.remoteId)).toBeNull();
    expect(await look(handle)).toEqual({ kind: 'processing' });
  });

  it('leave to posts what they need of the questions about a creator', async () => {
    for (let asked = 0; asked < 14; asked++) await bench.networks.creatorInfo(account);
    await expect(bench.networks.creatorInfo(account)).rejects.toMatchObject({ failure: { code: 'window' } });
    for (let posts = 0; posts < 6; posts++) await prepare(tiktok, account, directPost());
    expect(bench.tiktok.ledger.count('tiktok.creator_info')).toBe(20);
  });
});

describe('direct post', () => {
  it('is public under its exact 19-digit id', async () => {
    bench.tiktok.settings.statusPolls = 0;
    const { handle } = await commit(directPost());
    const [post] = bench.tiktok.publicPosts();
    expect(await look(handle)).toEqual({
      kind: 'published',
      remoteId: post?.id,
      permalink: `${bench.tiktok.origins.www}/@cafe.uno/video/${post?.id}`,
    });
    expect(post?.id).toMatch(/^\d{19}$/);
    expect(post).toMatchObject({ text: 'Caption #tag', aiLabel: true });
  });

  it('stays published without a link while the id is not told', async () => {
    Object.assign(bench.tiktok.settings, { statusPolls: 0, postIdNeverFilled: true });
    const { handle } = await commit(directPost());
    expect(await look(handle)).toEqual({ kind: 'published', remoteId: null, permalink: null });
  });

  it('keeps switched off what a person did not allow or the creator forbids', async () => {
    bench.tiktok.addCreator({ username: 'cafe.uno', nickname: 'Café Uno', duetDisabled: true, maxVideoSeconds: 600 });
    const info = await bench.networks.creatorInfo(account);
    expect(info).toMatchObject({ username: 'cafe.uno', duetDisabled: true, maxVideoSeconds: 600 });
    expect(info.privacyLevels).toContain('PUBLIC_TO_EVERYONE');
    expect(info.avatar).toMatch(/^data:image\/svg\+xml;base64,/);
    expect(await commit(directPost({ allowDuet: true }))).toMatchObject({ outcome: { kind: 'accepted' } });
  });

  it.each([
    [{ privacyLevel: 'FOLLOWER_OF_CREATOR' }, 'privacy_level_option_mismatch'],
    [{ consent: undefined }, 'check/consent'],
    [{ privacyLevel: undefined }, 'check/privacy'],
    [{ brandContent: true, privacyLevel: 'SELF_ONLY' }, 'check/branded_private'],
  ])('with %j stops before anything is sent', async (options, code) => {
    await expect(prepare(tiktok, account, directPost(options))).rejects.toMatchObject({
      failure: { class: 'content', code },
    });
    expect(bench.tiktok.ledger.count('tiktok.video.init')).toBe(0);
  });

  it('is for audited apps only, and for videos the creator may post', async () => {
    const unaudited = { ...account, audited: false };
    await expect(prepare(tiktok, unaudited, directPost())).rejects.toMatchObject({
      failure: { code: 'check/not_audited' },
    });
    bench.tiktok.addCreator({ username: 'cafe.uno', nickname: 'Café Uno', maxVideoSeconds: 5 });
    await expect(prepare(tiktok, account, directPost())).rejects.toMatchObject({ failure: { code: 'duration' } });
  });
});

describe('failures', () => {
  it.each([
    ['access_token_invalid', 'token'],
    ['scope_not_authorized', 'permission'],
    ['rate_limit_exceeded', 'rate'],
    ['spam_risk_too_many_pending_share', 'rate'],
    ['spam_risk_user_banned_from_posting', 'account'],
    ['url_ownership_unverified', 'config'],
    ['internal_error', 'transient'],
    ['invalid_param', 'content'],
  ])('%s is %s', async (code, failureClass) => {
    fault('tiktok.inbox.init', 'error', code);
    await expect(prepare(tiktok, account, inboxPost())).rejects.toMatchObject({
      failure: { class: failureClass, code },
    });
  });

  it('caps of the whole app are told as such, even with HTTP 200', async () => {
    fault('tiktok.creator_info', 'error', 'reached_active_user_cap');
    await expect(bench.networks.creatorInfo(account)).rejects.toMatchObject({
      failure: { class: 'rate', appWide: true, httpStatus: 200, retryAt: bench.clock.now + 86_400_000 },
    });
  });

  it('after a 429 nothing is asked for a minute', async () => {
    fault('tiktok.inbox.init', 'error', 'rate_limit_exceeded');
    await expect(prepare(tiktok, account, inboxPost())).rejects.toMatchObject({ failure: { class: 'rate' } });
    const before = bench.tiktok.ledger.entries.length;
    await expect(prepare(tiktok, account, inboxPost())).rejects.toMatchObject({ failure: { class: 'rate' } });
    expect(bench.tiktok.ledger.entries).toHaveLength(before);
    bench.clock.now += 60_000;
    await prepare(tiktok, account, inboxPost());
  });

  it.each([
    ['internal', 'transient'],
    ['frame_rate_check_failed', 'content'],
    ['auth_removed', 'permission'],
    ['spam_risk_too_many_posts', 'rate'],
    ['something_new', 'content'],
  ])('fail_reason %s is %s', async (reason, failureClass) => {
    bench.tiktok.settings.statusPolls = 0;
    fault('tiktok.processing', 'fail_reason', reason);
    const { handle } = await commit();
    expect(await look(handle)).toMatchObject({
      kind: 'refused',
      failure: { class: failureClass, code: `fail_reason/${reason}` },
    });
  });

  it('of a video whose last answer was lost lead to a new upload, not to more of the failed one', async () => {
    bench.tiktok.settings.statusPolls = 0;
    fault('tiktok.upload', 'lost-answer');
    fault('tiktok.processing', 'fail_reason', 'internal');
    const { handle, outcome } = await commit();
    expect(outcome.kind).toBe('unknown');
    expect(await look(handle)).toMatchObject({ kind: 'refused' });
    const again = await prepare(tiktok, account, inboxPost(), handle);
    expect(again.handle.publishId).not.toBe(handle.publishId);
  });

  it('of a look-up say nothing about the post', async () => {
    const { handle } = await commit();
    fault('tiktok.status', 'status', { status: 500, body: '' });
    await expect(look(handle)).rejects.toMatchObject({ failure: { class: 'transient' } });
  });

  it('never show the upload address or the token in a log', async () => {
    fault('tiktok.upload', 'status', { status: 403 });
    await commit();
    fault('tiktok.inbox.init', 'error', 'internal_error');
    await prepare(tiktok, account, inboxPost()).catch(() => undefined);
    expect(bench.logged.join()).not.toMatch(/upload_token|act\.|agency-secret/);
    expect(bench.logged).not.toEqual([]);
  });
});

describe('login', () => {
  it('uses the hexadecimal challenge on loopback and none on https', async () => {
    const input = { via: 'tiktok' as const, state: 's', codeVerifier };
    const desktop = new URL(await tiktok.authorizeUrl({ ...input, redirectUri: tiktokRedirect }));
    expect(desktop.searchParams.get('code_challenge')).toMatch(/^[0-9a-f]{64}$/);
    expect(desktop.searchParams.get('code_challenge_method')).toBe('S256');
    const web = new URL(await tiktok.authorizeUrl({ ...input, redirectUri: 'https://agency.example/callback' }));
    expect(web.searchParams.has('code_challenge')).toBe(false);
  });

  it('finds the account with its expiries', async () => {
    const [found] = await connect(bench, 'tiktok');
    expect(found).toMatchObject({
      displayName: 'Café Uno',
      username: 'cafe.uno',
      expiresAt: bench.clock.now + 86_400_000,
      refreshExpiresAt: bench.clock.now + 31_536_000_000,
      missing: [],
    });
  });

  it('copes with scopes that were unticked', async () => {
    const [found] = await connect(bench, 'tiktok', { declined: ['video.upload', 'user.info.profile'] });
    expect(found).toMatchObject({ displayName: 'Café Uno', username: null });
    expect(found?.missing[0]).toContain('video.upload');
  });

  it('does not lose a login because the name could not be read', async () => {
    fault('tiktok.user_info', 'status', { status: 500, body: '' });
    expect(await connect(bench, 'tiktok')).toMatchObject([{ displayName: 'TikTok', missing: [] }]);
  });

  it('takes the new refresh token, and keeps the old one when none came', async () => {
    const [found] = await connect(bench, 'tiktok');
    if (found === undefined) throw new Error('none');
    const first = await renew(tiktok, found);
    expect(first.refreshToken?.reveal()).not.toBe(found.refreshToken?.reveal());
    await expect(tiktok.renew(renewableOf(found))).rejects.toMatchObject({
      failure: { class: 'token', code: 'invalid_grant' },
    });
    const answer = { open_id: 'o', scope: 's', access_token: 'act.2', expires_in: 86_400 };
    fault('tiktok.token', 'status-after', { status: 200, body: answer });
    const second = await renew(tiktok, { ...found, ...first });
    expect(second.refreshToken?.reveal()).toBe(first.refreshToken?.reveal());
    expect(second.accessToken.reveal()).toBe('act.2');
  });

  it('revokes this account, and tells a wrong secret from a dead login', async () => {
    const [found] = await connect(bench, 'tiktok');
    if (found === undefined) throw new Error('none');
    await tiktok.revoke(renewableOf(found), found.remoteId);
    const dead = { ...account, token: found.accessToken };
    await expect(prepare(tiktok, dead, inboxPost())).rejects.toMatchObject({ failure: { class: 'token' } });
    fault('tiktok.token', 'error', 'invalid_client');
    const wrong = { ...found, refreshToken: new Secret('rft.x') };
    await expect(tiktok.renew(renewableOf(wrong))).rejects.toMatchObject({ failure: { class: 'config' } });
  });
});
