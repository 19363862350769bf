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
} from '../../test/networks.ts';
import { type AccountAccess, AlreadyLive, type Handle, type SocialNetwork } from '../core/ports/networks.ts';

let bench: NetworksBench;
let instagram: SocialNetwork;
let account: AccountAccess;
beforeEach(async () => {
  bench = await startNetworks();
  instagram = bench.networks.instagram;
  account = await connectedAccount(bench, 'instagram');
});
afterEach(async () => {
  await bench.close();
  expect(bench.logged.join()).not.toMatch(/EAA[A-Za-z0-9]{20}|IGAA|act\.|rft\.|secret|upload_token/);
});

const live = () => bench.meta.publicPosts().filter(({ platform }) => platform === 'instagram');
const fault = (operation: string, kind: string, value?: unknown) => bench.meta.faults.add({ operation, kind, value });
const graphError = (code: number, subcode?: number, status = 400) => ({
  status,
  body: { error: { message: 'no', type: 'OAuthException', code, error_subcode: subcode } },
});
const onePicture = async (text = 'A picture') => publication(text, [await image()]);

describe('publishing', () => {
  it('puts one image online by way of an unpublished Page photo', async () => {
    const post = publication('Coffee ☕ #cafe', [await image({ altText: 'A cup', aiMade: true })]);
    const { handle, kept } = await prepare(instagram, account, post);
    expect(live()).toEqual([]);
    expect(kept).toEqual([handle]);
    const outcome = await instagram.commit(account, post, handle, send);
    expect(outcome).toMatchObject({ kind: 'published', remoteId: live()[0]?.id, permalink: live()[0]?.permalink });
    expect(live()).toMatchObject([
      { text: 'Coffee ☕ #cafe', aiLabel: true, media: [{ kind: 'image', alt: 'A cup' }] },
    ]);
    expect(bench.meta.publicPosts()).toHaveLength(1);
  });

  describe('tags people, invites collaborators and names the place', () => {
    const options = { collaborators: ['cafe.due'] };
    const tags = [
      { username: 'anna', place: { x: 0.25, y: 1.001 } },
      { username: 'ben.k', place: { x: 0.75, y: 0.5 } },
    ];
    const created = () =>
      bench.meta.ledger.entries
        .filter(({ operation }) => operation === 'instagram.media.create')
        .map(({ detail }) => detail as Record<string, string | undefined>);
    const tagsOf = (text: string | undefined) => JSON.parse(text ?? 'null') as unknown;

    it('of a picture, with the tags where they are', async () => {
      const locationId = bench.person.pageIds[0];
      const { handle } = await prepare(
        instagram,
        account,
        publication('x', [await image({ tags })], { ...options, locationId }),
      );
      const [container] = created();
      expect(tagsOf(container?.userTags)).toEqual([
        { username: 'anna', x: 0.25, y: 1 },
        { username: 'ben.k', x: 0.75, y: 0.5 },
      ]);
      expect(container).toMatchObject({ collaborators: '["cafe.due"]', locationId });
      expect(handle).toMatchObject({ container: { uploaded: true } });
    });

    it('of a reel, where tags have no place', async () => {
      await prepare(
        instagram,
        account,
        publication('x', [video({ tags: tags.map((tag) => ({ ...tag, place: null })) })], options),
      );
      expect(tagsOf(created()[0]?.userTags)).toEqual([{ username: 'anna' }, { username: 'ben.k' }]);
    });

    it('of a carousel, on each picture and on the whole', async () => {
      await prepare(instagram, account, publication('x', [await image(), await image({ tags })], options));
      const [first, second, whole] = created();
      expect([first?.userTags, second?.userTags, whole?.userTags].map((tags) => tags !== undefined)).toEqual([
        false,
        true,
        false,
      ]);
      expect([first?.collaborators, whole?.collaborators]).toEqual([undefined, '["cafe.due"]']);
    });

    it('and says so when Instagram knows no such place', async () => {
      const post = publication('x', [await image()], { locationId: '123' });
      await expect(prepare(instagram, account, post)).rejects.toMatchObject({
        failure: { class: 'content', code: '100' },
      });
    });
  });

  it('waits for slow media, for seconds first and longer later', async () => {
    bench.meta.settings.containerPolls = 8;
    const before = bench.clock.now;
    await prepare(instagram, account, await onePicture());
    expect(bench.clock.now - before).toBeGreaterThan(20_000);
    expect(bench.clock.now - before).toBeLessThan(300_000);
  });

  it.each([
    [1, 2_000],
    [2, 4_000],
    [3, 6_560],
  ])('asks for the %i. time again after %i ms in all', async (polls, waitedMs) => {
    bench.meta.settings.containerPolls = polls;
    const before = bench.clock.now;
    await prepare(instagram, account, await onePicture());
    expect(bench.clock.now - before).toBe(waitedMs);
  });

  it('gives up waiting after five minutes and goes on with the same container', async () => {
    bench.meta.settings.containerPolls = 1_000;
    const post = await onePicture();
    const kept: Handle[] = [];
    const keep = async (handle: Handle) => {
      kept.push(handle);
    };
    const attempt = instagram.prepare(account, post, null, keep, new AbortController().signal);
    await expect(attempt).rejects.toMatchObject({ failure: { class: 'transient', code: 'processing' } });
    await expect(prepare(instagram, account, post, kept[0])).rejects.toMatchObject({ failure: { code: 'processing' } });
    expect(bench.meta.ledger.count('instagram.media.create')).toBe(1);
  });

  it('makes a carousel of images and a video, labelled as a whole', async () => {
    const post = publication('Three', [await image({ altText: 'one' }), video({ aiMade: true }), await image()]);
    const { handle, kept } = await prepare(instagram, account, post);
    expect(kept).toHaveLength(5);
    await instagram.commit(account, post, handle, send);
    expect(live()).toMatchObject([
      { text: 'Three', aiLabel: true, media: [{ alt: 'one' }, { kind: 'video' }, { kind: 'image' }] },
    ]);
  });

  it('resumes a carousel where it stopped', async () => {
    const post = publication('Three', [await image(), await image(), await image()]);
    const { kept } = await prepare(instagram, account, post);
    const twoItems = kept.findLast(({ items }) => Array.isArray(items) && items.length === 2) ?? null;
    const { handle } = await prepare(instagram, account, post, twoItems);
    expect(bench.meta.ledger.count('instagram.media.create')).toBe(6);
    await instagram.commit(account, post, handle, send);
    expect(live()[0]?.media).toHaveLength(3);
  });

  it('uploads a reel, and starts a new container when the upload was cut', async () => {
    const post = publication('A reel', [video()]);
    const kept: Handle[] = [];
    fault('instagram.container.upload', 'lost-answer');
    const keep = async (handle: Handle) => {
      kept.push(handle);
    };
    const attempt = instagram.prepare(account, post, null, keep, new AbortController().signal);
    await expect(attempt).rejects.toMatchObject({ failure: { class: 'transient' } });
    const { handle } = await prepare(instagram, account, post, kept[0]);
    expect(await instagram.commit(account, post, handle, send)).toMatchObject({ kind: 'published' });
    expect(live()).toMatchObject([{ text: 'A reel', media: [{ kind: 'video' }] }]);
  });

  it('uses a new container when the old one waited a day', async () => {
    const post = await onePicture();
    const { handle } = await prepare(instagram, account, post);
    bench.clock.now += 25 * 3_600_000;
    expect(await instagram.lookUp(account, post, handle, bench.clock.now)).toMatchObject({
      kind: 'refused',
      failure: { class: 'transient', code: 'container/expired' },
    });
    const renewed = await prepare(instagram, account, post, handle);
    expect(renewed.handle).not.toEqual(handle);
    expect(await instagram.commit(account, post, renewed.handle, send)).toMatchObject({ kind: 'published' });
  });

  it('tells what Instagram found wrong with the media, and forgets the container', async () => {
    fault('instagram.media.create', 'container-error', 'Error: Media upload has failed with error code 2207026');
    const kept: Handle[] = [];
    const keep = async (handle: Handle) => {
      kept.push(handle);
    };
    const attempt = instagram.prepare(account, await onePicture(), null, keep, new AbortController().signal);
    await expect(attempt).rejects.toMatchObject({ failure: { class: 'content', code: 'container/2207026' } });
    expect(kept.at(-1)).toEqual({ via: 'facebook', container: null, items: [], hosts: [expect.any(String)] });
  });

  it('stops at once when it is told to', async () => {
    bench.meta.settings.containerPolls = 1_000;
    const stop = new AbortController();
    const keep = async () => stop.abort(new Error('shutting down'));
    const attempt = instagram.prepare(account, await onePicture(), null, keep, stop.signal);
    await expect(attempt).rejects.toThrow('shutting down');
  });

  it('waits while the quota of the day is used up', async () => {
    bench.meta.settings.quotaTotal = 0;
    await expect(prepare(instagram, account, await onePicture())).rejects.toMatchObject({
      failure: { class: 'rate', code: 'quota', retryAt: bench.clock.now + 3_600_000 },
    });
    expect(bench.meta.ledger.count('instagram.media.create')).toBe(0);
  });
});

