import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectAccount, connectedClient, hour, minute, noon, startAgency } from '../../../test/agency.ts';
import { NetworkFailure, Secret, type Provenance, type RemotePost } from '../ports/index.ts';

/** Posts before this are in the data, at noon the app is started. */
const writtenAt = noon - 3 * hour;
let agency: Agency;
let clientId: string;
let accountId: string;
let settledTimes: number;
let sent: number;

async function start(provenance: Partial<Provenance>): Promise<void> {
  settledTimes = 0;
  sent = 0;
  const settle = async (): Promise<void> => {
    settledTimes += 1;
  };
  agency = await startAgency({ provenance: { settle, ...provenance } });
  for (const network of [agency.facebook, agency.tiktok]) {
    network.beforeSend = async () => {
      sent += 1;
    };
  }
  ({ clientId, accountId } = await connectedClient(agency));
}

beforeEach(() => start({ olderSince: writtenAt }));

const pass = (ms: number): Promise<void> =>
  agency.time.pass(ms, async () => {
    await agency.core.lease.idle();
    await agency.core.publishing.idle();
  });
const run = async (ms = 2 * minute): Promise<void> => {
  await agency.core.publishing.start();
  await pass(ms);
};
const halts = (): string[] => agency.core.halts.list().map(({ code }) => code);

/** An approved post on the first account, as the data tells of it. */
async function approved(caption: string, at: number, change: { firstComment?: string; account?: string } = {}) {
  const { account = accountId, ...rest } = change;
  const { id } = await agency.api.pipeline.create({
    clientId,
    caption,
    scheduledFor: new Date(noon + 24 * hour).toISOString(),
    targets: [{ accountId: account }],
    ...rest,
  });
  await agency.api.pipeline.approve({ id });
  await agency.store.posts.update(id, { scheduledFor: at });
  return id;
}

async function targetOf(postId: string) {
  const [target] = await agency.store.targets.listOfPost(postId);
  if (target === undefined) throw new Error('The post has no target.');
  return target;
}

const shown = (remoteId: string, text: string, at = noon - hour): RemotePost => ({
  remoteId,
  text,
  isTextCut: false,
  at,
  permalink: `https://example.com/${remoteId}`,
});

describe('what was due since older data was written', () => {
  it('is live when exactly one post on the account has its words, and nothing is sent', async () => {
    const id = await approved('Fresh bread', noon - hour);
    agency.facebook.recent = [shown('page-1_9', 'Fresh bread'), shown('page-1_8', 'Cake')];
    expect(halts()).toEqual(['restored']);
    await run();
    expect(await targetOf(id)).toMatchObject({
      status: 'published',
      remoteId: 'page-1_9',
      permalink: 'https://example.com/page-1_9',
      publishedAt: noon - hour,
    });
    expect(await agency.store.attempts.isBound('page-1', 'page-1_9')).toBe(true);
    const { items } = await agency.api.pipeline.logs({ id });
    expect(JSON.stringify(items)).toContain('Found on the account');
    expect(halts()).toEqual([]);
    expect(settledTimes).toBe(1);
    expect(sent).toBe(0);
  });

  it.each<[string, RemotePost[]]>([
    ['is not there', [shown('page-1_8', 'Cake')]],
    ['could be either of two', [shown('page-1_8', 'Fresh bread'), shown('page-1_9', 'Fresh bread')]],
    ['was there long before', [shown('page-1_8', 'Fresh bread', writtenAt - hour)]],
  ])('is held for a person when it %s', async (_, recent) => {
    const id = await approved('Fresh bread', noon - hour);
    agency.facebook.recent = recent;
    await run();
    expect(await targetOf(id)).toMatchObject({ status: 'held', errorCode: 'restored' });
    const post = await agency.api.pipeline.get({ id });
    expect(post.heldReason).toMatch(/^This post may already be live/);
    expect(halts()).toEqual([]);
    await pass(15 * minute);
    expect(sent).toBe(0);
  });

  it('is not taken for a post that is known to be another one of ours', async () => {
    const before = await approved('Fresh bread', noon + 10 * minute);
    agency.facebook.recent = [shown('page-1_9', 'Fresh bread')];
    const target = await targetOf(before);
    await agency.store.targets.update(target.id, { status: 'published', remoteId: 'page-1_9', publishedAt: writtenAt });
    const id = await approved('Fresh bread', noon - hour);
    await run();
    expect(await targetOf(id)).toMatchObject({ status: 'held', errorCode: 'restored' });
  });

  it('keeps its time when it is due later only and a person says that it is not live', async () => {
    const id = await approved('Fresh bread', noon + 2 * hour);
    agency.facebook.recent = [shown('page-1_9', 'Fresh bread')];
    await run();
    const { id: targetId, errorCode } = await targetOf(id);
    expect(errorCode).toBe('restored');
    await agency.api.pipeline.resolve({ id, targetId, resolution: 'send_again' });
    await pass(hour);
    expect(sent).toBe(0);
    await pass(hour);
    expect(sent).toBe(1);
    expect(await targetOf(id)).toMatchObject({ status: 'published' });
  });

  it('goes out when a person says that it is not live', async () => {
    const id = await approved('Fresh bread', noon - hour);
    await run();
    const { id: targetId } = await targetOf(id);
    await agency.api.pipeline.resolve({ id, targetId, resolution: 'send_again' });
    await pass(minute);
    expect(await targetOf(id)).toMatchObject({ status: 'published' });
    expect(sent).toBe(1);
  });

  it('is held, not waited for without end, when its account cannot be asked', async () => {
    const id = await approved('Fresh bread', noon - hour);
    agency.facebook.recent = new NetworkFailure({ class: 'transient', code: '2', message: 'The network stumbled.' });
    await run(10_000);
    expect(halts()).toEqual(['restored']);
    await pass(2 * minute);
    expect(await targetOf(id)).toMatchObject({ status: 'held', errorCode: 'restored' });
    expect((await targetOf(id)).errorMessage).toContain('The network stumbled.');
    expect(halts()).toEqual([]);
  });

  it('is found all the same when the account answers at the second time', async () => {
    const id = await approved('Fresh bread', noon - hour);
    agency.facebook.recent = new NetworkFailure({ class: 'transient', code: '2', message: 'The network stumbled.' });
    await run(10_000);
    agency.facebook.recent = [shown('page-1_9', 'Fresh bread')];
    await pass(minute);
    expect(await targetOf(id)).toMatchObject({ status: 'published', remoteId: 'page-1_9' });
  });

  it('is found also when only a person would have sent it', async () => {
    const { id } = await agency.api.pipeline.create({
      clientId,
      caption: 'Fresh bread',
      scheduledFor: new Date(noon + 24 * hour).toISOString(),
      targets: [{ accountId }],
    });
    await agency.store.posts.update(id, { scheduledFor: noon - hour, status: 'in_review' });
    agency.facebook.recent = [shown('page-1_9', 'Fresh bread')];
    await run();
    expect((await agency.api.pipeline.get({ id })).status).toBe('published');
  });
});

