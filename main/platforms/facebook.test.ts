import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  connect,
  connectedAccount,
  image,
  type NetworksBench,
  prepare,
  publication,
  send,
  startNetworks,
  video,
  renew,
  renewableOf,
} from '../../test/networks.ts';
import {
  type AccountAccess,
  GateClosed,
  type Handle,
  NetworkFailure,
  type SocialNetwork,
} from '../core/ports/networks.ts';
import { Secret } from '../core/ports/secrets.ts';

let bench: NetworksBench;
let facebook: SocialNetwork;
let account: AccountAccess;
beforeEach(async () => {
  bench = await startNetworks();
  facebook = bench.networks.facebook;
  account = await connectedAccount(bench, 'facebook');
});
afterEach(async () => {
  await bench.close();
  expect(bench.logged.join()).not.toMatch(/EAA[A-Za-z0-9]{20}|IGAA|act\.|rft\.|secret|upload_token/);
});

const live = () => bench.meta.publicPosts().filter(({ platform }) => platform === 'facebook');
const fault = (operation: string, kind: string, value?: unknown, times = 1) =>
  bench.meta.faults.add({ operation, kind, value, times });
const graphError = (code: number, subcode?: number) => ({
  status: code === 1 || code === 2 ? 500 : 400,
  body: { error: { message: 'no', type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'T1' } },
});
const commit = async (post = publication('Hello')) => {
  const { handle } = await prepare(facebook, account, post);
  const sentAt = bench.clock.now;
  return { handle, sentAt, outcome: await facebook.commit(account, post, handle, send) };
};

it('keeps its limits to itself: TikTok goes on', async () => {
  const answer = { ...graphError(4), status: 403, headers: { 'retry-after': '3600' } };
  fault('facebook.feed', 'status', answer);
  await expect(prepare(facebook, account, publication('Hello'))).rejects.toMatchObject({
    failure: { class: 'rate', appWide: true },
  });
  const creator = await connectedAccount(bench, 'tiktok');
  expect(await bench.networks.creatorInfo(creator)).toMatchObject({ username: 'cafe.uno' });
});

it('finds a first comment behind a hundred others', async () => {
  const { outcome, sentAt } = await commit();
  const { comments } = facebook;
  if (outcome.kind !== 'published' || comments === null) throw new Error('not live');
  for (let count = 0; count < 101; count += 1) await comments.commit(account, outcome.remoteId, `Other ${count}`, send);
  await comments.commit(account, outcome.remoteId, 'Order by phone', send);
  const found = await comments.lookUp(account, outcome.remoteId, 'Order by phone', sentAt);
  expect(found).toMatchObject({ kind: 'published' });
});

