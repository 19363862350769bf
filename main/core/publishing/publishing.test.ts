import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScriptedNetwork } from '../../../test/doubles/scripted-network.ts';
import { upToDate } from '../../../test/doubles/up-to-date.ts';
import { plainLease } from '../../../test/doubles/plain-lease.ts';
import { VirtualTime } from '../../../test/doubles/virtual-time.ts';
import { systemDigest, systemRandom } from '../../host/chance.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import { openStore } from '../../store/open.ts';
import type { Renewal } from '../accounts/renewals.ts';
import { createActivity } from '../activity/activity.ts';
import { Changes } from '../activity/changes.ts';
import { createKillSwitch, type KillSwitch } from '../control/kill-switch.ts';
import { contentHash, contentOf } from '../pipeline/content.ts';
import {
  type AccountRecord,
  AlreadyLive,
  GateClosed,
  type Log,
  NetworkFailure,
  type PostRecord,
  Secret,
  type Store,
  type TargetRecord,
} from '../ports/index.ts';
import { createPublishing, type Publisher } from './publishing.ts';

const noon = Date.UTC(2026, 10, 24, 12);
const minute = 60_000;
const expired = new NetworkFailure({ class: 'token', code: '190', message: 'expired' });
const failing = { class: 'transient', code: 'http/500', message: 'The network stumbled.' } as const;
const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

let folder: string;
let time: VirtualTime;
let store: Store;
let facebook: ScriptedNetwork;
let instagram: ScriptedNetwork;
let tiktok: ScriptedNetwork;
let killSwitch: KillSwitch;
let publisher: Publisher;
let doubt: string | null;
let renewals: string[];
let renewal: Renewal;
let onRenewal: () => Promise<void>;
let onSend: () => Promise<void>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'autosocial-publishing-'));
  time = new VirtualTime(noon - 10 * minute);
  store = await openStore({ file: join(folder, 'data.db'), clock: time, log: quiet });
  facebook = new ScriptedNetwork('facebook');
  instagram = new ScriptedNetwork('instagram');
  tiktok = new ScriptedNetwork('tiktok');
  doubt = null;
  renewals = [];
  renewal = 'renewed';
  onRenewal = () => Promise.resolve();
  onSend = () => Promise.resolve();
  await seedClient();
  publisher = await boot('boot-1');
});