describe('the outcome of media_publish', () => {
  it.each([
    [graphError(9007, 2207027), 'refused', 'transient'],
    [graphError(190, 460), 'refused', 'token'],
    [graphError(25, 2207050), 'refused', 'account'],
    [graphError(36003, 2207009), 'refused', 'content'],
    [graphError(10), 'refused', 'permission'],
    [graphError(4, 2207051), 'unknown', null],
    [graphError(4), 'unknown', null],
    [graphError(80002), 'unknown', null],
    [graphError(9, 2207042), 'unknown', null],
    [graphError(100, 33), 'unknown', null],
    [graphError(2, undefined, 500), 'unknown', null],
    [graphError(190, 463, 500), 'unknown', null],
    [{ status: 200, body: {} }, 'unknown', null],
  ])('%j is %s (%s)', async (answer, kind, failureClass) => {
    const post = await onePicture();
    const { handle } = await prepare(instagram, account, post);
    fault('instagram.media_publish', 'status', answer);
    const outcome = await instagram.commit(account, post, handle, send);
    expect(outcome.kind).toBe(kind);
    expect(outcome.kind === 'refused' ? outcome.failure.class : null).toBe(failureClass);
    expect(await instagram.lookUp(account, post, handle, bench.clock.now)).toEqual({ kind: 'absent' });
  });

  it('is found by caption and time after a lost answer, never by being the newest', async () => {
    const lost = await onePicture('Mine');
    const { handle } = await prepare(instagram, account, lost);
    const sentAt = bench.clock.now;
    fault('instagram.media_publish', 'lost-answer');
    expect((await instagram.commit(account, lost, handle, send)).kind).toBe('unknown');
    const mine = live()[0];

    bench.clock.now += 60_000;
    const other = await onePicture('Newer');
    await instagram.commit(account, other, (await prepare(instagram, account, other)).handle, send);
    const found = await instagram.lookUp(account, lost, handle, sentAt);
    const oneOf = [{ remoteId: mine?.id, permalink: mine?.permalink }];
    expect(found).toEqual({ kind: 'published', remoteId: null, permalink: null, oneOf });
  });

  it('is live as one of the media that fit, which may be none or several', async () => {
    const post = await onePicture('Twin');
    const publish = async () => {
      const { handle } = await prepare(instagram, account, post);
      await instagram.commit(account, post, handle, send);
      return handle;
    };
    const unlinked = { kind: 'published', remoteId: null, permalink: null };
    const handle = await publish();
    bench.meta.settings.lookupLagMs = 3_600_000;
    expect(await instagram.lookUp(account, post, handle, bench.clock.now)).toEqual({ ...unlinked, oneOf: [] });
    bench.meta.settings.lookupLagMs = 0;
    await publish();
    const oneOf = live().map(({ id, permalink }) => ({ remoteId: id, permalink }));
    expect(oneOf).toHaveLength(2);
    expect(await instagram.lookUp(account, post, handle, bench.clock.now)).toEqual({ ...unlinked, oneOf });
  });

  it('tells the address of a post later', async () => {
    const post = await onePicture();
    const { handle } = await prepare(instagram, account, post);
    fault('instagram.media.read', 'status', graphError(100, 33));
    const outcome = await instagram.commit(account, post, handle, send);
    expect(outcome).toMatchObject({ kind: 'published', permalink: null });
    const remoteId = outcome.kind === 'published' ? outcome.remoteId : '';
    expect(await instagram.permalink(account, remoteId)).toBe(live()[0]?.permalink);
  });

  it('leaves only Page photos behind, which can be removed, also when no container came of them', async () => {
    const post = publication('Two', [await image(), await image()]);
    const { handle } = await prepare(instagram, account, post);
    await instagram.commit(account, post, handle, send);
    const { parts, spare } = instagram.staging?.of(handle) ?? { parts: [], spare: [] };
    expect([parts.length, spare.length]).toEqual([0, 2]);
    for (const id of spare) await instagram.staging?.remove(account, id);
    expect(bench.meta.ledger.count('facebook.photo.delete')).toBe(2);

    fault('instagram.media.create', 'status', graphError(1));
    const kept: Handle[] = [];
    const keep = async (next: Handle) => {
      kept.push(next);
    };
    const broken = instagram.prepare(account, await onePicture(), null, keep, new AbortController().signal);
    await expect(broken).rejects.toMatchObject({ failure: { class: 'transient' } });
    expect(instagram.staging?.of(kept.at(-1) ?? {}).spare).toHaveLength(1);
  });

  it('does not prepare again what is live', async () => {
    const post = await onePicture();
    const { handle } = await prepare(instagram, account, post);
    await instagram.commit(account, post, handle, send);
    await expect(prepare(instagram, account, post, handle)).rejects.toBeInstanceOf(AlreadyLive);
  });
});