describe('two phases', () => {
  it('shows nothing before the commit and the text after it', async () => {
    const { handle, kept } = await prepare(facebook, account, publication('Hello #world'));
    expect(live()).toEqual([]);
    expect(kept).toEqual([handle]);
    const outcome = await facebook.commit(account, publication('Hello #world'), handle, send);
    expect(outcome).toMatchObject({ kind: 'published', remoteId: live()[0]?.id, permalink: live()[0]?.permalink });
    expect(live()).toMatchObject([{ text: 'Hello #world', account: { id: account.remoteId } }]);
  });

  it('publishes several photos in order, with their alt texts', async () => {
    const media = [await image({ altText: 'A cup' }), await image(), await image()];
    const post = publication('Photos', media);
    const { handle, kept } = await prepare(facebook, account, post);
    expect(kept).toHaveLength(4);
    await facebook.commit(account, post, handle, send);
    expect(live()[0]?.media).toHaveLength(3);
    expect(live()[0]?.media[0]).toMatchObject({ kind: 'image', alt: 'A cup' });
  });

  it('goes on from what is stored, without a second upload or a second unpublished post', async () => {
    const post = publication('Photos', [await image(), await image()]);
    const kept: Handle[] = [];
    const crash = async (handle: Handle) => {
      kept.push(handle);
      throw new Error('crashed');
    };
    const first = facebook.prepare(account, post, null, crash, new AbortController().signal);
    await expect(first).rejects.toThrow('crashed');
    const { handle } = await prepare(facebook, account, post, kept[0]);
    expect(bench.meta.ledger.count('facebook.photos')).toBe(2);
    await prepare(facebook, account, post, handle);
    expect(bench.meta.ledger.count('facebook.feed')).toBe(1);
  });

  it.each(['lost-answer', 'status-after'])(
    'makes another post of new photos when nobody knows whether the first was made (%s)',
    async (kind) => {
      const post = publication('Photos', [await image(), await image()]);
      fault('facebook.feed', kind, graphError(1));
      const kept: Handle[] = [];
      const keep = async (handle: Handle) => {
        kept.push(handle);
      };
      const first = facebook.prepare(account, post, null, keep, new AbortController().signal);
      await expect(first).rejects.toMatchObject({ failure: { class: 'transient' } });
      const old = facebook.staging?.of(kept.at(-1) ?? {}).parts ?? [];
      expect(old).toHaveLength(2);

      const { handle } = await prepare(facebook, account, post, kept.at(-1));
      expect(bench.meta.ledger.count('facebook.photos')).toBe(4);
      expect(facebook.staging?.of(handle).spare).toEqual(old);
      const outcome = await facebook.commit(account, post, handle, send);
      expect(outcome).toMatchObject({ kind: 'published' });
      expect(live()).toMatchObject([{ text: 'Photos', media: [{}, {}] }]);
    },
  );

  it('removes photos and posts that nobody sees, and nothing else', async () => {
    const post = publication('Photos', [await image()]);
    const staging = facebook.staging;
    if (staging === null) throw new Error('nothing can be removed');
    const unused = await prepare(facebook, account, post);
    const [unusedPost = '', unusedPhoto = ''] = staging.of(unused.handle).parts;
    const { handle } = await commit(post);
    const [shownPost = '', shownPhoto = ''] = staging.of(handle).parts;

    await expect(staging.remove(account, unusedPhoto)).rejects.toMatchObject({ failure: { code: '100/33' } });
    await staging.remove(account, unusedPost);
    await expect(staging.remove(account, unusedPost)).rejects.toBeInstanceOf(NetworkFailure);
    await staging.remove(account, shownPost);
    await expect(staging.remove(account, shownPhoto)).rejects.toMatchObject({ failure: { code: '100/33' } });
    expect(bench.meta.ledger.count('facebook.post.delete')).toBe(1);
    expect(live()).toMatchObject([{ id: shownPost, media: [{}] }]);
  });

  it('tells the address of a post later', async () => {
    fault('facebook.post.read', 'status', graphError(100, 33));
    const { outcome } = await commit();
    const remoteId = outcome.kind === 'published' ? outcome.remoteId : '';
    expect(await facebook.permalink(account, remoteId)).toBe(live()[0]?.permalink);
  });

  it('uploads again what has waited too long', async () => {
    const post = publication('Photos', [await image()]);
    const { kept, handle } = await prepare(facebook, account, post);
    bench.clock.now += 24 * 3_600_000;
    await prepare(facebook, account, post, kept[0]);
    await prepare(facebook, account, post, handle);
    expect(bench.meta.ledger.count('facebook.photos')).toBe(3);
  });

  it.each(['lost-answer', 'truncate', 'hang'])('is unknown after %s, and the look-up finds the post', async (kind) => {
    fault('facebook.post.update', kind);
    const { handle, sentAt, outcome } = await commit();
    expect(outcome.kind).toBe('unknown');
    const found = await facebook.lookUp(account, publication('Hello'), handle, sentAt);
    expect(found).toMatchObject({ kind: 'published', remoteId: live()[0]?.id });
    expect(live()).toHaveLength(1);
  });

  it('is unknown after a 500 with the post live, and absent after a cut before it', async () => {
    fault('facebook.post.update', 'status-after', graphError(2));
    const first = await commit();
    expect(first.outcome.kind).toBe('unknown');
    expect(await facebook.lookUp(account, publication('Hello'), first.handle, first.sentAt)).toMatchObject({
      kind: 'published',
    });
    fault('facebook.post.update', 'reset');
    const second = await commit(publication('Second'));
    expect(second.outcome.kind).toBe('unknown');
    expect(await facebook.lookUp(account, publication('Second'), second.handle, second.sentAt)).toEqual({
      kind: 'absent',
    });
  });

  it('never lets a failed read of the permalink undo a success', async () => {
    fault('facebook.post.read', 'status', graphError(100, 33));
    const { outcome } = await commit();
    expect(outcome).toMatchObject({ kind: 'published', permalink: null });
  });

  it('throws, and says nothing, when the look-up fails', async () => {
    const { handle, sentAt } = await commit();
    fault('facebook.post.read', 'status', graphError(100, 33));
    await expect(facebook.lookUp(account, publication('Hello'), handle, sentAt)).rejects.toMatchObject({
      failure: { class: 'transient', code: '100/33' },
    });
  });
});

