import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectAccount, connectedClient, hour, minute, noon, startAgency } from '../../../test/agency.ts';
import type { AttemptState, TargetRecord } from '../ports/index.ts';

let agency: Agency;
let clientId: string;
let accountId: string;

beforeEach(async () => {
  agency = await startAgency();
  ({ clientId, accountId } = await connectedClient(agency));
});

const inTwoHours = new Date(noon + 2 * hour).toISOString();

async function write(change: Record<string, unknown> = {}) {
  return agency.api.pipeline.create({
    clientId,
    caption: 'Fresh bread',
    scheduledFor: inTwoHours,
    targets: [{ accountId }],
    ...change,
  });
}

async function approved(change: Record<string, unknown> = {}) {
  const { id } = await write(change);
  return agency.api.pipeline.approve({ id });
}

/** Puts a target where publishing would have put it. */
async function place(
  postId: string,
  target: Partial<TargetRecord>,
  status: 'held' | 'failed' | 'published' | 'publishing',
) {
  const [first] = await agency.store.targets.listOfPost(postId);
  await agency.store.targets.update(first?.id ?? '', target);
  await agency.store.posts.update(postId, { status, heldReason: status === 'held' ? 'for a reason' : null });
  return first?.id ?? '';
}

async function openAttempt(targetId: string, state: AttemptState) {
  await agency.store.attempts.insert({
    id: `attempt-of-${targetId}`,
    targetId,
    accountId,
    kind: 'post',
    remoteAccountId: 'page-1',
    number: 1,
    state,
    handle: null,
    contentHash: 'hash',
    bootId: 'boot',
    epoch: 0,
    createdAt: noon,
    sentAt: noon,
    deadlineAt: noon,
    negativeLookUps: 0,
    lastLookUpAt: null,
    endedAt: null,
    remoteId: null,
    permalink: null,
    errorClass: null,
    errorCode: null,
    errorMessage: null,
  });
  await agency.store.attempts.record({
    attemptId: `attempt-of-${targetId}`,
    at: noon,
    monotonicAt: 0,
    bootId: 'boot',
    kind: 'sending',
    detail: 'About to send',
  });
}

describe('writing a post', () => {
  it('waits for review, with the wall time of the client', async () => {
    const post = await write({ hashtags: ['bread'] });
    expect(post).toMatchObject({
      status: 'in_review',
      source: 'manual',
      clientName: 'Café Uno',
      scheduledFor: '2026-11-24T14:00:00.000Z',
      wallTime: '2026-11-24T15:00',
      timezone: 'Europe/Berlin',
      approvedBy: null,
      problems: [],
      bannedHits: [],
      targets: [{ accountId, accountName: 'Café Uno', platform: 'facebook', status: 'pending' }],
    });
    expect(await agency.api.pipeline.get({ id: post.id })).toEqual(post);
  });

  it('refuses a time that has passed, but forgives five minutes', async () => {
    const at = (ms: number) => new Date(noon + ms).toISOString();
    await expect(write({ scheduledFor: at(-6 * minute) })).rejects.toMatchObject({
      code: 'UNPROCESSABLE',
      message: 'That time has passed. Choose a later one or publish now.',
    });
    await expect(write({ scheduledFor: at(-4 * minute) })).resolves.toMatchObject({ status: 'in_review' });
    await expect(write({ scheduledFor: '2099-01-01T00:00:00Z' })).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
  });

  it('refuses accounts and files of another client, and the same one twice, and writes nothing', async () => {
    const other = await connectedClient(agency, { remoteId: 'page-2' });
    for (const change of [
      { targets: [{ accountId: other.accountId }] },
      { targets: [{ accountId }, { accountId }] },
      { media: ['nothing-there'] },
    ]) {
      await expect(write(change)).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
    }
    expect((await agency.api.pipeline.list({})).items).toEqual([]);
  });
});