afterEach(async () => {
  await publisher.stop();
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('a due post', () => {
  it('goes out at its time, once, and says where', async () => {
    const { target } = await approvedPost();
    await pass(9 * minute);
    expect(facebook.live).toEqual([]);
    await pass(minute);
    expect(facebook.live).toEqual([{ handle: 'container-1', text: 'Fresh bread\n\n#bakery', account: 'page-1' }]);
    expect(await store.targets.get(target.id)).toMatchObject({ status: 'published', remoteId: 'live-container-1' });
    expect((await store.posts.get(target.postId))?.status).toBe('published');
    await pass(60 * minute);
    expect(facebook.live).toHaveLength(1);
  });

  it('has its intent and its sending on disk before anything is sent', async () => {
    const { target } = await approvedPost();
    let states: string[] = [];
    facebook.beforeSend = async () => {
      states = (await store.attempts.listOfTarget(target.id)).map((attempt) => attempt.state);
    };
    await pass(10 * minute);
    expect(states).toEqual(['prepared']);
    const [attempt] = await store.attempts.listOfTarget(target.id);
    const kinds = (await store.attempts.events(attempt?.id ?? '')).map((event) => event.kind);
    expect(kinds).toEqual(['intent', 'handle', 'prepared', 'sending', 'published']);
  });

  it('posts its first comment as an attempt of its own', async () => {
    await approvedPost({ firstComment: 'Order by phone' });
    await pass(11 * minute);
    expect(facebook.commented).toEqual([{ postRemoteId: 'live-container-1', text: 'Order by phone' }]);
  });

  it('goes out as a story without words and without its first comment', async () => {
    const { target } = await approvedPost({ firstComment: 'Order by phone' }, 'facebook', { format: 'story' });
    await pass(60 * minute);
    expect(facebook.live).toMatchObject([{ text: '' }]);
    expect(facebook.commented).toEqual([]);
    expect(await store.targets.get(target.id)).toMatchObject({ status: 'published', errorCode: null });
  });

  it('stays published when its first comment is refused, and the comment is tried again', async () => {
    const { target } = await approvedPost({ firstComment: 'Order by phone' });
    facebook.commentAnswers = [
      { kind: 'refused', failure: { class: 'transient', code: '2', message: 'down' } },
      'lost',
    ];
    await pass(30 * minute);
    expect((await store.targets.get(target.id))?.status).toBe('published');
    expect(facebook.live).toHaveLength(1);
    expect(facebook.commented).toHaveLength(1);
  });
});

describe('a lost answer', () => {
  it('is looked up and never sent again when the post is live', async () => {
    const { target } = await approvedPost();
    facebook.answers = ['lost'];
    await pass(10 * minute);
    expect((await store.targets.get(target.id))?.status).toBe('confirming');
    await pass(5 * minute);
    expect((await store.targets.get(target.id))?.status).toBe('published');
    expect(facebook.live).toHaveLength(1);
  });

  it('leads to a second try with the same container only after two negative look-ups past the settle time', async () => {
    const { target } = await approvedPost();
    facebook.answers = ['lost-before'];
    await pass(10 * minute);
    await pass(2 * minute - 1_000);
    expect(await store.attempts.listOfTarget(target.id)).toHaveLength(1);
    await pass(5 * minute);
    expect(facebook.live).toHaveLength(1);
    expect(facebook.prepared).toBe(1);
    expect((await store.targets.get(target.id))?.status).toBe('published');
  });

  it('is told without contradiction when it was the last try', async () => {
    const { target } = await approvedPost();
    facebook.answers = Array.from({ length: 5 }, () => 'lost-before' as const);
    await pass(60 * minute);
    const { status, errorMessage } = (await store.targets.get(target.id)) ?? {};
    expect(status).toBe('failed');
    expect(errorMessage).toMatch(/^It did not work after 5 tries: .* is not tried again by itself/);
    expect(errorMessage).not.toMatch(/is sent again/);
  });

  it('is not taken for absence when the look-up itself fails', async () => {
    const { target } = await approvedPost();
    facebook.answers = ['lost'];
    facebook.lookUps = Array.from({ length: 12 }, () => 'fail' as const);
    await pass(30 * minute);
    expect(facebook.live).toHaveLength(1);
    expect(await store.attempts.listOfTarget(target.id)).toHaveLength(1);
  });

  it('is given to a person when several posts could be it, and the answer is taken', async () => {
    const { target } = await approvedPost();
    facebook.answers = ['lost'];
    facebook.lookUps = [{ kind: 'ambiguous', detail: 'Two posts with this text are there.' }];
    await pass(15 * minute);
    expect(await store.posts.get(target.postId)).toMatchObject({
      status: 'held',
      heldReason: expect.stringMatching(
        /^Two posts with this text are there\. Nothing is sent again before you answer/,
      ),
    });
    await publisher.resolve({
      postId: target.postId,
      targetId: target.id,
      resolution: 'published',
      remoteId: 'x-9',
      actor: 'owner',
    });
    expect(await store.targets.get(target.id)).toMatchObject({ status: 'published', remoteId: 'x-9' });
    await pass(60 * minute);
    expect(facebook.live).toHaveLength(1);
  });
});

describe('a look-up', () => {
  it('of an attempt that was settled since it was listed changes nothing', async () => {
    const { target } = await approvedPost();
    facebook.answers = ['lost'];
    await pass(10 * minute);
    const listed = await store.attempts.listOpen();
    await pass(5 * minute);
    vi.spyOn(store.attempts, 'listOpen').mockResolvedValueOnce(listed);
    await publisher.publishDue();
    await publisher.idle();
    expect((await store.targets.get(target.id))?.status).toBe('published');
    expect((await store.attempts.listOfTarget(target.id)).map(({ state }) => state)).toEqual(['published']);
  });

  it('believes absence only when the settle time has passed since the call ended, however long the computer slept', async () => {
    const { target } = await approvedPost();
    facebook.answers = ['lost-before'];
    onSend = async () => time.step(30 * minute);
    await pass(10 * minute);
    onSend = () => Promise.resolve();
    await pass(2 * minute - 1_000);
    const [attempt] = await store.attempts.listOfTarget(target.id);
    expect(attempt).toMatchObject({ state: 'unknown' });
    expect((attempt?.lastLookUpAt ?? 0) - (attempt?.deadlineAt ?? 0)).toBeGreaterThan(0);
    expect(await store.attempts.listOfTarget(target.id)).toHaveLength(1);
  });
});

describe('a second negative look-up', () => {
  it('counts a minute after the answer to the first, however long that took', async () => {
    const { target } = await approvedPost();
    facebook.answers = ['lost-before'];
    let isFirst = true;
    facebook.lookUp = async () => {
      if (isFirst && time.now() >= noon + 2 * minute) {
        isFirst = false;
        time.step(10 * minute);
      }
      return { kind: 'absent' };
    };
    await pass(20 * minute);
    const [attempt] = await store.attempts.listOfTarget(target.id);
    const events = await store.attempts.events(attempt?.id ?? '');
    const [first, second] = events.filter(({ kind }) => kind === 'absent' || kind === 'failed').map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(minute);
  });
});

describe('a look-up that failed', () => {
  it('counts from its answer too, so that none of another run can seem to lie between two that count', async () => {
    const { target } = await approvedPost();
    facebook.answers = ['lost-before'];
    const answers: ('absent' | 'fails')[] = ['absent', 'fails'];
    facebook.lookUp = async () => {
      if (time.now() < noon + 2 * minute) return { kind: 'absent' };
      if (answers.shift() !== 'fails') return { kind: 'absent' };
      time.step(10 * minute);
      throw new Error('no answer');
    };
    await pass(25 * minute);
    const [attempt] = await store.attempts.listOfTarget(target.id);
    const events = await store.attempts.events(attempt?.id ?? '');
    const at = (kind: string): number => events.find((event) => event.kind === kind)?.at ?? Number.NaN;
    expect(at('failed') - at('look_up_failed')).toBeGreaterThanOrEqual(minute);
  });
});

describe('a look-up of a first comment', () => {
  it('believes absence only when the settle time has passed since the call ended, however long the computer slept', async () => {
    const { target } = await approvedPost({ firstComment: 'Order by phone' });
    facebook.commentAnswers = ['lost-before'];
    onSend = async () => {
      if (facebook.live.length > 0) time.step(30 * minute);
    };
    await pass(10 * minute);
    onSend = () => Promise.resolve();
    await pass(2 * minute - 1_000);
    const comments = (await store.attempts.listOfTarget(target.id)).filter(({ kind }) => kind === 'first_comment');
    expect(comments).toMatchObject([{ state: 'unknown' }]);
    expect((comments[0]?.lastLookUpAt ?? 0) - (comments[0]?.deadlineAt ?? 0)).toBeGreaterThan(0);
  });
});

describe('a container that turns out to be live already', () => {
  it('is a published post, not a failed one, and nothing is sent', async () => {
    const { target } = await approvedPost();
    facebook.answers = ['lost-before'];
    await pass(10 * minute);
    facebook.prepareFails = [new AlreadyLive()];
    facebook.lookUps = Array.from({ length: 20 }, () => ({ kind: 'absent' as const }));
    await pass(3 * minute);
    facebook.lookUps = [];
    facebook.live.push({ handle: 'container-1', text: 'Fresh bread', account: 'page-1' });
    await pass(30 * minute);
    expect((await store.targets.get(target.id))?.status).toBe('published');
    expect(facebook.live).toHaveLength(1);
    expect((await store.attempts.listOfTarget(target.id)).map(({ state }) => state)).toEqual(['not_sent', 'published']);
  });
});

describe('a store that refuses to write for a moment', () => {
  const failOnce = (): void => {
    vi.spyOn(store, 'transaction').mockRejectedValueOnce(new Error('the disk is full'));
  };

  it('does not leave a sent post in the air', async () => {
    const { target } = await approvedPost();
    onSend = () => Promise.resolve(failOnce());
    await pass(15 * minute);
    expect((await store.targets.get(target.id))?.status).toBe('published');
    expect(facebook.live).toHaveLength(1);
  });

  it('does not take a post for sent that never left', async () => {
    const { target } = await approvedPost();
    // As the networks do: what sending throws, but for a shut gate, is a broken connection.
    const commit = facebook.commit.bind(facebook);
    facebook.commit = (...input) =>
      commit(...input).catch((error: unknown) => {
        if (error instanceof GateClosed) throw error;
        return { kind: 'unknown', detail: String(error) };
      });
    facebook.beforeSend = async () => {
      facebook.beforeSend = () => Promise.resolve();
      failOnce();
    };
    await pass(10 * minute);
    expect(facebook.live).toEqual([]);
    expect((await store.targets.get(target.id))?.status).toBe('pending');
    await pass(minute);
    expect((await store.targets.get(target.id))?.status).toBe('published');
  });

  it('does not leave a prepared post in the air', async () => {
    const { target } = await approvedPost();
    facebook.beforeSend = async () => {
      facebook.beforeSend = () => Promise.resolve();
      const transaction = store.transaction.bind(store);
      vi.spyOn(store, 'transaction')
        .mockRejectedValueOnce(new Error('the disk is full'))
        .mockRejectedValueOnce(new Error('the disk is full'))
        .mockImplementation(transaction);
    };
    await pass(15 * minute);
    expect((await store.targets.get(target.id))?.status).toBe('published');
    expect(facebook.live).toHaveLength(1);
  });
});

describe('a person who acts at the due moment', () => {
  it('rejects the post, and it stays rejected', async () => {
    const { post } = await approvedPost();
    const { transaction } = store;
    vi.spyOn(store, 'transaction').mockImplementationOnce(async (work) => {
      await store.posts.update(post.id, { status: 'rejected', approvedHash: null });
      return transaction(work);
    });
    await pass(15 * minute);
    expect(facebook.live).toEqual([]);
    expect((await store.posts.get(post.id))?.status).toBe('rejected');
    expect(await store.attempts.listOfPost(post.id)).toEqual([]);
  });

  it('and a second one with another answer: the first answer counts', async () => {
    const { target } = await approvedPost();
    facebook.answers = ['lost'];
    facebook.lookUps = [{ kind: 'ambiguous', detail: 'Two posts with this text are there.' }];
    await pass(15 * minute);
    const answer = { postId: target.postId, targetId: target.id, actor: 'owner' };
    const answers = await Promise.allSettled([
      publisher.resolve({ ...answer, resolution: 'published' }),
      publisher.resolve({ ...answer, resolution: 'send_again' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await pass(15 * minute);
    expect((await store.targets.get(target.id))?.status).toBe('published');
    expect(facebook.live).toHaveLength(1);
  });
});

describe('a failure', () => {
  it('that passes is tried again later', async () => {
    const { target } = await approvedPost();
    facebook.prepareFails = [new NetworkFailure({ class: 'transient', code: '2', message: 'down' })];
    await pass(10 * minute);
    expect(await store.targets.get(target.id)).toMatchObject({ status: 'pending', tries: 1 });
    await pass(minute);
    expect(facebook.live).toHaveLength(1);
  });

  it('of the text ends it, with the words of the network', async () => {
    const { target } = await approvedPost();
    facebook.answers = [{ kind: 'refused', failure: { class: 'content', code: '36004', message: 'Too long' } }];
    await pass(120 * minute);
    expect(await store.targets.get(target.id)).toMatchObject({
      status: 'failed',
      errorMessage: expect.stringMatching(/^Facebook refused it: Too long /),
    });
    expect((await store.posts.get(target.postId))?.status).toBe('failed');
    expect(await store.attempts.listOfTarget(target.id)).toHaveLength(1);
  });

  it('of the rate holds the whole account back until then', async () => {
    const retryAt = noon + 20 * minute;
    await approvedPost();
    facebook.prepareFails = [new NetworkFailure({ class: 'rate', code: '32', message: 'slow down', retryAt })];
    await pass(10 * minute);
    expect((await store.accounts.get('account-1'))?.pausedUntil).toBe(retryAt);
    await pass(19 * minute);
    expect(facebook.live).toEqual([]);
    await pass(2 * minute);
    expect(facebook.live).toHaveLength(1);
  });

  it('of a TikTok token is mended by one silent renewal', async () => {
    await approvedPost({}, 'tiktok');
    tiktok.prepareFails = [expired];
    await pass(11 * minute);
    expect(renewals).toEqual(['account-1']);
    expect(tiktok.live).toHaveLength(1);
  });

  it.each(['tiktok', 'facebook'] as const)(
    'of a %s token that cannot be mended asks to reconnect and holds the post',
    async (platform) => {
      renewal = 'reconnect';
      const { target } = await approvedPost({}, platform);
      tiktok.prepareFails = [expired];
      facebook.prepareFails = [expired];
      await pass(11 * minute);
      expect(renewals).toEqual(platform === 'tiktok' ? ['account-1'] : []);
      expect((await store.accounts.get('account-1'))?.status).toBe('reconnect');
      expect((await store.targets.get(target.id))?.status).toBe('held');
    },
  );

  it('of a TikTok token is mended after an earlier stumble, too', async () => {
    const { target } = await approvedPost({}, 'tiktok');
    tiktok.prepareFails = [new NetworkFailure({ class: 'transient', code: '503', message: 'down' }), expired];
    await pass(15 * minute);
    expect(renewals).toEqual(['account-1']);
    expect((await store.accounts.get('account-1'))?.status).toBe('connected');
    expect((await store.targets.get(target.id))?.status).toBe('published');
  });

  it('of a TikTok token that cannot be renewed yet does not ask to reconnect', async () => {
    renewal = 'later';
    const { target } = await approvedPost({}, 'tiktok');
    tiktok.prepareFails = [expired, expired];
    await pass(15 * minute);
    expect(renewals).toEqual(['account-1', 'account-1']);
    expect((await store.accounts.get('account-1'))?.status).toBe('connected');
    expect((await store.targets.get(target.id))?.status).toBe('published');
  });

  it('of the token leaves what the failed renewal said of the account', async () => {
    const statusReason = 'Please log in again.';
    renewal = 'reconnect';
    onRenewal = () => store.accounts.update('account-1', { status: 'reconnect', statusReason });
    await approvedPost({}, 'tiktok');
    tiktok.prepareFails = [expired];
    await pass(11 * minute);
    expect(await store.accounts.get('account-1')).toMatchObject({ status: 'reconnect', statusReason });
  });
});

describe('what a network tells late', () => {
  const nowhere = { kind: 'published' as const, remoteId: null, permalink: null };
  const there = (remoteId: string) => ({ remoteId, permalink: `https://example.com/${remoteId}` });
  const targetNow = (id: string) => store.targets.get(id);

  it('is asked for until the link of a live post is there', async () => {
    const { target } = await approvedPost({}, 'tiktok');
    tiktok.answers = [{ kind: 'accepted' }];
    tiktok.lookUps = [nowhere, nowhere, { kind: 'published', ...there('7300000000000000001') }];
    await pass(11 * minute);
    expect(await targetNow(target.id)).toMatchObject({ status: 'published', remoteId: null });
    await pass(2 * minute);
    await publisher.followUp();
    expect((await targetNow(target.id))?.remoteId).toBeNull();
    await pass(2 * minute);
    await publisher.followUp();
    expect(await targetNow(target.id)).toMatchObject(there('7300000000000000001'));
    expect(await store.targets.withoutLink(0, 10)).toEqual([]);
  });

  it('is the link alone where only that could not be read, on every network', async () => {
    const { target } = await approvedPost();
    facebook.permalinks = [new Error('the read failed'), null, 'https://example.com/later'];
    facebook.answers = [{ kind: 'published', remoteId: 'page-1_9', permalink: null }];
    await pass(11 * minute);
    for (const [minutes, permalink] of [
      [3, null],
      [6, null],
      [12, 'https://example.com/later'],
    ] as const) {
      await pass(minutes * minute);
      await publisher.followUp();
      expect(await targetNow(target.id)).toMatchObject({ remoteId: 'page-1_9', permalink });
    }
    expect((await store.attempts.listOfTarget(target.id))[0]).toMatchObject({ permalink: 'https://example.com/later' });
    expect(facebook.live).toEqual([]);
  });

  it('is asked for ever less often, and no more after a week', async () => {
    await approvedPost();
    facebook.answers = [{ kind: 'published', remoteId: 'page-1_9', permalink: null }];
    await pass(11 * minute);
    const asked: number[] = [];
    facebook.permalink = () => {
      asked.push(time.now());
      return Promise.resolve(null);
    };
    for (let hours = 0; hours < 9 * 24; hours += 1 / 6) {
      time.stand(10 * minute);
      await publisher.followUp();
    }
    const gaps = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
    expect(gaps.slice(0, 2).every((gap) => gap <= 20 * minute)).toBe(true);
    expect(gaps.at(-1)).toBeGreaterThanOrEqual(12 * 60 * minute);
    expect(asked.length).toBeLessThan(35);
    expect((asked.at(-1) ?? 0) - noon).toBeLessThan(7 * 24 * 60 * minute);
  });

  it('turns a draft in the inbox into a live post once its creator posted it', async () => {
    const { target } = await approvedPost({}, 'tiktok');
    tiktok.answers = [{ kind: 'accepted' }];
    tiktok.lookUps = [{ kind: 'delivered' }, 'fail', { kind: 'published', remoteId: '73', permalink: null }];
    await pass(11 * minute);
    await pass(2 * minute);
    await publisher.followUp();
    expect((await targetNow(target.id))?.status).toBe('delivered');
    await pass(2 * minute);
    await publisher.followUp();
    expect((await targetNow(target.id))?.status).toBe('published');
    expect((await store.posts.get(target.postId))?.status).toBe('published');
  });

  describe('of twins', () => {
    const twins = (...ids: string[]) => ({ ...nowhere, oneOf: ids.map(there) });

    async function twoPosts() {
      const first = await approvedPost();
      const { post, target } = first;
      const approved = await store.posts.get(post.id);
      const at = { scheduledFor: noon + minute, createdAt: time.now() };
      await store.posts.insert({ ...post, ...at, approvedHash: approved?.approvedHash ?? null, id: 'post-2' });
      await store.targets.insert({ ...target, id: 'target-2', postId: 'post-2' });
      publisher.wake();
      facebook.answers = ['lost', 'lost'];
    }

    it('is the one that is not the other', async () => {
      await twoPosts();
      facebook.lookUps = [twins('a'), twins('a', 'b')];
      await pass(13 * minute);
      expect(await targetNow('target-1')).toMatchObject({ status: 'published', ...there('a') });
      expect(await targetNow('target-2')).toMatchObject({ status: 'published', ...there('b') });
    });

    it('is found later, when the other is known and is the only one that shows', async () => {
      await twoPosts();
      facebook.lookUps = [twins('a'), twins('a'), twins('a', 'b')];
      await pass(13 * minute);
      expect(await targetNow('target-2')).toMatchObject({ status: 'published', remoteId: null, errorCode: null });
      await pass(3 * minute);
      await publisher.followUp();
      expect(await targetNow('target-2')).toMatchObject(there('b'));
    });

    it('stays open while two are left, and where nothing says that it is live a person is asked', async () => {
      await twoPosts();
      const unsure = { kind: 'ambiguous' as const, detail: '2 posts could be this one.' };
      facebook.lookUps = [twins('a', 'b'), { ...unsure, oneOf: ['a', 'b'].map(there) }];
      await pass(13 * minute);
      expect(await targetNow('target-1')).toMatchObject({ status: 'published', remoteId: null });
      expect(await targetNow('target-2')).toMatchObject({ status: 'held', errorCode: 'unclear' });
    });
  });
});

describe('what is left over at a network', () => {
  it('is removed some minutes after a failure, and a person who tries again starts anew', async () => {
    const { target } = await approvedPost();
    facebook.beforeSend = () => Promise.reject(new NetworkFailure({ class: 'content', code: '1', message: 'No.' }));
    await pass(11 * minute);
    expect((await store.targets.get(target.id))?.status).toBe('failed');
    await publisher.followUp();
    expect(facebook.removed).toEqual([]);
    await pass(10 * minute);
    await publisher.followUp();
    await publisher.followUp();
    expect(facebook.removed).toEqual(['container-1']);
    const [attempt] = await store.attempts.listOfTarget(target.id);
    expect(attempt?.handle).toBeNull();
    expect((await store.attempts.events(attempt?.id ?? '')).at(-1)).toMatchObject({ kind: 'cleared' });

    facebook.beforeSend = () => Promise.resolve();
    await publisher.resolve({ postId: target.postId, targetId: target.id, resolution: 'send_again', actor: 'mia' });
    await pass(minute);
    expect(facebook.live).toMatchObject([{ handle: 'container-2' }]);
  });

  it('is only what the live post does not need, is asked for once, and costs nothing when it cannot be removed', async () => {
    const { target } = await approvedPost();
    await pass(11 * minute);
    const [attempt] = await store.attempts.listOfTarget(target.id);
    await store.attempts.update(attempt?.id ?? '', { handle: { ...attempt?.handle, spare: ['host'] } });
    facebook.removing = () =>
      Promise.reject(new NetworkFailure({ class: 'content', code: '100/33', message: 'Gone.' }));
    await pass(10 * minute);
    await publisher.followUp();
    await publisher.stop();
    publisher = await boot('boot-2');
    await publisher.followUp();
    expect(facebook.removed).toEqual(['host']);
    expect(await store.targets.get(target.id)).toMatchObject({ status: 'published', errorCode: null });
  });

  it('is left alone while all is stopped', async () => {
    await approvedPost();
    facebook.beforeSend = () => Promise.reject(new NetworkFailure({ class: 'content', code: '1', message: 'No.' }));
    await pass(25 * minute);
    await killSwitch.set({ scope: 'global', scopeId: '', engaged: true, reason: null, actor: 'mia' });
    await publisher.followUp();
    expect(facebook.removed).toEqual([]);
  });
});

describe('a story whose link was not told', () => {
  it('is published all the same, and never named after what another attempt published', async () => {
    const { target } = await approvedPost({}, 'facebook', { format: 'story' });
    await store.attempts.insert({
      ...(await unfinishedAttempt(target)),
      state: 'published',
      handle: null,
      endedAt: time.now(),
      remoteId: 'sibling',
    });
    const sibling = { remoteId: 'sibling', permalink: null };
    const mine = { remoteId: 'mine', permalink: 'https://example.com/mine' };
    facebook.answers = ['lost'];
    facebook.lookUps = [[sibling], [sibling], [sibling, mine]].map((oneOf) => ({
      kind: 'published',
      remoteId: null,
      permalink: null,
      oneOf,
    }));
    await pass(13 * minute);
    expect(await store.targets.get(target.id)).toMatchObject({ status: 'published', remoteId: null });
    await pass(2 * minute);
    await publisher.followUp();
    expect((await store.targets.get(target.id))?.remoteId).toBeNull();
    await pass(5 * minute);
    await publisher.followUp();
    expect(await store.targets.get(target.id)).toMatchObject(mine);
    expect(facebook.live).toHaveLength(1);
  });
});

describe('a first comment', () => {
  it('that cannot be posted in the end says so', async () => {
    const { target } = await approvedPost({ firstComment: 'Order by phone' });
    facebook.commentAnswers = Array.from({ length: 9 }, () => ({
      kind: 'refused' as const,
      failure: { class: 'transient' as const, code: '2', message: 'down' },
    }));
    await pass(120 * minute);
    expect(facebook.commented).toEqual([]);
    expect(await store.targets.get(target.id)).toMatchObject({ status: 'published', errorCode: 'first_comment' });
    const { items } = await store.activity.list({ limit: 50 });
    expect(items.filter(({ kind }) => kind === 'comment.failed')).toHaveLength(1);
  });

  it.each([
    ['was kept back', 'live-1'],
    ['found no place', null],
  ])('that %s for more than a day is given up, and says so', async (_, remoteId) => {
    const { target, post } = await approvedPost({ firstComment: 'Order by phone' });
    const publishedAt = noon - 25 * 60 * minute;
    await store.posts.update(post.id, { status: 'published' });
    await store.targets.update(target.id, { status: 'published', remoteId, publishedAt });
    await pass(minute);
    expect(facebook.commented).toEqual([]);
    expect(await store.targets.get(target.id)).toMatchObject({
      status: 'published',
      errorCode: 'first_comment',
      errorMessage: expect.stringContaining('Post it by hand'),
    });
    const { items } = await store.activity.list({ limit: 50 });
    expect(items.filter(({ kind }) => kind === 'comment.failed')).toHaveLength(1);
    await pass(60 * minute);
    expect((await store.attempts.listOfTarget(target.id)).map(({ state }) => state)).toEqual(['rejected']);
  });

  it('whose answer is lost is not told of as a post that is missing', async () => {
    const { target } = await approvedPost({ firstComment: 'Order by phone' });
    facebook.commentAnswers = ['lost-before'];
    await time.pass(15 * minute, async () => {
      await publisher.idle();
      expect((await store.targets.get(target.id))?.errorMessage ?? '').not.toMatch(/post is not on the network/);
    });
    expect(facebook.commented).toHaveLength(1);
  });

  it('waits as long as the network asks', async () => {
    await approvedPost({ firstComment: 'Order by phone' });
    const retryAt = noon + 40 * minute;
    facebook.commentAnswers = [{ kind: 'refused', failure: { class: 'rate', code: '32', message: 'slow', retryAt } }];
    await pass(10 * minute + 39 * minute);
    expect(facebook.commented).toEqual([]);
    await pass(2 * minute);
    expect(facebook.commented).toHaveLength(1);
  });

  it('that meets the limit of the whole app keeps the other accounts of the network waiting too', async () => {
    await seedClient('2');
    await seedClient('3');
    await approvedPost({ firstComment: 'Order by phone' });
    const retryAt = noon + 40 * minute;
    const failure = { class: 'rate' as const, code: '4', message: 'slow', retryAt, appWide: true };
    facebook.commentAnswers = [{ kind: 'refused', failure }];
    const longer = noon + 60 * minute;
    await store.accounts.update('account-2', { pausedUntil: longer });
    await pass(11 * minute);
    expect((await store.accounts.get('account-1'))?.pausedUntil).toBe(retryAt);
    expect((await store.accounts.get('account-2'))?.pausedUntil).toBe(longer);
    expect((await store.accounts.get('account-3'))?.pausedUntil).toBe(retryAt);
  });

  it('of a post whose place the network did not tell says that it is missing', async () => {
    const { target } = await approvedPost({ firstComment: 'Order by phone' });
    facebook.answers = ['lost'];
    facebook.lookUps = [{ kind: 'published', remoteId: null, permalink: null }];
    await pass(15 * minute);
    expect(await store.targets.get(target.id)).toMatchObject({ status: 'published', errorCode: 'first_comment' });
  });
});

describe('the gate', () => {
  it('stays shut for a post that was changed after its approval', async () => {
    const { post } = await approvedPost();
    await store.posts.update(post.id, { caption: 'Something else' });
    await pass(11 * minute);
    expect(facebook.live).toEqual([]);
    expect((await store.posts.get(post.id))?.heldReason).toMatch(/changed after it was approved/);
  });

  it('stays shut when a banned term was added a moment before', async () => {
    const { post } = await approvedPost();
    facebook.beforeSend = () => ban('bread');
    await pass(11 * minute);
    expect(facebook.live).toEqual([]);
    expect((await store.posts.get(post.id))?.heldReason).toContain('“bread”');
  });

  it('stays shut when the term was added in the very last moment', async () => {
    const { post } = await approvedPost();
    facebook.beforeSend = async () => {
      const { killSwitches } = store.control;
      // Somebody's request is served after the gate has read, before `sending` is written.
      vi.spyOn(store.control, 'killSwitches').mockImplementationOnce(async () => {
        await ban('bread');
        return killSwitches();
      });
    };
    await pass(11 * minute);
    expect(facebook.live).toEqual([]);
    expect((await store.posts.get(post.id))?.heldReason).toContain('“bread”');
  });

  it('stays shut while the clock is in doubt, and what became due meanwhile is left to a person', async () => {
    await approvedPost();
    doubt = 'The clock was set back.';
    await pass(15 * minute);
    expect(facebook.live).toEqual([]);
    expect(await store.targets.get('target-1')).toMatchObject({ status: 'pending', errorMessage: doubt });
    doubt = null;
    await pass(minute);
    expect(facebook.live).toEqual([]);
    expect(await store.targets.get('target-1')).toMatchObject({
      status: 'held',
      errorCode: 'after_stop',
      errorMessage: expect.stringContaining('The clock was set back.'),
    });
  });

  it('holds a post that missed its time by more than the grace', async () => {
    const { post } = await approvedPost();
    time.step(45 * minute);
    await pass(minute);
    expect(facebook.live).toEqual([]);
    expect((await store.posts.get(post.id))?.status).toBe('held');
  });
});

describe('the kill switch', () => {
  const engage = (engaged: boolean): Promise<void> =>
    killSwitch.set({ scope: 'global', scopeId: '', engaged, reason: 'wait', actor: 'owner' });

  it('stops a post that is already prepared, in the last step before it is sent', async () => {
    const { target } = await approvedPost();
    facebook.beforeSend = () => engage(true);
    await pass(11 * minute);
    expect(facebook.live).toEqual([]);
    expect(await store.targets.get(target.id)).toMatchObject({ status: 'pending' });
  });

  it('does not swallow that the network asked us to wait', async () => {
    await approvedPost();
    const retryAt = noon + 40 * minute;
    facebook.prepare = async () => {
      await engage(true);
      throw new NetworkFailure({ class: 'rate', code: '32', message: 'slow', retryAt });
    };
    await pass(11 * minute);
    expect((await store.accounts.get('account-1'))?.pausedUntil).toBe(retryAt);
  });

  it('is not undone by a release that was asked for before it', async () => {
    await engage(true);
    const released = engage(false);
    const engaged = engage(true);
    await released;
    expect(killSwitch.stopping('client-1', 'account-1')).not.toBeNull();
    await engaged;
    expect(killSwitch.stopping('client-1', 'account-1')).not.toBeNull();
  });

  it('keeps a first comment waiting, however long', async () => {
    await approvedPost({ firstComment: 'Order by phone' });
    facebook.commentAnswers = [{ kind: 'refused', failure: { class: 'transient', code: '2', message: 'down' } }];
    await pass(10 * minute);
    await engage(true);
    await pass(60 * minute);
    expect(facebook.commented).toEqual([]);
    await engage(false);
    await pass(2 * minute);
    expect(facebook.commented).toHaveLength(1);
  });

  it('for one client keeps nobody else waiting, however much has piled up', async () => {
    const { post, target } = await approvedPost();
    await store.clients.update('client-1', { status: 'paused' });
    await seedClient('2');
    await store.transaction(async (within) => {
      for (let index = 0; index < 510; index += 1) {
        await within.posts.insert({ ...post, id: `waits-${index}`, approvedHash: 'x' });
        await within.targets.insert({ ...target, id: `waits-${index}`, postId: `waits-${index}` });
      }
      const other = { ...post, id: 'post-2', clientId: 'client-2', scheduledFor: noon + minute };
      const otherTarget = { ...target, id: 'target-2', postId: 'post-2', accountId: 'account-2' };
      const approvedHash = contentHash(contentOf(other, [otherTarget], []), systemDigest);
      await within.posts.insert({ ...other, approvedHash });
      await within.targets.insert(otherTarget);
    });
    await pass(11 * minute + 1_000);
    expect(facebook.live).toMatchObject([{ account: 'page-2' }]);
  });

  it('holds when it was pressed in another run of the app on the same data', async () => {
    await approvedPost();
    const changes = new Changes();
    const activity = createActivity({ store, clock: time, random: systemRandom(time), changes });
    const elsewhere = createKillSwitch({ store, clock: time, log: quiet, activity, changes });
    await elsewhere.load();
    const press = (engaged: boolean): Promise<void> =>
      elsewhere.set({ scope: 'global', scopeId: '', engaged, reason: null, actor: 'owner' });
    facebook.beforeSend = () => press(true);
    await pass(12 * minute);
    expect(facebook.live).toEqual([]);
    expect((await store.targets.get('target-1'))?.errorCode).toBe('stopped');
    await press(false);
    await pass(minute);
    expect((await store.targets.get('target-1'))?.errorCode).toBe('after_stop');
  });

  it('holds over a restart', async () => {
    await approvedPost();
    await engage(true);
    await publisher.stop();
    publisher = await boot('boot-2');
    await pass(15 * minute);
    expect(facebook.live).toEqual([]);
  });
});

describe('after a crash', () => {
  it('what was being sent is unknown, is looked up, and is live exactly once', async () => {
    const { target } = await approvedPost();
    facebook.answers = ['lost'];
    await pass(10 * minute);
    const [attempt] = await store.attempts.listOfTarget(target.id);
    await store.attempts.update(attempt?.id ?? '', { state: 'sending' });
    await publisher.stop();
    publisher = await boot('boot-2');
    await pass(10 * minute);
    expect((await store.targets.get(target.id))?.status).toBe('published');
    expect(facebook.live).toHaveLength(1);
  });

  it('what was only prepared goes on with its container', async () => {
    const { target } = await approvedPost();
    await store.attempts.insert({
      ...(await unfinishedAttempt(target)),
      state: 'prepared',
      handle: { container: 'container-0' },
    });
    await store.targets.update(target.id, { status: 'publishing' });
    await publisher.stop();
    publisher = await boot('boot-2');
    await pass(11 * minute);
    expect(facebook.live).toMatchObject([{ handle: 'container-0' }]);
  });
});

describe('a network that takes few new posts a minute', () => {
  /** As many posts for one account, all due at noon. */
  const crowd = async (count: number): Promise<string[]> => {
    const { post, target } = await approvedPost({}, 'tiktok');
    for (let number = 2; number <= count; number++) {
      const next = { ...post, id: `post-${number}` };
      const nextTarget = { ...target, id: `target-${number}`, postId: next.id };
      const approvedHash = contentHash(contentOf(next, [nextTarget], []), systemDigest);
      await store.posts.insert({ ...next, approvedHash });
      await store.targets.insert(nextTarget);
    }
    publisher.wake();
    return Array.from({ length: count }, (_, index) => `target-${index + 1}`);
  };
  let begun: number[];
  const watchStarts = (): void => {
    begun = [];
    const prepare = tiktok.prepare.bind(tiktok);
    tiktok.prepare = (...input) => {
      begun.push(time.now());
      return prepare(...input);
    };
  };
  const mostInAMinute = (): number =>
    Math.max(...begun.map((end) => begun.filter((at) => at > end - minute && at <= end).length));

  beforeEach(() => {
    tiktok.startsPerMinute = 6;
    watchStarts();
  });

  it('is sent no seventh within a minute; the rest wait their turn, and nothing looks like a failure', async () => {
    const targets = await crowd(14);
    await pass(10 * minute);
    expect(begun).toHaveLength(6);
    const waiting = (await store.targets.due(noon + minute, 20)).map(({ target }) => target);
    expect(waiting).toHaveLength(8);
    for (const target of waiting) {
      expect(target).toMatchObject({ status: 'pending', tries: 0, errorCode: null, errorMessage: null });
      expect(target.nextAttemptAt).toBe(noon + minute);
      expect(await store.attempts.listOfTarget(target.id)).toEqual([]);
    }
    await pass(3 * minute);
    expect(tiktok.live).toHaveLength(14);
    expect(mostInAMinute()).toBe(6);
    for (const id of targets) expect(await store.attempts.listOfTarget(id)).toHaveLength(1);
  });

  it('still counts what was begun before a restart', async () => {
    await crowd(8);
    await pass(10 * minute);
    await publisher.stop();
    time.stand(5_000);
    publisher = await boot('boot-2');
    await pass(minute);
    expect(tiktok.live).toHaveLength(8);
    expect(mostInAMinute()).toBe(6);
  });

  it('counts what failed and what was cut off: the network may have counted it', async () => {
    await crowd(7);
    tiktok.prepareFails = Array.from({ length: 3 }, () => new NetworkFailure(failing));
    await pass(10 * minute + 59_000);
    expect(begun).toHaveLength(6);
    await pass(3 * minute);
    expect(tiktok.live).toHaveLength(7);
    expect(mostInAMinute()).toBe(6);
  });

  it('counts the posts of another client that connected the same account', async () => {
    await seedClient('2');
    await store.accounts.update('account-2', { platform: 'tiktok', remoteId: 'page-1' });
    const { post, target } = await approvedPost({}, 'tiktok');
    for (let number = 2; number <= 8; number++) {
      const next = { ...post, id: `post-${number}`, clientId: number % 2 === 0 ? 'client-2' : 'client-1' };
      const accountId = number % 2 === 0 ? 'account-2' : 'account-1';
      const nextTarget = { ...target, id: `target-${number}`, postId: next.id, accountId };
      const approvedHash = contentHash(contentOf(next, [nextTarget], []), systemDigest);
      await store.posts.insert({ ...next, approvedHash });
      await store.targets.insert(nextTarget);
    }
    publisher.wake();
    await pass(12 * minute);
    expect(tiktok.live).toHaveLength(8);
    expect(mostInAMinute()).toBe(6);
  });

  it('does not keep other accounts waiting', async () => {
    await crowd(7);
    await seedClient('3');
    const post = { ...(await store.posts.get('post-1')), id: 'post-9', clientId: 'client-3' } as PostRecord;
    const first = (await store.targets.get('target-1')) as TargetRecord;
    const target = {
      ...first,
      id: 'target-9',
      postId: 'post-9',
      accountId: 'account-3',
      platform: 'facebook' as const,
    };
    const approvedHash = contentHash(contentOf(post, [target], []), systemDigest);
    await store.posts.insert({ ...post, approvedHash });
    await store.targets.insert(target);
    publisher.wake();
    await pass(10 * minute);
    expect(facebook.live).toHaveLength(1);
    expect(tiktok.live).toHaveLength(6);
  });

  it('is asked what became of a post no earlier than it allows, and nothing is noted as failed meanwhile', async () => {
    const { target } = await approvedPost({}, 'tiktok');
    tiktok.answers = ['lost'];
    tiktok.lookUpsAgainAt = noon + 5 * minute;
    await pass(10 * minute + 4 * minute);
    const [attempt] = await store.attempts.listOfTarget(target.id);
    expect(attempt).toMatchObject({ state: 'unknown', lastLookUpAt: null });
    expect((await store.attempts.events(attempt?.id ?? '')).map(({ kind }) => kind)).not.toContain('look_up_failed');
    tiktok.lookUpsAgainAt = null;
    await pass(minute);
    expect((await store.targets.get(target.id))?.status).toBe('published');
  });
});

describe('what can be prepared ahead', () => {
  beforeEach(() => {
    instagram.preparesAhead = true;
  });

  it('is prepared within the minute before, and only shown when it is due, in one attempt', async () => {
    const { target } = await approvedPost({}, 'instagram');
    await pass(9 * minute - 1_000);
    expect(instagram.prepared).toBe(0);
    await pass(minute);
    expect(instagram.prepared).toBe(1);
    expect(instagram.live).toEqual([]);
    expect(await store.attempts.listOfTarget(target.id)).toEqual([]);
    expect(await store.targets.get(target.id)).toEqual(target);
    let begun: string[] = [];
    instagram.beforeSend = async () => {
      begun = (await store.attempts.listOfTarget(target.id)).map(({ handle }) => JSON.stringify(handle));
    };
    await pass(1_000);
    expect(begun).toEqual(['{"container":"container-1"}']);
    expect(instagram.live).toMatchObject([{ handle: 'container-1' }]);
    expect(instagram.prepared).toBe(1);
    expect(await store.attempts.listOfTarget(target.id)).toMatchObject([{ number: 1, state: 'published' }]);
  });

  it('is not of a network that does not say so', async () => {
    instagram.preparesAhead = false;
    await approvedPost({}, 'instagram');
    await pass(10 * minute - 1);
    expect(instagram.prepared).toBe(0);
  });

  const soon = 10 * minute - 5_000;
  const stopAll = () => killSwitch.set({ scope: 'global', scopeId: '', engaged: true, reason: null, actor: 'owner' });

  it('is made anew for a post that was changed and approved again', async () => {
    const { post, target } = await approvedPost({}, 'instagram');
    await pass(soon);
    const changed = { ...post, caption: 'Fresher bread' };
    const approvedHash = contentHash(contentOf(changed, [target], []), systemDigest);
    await store.posts.update(post.id, { caption: changed.caption, approvedHash });
    await pass(minute);
    expect(instagram.live).toMatchObject([{ handle: 'container-2', text: 'Fresher bread\n\n#bakery' }]);
  });

  it('is made anew for another profile', async () => {
    await approvedPost({}, 'instagram');
    await pass(soon);
    await store.accounts.update('account-1', { remoteId: 'page-9' });
    await pass(minute);
    expect(instagram.live).toMatchObject([{ handle: 'container-2', account: 'page-9' }]);
  });

  it.each([
    ['its approval was taken back', () => store.posts.update('post-1', { approvedHash: null, status: 'in_review' })],
    ['all is stopped', () => stopAll()],
    ['its client was paused', () => store.clients.update('client-1', { status: 'paused', updatedAt: time.now() })],
    [
      'the network asked the account to wait',
      () => store.accounts.update('account-1', { pausedUntil: noon + 30 * minute }),
    ],
    ['a word of it was banned', () => ban('bread')],
    ['the account was disconnected', () => store.accounts.update('account-1', { disconnectedAt: time.now() })],
  ] as const)('is not shown once %s in that minute, and not prepared after that', async (_, happens) => {
    await approvedPost({}, 'instagram');
    await pass(soon);
    expect(instagram.prepared).toBe(1);
    await happens();
    await pass(5 * minute);
    expect(instagram.live).toEqual([]);
    expect(instagram.prepared).toBe(1);
  });

  it.each([
    ['all is stopped', () => stopAll()],
    [
      'the network asked the account to wait',
      () => store.accounts.update('account-1', { pausedUntil: noon + 30 * minute }),
    ],
    ['a word of it is banned', () => ban('bread')],
  ] as const)('is not prepared while %s', async (_, happens) => {
    await approvedPost({}, 'instagram');
    await happens();
    await pass(soon);
    expect(instagram.prepared).toBe(0);
  });

  it('is aborted by a stop, and waited for by its own post alone when it takes long', async () => {
    await approvedPost({}, 'instagram');
    let signalled: AbortSignal | null = null;
    const { promise, resolve } = Promise.withResolvers<void>();
    const prepare = instagram.prepare.bind(instagram);
    instagram.prepare = async (access, publication, handle, keep, signal) => {
      signalled = signal ?? null;
      await promise;
      return prepare(access, publication, handle, keep);
    };
    await time.pass(soon, () => Promise.resolve());
    await vi.waitFor(() => expect(signalled).not.toBeNull());
    await stopAll();
    expect((signalled as AbortSignal | null)?.aborted).toBe(true);
    resolve();
    await publisher.idle();
    expect(instagram.live).toEqual([]);
  });

  it('is forgotten by a restart: another container is made, and the first is never shown', async () => {
    await approvedPost({}, 'instagram');
    await pass(soon);
    await publisher.stop();
    publisher = await boot('boot-2');
    await pass(minute);
    expect(instagram.live).toHaveLength(1);
    expect(instagram.prepared).toBe(2);
  });

  it('is made anew when the post is put off for long', async () => {
    await approvedPost({}, 'instagram');
    await pass(soon);
    await store.targets.update('target-1', { nextAttemptAt: noon + 20 * minute });
    await pass(21 * minute);
    expect(instagram.live).toMatchObject([{ handle: 'container-2' }]);
  });

  it('that fails is tried again when it is due, and costs no try', async () => {
    const { target } = await approvedPost({}, 'instagram');
    instagram.prepareFails = [new NetworkFailure(failing)];
    await pass(10 * minute);
    expect(instagram.live).toHaveLength(1);
    expect(await store.targets.get(target.id)).toMatchObject({ status: 'published', tries: 0 });
    expect(await store.attempts.listOfTarget(target.id)).toHaveLength(1);
  });

  it('that the network refuses for its rate keeps the account waiting', async () => {
    await approvedPost({}, 'instagram');
    const retryAt = noon + 7 * minute;
    instagram.prepareFails = [new NetworkFailure({ class: 'rate', code: 'rate', message: 'Slow down.', retryAt })];
    await pass(16 * minute);
    expect(instagram.live).toEqual([]);
    await pass(2 * minute);
    expect(instagram.live).toHaveLength(1);
  });
});

async function boot(bootId: string): Promise<Publisher> {
  const changes = new Changes();
  const random = systemRandom(time);
  const activity = createActivity({ store, clock: time, random, changes });
  killSwitch = createKillSwitch({ store, clock: time, log: quiet, activity, changes });
  await killSwitch.load();
  const lease = plainLease(store, bootId);
  await lease.take();
  const started = createPublishing({
    clock: time,
    timers: time,
    random,
    digest: systemDigest,
    log: quiet,
    store,
    networks: {
      facebook,
      instagram,
      tiktok,
      creatorInfo: () => Promise.reject(new Error('no creator here')),
    },
    files: {
      put: () => Promise.reject(new Error('no files here')),
      open: () => Promise.reject(new Error('no files here')),
      thumbnail: () => Promise.reject(new Error('no files here')),
      prepare: () => Promise.reject(new Error('no files here')),
      makesClips: () => false,
      logo: () => Promise.reject(new Error('no files here')),
      erase: () => Promise.reject(new Error('no files here')),
    },
    activity,
    changes,
    killSwitch,
    bootId,
    lease,
    dataAge: upToDate,
    halt: () => (doubt === null ? null : { code: 'clock', message: doubt }),
    locked: () => null,
    openAccess: (account: AccountRecord) => ({
      accountId: account.id,
      remoteId: account.remoteId,
      via: account.via,
      pageId: null,
      username: null,
      token: new Secret('token'),
      scopes: [],
      audited: false,
    }),
    renewAccess: async (accountId) => {
      renewals.push(accountId);
      await onRenewal();
      return renewal;
    },
    http: async () => {
      await onSend();
      return new Response('{}');
    },
  });
  await started.start();
  return started;
}

function pass(ms: number): Promise<void> {
  return time.pass(ms, () => publisher.idle());
}

async function ban(term: string): Promise<void> {
  const brand = { colors: [], bannedTerms: [term], ctas: [], hashtags: [], imageStyle: '', examplePosts: [] };
  await store.clients.putBrand('client-1', brand, time.now());
}

async function seedClient(number = '1'): Promise<void> {
  const at = time.now();
  await store.clients.insert({
    id: `client-${number}`,
    name: 'Corner Bakery',
    status: 'active',
    timezone: 'Europe/Berlin',
    language: 'en',
    brandVoice: '',
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
  });
  await store.accounts.insert({
    id: `account-${number}`,
    clientId: `client-${number}`,
    platform: 'facebook',
    via: 'facebook',
    remoteId: `page-${number}`,
    displayName: 'Corner Bakery',
    username: null,
    pageId: null,
    status: 'connected',
    statusReason: null,
    sealedAccessToken: 'sealed',
    sealedRefreshToken: null,
    sealedUserToken: null,
    expiresAt: null,
    refreshExpiresAt: null,
    scopes: [],
    audited: false,
    loginId: null,
    pausedUntil: null,
    connectedAt: at,
    updatedAt: at,
    disconnectedAt: null,
  });
}

async function approvedPost(
  change: Partial<PostRecord> = {},
  platform: Platform = 'facebook',
  options: TargetRecord['options'] = {},
): Promise<{ post: PostRecord; target: TargetRecord }> {
  await store.accounts.update('account-1', { platform });
  const at = time.now();
  const post: PostRecord = {
    id: 'post-1',
    clientId: 'client-1',
    status: 'approved',
    source: 'manual',
    caption: 'Fresh bread',
    hashtags: ['bakery'],
    firstComment: null,
    altText: null,
    mediaIds: [],
    scheduledFor: noon,
    wallTime: '2026-11-24T13:00',
    timezone: 'Europe/Berlin',
    slot: null,
    approvedHash: null,
    approvedBy: 'owner',
    approvedAt: at,
    heldReason: null,
    rejectedReason: null,
    publishNowAt: null,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
    ...change,
  };
  const target: TargetRecord = {
    id: 'target-1',
    postId: post.id,
    accountId: 'account-1',
    platform,
    status: 'pending',
    caption: null,
    options,
    consent: null,
    remoteId: null,
    permalink: null,
    publishedAt: null,
    tries: 0,
    nextAttemptAt: null,
    errorCode: null,
    errorMessage: null,
    updatedAt: at,
  };
  const approvedHash = contentHash(contentOf(post, [target], []), systemDigest);
  await store.posts.insert({ ...post, approvedHash });
  await store.targets.insert(target);
  publisher.wake();
  return { post, target };
}

async function unfinishedAttempt(target: TargetRecord) {
  const post = await store.posts.get(target.postId);
  return {
    id: 'attempt-0',
    targetId: target.id,
    accountId: target.accountId,
    kind: 'post' as const,
    remoteAccountId: 'page-1',
    number: 1,
    contentHash: post?.approvedHash ?? '',
    bootId: 'boot-0',
    epoch: 0,
    createdAt: time.now(),
    sentAt: null,
    deadlineAt: null,
    negativeLookUps: 0,
    lastLookUpAt: null,
    endedAt: null,
    remoteId: null,
    permalink: null,
    errorClass: null,
    errorCode: null,
    errorMessage: null,
  };
}