describe('what is due later', () => {
  it('goes out as always', async () => {
    await approved('Fresh bread', noon - hour);
    const later = await approved('Cake', noon + 10 * minute);
    await run();
    await pass(15 * minute);
    expect(await targetOf(later)).toMatchObject({ status: 'published' });
    expect(sent).toBe(1);
  });

  it('waits for the halt when it is due before all is settled', async () => {
    agency.facebook.recent = new NetworkFailure({ class: 'transient', code: '2', message: 'The network stumbled.' });
    const soon = await approved('Cake', noon + 20_000);
    await approved('Fresh bread', noon - hour);
    await run(40_000);
    expect(sent).toBe(0);
    await pass(5 * minute);
    expect(await targetOf(soon)).toMatchObject({ status: 'published' });
    expect(sent).toBe(1);
  });

  it('is compared at once when something was sent for it, as was noted outside the data', async () => {
    const noted = new Set<string>();
    await start({ olderSince: writtenAt, sentSince: () => noted });
    const [early, other] = [await approved('Cake', noon + 10 * minute), await approved('Bread', noon + 10 * minute)];
    noted.add((await targetOf(early)).id);
    await run();
    expect(await targetOf(early)).toMatchObject({ status: 'held', errorCode: 'restored' });
    expect((await targetOf(other)).status).toBe('pending');
  });

  it('is held when nobody noted what was sent, and the account does not show it', async () => {
    await start({ olderSince: writtenAt, sentSince: () => null });
    const later = await approved('Cake', noon + 10 * minute);
    agency.facebook.recent = null;
    await run();
    expect((await targetOf(later)).errorMessage).toContain('published it early');
  });

  it('is held when its words are on the account already', async () => {
    const later = await approved('Cake', noon + 10 * minute);
    agency.facebook.recent = [shown('page-1_9', 'Cake')];
    await run();
    expect(await targetOf(later)).toMatchObject({ status: 'held', errorCode: 'restored' });
  });
});

