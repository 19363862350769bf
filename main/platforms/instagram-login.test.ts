import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accessOf,
  codeVerifier,
  connect,
  connectedAccount,
  image,
  metaRedirect,
  type NetworksBench,
  prepare,
  publication,
  send,
  startNetworks,
  video,
} from '../../test/networks.ts';
import type { AccountAccess, RenewableTokens, SocialNetwork } from '../core/ports/networks.ts';

/* Instagram's own login against the simulator, over HTTP; Instagram fetches the media from a real address here. */

const day = 24 * 3_600_000;
const via = 'instagram' as const;
let bench: NetworksBench;
let instagram: SocialNetwork;
beforeEach(async () => {
  bench = await startNetworks();
  instagram = bench.networks.instagram;
});
afterEach(async () => {
  await bench.close();
  expect(bench.logged.join()).not.toMatch(/EAA[A-Za-z0-9]{20}|IGAA|secret|\/handout\//);
});

const fault = (operation: string, kind: string, value?: unknown) => bench.meta.faults.add({ operation, kind, value });
const live = () => bench.meta.publicPosts().filter(({ platform }) => platform === 'instagram');
const count = (operation: string) => bench.meta.ledger.count(operation);

describe('the login', () => {
  it('finds the account that the Page variant finds, under the same id', async () => {
    const [direct] = await connect(bench, 'instagram', { via });
    const [throughPage] = await connect(bench, 'instagram');
    expect(direct).toMatchObject({
      via: 'instagram',
      remoteId: bench.instagramId,
      displayName: 'Cafe Uno',
      username: 'cafe.uno',
      pageId: null,
      loginId: bench.instagramId,
      refreshToken: null,
      userToken: null,
      expiresAt: bench.clock.now + 60 * day,
      refreshExpiresAt: null,
      missing: [],
    });
    expect(direct?.accessToken.reveal()).toMatch(/^IGAA/);
    expect(throughPage).toMatchObject({ via: 'facebook', remoteId: direct?.remoteId });
  });

  it.each(['flat', 'wrapped'] as const)('reads a %s answer', async (shape) => {
    bench.meta.settings.instagramTokenShape = shape;
    expect(await connect(bench, 'instagram', { via })).toMatchObject([{ remoteId: bench.instagramId }]);
  });

  it('takes off what Instagram puts behind a code, and asks for the accounts anew when it must', async () => {
    const url = new URL(
      await instagram.authorizeUrl({ via, state: 's', redirectUri: metaRedirect, codeVerifier, again: true }),
    );
    expect(url.pathname).toBe('/oauth/authorize');
    expect(url.searchParams.get('force_authentication')).toBe('1');
    expect((await fetch(url)).status).toBe(200);
    const code = bench.meta.instagramConsent({
      instagramId: bench.instagramId,
      appId: '1234567890',
      redirectUri: metaRedirect,
      scopes: ['instagram_business_basic', 'instagram_business_content_publish'],
    });
    const [found] = await instagram.exchangeCode({ via, code: `${code}#_`, redirectUri: metaRedirect, codeVerifier });
    expect(found?.scopes).toEqual(['instagram_business_basic', 'instagram_business_content_publish']);
  });

  it('names what was not permitted', async () => {
    const [found] = await connect(bench, 'instagram', { via, declined: ['instagram_business_content_publish'] });
    expect(found?.missing).toEqual([
      'The permission to publish the posts that were agreed on (instagram_business_content_publish) was not given.',
    ]);
  });

  const refusal = (message: string, status = 400) => ({
    status,
    body: { error_type: 'OAuthException', code: status, error_message: message },
  });
  it.each([
    ['a used code', refusal('This authorization code has been used'), 'token'],
    ['another redirect', refusal('Invalid redirect_uri'), 'config'],
    ['the wrong secret', refusal('Error validating client secret.'), 'config'],
    ['an app it does not know', refusal('Invalid platform app'), 'config'],
    ['an outage', refusal('Please try again later', 500), 'transient'],
    ['no JSON', { status: 502, body: '<html>' }, 'transient'],
    ['a token and nothing to read it by', { status: 200, body: { access_token: '' } }, 'transient'],
  ])('refused for %s is of its class', async (_, value, expected) => {
    fault('instagram.oauth.token', 'status', value);
    await expect(connect(bench, 'instagram', { via })).rejects.toMatchObject({ failure: { class: expected } });
  });

  it('that is cut off says nothing of the account', async () => {
    fault('instagram.oauth.token', 'reset');
    await expect(connect(bench, 'instagram', { via })).rejects.toMatchObject({ failure: { class: 'transient' } });
  });

  it('has no call that ends it', async () => {
    const [found] = await connect(bench, 'instagram', { via });
    if (found === undefined) throw new Error('Nothing was found.');
    await expect(instagram.revoke(tokensOf(found), bench.instagramId)).rejects.toMatchObject({
      failure: { code: 'no_revocation' },
    });
  });
});

const tokensOf = ({
  accessToken,
  remoteId,
  expiresAt,
}: Awaited<ReturnType<typeof connect>>[number]): RenewableTokens => ({
  accessToken,
  refreshToken: null,
  userToken: null,
  remoteId,
  via,
  pageId: null,
  expiresAt,
  issuedAt: bench.clock.now,
});

describe('renewing', () => {
  let tokens: RenewableTokens;
  beforeEach(async () => {
    const [found] = await connect(bench, 'instagram', { via });
    if (found === undefined) throw new Error('Nothing was found.');
    tokens = tokensOf(found);
  });

  it('gives another token and sixty new days, and the old one works to its end', async () => {
    bench.clock.now += 45 * day;
    const renewed = await instagram.renew(tokens);
    expect(renewed?.accessToken.reveal()).not.toBe(tokens.accessToken.reveal());
    expect(renewed).toMatchObject({ expiresAt: bench.clock.now + 60 * day, refreshToken: null, userToken: null });
    expect(await instagram.renew(tokens)).toMatchObject({ expiresAt: bench.clock.now + 60 * day });
  });

  it('within the first day asks for nothing new, but whether the token is still good', async () => {
    const before = count('instagram.token.refresh');
    expect(await instagram.renew(tokens)).toBeNull();
    expect(count('instagram.token.refresh')).toBe(before);
    bench.meta.breakTokens({ cause: 'instagram-removed', instagramId: bench.instagramId });
    await expect(instagram.renew(tokens)).rejects.toMatchObject({
      failure: { class: 'token', message: 'The app was removed from the Instagram account.' },
    });
  });

  it.each([60, 50, 10, 2, null])('goes by its age, whether %s days are left of it', async (daysLeft) => {
    const expiresAt = daysLeft === null ? null : bench.clock.now + daysLeft * day;
    const before = count('instagram.token.refresh');
    bench.clock.now += day - 1;
    expect(await instagram.renew({ ...tokens, expiresAt })).toBeNull();
    expect(count('instagram.token.refresh')).toBe(before);
    bench.clock.now += 1;
    expect(await instagram.renew({ ...tokens, expiresAt })).toMatchObject({ expiresAt: bench.clock.now + 60 * day });
    expect(count('instagram.token.refresh')).toBe(before + 1);
  });

  it('a token that has run out says so in words', async () => {
    bench.clock.now += 61 * day;
    await expect(instagram.renew(tokens)).rejects.toMatchObject({
      failure: { class: 'token', message: 'Please log in again. The Instagram login has expired.' },
    });
  });

  it.each([
    ['reset', undefined],
    ['status', { status: 500, body: {} }],
    ['truncate', undefined],
  ])('an answer of the kind “%s” says nothing of the token', async (kind, value) => {
    bench.clock.now += 45 * day;
    fault('instagram.token.refresh', kind, value);
    await expect(instagram.renew(tokens)).rejects.toMatchObject({ failure: { class: 'transient' } });
    expect(await instagram.renew(tokens)).toMatchObject({ expiresAt: bench.clock.now + 60 * day });
  });
});

describe('publishing', () => {
  let account: AccountAccess;
  beforeEach(async () => {
    account = await connectedAccount(bench, 'instagram', via);
  });

  it.each([
    ['a picture', async () => [await image({ altText: 'A cup', aiMade: true })]],
    ['a reel', async () => [video()]],
    ['a carousel of both', async () => [await image(), video(), await image()]],
  ])('puts %s online, and hands nothing out afterwards', async (_, make) => {
    const post = publication('Coffee ☕', await make());
    const { handle, kept } = await prepare(instagram, account, post);
    expect(live()).toEqual([]);
    expect(kept.at(-1)).toEqual(handle);
    expect(handle).toMatchObject({ via: 'instagram' });
    const outcome = await instagram.commit(account, post, handle, send);
    expect(outcome).toMatchObject({ kind: 'published', remoteId: live()[0]?.id, permalink: live()[0]?.permalink });
    expect(live()).toMatchObject([{ text: 'Coffee ☕' }]);
    expect(live()[0]?.media).toHaveLength(post.media.length);
    expect(bench.handouts.given()).toBeGreaterThan(0);
    expect(bench.handouts.open()).toBe(0);
    // The Page that the account is linked to has nothing to do with it.
    expect(count('facebook.photos')).toBe(0);
    expect(count('instagram.container.upload')).toBe(0);
  });

  it.each([
    ['a picture', 1, async () => [await image()]],
    ['a reel', 1, async () => [video()]],
    // Three items and the carousel itself.
    ['a carousel', 4, async () => [await image(), video(), await image()]],
  ])('asks once for each container of %s that is finished', async (_, containers, make) => {
    bench.meta.settings.containerPolls = 0;
    await prepare(instagram, account, publication('x', await make()));
    expect(count('instagram.container.read')).toBe(containers);
  });

  it('takes the files back also when it fails', async () => {
    fault('instagram.media.create', 'container-error', 'Error: 2207026: unsupported');
    await expect(prepare(instagram, account, publication('x', [video()]))).rejects.toMatchObject({
      failure: { class: 'content', code: 'container/2207026' },
    });
    expect(bench.handouts.open()).toBe(0);
  });

  it('begins a container anew that was cut off before Instagram had the file', async () => {
    const post = publication('x', [video()]);
    fault('instagram.container.read', 'reset');
    const cut: unknown[] = [];
    const keep = async (handle: unknown) => void cut.push(handle);
    await expect(instagram.prepare(account, post, null, keep, new AbortController().signal)).rejects.toThrow();
    expect(cut).toMatchObject([{ container: { uploaded: false } }]);
    const { handle } = await prepare(instagram, account, post, cut[0] as Record<string, unknown>);
    expect(handle).not.toMatchObject({ container: { id: (cut[0] as { container: { id: string } }).container.id } });
    expect(await instagram.commit(account, post, handle, send)).toMatchObject({ kind: 'published' });
    expect(live()).toHaveLength(1);
  });

  it('goes on with containers that are ready, and not with those of the other login', async () => {
    const post = publication('x', [await image()]);
    const { handle } = await prepare(instagram, account, post);
    expect((await prepare(instagram, account, post, handle)).handle).toEqual(handle);
    const page = await connectedAccount(bench, 'instagram');
    expect((await prepare(instagram, page, post, handle)).handle).toMatchObject({ via: 'facebook' });
    expect(count('instagram.media.create')).toBe(2);
  });

  it('is looked up after a lost answer, and found', async () => {
    const post = publication('Lost', [await image()]);
    const { handle } = await prepare(instagram, account, post);
    const sentAt = bench.clock.now;
    fault('instagram.media_publish', 'lost-answer');
    expect(await instagram.commit(account, post, handle, send)).toMatchObject({ kind: 'unknown' });
    expect(await instagram.lookUp(account, post, handle, sentAt)).toMatchObject({
      kind: 'published',
      oneOf: [{ remoteId: live()[0]?.id }],
    });
  });

  it('that never arrived is absent', async () => {
    const post = publication('Never', [await image()]);
    const { handle } = await prepare(instagram, account, post);
    fault('instagram.media_publish', 'reset');
    expect(await instagram.commit(account, post, handle, send)).toMatchObject({ kind: 'unknown' });
    expect(await instagram.lookUp(account, post, handle, bench.clock.now)).toEqual({ kind: 'absent' });
  });

  it('writes the first comment once, and finds it again', async () => {
    const post = publication('x', [await image()]);
    const { handle } = await prepare(instagram, account, post);
    await instagram.commit(account, post, handle, send);
    const id = live()[0]?.id ?? '';
    const sentAt = bench.clock.now;
    expect(await instagram.comments?.commit(account, id, '#first', send)).toMatchObject({ kind: 'published' });
    expect(await instagram.comments?.lookUp(account, id, '#first', sentAt)).toMatchObject({ kind: 'published' });
    expect(live()[0]?.comments).toHaveLength(1);
  });

  it('reads quota, recent posts and figures by its own permissions', async () => {
    const post = publication('Figures', [await image()]);
    const { handle } = await prepare(instagram, account, post);
    await instagram.commit(account, post, handle, send);
    expect(await instagram.readiness(account, { direct: true })).toMatchObject({ scopes: null, postsLeft: 99 });
    expect(await instagram.recentPosts(account, bench.clock.now - day)).toMatchObject([{ text: 'Figures' }]);
    const refused = { has: () => false, add: () => undefined };
    const id = live()[0]?.id ?? '';
    expect((await instagram.insights.ofPosts(account, [id], refused))?.get(id)).toHaveProperty('views');
    expect(await instagram.insights.ofAccount(account, refused)).toHaveProperty('followers');
    const without = accessOf(
      (await connect(bench, 'instagram', { via, declined: ['instagram_business_manage_insights'] }))[0] as never,
    );
    expect(await instagram.insights.ofPosts(without, [id], refused)).toBeNull();
  });

  it('is refused before anything is sent where nobody reaches this app, and for a place', async () => {
    const post = publication('x', [video()], { locationId: '104' });
    bench.handouts.reach.origin = 'app://bundle';
    const codes = instagram.problems(post, account).map(({ code }) => code);
    expect(codes).toEqual(['not_reachable', 'place']);
    expect(instagram.problems(post, { via: 'facebook', audited: false })).toEqual([]);
    await expect(prepare(instagram, account, publication('x', [video()]))).rejects.toMatchObject({
      failure: { code: 'check/not_reachable' },
    });
    expect(count('instagram.media.create')).toBe(0);
  });
});