describe('a story', () => {
  it('is for Instagram only', async () => {
    const targets = [{ accountId, options: { format: 'story' } }];
    await expect(write({ targets })).rejects.toMatchObject({
      code: 'UNPROCESSABLE',
      data: { problems: [{ field: 'targets.0.options.format', code: 'story' }] },
    });
    const instagram = await connectAccount(agency, clientId, { platform: 'instagram', remoteId: 'gram-1' });
    const post = await write({
      targets: [{ accountId }, { accountId: instagram, options: { format: 'story' } }],
    });
    expect(post.targets.map(({ options }) => options)).toEqual([{}, { format: 'story' }]);
    const around = { from: new Date(noon).toISOString(), to: new Date(noon + 6 * hour).toISOString() };
    const { items } = await agency.api.pipeline.calendar({ clientId, ...around });
    expect(items[0]?.targets).toEqual([
      { platform: 'facebook', options: {} },
      { platform: 'instagram', options: { format: 'story' } },
    ]);
  });

  it('is not what was approved for the feed', async () => {
    const instagram = await connectAccount(agency, clientId, { platform: 'instagram', remoteId: 'gram-1' });
    const { id, contentHash } = await approved({ targets: [{ accountId: instagram }] });
    const changed = await agency.api.pipeline.update({
      id,
      targets: [{ accountId: instagram, options: { format: 'story' } }],
    });
    expect(changed.status).toBe('in_review');
    expect(changed.contentHash).not.toBe(contentHash);
  });
});

describe('approving', () => {
  it('binds exactly the content that was there', async () => {
    const { id, contentHash } = await write();
    const post = await agency.api.pipeline.approve({ id, contentHash });
    expect(post).toMatchObject({ status: 'approved', approvedBy: 'mia', approvedAt: '2026-11-24T12:00:00.000Z' });
    expect((await agency.store.posts.get(id))?.approvedHash).toBe(contentHash);
  });

  it('is refused when the content is not the one that was seen', async () => {
    const { id, contentHash } = await write();
    await agency.api.pipeline.update({ id, caption: 'Stale bread' });
    await expect(agency.api.pipeline.approve({ id, contentHash })).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'content_changed' },
    });
    expect((await agency.api.pipeline.get({ id })).status).toBe('in_review');
  });

  it('is refused with the problems while a banned term or a problem of the network is in the way', async () => {
    await agency.api.brand.put({ id: clientId, bannedTerms: ['cheap'] });
    agency.facebook.refusedTexts = ['nope'];
    const { id } = await write({ caption: 'nope', firstComment: 'so cheap' });
    const refusal = await agency.api.pipeline.approve({ id }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'UNPROCESSABLE' });
    expect((refusal as { data: { problems: unknown } }).data.problems).toEqual([
      { field: 'firstComment', code: 'banned', message: '“cheap” is a banned term of Café Uno.' },
      { field: 'caption', code: 'refused', message: 'Facebook: Not this text.' },
    ]);
    const post = await agency.api.pipeline.get({ id });
    expect(post.status).toBe('in_review');
    expect(post.bannedHits).toEqual([{ field: 'firstComment', term: 'cheap', start: 3, end: 8 }]);
  });

  it('is allowed while an account must be connected again, and says so', async () => {
    await agency.store.accounts.update(accountId, { status: 'reconnect', statusReason: 'expired' });
    const { id } = await write();
    const post = await agency.api.pipeline.approve({ id });
    expect(post.status).toBe('approved');
    expect(post.problems).toMatchObject([{ field: 'targets', code: 'reconnect' }]);
  });

  it('twice changes nothing the second time', async () => {
    const { id, approvedAt } = await approved();
    await agency.time.pass(minute, () => Promise.resolve());
    expect((await agency.api.pipeline.approve({ id })).approvedAt).toBe(approvedAt);
    const noted = await agency.api.logs({ kind: 'post.approved' });
    expect(noted.items).toHaveLength(1);
  });
});