describe('a post that waits for the answer whether it is live', () => {
  const later = (): string => new Date(agency.time.now() + hour).toISOString();

  it.each<[string, (id: string) => Promise<unknown>]>([
    ['tried again', (id) => agency.api.pipeline.retry({ id })],
    ['approved again', (id) => agency.api.pipeline.approve({ id })],
    ['published now', (id) => agency.api.pipeline.publishNow({ id })],
    ['given another time', (id) => agency.api.pipeline.reschedule({ id, scheduledFor: later() })],
    [
      'changed and approved anew',
      async (id) => {
        await agency.api.pipeline.update({ id, caption: 'Fresh bread!' });
        await agency.api.pipeline.approve({ id });
      },
    ],
  ])('is not sent by being %s', async (_, act) => {
    const id = await approved('Fresh bread', noon - hour);
    await run();
    expect(await targetOf(id)).toMatchObject({ status: 'held', errorCode: 'restored' });
    await act(id).catch(() => undefined);
    await pass(20 * minute);
    expect(sent).toBe(0);
    expect(await targetOf(id)).toMatchObject({ status: 'held', errorCode: 'restored' });
  });
});

describe('what this data takes for unapproved, and was approved and sent since, as was noted outside the data', () => {
  /** Planned for later; after the data was written somebody approved it and published it at once. */
  async function sentSince(): Promise<{ id: string; targetId: string }> {
    const noted = new Set<string>();
    await start({ olderSince: writtenAt, sentSince: () => noted });
    const { id } = await agency.api.pipeline.create({
      clientId,
      caption: 'Fresh bread',
      scheduledFor: new Date(noon + 15 * minute).toISOString(),
      targets: [{ accountId }],
    });
    const target = await targetOf(id);
    noted.add(target.id);
    return { id, targetId: target.id };
  }

  it('is live when its account shows it', async () => {
    const { id } = await sentSince();
    agency.facebook.recent = [shown('page-1_9', 'Fresh bread')];
    await run();
    expect((await agency.api.pipeline.get({ id })).status).toBe('published');
  });

  it('does not go out again by being approved when its account does not show it', async () => {
    const { id } = await sentSince();
    agency.facebook.recent = null;
    await run();
    await agency.api.pipeline.approve({ id }).catch(() => undefined);
    await pass(20 * minute);
    expect(sent).toBe(0);
  });
});

describe('an open attempt', () => {
  async function openAttempt(state: 'sending' | 'prepared' | 'intent', kind: 'post' | 'first_comment' = 'post') {
    const id = await approved('Fresh bread', noon - hour, { firstComment: 'Order by phone' });
    const target = await targetOf(id);
    const open = { at: writtenAt, id: 'attempt-1' };
    await agency.store.attempts.insert({
      id: open.id,
      targetId: target.id,
      accountId,
      kind,
      remoteAccountId: 'page-1',
      number: 1,
      state,
      handle: state === 'intent' ? null : { container: 'container-1' },
      contentHash: (await agency.store.posts.get(id))?.approvedHash ?? '',
      bootId: 'boot-0',
      epoch: 0,
      createdAt: open.at,
      sentAt: state === 'sending' ? open.at : null,
      deadlineAt: null,
      negativeLookUps: 0,
      lastLookUpAt: null,
      endedAt: null,
      remoteId: null,
      permalink: null,
      errorClass: null,
      errorCode: null,
      errorMessage: null,
    });
    await agency.store.targets.update(target.id, { status: 'publishing' });
    return id;
  }

  it.each(['sending', 'prepared'] as const)('that was %s is looked up by its handle', async (state) => {
    const id = await openAttempt(state);
    agency.facebook.live.push({ handle: 'container-1', text: 'Fresh bread', account: 'page-1' });
    await run(5 * minute);
    expect(await targetOf(id)).toMatchObject({ status: 'published', remoteId: 'live-container-1' });
    expect(halts()).toEqual([]);
    expect(sent).toBe(0);
  });

  it.each(['sending', 'prepared'] as const)('that was %s and is not there is held, never sent again', async (state) => {
    const id = await openAttempt(state);
    await run(2 * minute);
    expect(halts()).toEqual(['restored']);
    await pass(5 * minute);
    expect(await targetOf(id)).toMatchObject({ status: 'held', errorCode: 'restored' });
    expect(halts()).toEqual([]);
    await pass(15 * minute);
    expect(sent).toBe(0);
  });

  it('that had only begun is compared like anything else', async () => {
    const id = await openAttempt('intent');
    agency.facebook.recent = [shown('page-1_9', 'Fresh bread')];
    await run();
    expect(await targetOf(id)).toMatchObject({ status: 'published', remoteId: 'page-1_9' });
  });

  it('whose look-ups fail is given to a person in the end', async () => {
    const id = await openAttempt('sending');
    agency.facebook.lookUps = Array.from({ length: 100 }, () => 'fail' as const);
    await run(10 * minute);
    expect(halts()).toEqual(['restored']);
    await pass(10 * minute);
    expect(await targetOf(id)).toMatchObject({ status: 'held', errorCode: 'unclear' });
    expect(halts()).toEqual([]);
  });
});