describe('comments', () => {
  it('count as made when Instagram refuses only the answer', async () => {
    const post = await onePicture();
    const { handle } = await prepare(instagram, account, post);
    const outcome = await instagram.commit(account, post, handle, send);
    const mediaId = outcome.kind === 'published' ? outcome.remoteId : '';
    fault('instagram.comments.create', 'status-after', graphError(20, 1772107));
    expect(await instagram.comments?.commit(account, mediaId, 'First', send)).toEqual({ kind: 'accepted' });
    expect(await instagram.comments?.lookUp(account, mediaId, 'First', bench.clock.now)).toMatchObject({
      kind: 'published',
    });
    expect(live()[0]?.comments).toHaveLength(1);
  });
});

describe('connecting', () => {
  it('finds the account behind each Page and keeps the Page for its images', async () => {
    const person = bench.meta.addPerson({
      name: 'Bo',
      pages: [
        { name: 'With', instagram: { username: 'with.it' } },
        { name: 'Without' },
        { name: 'Portfolio', inPortfolio: true, instagram: { username: 'port.folio' } },
      ],
    });
    const found = await connect(bench, 'instagram', { personId: person.id, declined: ['business_management'] });
    expect(found).toMatchObject([
      { platform: 'instagram', username: 'with.it', missing: [] },
      { platform: 'instagram', username: 'port.folio', missing: [] },
    ]);
    expect(found[0]?.pageId).not.toBe(found[0]?.remoteId);
    const [first] = found;
    if (first === undefined) throw new Error('none');
    expect((await renew(instagram, first)).accessToken.reveal()).toMatch(/^EAA/);
  });

  it('says in words what was not granted', async () => {
    const [found] = await connect(bench, 'instagram', { declined: ['instagram_content_publish'] });
    expect(found?.missing).toEqual([
      'The permission to publish the posts that were agreed on (instagram_content_publish) was not given.',
    ]);
  });
});