describe('refusals', () => {
  it.each([
    [graphError(190, 463), 'refused', 'token'],
    [graphError(200), 'refused', 'permission'],
    [graphError(368), 'refused', 'account'],
    [graphError(100), 'refused', 'content'],
    [graphError(4), 'refused', 'rate'],
    [graphError(80001), 'refused', 'rate'],
    [graphError(506), 'unknown', null],
    [graphError(1), 'unknown', null],
    [{ status: 503, body: 'busy' }, 'unknown', null],
    [{ status: 400, body: '<html>' }, 'unknown', null],
    [{ status: 200, body: '' }, 'unknown', null],
    [{ status: 200, body: { ok: 1 } }, 'unknown', null],
    [{ status: 302, body: {}, headers: { location: 'http://127.0.0.1:1/' } }, 'unknown', null],
  ])('%j is %s (%s)', async (answer, kind, failureClass) => {
    fault('facebook.post.update', 'status', answer);
    const { outcome } = await commit();
    expect(outcome.kind).toBe(kind);
    expect(outcome.kind === 'refused' ? outcome.failure.class : null).toBe(failureClass);
  });

  it('are proven when nothing could be sent, and the gate comes through', async () => {
    const { handle } = await prepare(facebook, account, publication('Hello'));
    const gone = await startNetworks();
    await gone.close();
    const refused = () => fetch(gone.meta.origins.graph);
    const outcome = await facebook.commit(account, publication('Hello'), handle, refused);
    expect(outcome).toMatchObject({ kind: 'refused', failure: { class: 'transient', code: 'network/ECONNREFUSED' } });
    const shut = () => Promise.reject(new GateClosed('kill switch'));
    await expect(facebook.commit(account, publication('Hello'), handle, shut)).rejects.toBeInstanceOf(GateClosed);
    expect(live()).toEqual([]);
  });

  it('say which class stopped the preparation', async () => {
    const dead = { ...account, token: new Secret('EAAwrong') };
    await expect(prepare(facebook, dead, publication('x'))).rejects.toMatchObject({ failure: { class: 'token' } });
    fault('facebook.feed', 'status', graphError(10));
    await expect(prepare(facebook, account, publication('x'))).rejects.toMatchObject({
      failure: { class: 'permission', trace: 'T1' },
    });
  });
});

describe('one phase', () => {
  beforeEach(() => {
    bench.switches.twoPhase = false;
  });

  it('finds its photos in the published posts of the window', async () => {
    const post = publication('Two photos', [await image(), await image()]);
    fault('facebook.feed', 'lost-answer');
    const { handle, sentAt, outcome } = await commit(post);
    expect(outcome.kind).toBe('unknown');
    await commit(publication('Two photos', [await image()]));
    const found = await facebook.lookUp(account, post, handle, sentAt);
    expect(found).toMatchObject({ kind: 'published', remoteId: live().at(-1)?.id });
  });

  it('takes photos that are in a post already for a sign of its first try', async () => {
    const post = publication('Two photos', [await image(), await image()]);
    fault('facebook.feed', 'lost-answer');
    const { handle, sentAt } = await commit(post);
    const { handle: again } = await prepare(facebook, account, post, handle);
    expect(await facebook.commit(account, post, again, send)).toMatchObject({ kind: 'unknown' });
    expect(await facebook.lookUp(account, post, again, sentAt)).toMatchObject({ kind: 'published' });
    expect(live()).toHaveLength(1);
  });

  it('finds one photo, which stands in the attachment itself', async () => {
    const post = publication('One photo', [await image()]);
    fault('facebook.feed', 'lost-answer');
    const { handle, sentAt } = await commit(post);
    expect(await facebook.lookUp(account, post, handle, sentAt)).toMatchObject({ kind: 'published' });
  });

  it('matches plain text inside the window only, and asks a person when several fit', async () => {
    await commit(publication('Same'));
    bench.clock.now += 3_600_000;
    const { handle } = await prepare(facebook, account, publication('Same'));
    const sentAt = bench.clock.now;
    expect(await facebook.lookUp(account, publication('Same'), handle, sentAt)).toEqual({ kind: 'absent' });
    await commit(publication('Same'));
    expect(await facebook.lookUp(account, publication('Same'), handle, sentAt)).toMatchObject({ kind: 'published' });
    await commit(publication('Same'));
    expect(await facebook.lookUp(account, publication('Same'), handle, sentAt)).toMatchObject({ kind: 'ambiguous' });
  });

  it('does not call a post with other photos absent', async () => {
    const post = publication('Text', [await image()]);
    const { handle } = await prepare(facebook, account, post);
    await commit(post);
    expect(await facebook.lookUp(account, post, handle, bench.clock.now)).toMatchObject({ kind: 'ambiguous' });
  });

  it("does not take another Page's id for a success", async () => {
    fault('facebook.feed', 'status-after', { status: 200, body: { id: '999_1' } });
    expect((await commit()).outcome.kind).toBe('unknown');
  });
});

