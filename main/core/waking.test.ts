import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectedClient, hour, minute, noon, startAgency } from '../../test/agency.ts';
import { ScriptedNetwork } from '../../test/doubles/scripted-network.ts';
import { TestNetwork } from '../../test/doubles/test-network.ts';
import type { CommitOutcome, Networks } from './ports/index.ts';

/** A network that can be left without an answer, and tells an aborted call from an answered one. */
class PatientNetwork extends ScriptedNetwork {
  override async commit(...parameters: Parameters<ScriptedNetwork['commit']>): Promise<CommitOutcome> {
    try {
      return await super.commit(...parameters);
    } catch (error) {
      if (!isAborted(error)) throw error;
      return { kind: 'unknown', detail: 'The call was ended.' };
    }
  }
}

const isAborted = (error: unknown): boolean => error instanceof Error && error.message.startsWith('The computer slept');

let agency: Agency;
let facebook: PatientNetwork;
let accountId: string;
let clientId: string;
/** Calls that wait for their answer. */
let hanging: number;
/** Resolves when one begins to. */
let hangs: PromiseWithResolvers<void>;
let isSilent: boolean;
/** What the networks say: nothing, that they cannot be reached, or how far our clock is ahead, ms. */
let outside: number | 'unreachable' | 'timeless';
let asked: number;

beforeEach(async () => {
  hanging = 0;
  hangs = Promise.withResolvers();
  isSilent = false;
  outside = 'timeless';
  asked = 0;
  facebook = new PatientNetwork('facebook');
  const login = new TestNetwork('facebook');
  facebook.exchangeCode = (input) => login.exchangeCode(input);
  facebook.authorizeUrl = (input) => login.authorizeUrl(input);
  agency = await startAgency({
    networks: { facebook, instagram: facebook, tiktok: facebook } as unknown as Networks,
    http: (_, { signal }) => (isSilent ? silence(signal) : Promise.resolve(new Response())),
    askTime,
  });
  agency.facebook = login;
  ({ clientId, accountId } = await connectedClient(agency));
  await agency.core.start();
});

function silence(signal?: AbortSignal): Promise<Response> {
  hanging += 1;
  hangs.resolve();
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => {
      hanging -= 1;
      hangs = Promise.withResolvers();
      reject(signal.reason as Error);
    });
  });
}

function askTime(): Promise<boolean> {
  asked += 1;
  if (outside === 'unreachable') return Promise.resolve(false);
  if (outside !== 'timeless') {
    const local = agency.time.now();
    agency.core.noteTime({ remote: local - outside, local, tookMs: 100 });
  }
  return Promise.resolve(true);
}

const pass = (ms: number): Promise<void> => agency.time.pass(ms, settle);

async function settle(): Promise<void> {
  await agency.core.lease.idle();
  await Promise.race([agency.core.publishing.idle(), hangs.promise]);
  await new Promise((resolve) => setImmediate(resolve));
}

async function approved(at: number): Promise<string> {
  const { id } = await agency.api.pipeline.create({
    clientId,
    caption: 'Fresh bread',
    scheduledFor: new Date(at).toISOString(),
    targets: [{ accountId }],
  });
  await agency.api.pipeline.approve({ id });
  return id;
}

async function targetOf(postId: string) {
  const [target] = await agency.store.targets.listOfPost(postId);
  if (target === undefined) throw new Error('The post has no target.');
  return target;
}

const halts = (): string[] => agency.core.halts.list().map(({ code }) => code);