describe('editing', () => {
  it('takes the approval away when the content changes, and keeps it when it does not', async () => {
    const { id } = await approved();
    expect(await agency.api.pipeline.update({ id, caption: 'Fresh bread' })).toMatchObject({ status: 'approved' });
    const moved = await agency.api.pipeline.update({ id, scheduledFor: '2026-11-25T09:00:00+01:00' });
    expect(moved).toMatchObject({ status: 'approved', approvedBy: 'mia', wallTime: '2026-11-25T09:00' });
    expect(await agency.api.pipeline.update({ id, caption: 'Stale bread' })).toMatchObject({
      status: 'in_review',
      approvedBy: null,
      approvedAt: null,
    });
    expect((await agency.store.posts.get(id))?.approvedHash).toBeNull();
  });

  it('changes accounts, and keeps what was not named', async () => {
    const second = await connectAccount(agency, clientId, { platform: 'instagram', remoteId: 'ig-1' });
    const { id } = await approved({ targets: [{ accountId, caption: 'For Facebook' }] });
    const post = await agency.api.pipeline.update({ id, targets: [{ accountId: second }, { accountId }] });
    expect(post.status).toBe('in_review');
    expect(post.targets).toMatchObject([
      { accountId, caption: 'For Facebook' },
      { accountId: second, caption: null },
    ]);
    const alone = await agency.api.pipeline.update({ id, targets: [{ accountId: second }] });
    expect(alone.targets.map((target) => target.accountId)).toEqual([second]);
  });

  it('with a new caption replaces the networks’ own wordings, but for those given with it', async () => {
    const second = await connectAccount(agency, clientId, { platform: 'instagram', remoteId: 'ig-1' });
    const own = [
      { accountId, caption: 'For Facebook' },
      { accountId: second, caption: 'For Instagram' },
    ];
    const { id, caption } = await write({ targets: own });
    expect(await agency.api.pipeline.update({ id, caption })).toMatchObject({ targets: own });
    const targets = [{ accountId, caption: 'New for Facebook' }, { accountId: second }];
    expect((await agency.api.pipeline.update({ id, caption: 'New', targets })).targets).toMatchObject([
      { caption: 'New for Facebook' },
      { caption: null },
    ]);
    expect((await agency.api.pipeline.update({ id, caption: 'Newer' })).targets).toMatchObject([
      { caption: null },
      { caption: null },
    ]);
  });

  it('of a post held for banned terms leads back to review once they are gone', async () => {
    await agency.api.brand.put({ id: clientId, bannedTerms: ['cheap', 'worst'] });
    const { id } = await write({ caption: 'cheap and worst' });
    await agency.store.posts.update(id, { status: 'held', heldReason: 'banned' });
    const still = await agency.api.pipeline.update({ id, caption: 'the worst' });
    expect(still).toMatchObject({ status: 'held', heldReason: 'The post contains the banned term “worst”.' });
    expect(await agency.api.pipeline.update({ id, caption: 'the best' })).toMatchObject({
      status: 'in_review',
      heldReason: null,
    });
  });

  it.each([
    ['publishing', { status: 'publishing' }, 'publishing'],
    ['published', { status: 'published' }, 'published'],
    ['held', { status: 'published' }, 'published'],
  ] as const)('is refused once something is out: %s', async (status, target, reason) => {
    const { id } = await approved();
    await place(id, target, status);
    for (const call of [
      agency.api.pipeline.update({ id, caption: 'Other' }),
      agency.api.pipeline.delete({ id }),
      agency.api.pipeline.reject({ id }),
      agency.api.pipeline.reopen({ id }),
      agency.api.pipeline.reschedule({ id, scheduledFor: inTwoHours }),
    ]) {
      await expect(call).rejects.toMatchObject({ code: 'CONFLICT', data: { reason } });
    }
    expect(await agency.api.pipeline.get({ id })).toMatchObject({ caption: 'Fresh bread' });
  });

  it('is refused while nobody knows whether the post is live', async () => {
    const { id } = await approved();
    const targetId = await place(id, { status: 'held', errorCode: 'unclear' }, 'held');
    await openAttempt(targetId, 'needs_human');
    for (const call of [
      agency.api.pipeline.update({ id, caption: 'Other' }),
      agency.api.pipeline.delete({ id }),
      agency.api.pipeline.reject({ id }),
      agency.api.pipeline.reopen({ id }),
      agency.api.pipeline.retry({ id }),
      agency.api.pipeline.publishNow({ id }),
    ]) {
      await expect(call).rejects.toMatchObject({ code: 'CONFLICT', data: { reason: 'in_progress' } });
    }
  });
});