describe('reels', () => {
  const post = () => publication('A reel', [video()]);

  it('are accepted, processed, then live under the id of their post', async () => {
    bench.meta.settings.videoPolls = 2;
    const { handle, sentAt, outcome } = await commit(post());
    expect(outcome).toEqual({ kind: 'accepted' });
    const found = await facebook.lookUp(account, post(), handle, sentAt);
    expect(found).toEqual({ kind: 'published', remoteId: live()[0]?.id, permalink: live()[0]?.permalink });
    expect(live()).toMatchObject([{ text: 'A reel', media: [{ kind: 'video' }] }]);
  });

  it('lead to an address that opens, although Graph gives a path for videos', async () => {
    bench.meta.settings.videoPolls = 0;
    const { handle, sentAt } = await commit(post());
    const body = { permalink_url: '/reel/77/', post_id: '88' };
    fault('facebook.video.read', 'status-after', { status: 200, body: { ...body, published: true, status: {} } });
    expect(await facebook.lookUp(account, post(), handle, sentAt)).toEqual({
      kind: 'published',
      remoteId: `${account.remoteId}_88`,
      permalink: `${bench.meta.origins.www}/reel/77/`,
    });
  });

  it('are asked about once when they are live, and again only for a post that was not told', async () => {
    bench.meta.settings.videoPolls = 0;
    const { handle, sentAt } = await commit(post());
    const reads = () => bench.meta.ledger.count('facebook.video.read');
    const before = reads();
    expect(await facebook.lookUp(account, post(), handle, sentAt)).toMatchObject({ remoteId: live()[0]?.id });
    expect(reads() - before).toBe(1);
    fault('facebook.video.read', 'status', { status: 200, body: { id: '1', published: true, status: {} } });
    expect(await facebook.lookUp(account, post(), handle, sentAt)).toMatchObject({ remoteId: live()[0]?.id });
    expect(reads() - before).toBe(3);
  });

  it.each([100, 10])('are found also when Graph refuses to tell their post with code %i', async (code) => {
    bench.meta.settings.videoPolls = 0;
    const { handle, sentAt } = await commit(post());
    fault('facebook.video.read', 'status', graphError(code));
    expect(await facebook.lookUp(account, post(), handle, sentAt)).toMatchObject({ kind: 'published' });
  });

  it('resume a cut upload instead of starting another video', async () => {
    fault('facebook.video.upload', 'lost-answer');
    const kept: Record<string, unknown>[] = [];
    const signal = new AbortController().signal;
    const keep = async (handle: Record<string, unknown>) => {
      kept.push(handle);
    };
    await expect(facebook.prepare(account, post(), null, keep, signal)).rejects.toMatchObject({
      failure: { class: 'transient' },
    });
    const { handle } = await prepare(facebook, account, post(), kept[0]);
    expect(handle).toMatchObject({ videoId: kept[0]?.videoId, uploaded: true });
    expect(bench.meta.ledger.count('facebook.video_reels.start')).toBe(1);
  });

  it('are absent only when nothing is under way, and found after a lost answer', async () => {
    const { handle } = await prepare(facebook, account, post());
    expect(await facebook.lookUp(account, post(), handle, 0)).toEqual({ kind: 'processing' });
    expect(await facebook.lookUp(account, post(), handle, 0)).toEqual({ kind: 'absent' });
    fault('facebook.video_reels.finish', 'lost-answer');
    expect(await facebook.commit(account, post(), handle, send)).toMatchObject({ kind: 'unknown' });
    expect(await facebook.lookUp(account, post(), handle, 0)).toMatchObject({ kind: 'published' });
    expect(live()).toHaveLength(1);
  });
});

describe('comments', () => {
  it('are made once, and found by text after a lost answer', async () => {
    const { outcome } = await commit();
    const postId = outcome.kind === 'published' ? outcome.remoteId : '';
    const comments = facebook.comments;
    expect(await comments?.lookUp(account, postId, 'First!', bench.clock.now)).toEqual({ kind: 'absent' });
    fault('facebook.comments.create', 'lost-answer');
    const made = await comments?.commit(account, postId, 'First!', send);
    expect(made?.kind).toBe('unknown');
    expect(await comments?.lookUp(account, postId, 'First!', bench.clock.now)).toMatchObject({ kind: 'published' });
    expect(live()[0]?.comments).toMatchObject([{ text: 'First!' }]);
  });
});