describe('when the computer wakes up', () => {
  it('a call under way is ended, looked up, and not sent again although its time is long past', async () => {
    const id = await approved(noon + minute);
    isSilent = true;
    await pass(minute + 2_000);
    expect(hanging).toBe(1);
    expect(agency.core.lease.epoch()).toBe(1);
    // It had arrived; only its answer is lost.
    facebook.live.push({ handle: 'container-1', text: 'Fresh bread', account: 'page-1' });
    isSilent = false;
    agency.time.step(10 * minute);
    await pass(10_000);
    expect(hanging).toBe(0);
    expect(agency.core.lease.epoch()).toBe(2);
    await pass(10 * minute);
    expect(await targetOf(id)).toMatchObject({ status: 'published' });
    expect(facebook.live).toHaveLength(1);
  });

  it('nothing is sent on the strength of what was known before, not even before the sleep was noticed', async () => {
    await approved(noon + 10 * minute);
    await pass(4_000);
    let sent = 0;
    facebook.beforeSend = async () => void (sent += 1);
    agency.time.step(15 * minute);
    expect(halts()).toEqual(['waking']);
    await agency.core.publishing.publishDue();
    await agency.core.publishing.idle();
    expect(sent).toBe(0);
    await pass(minute);
    expect(halts()).toEqual([]);
    expect(sent).toBe(1);
  });

  it('what was looked up before settles anew: two denials count only from then on', async () => {
    const id = await approved(noon + minute);
    facebook.answers = ['lost-before'];
    facebook.lookUps = Array.from({ length: 1_000 }, () => ({ kind: 'absent' }) as const);
    await pass(3 * minute + 20_000);
    const before = (await agency.store.attempts.listOpen())[0];
    expect(before).toMatchObject({ state: 'unknown', negativeLookUps: 1 });
    agency.time.step(3 * minute);
    await pass(6_000);
    const after = (await agency.store.attempts.listOpen())[0];
    expect(after).toMatchObject({ state: 'unknown', negativeLookUps: 0 });
    expect((after?.deadlineAt ?? 0) - (before?.deadlineAt ?? 0)).toBeGreaterThan(4 * minute);
    expect(await targetOf(id)).toMatchObject({ status: 'confirming' });
  });

  it('a stop that another run wrote meanwhile is in force', async () => {
    await approved(noon + 10 * minute);
    await agency.store.control.putKillSwitch({
      scope: 'global',
      scopeId: '',
      engaged: true,
      reason: 'Stop',
      changedAt: noon,
      changedBy: 'ana',
    });
    agency.time.step(5 * minute);
    await pass(10 * minute);
    expect(facebook.live).toEqual([]);
  });

  it('it was stopped, not asleep: the standstill is noticed all the same', async () => {
    await pass(3_000);
    agency.time.stand(50_000);
    expect(halts()).toContain('waking');
    await pass(6_000);
    expect(agency.core.lease.epoch()).toBe(2);
    expect(halts()).toEqual([]);
  });
});

it('a computer that starts with its clock an hour ahead sends nothing early', async () => {
  const started: Agency = await startAgency({
    askTime: async () => {
      const local = started.time.now();
      started.core.noteTime({ remote: local - hour, local, tookMs: 100 });
      return true;
    },
  });
  const client = await connectedClient(started);
  const { id } = await started.api.pipeline.create({
    clientId: client.clientId,
    caption: 'Fresh bread',
    scheduledFor: new Date(noon + 10 * minute).toISOString(),
    targets: [{ accountId: client.accountId }],
  });
  await started.api.pipeline.approve({ id });
  await started.core.start();
  await started.time.pass(15 * minute, async () => {
    await started.core.lease.idle();
    await started.core.publishing.idle();
    await new Promise((resolve) => setImmediate(resolve));
  });
  expect(started.facebook.live).toEqual([]);
});

describe('a clock that runs ahead', () => {
  it('is not believed before a network has said what time it is', async () => {
    const id = await approved(noon + 30 * minute);
    outside = 'unreachable';
    agency.time.step(30 * minute);
    await pass(2 * minute);
    expect(halts()).toEqual(['waking']);
    expect(facebook.live).toEqual([]);
    outside = 0;
    await pass(minute);
    expect(halts()).toEqual([]);
    expect(await targetOf(id)).toMatchObject({ status: 'published' });
  });

  it('sends nothing early when the networks say that it is wrong', async () => {
    const id = await approved(noon + 30 * minute);
    outside = hour;
    agency.time.step(hour);
    await pass(29 * minute);
    expect(halts()).toContain('clock');
    expect(agency.core.halts.first()?.message).toContain('60 minutes ahead');
    expect(facebook.live).toEqual([]);
    outside = 0;
    agency.time.step(-hour);
    await pass(minute);
    expect(halts()).toEqual([]);
    // It had become due while the clock could not be trusted: a person decides.
    expect(await targetOf(id)).toMatchObject({ status: 'held', errorCode: 'after_stop' });
  });

  it('is believed when the network that answers does not tell the time', async () => {
    const id = await approved(noon + 30 * minute);
    agency.time.step(31 * minute);
    await pass(minute);
    expect(asked).toBeGreaterThan(0);
    expect(await targetOf(id)).toMatchObject({ status: 'published' });
  });

  it('little by little is found out by the networks’ answers', async () => {
    for (let count = 0; count < 3; count++) {
      const local = agency.time.now();
      agency.core.noteTime({ remote: local - 5 * minute, local, tookMs: 100 });
    }
    expect(halts()).toEqual(['clock']);
    outside = 0;
    await pass(minute);
    expect(halts()).toEqual([]);
  });
});
