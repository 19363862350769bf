import { beforeEach, expect, it } from 'vitest';
import { type Agency, connectedClient, hour, noon, startAgency } from '../../../test/agency.ts';
import type { AttemptRecord, TargetRecord } from '../ports/index.ts';

let agency: Agency;
let accountId: string;
let postId: string;
let targetId: string;

beforeEach(async () => {
  agency = await startAgency();
  const connected = await connectedClient(agency);
  accountId = connected.accountId;
  const post = await agency.api.pipeline.create({
    clientId: connected.clientId,
    caption: 'Fresh bread',
    scheduledFor: new Date(noon + 2 * hour).toISOString(),
    targets: [{ accountId }],
  });
  postId = post.id;
  targetId = post.targets[0]?.id ?? '';
});

/** Puts the target and its attempt where publishing would have put them, and shows the target. */
async function shown(target: Partial<TargetRecord>, attempt: Partial<AttemptRecord>) {
  await agency.store.targets.update(targetId, target);
  await agency.store.attempts.insert({ ...sent, targetId, accountId, ...attempt });
  const post = await agency.api.pipeline.get({ id: postId });
  return post.targets[0];
}

const sent: Omit<AttemptRecord, 'targetId' | 'accountId'> = {
  id: 'attempt',
  kind: 'post',
  remoteAccountId: 'page-1',
  number: 1,
  state: 'unknown',
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
};

it('says when the network is asked next about a post whose outcome is not known', async () => {
  const target = await shown({ status: 'confirming', errorCode: 'unclear', errorMessage: 'No clear answer.' }, {});
  expect(target?.nextAttemptAt).toBe(new Date(noon + 3_000).toISOString());
  const { items } = await agency.api.pipeline.logs({ id: postId });
  expect(items[0]?.sentAt).toBe(new Date(noon).toISOString());
});

it('says which try failed, when the next one is, and what the network meant', async () => {
  const failed = { errorCode: 'http/503', errorMessage: 'It stumbled.' };
  const target = await shown(
    { status: 'pending', tries: 2, nextAttemptAt: noon + hour, ...failed },
    { state: 'not_sent', errorClass: 'transient', ...failed },
  );
  expect(target).toMatchObject({
    tries: 2,
    nextAttemptAt: new Date(noon + hour).toISOString(),
    error: { code: 'http/503', class: 'transient' },
  });
});

it('does not take a reason of the app itself for a word of the network', async () => {
  const target = await shown(
    { status: 'held', errorCode: 'late', errorMessage: 'It missed its time.' },
    { state: 'rejected', errorClass: 'content', errorCode: '9004', errorMessage: 'Not this picture.' },
  );
  expect(target?.error).toEqual({ code: 'late', message: 'It missed its time.', class: null });
});