describe('limits', () => {
  it('are kept: nothing is sent before the time the network named', async () => {
    Object.assign(bench.meta.settings, { minutesToRegainAccess: 7 });
    await facebook.commit(account, publication('Hello'), { kind: 'post', photos: [], post: null }, send);
    const before = bench.meta.ledger.entries.length;
    const until = bench.clock.now + 7 * 60_000;
    await expect(prepare(facebook, account, publication('Next'))).rejects.toMatchObject({
      failure: { class: 'rate', retryAt: until },
    });
    const outcome = await facebook.commit(account, publication('x'), { kind: 'post', photos: [], post: null }, send);
    expect(outcome).toMatchObject({ kind: 'refused', failure: { class: 'rate' } });
    expect(bench.meta.ledger.entries).toHaveLength(before);
    bench.meta.settings.minutesToRegainAccess = 0;
    bench.clock.now = until;
    await prepare(facebook, account, publication('Next'));
  });

  it('leave the rest of the quota to publishing when it is nearly used up', async () => {
    bench.meta.settings.businessUsage = 96;
    const { outcome } = await commit();
    expect(outcome).toMatchObject({ kind: 'published', permalink: null });
    expect(bench.meta.ledger.count('facebook.post.read')).toBe(0);
  });
});

describe('connecting', () => {
  it('finds Pages on which the person may publish, also those of a portfolio', async () => {
    const person = bench.meta.addPerson({
      name: 'Bo',
      pages: [{ name: 'Open' }, { name: 'Reader', tasks: ['ANALYZE'] }, { name: 'Portfolio', inPortfolio: true }],
    });
    const found = await connect(bench, 'facebook', { personId: person.id, declined: ['business_management'] });
    expect(found.map(({ displayName }) => displayName)).toEqual(['Open', 'Portfolio']);
    expect(found[0]).toMatchObject({ platform: 'facebook', expiresAt: null, refreshToken: null, missing: [] });
    expect(found[0]?.pageId).toBe(found[0]?.remoteId);
  });

  it('follows every page of a long list', async () => {
    const pages = Array.from({ length: 120 }, (_, index) => ({ name: `Page ${index}` }));
    const person = bench.meta.addPerson({ name: 'Many', pages });
    expect(await connect(bench, 'facebook', { personId: person.id })).toHaveLength(120);
  });

  it('says in words what was not granted', async () => {
    const [found] = await connect(bench, 'facebook', { declined: ['pages_manage_posts'] });
    expect(found?.missing).toEqual([
      'The permission to publish the posts that were agreed on (pages_manage_posts) was not given.',
    ]);
  });

  it('asks for a new login when the code is no good, without a secret in error or log', async () => {
    const redirectUri = 'http://127.0.0.1:4680/api/auth/facebook/callback';
    const attempt = facebook.exchangeCode({ via: 'facebook', code: 'used', redirectUri, codeVerifier: '' });
    await expect(attempt).rejects.toMatchObject({ failure: { class: 'token' } });
    expect(JSON.stringify(bench.logged)).not.toContain('app-secret');
  });

  it.each([
    ['a cut answer', 'meta.oauth.token', 'truncate', undefined],
    ['a 400 that asks to try again', 'meta.oauth.token', 'status', { ...graphError(2), status: 400 }],
    ['a proxy in between', 'meta.oauth.token', 'status', { status: 403, body: 'blocked' }],
    ['an app that is set up wrongly', 'meta.oauth.token', 'status', graphError(101)],
    ['a Page that is missing for a moment', 'facebook.page.read', 'status', graphError(100, 33)],
  ])('takes %s for no refusal of the login', async (_, operation, kind, value) => {
    const [found] = await connect(bench, 'facebook');
    if (found === undefined) throw new Error('nothing found');
    fault(operation, kind, value);
    const failure = await facebook.renew(renewableOf(found)).then(
      () => undefined,
      (error: unknown) => (error instanceof NetworkFailure ? error.failure : undefined),
    );
    expect(['transient', 'config']).toContain(failure?.class);
  });

  it('renews the user token and takes the page token anew', async () => {
    const [found] = await connect(bench, 'facebook');
    if (found === undefined) throw new Error('none');
    const renewed = await renew(facebook, found);
    expect(renewed.userToken?.reveal()).not.toBe(found.userToken?.reveal());
    expect(renewed).toMatchObject({ expiresAt: null, refreshToken: null });
    await prepare(facebook, { ...account, token: renewed.accessToken }, publication('renewed'));
    bench.meta.breakTokens({ cause: 'password', personId: bench.person.id });
    await expect(facebook.renew(renewableOf({ ...found, ...renewed }))).rejects.toMatchObject({
      failure: { class: 'token' },
    });
  });
});