describe('rejecting, rescheduling, deleting', () => {
  it('takes the approval away and says why; an edit brings it back to review', async () => {
    const { id } = await approved();
    const post = await agency.api.pipeline.reject({ id, reason: 'Wrong picture' });
    expect(post).toMatchObject({ status: 'rejected', rejectedReason: 'Wrong picture', approvedBy: null });
    expect(await agency.store.targets.due(noon + 30 * hour, 10)).toEqual([]);
    expect(await agency.api.pipeline.update({ id, caption: 'Better' })).toMatchObject({
      status: 'in_review',
      rejectedReason: null,
    });
  });

  it('puts an approved or rejected post back to review as it was', async () => {
    const { id } = await approved();
    const reopened = await agency.api.pipeline.reopen({ id });
    expect(reopened).toMatchObject({ status: 'in_review', caption: 'Fresh bread', approvedBy: null });
    expect(await agency.store.targets.due(noon + 30 * hour, 10)).toEqual([]);
    await agency.api.pipeline.reject({ id, reason: 'Wrong picture' });
    expect(await agency.api.pipeline.reopen({ id })).toMatchObject({ status: 'in_review', rejectedReason: null });
    expect(await agency.api.pipeline.reopen({ id })).toMatchObject({ status: 'in_review' });
  });

  it('keeps the approval at the new time, and takes up what was late', async () => {
    const { id } = await approved();
    await place(id, { status: 'held', errorCode: 'late', errorMessage: 'late' }, 'held');
    const post = await agency.api.pipeline.reschedule({ id, scheduledFor: '2026-11-26T10:00:00Z' });
    expect(post).toMatchObject({
      status: 'approved',
      heldReason: null,
      approvedBy: 'mia',
      wallTime: '2026-11-26T11:00',
    });
    expect(post.targets[0]).toMatchObject({ status: 'pending', error: null });
    expect(await agency.store.targets.nextDueAfter(noon)).toBe(Date.UTC(2026, 10, 26, 10));
  });

  it('makes what had failed in part a post that waits, and can be changed', async () => {
    const { id } = await approved();
    await place(id, { status: 'failed', errorCode: '100', errorMessage: 'no' }, 'publishing');
    expect(await agency.api.pipeline.reschedule({ id, scheduledFor: '2026-11-26T10:00:00Z' })).toMatchObject({
      status: 'approved',
    });
  });

  it('leaves held what is held for another reason', async () => {
    const { id } = await approved();
    await place(id, { status: 'held', errorCode: 'reconnect', errorMessage: 'reconnect' }, 'held');
    const post = await agency.api.pipeline.reschedule({ id, scheduledFor: '2026-11-26T10:00:00Z' });
    expect(post).toMatchObject({ status: 'held', heldReason: 'for a reason' });
  });

  it('removes a post from view', async () => {
    const { id } = await approved();
    expect(await agency.api.pipeline.delete({ id })).toEqual({ deleted: true });
    await expect(agency.api.pipeline.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(agency.api.pipeline.delete({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await agency.store.targets.due(noon + 30 * hour, 10)).toEqual([]);
  });
});

describe('a deleted post', () => {
  it('is never due, and comes back as it was, approval and all', async () => {
    const before = await approved();
    await agency.api.pipeline.delete({ id: before.id });
    expect(await agency.store.targets.due(noon + 30 * hour, 10)).toEqual([]);
    const after = await agency.api.pipeline.restore({ id: before.id });
    expect(after).toMatchObject({ status: 'approved', approvedAt: before.approvedAt, contentHash: before.contentHash });
    expect(await agency.store.targets.due(noon + 30 * hour, 10)).toHaveLength(1);
    await expect(agency.api.pipeline.restore({ id: before.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('needs a new approval when its time passed meanwhile', async () => {
    const { id } = await approved();
    await agency.api.pipeline.delete({ id });
    await agency.time.pass(3 * hour, () => Promise.resolve());
    expect(await agency.api.pipeline.restore({ id })).toMatchObject({ status: 'in_review', approvedAt: null });
    expect(await agency.store.targets.due(noon + 30 * hour, 10)).toEqual([]);
  });

  it('is not left half published without an approval when its time passed meanwhile', async () => {
    const other = await connectAccount(agency, clientId, { remoteId: 'page-2' });
    const { id } = await approved({ targets: [{ accountId }, { accountId: other }] });
    const [, second] = await agency.store.targets.listOfPost(id);
    await agency.store.targets.update(second?.id ?? '', { status: 'failed' });
    await agency.store.posts.update(id, { status: 'publishing' });
    await agency.api.pipeline.delete({ id });
    await agency.time.pass(3 * hour, () => Promise.resolve());
    expect(await agency.api.pipeline.restore({ id })).toMatchObject({ status: 'in_review', approvedAt: null });
  });

  it('waits for review when it was deleted by a version that took the approval away', async () => {
    const { id } = await approved();
    await agency.store.posts.update(id, { approvedHash: null, approvedBy: null, approvedAt: null, deletedAt: noon });
    expect(await agency.api.pipeline.restore({ id })).toMatchObject({ status: 'in_review', approvedAt: null });
  });
});

describe('many posts at once', () => {
  it('are approved as they were shown; one that changed meanwhile is not', async () => {
    const [one, two] = [await write(), await write({ caption: 'Rolls' })];
    await agency.api.pipeline.update({ id: two.id, caption: 'Other rolls' });
    const posts = [one, two].map(({ id, contentHash }) => ({ id, contentHash }));
    const { results } = await agency.api.pipeline.bulk({ action: 'approve', posts });
    expect(results).toEqual([
      { id: one.id, refusal: null },
      { id: two.id, refusal: expect.stringContaining('changed meanwhile') },
    ]);
    expect((await agency.api.pipeline.get({ id: two.id })).status).toBe('in_review');
  });

  it('tell for each what was refused, and do the rest', async () => {
    const live = await approved();
    await place(live.id, { status: 'published', remoteId: '1', publishedAt: noon }, 'published');
    const posts = [{ id: live.id }, { id: 'nobody' }, { id: (await write()).id }];
    const { results } = await agency.api.pipeline.bulk({ action: 'delete', posts });
    expect(results.map(({ refusal }) => refusal)).toEqual([
      expect.stringContaining('live'),
      'There is no post with this id.',
      null,
    ]);
    const restored = await agency.api.pipeline.bulk({ action: 'restore', posts: posts.slice(2) });
    expect(restored.results).toEqual([{ id: posts[2]?.id, refusal: null }]);
  });

  it('move, go back to review, are rejected and tried again', async () => {
    const posts = [{ id: (await approved()).id }];
    const [{ id } = { id: '' }] = posts;
    const after = async (bulk: Parameters<typeof agency.api.pipeline.bulk>[0]) => {
      expect((await agency.api.pipeline.bulk(bulk)).results).toEqual([{ id, refusal: null }]);
      return agency.api.pipeline.get({ id });
    };
    const scheduledFor = '2026-11-26T10:00:00.000Z';
    expect(await after({ action: 'reschedule', posts: [{ id, scheduledFor }] })).toMatchObject({ scheduledFor });
    await place(id, { status: 'failed', errorCode: '100', errorMessage: 'no' }, 'failed');
    expect(await after({ action: 'retry', posts })).toMatchObject({ status: 'approved' });
    expect(await after({ action: 'reject', posts, reason: 'Dull' })).toMatchObject({ rejectedReason: 'Dull' });
    expect(await after({ action: 'reopen', posts })).toMatchObject({ status: 'in_review' });
  });
});

describe('a list of posts', () => {
  it('is for several clients and networks, with counts that say the same', async () => {
    await write();
    await approved({ caption: 'Coffee' });
    const other = await connectedClient(agency, { remoteId: 'page-2' });
    const wish = { clientId: [clientId, other.clientId], network: 'facebook' as const, search: 'coffee' };
    expect((await agency.api.pipeline.list(wish)).items).toHaveLength(1);
    expect((await agency.api.pipeline.counts(wish)).counts).toMatchObject({ approved: 1, in_review: 0, published: 0 });
    expect((await agency.api.pipeline.counts({})).counts).toMatchObject({ approved: 1, in_review: 1 });
    await expect(agency.api.pipeline.counts({ clientId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a calendar', () => {
  it('has every post of its stretch in short, but for rejected and deleted ones', async () => {
    const kept = await approved({ caption: 'x'.repeat(200) });
    const rejected = await write();
    await agency.api.pipeline.reject({ id: rejected.id });
    const deleted = await write();
    await agency.api.pipeline.delete({ id: deleted.id });
    const at = Date.parse(kept.scheduledFor);
    const around = { from: new Date(at).toISOString(), to: new Date(at + hour).toISOString() };
    const { items } = await agency.api.pipeline.calendar({ clientId, ...around });
    const { id, clientName, status, scheduledFor, timezone } = kept;
    const inShort = { id, clientId, clientName, status, scheduledFor, timezone };
    expect(items).toEqual([{ ...inShort, caption: 'x'.repeat(140), targets: [{ platform: 'facebook', options: {} }] }]);
    const before = { from: new Date(at - hour).toISOString(), to: new Date(at).toISOString() };
    expect((await agency.api.pipeline.calendar(before)).items).toEqual([]);
  });

  it('refuses more than 45 days, and clients that are not there', async () => {
    const from = '2026-11-01T00:00:00Z';
    await expect(agency.api.pipeline.calendar({ from, to: '2026-12-17T00:00:00Z' })).rejects.toThrow();
    const nobodys = { clientId: 'nobody', from, to: '2026-12-16T00:00:00Z' };
    await expect(agency.api.pipeline.calendar(nobodys)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('publishing now and trying again', () => {
  it('needs a valid approval', async () => {
    const { id } = await write();
    await expect(agency.api.pipeline.publishNow({ id })).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'not_approved' },
    });
  });

  it('makes the post due at once; clicking again is harmless', async () => {
    const { id } = await approved();
    const post = await agency.api.pipeline.publishNow({ id });
    expect((await agency.store.targets.due(noon, 10)).map((due) => due.post.id)).toEqual([id]);
    await agency.time.pass(minute, () => Promise.resolve());
    expect(await agency.api.pipeline.publishNow({ id })).toMatchObject({ id, updatedAt: post.updatedAt });
    expect((await agency.store.posts.get(id))?.publishNowAt).toBe(noon);
  });

  it('takes up what was late, and refuses what is on its way by schedule', async () => {
    const { id } = await approved();
    await place(id, { status: 'held', errorCode: 'late' }, 'held');
    expect(await agency.api.pipeline.publishNow({ id })).toMatchObject({ status: 'approved', heldReason: null });
    const other = await approved();
    const targetId = await place(other.id, { status: 'publishing' }, 'publishing');
    await openAttempt(targetId, 'sending');
    await expect(agency.api.pipeline.publishNow({ id: other.id })).rejects.toMatchObject({
      data: { reason: 'in_progress' },
    });
  });

  it('starts failed targets afresh, whatever the time is by then', async () => {
    const { id } = await approved();
    await agency.time.pass(5 * hour, () => Promise.resolve());
    await place(id, { status: 'failed', tries: 5, errorCode: 'x', errorMessage: 'x' }, 'failed');
    const post = await agency.api.pipeline.retry({ id });
    expect(post).toMatchObject({ status: 'approved', targets: [{ status: 'pending', error: null }] });
    expect(await agency.store.targets.listOfPost(id)).toMatchObject([{ tries: 0, nextAttemptAt: null }]);
    expect((await agency.store.posts.get(id))?.publishNowAt).toBe(noon + 5 * hour);
    expect(await agency.api.pipeline.retry({ id })).toMatchObject({ id, status: 'approved' });
  });

  it('asks for an approval first where there is none', async () => {
    const { id } = await write();
    await place(id, { status: 'failed' }, 'failed');
    await expect(agency.api.pipeline.retry({ id })).rejects.toMatchObject({ data: { reason: 'not_approved' } });
    await expect(agency.api.pipeline.retry({ id: (await write()).id })).rejects.toMatchObject({
      data: { reason: 'nothing_to_send' },
    });
  });

  it("takes a person's answer, and shows the journal", async () => {
    const { id } = await approved();
    const targetId = await place(id, { status: 'held', errorCode: 'unclear' }, 'held');
    await openAttempt(targetId, 'needs_human');
    const post = await agency.api.pipeline.resolve({ id, targetId, resolution: 'published', remoteId: 'live-1' });
    expect(post).toMatchObject({ status: 'published', targets: [{ status: 'published', remoteId: 'live-1' }] });
    const { items } = await agency.api.pipeline.logs({ id });
    expect(items).toMatchObject([{ targetId, platform: 'facebook', kind: 'post', number: 1, state: 'published' }]);
    expect(items[0]?.events.map(({ kind }) => kind)).toEqual(['sending', 'resolved']);
  });
});

describe('the list', () => {
  it('filters by client, status and time, in pages', async () => {
    const first = await write();
    const second = await approved({ scheduledFor: '2026-11-25T14:00:00Z' });
    const ids = async (query: Parameters<typeof agency.api.pipeline.list>[0]) =>
      (await agency.api.pipeline.list(query)).items.map(({ id }) => id);
    expect(await ids({})).toEqual([first.id, second.id]);
    expect(await ids({ status: 'approved' })).toEqual([second.id]);
    expect(await ids({ status: ['approved', 'in_review'], clientId })).toEqual([first.id, second.id]);
    expect(await ids({ from: '2026-11-25T00:00:00Z' })).toEqual([second.id]);
    expect(await ids({ search: 'no such words' })).toEqual([]);
    const page = await agency.api.pipeline.list({ limit: 1 });
    expect(page.nextCursor).not.toBeNull();
    expect(await ids({ limit: 1, cursor: page.nextCursor ?? '' })).toEqual([second.id]);
    await expect(ids({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
  });

  it('finds by words of the caption, each anywhere, and takes them as they are', async () => {
    const buns = await write({ caption: 'The last cinnamon buns, 50% off' });
    const bread = await write({ caption: 'Bread & butter_pudding\\o/' });
    const found = async (search: string) => (await agency.api.pipeline.list({ search })).items.map(({ id }) => id);
    expect(await found('BUNS cinna')).toEqual([buns.id]);
    expect(await found('buns bread')).toEqual([]);
    expect(await found('50%')).toEqual([buns.id]);
    expect(await found('%')).toEqual([buns.id]);
    expect(await found('r_p')).toEqual([bread.id]);
    expect(await found('\\o')).toEqual([bread.id]);
    expect(await found("' OR 1=1 --")).toEqual([]);
    expect(await found('  ')).toHaveLength(2);
  });
});