describe('a first comment', () => {
  it('that is below the post is not posted again', async () => {
    const id = await approved('Fresh bread', noon - hour, { firstComment: 'Order by phone' });
    agency.facebook.recent = [shown('page-1_9', 'Fresh bread')];
    agency.facebook.commented.push({ postRemoteId: 'page-1_9', text: 'Order by phone' });
    await run(15 * minute);
    expect(agency.facebook.commented).toHaveLength(1);
    expect(await targetOf(id)).toMatchObject({ status: 'published', errorCode: null });
  });

  it('that is not below the post is left to a person', async () => {
    const id = await approved('Fresh bread', noon - hour, { firstComment: 'Order by phone' });
    agency.facebook.recent = [shown('page-1_9', 'Fresh bread')];
    await run(15 * minute);
    expect(agency.facebook.commented).toEqual([]);
    expect(await targetOf(id)).toMatchObject({ status: 'published', errorCode: 'first_comment' });
    expect((await targetOf(id)).errorMessage).toContain('not posted again');
  });

  it('of a post that a person found live is not posted either', async () => {
    const id = await approved('Fresh bread', noon - hour, { firstComment: 'Order by phone' });
    await run();
    const { id: targetId } = await targetOf(id);
    await agency.api.pipeline.resolve({ id, targetId, resolution: 'published', remoteId: 'page-1_9' });
    await pass(15 * minute);
    expect(agency.facebook.commented).toEqual([]);
    expect(await targetOf(id)).toMatchObject({ status: 'published', errorCode: 'first_comment' });
  });

  it('of a post that is sent again is posted', async () => {
    const id = await approved('Fresh bread', noon - hour, { firstComment: 'Order by phone' });
    await run();
    const { id: targetId } = await targetOf(id);
    await agency.api.pipeline.resolve({ id, targetId, resolution: 'send_again' });
    await pass(5 * minute);
    expect(agency.facebook.commented).toHaveLength(1);
  });
});

describe('a login that was renewed since', () => {
  it('is told in plain words, and its posts are held', async () => {
    const account = await connectAccount(agency, clientId, {
      platform: 'tiktok',
      remoteId: 'open-1',
      refreshToken: new Secret('used up'),
    });
    const id = await approved('Fresh bread', noon - hour, { account });
    const dead = new NetworkFailure({ class: 'token', code: 'access_token_invalid', message: 'The token is invalid.' });
    agency.tiktok.recent = dead;
    agency.tiktok.renewals = [dead];
    await run();
    expect(agency.tiktok.renewedWith).toHaveLength(1);
    const stored = await agency.store.accounts.get(account);
    expect(stored).toMatchObject({ status: 'reconnect' });
    expect(stored?.statusReason).toContain('older than the login');
    expect(await targetOf(id)).toMatchObject({ status: 'held', errorCode: 'restored' });
    expect(halts()).toEqual([]);
  });
});

describe('a copy', () => {
  beforeEach(() => start({ isCopy: true }));

  it('sends nothing and renews no login before a person takes it over; then it is settled first', async () => {
    const tiktok = await connectAccount(agency, clientId, {
      platform: 'tiktok',
      remoteId: 'open-1',
      expiresAt: noon + minute,
    });
    const [due, later] = [await approved('Fresh bread', noon - hour), await approved('Cake', noon + 10 * minute)];
    agency.facebook.recent = [shown('page-1_9', 'Fresh bread')];
    await run(5 * minute);
    await agency.core.tokens.refreshDue();
    expect(halts()).toEqual(['copied']);
    expect(await targetOf(due)).toMatchObject({ status: 'pending' });
    expect(agency.tiktok.renewedWith).toEqual([]);
    expect(await agency.store.accounts.get(tiktok)).toMatchObject({ status: 'connected' });

    expect(await agency.api.takeOver({})).toMatchObject({ halts: [{ code: 'restored' }] });
    await pass(2 * minute);
    expect(halts()).toEqual([]);
    expect(await targetOf(due)).toMatchObject({ status: 'published', remoteId: 'page-1_9' });
    await pass(15 * minute);
    expect(await targetOf(later)).toMatchObject({ status: 'published' });
    expect(sent).toBe(1);
    expect(await agency.api.takeOver({})).toEqual({ halts: [] });
  });
});

describe('what was saved of damaged data', () => {
  it.each(['publishing', 'confirming'] as const)(
    'leaves no post %s for ever whose attempt was lost',
    async (status) => {
      const id = await approved('Fresh bread', noon - hour);
      const { id: targetId } = await targetOf(id);
      await agency.store.targets.update(targetId, { status });
      await agency.store.posts.update(id, { status: 'publishing' });
      await run();
      expect(await targetOf(id)).toMatchObject({ status: 'held', errorCode: 'restored' });
      expect(halts()).toEqual([]);
      expect(sent).toBe(0);
    },
  );
});
