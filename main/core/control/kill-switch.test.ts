import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Agency,
  connectAccount,
  connectedClient,
  hour,
  minute,
  noon,
  passWithoutWaiting,
  startAgency,
} from '../../../test/agency.ts';
import { createActivity } from '../activity/activity.ts';
import { Changes } from '../activity/changes.ts';
import { NetworkFailure, type SocialNetwork } from '../ports/index.ts';
import type { Halt } from './halts.ts';
import { createKillSwitch, type KillSwitch } from './kill-switch.ts';

let agency: Agency;
let clientId: string;
let accountId: string;
let halt: Halt | null;
/** Requests that left. */
let sent: string[];
/** Answers an irrevocable request. */
let answer: () => Promise<Response>;

beforeEach(async () => {
  halt = null;
  sent = [];
  answer = () => Promise.resolve(new Response());
  agency = await startAgency({
    halts: [() => halt],
    http: (request) => {
      sent.push(request.url);
      return answer();
    },
  });
  ({ clientId, accountId } = await connectedClient(agency));
  await agency.core.publishing.start();
});

const scopes = ['global', 'client', 'account'] as const;
type Scope = (typeof scopes)[number];
const stop = (engaged = true, scope: Scope = 'global') =>
  agency.api.killSwitch.set({
    scope,
    ...(scope === 'global' ? {} : { id: scope === 'client' ? clientId : accountId }),
    engaged,
    reason: engaged ? 'A client asked us to pause' : null,
  });
const pass = (ms: number): Promise<void> =>
  agency.time.pass(ms, async () => {
    await agency.core.lease.idle();
    await agency.core.publishing.idle();
  });

const network = (): SocialNetwork => agency.facebook;

async function approvedPost(inMinutes: number, change: { caption?: string; firstComment?: string } = {}) {
  const scheduledFor = new Date(noon + inMinutes * minute).toISOString();
  const targets = [{ accountId }];
  const { id } = await agency.api.pipeline.create({
    clientId,
    caption: 'Fresh bread',
    ...change,
    scheduledFor,
    targets,
  });
  await agency.api.pipeline.approve({ id });
  return id;
}

async function targetOf(id: string) {
  const [target] = (await agency.api.pipeline.get({ id })).targets;
  if (target === undefined) throw new Error('The post has no target.');
  return target;
}

/** The switches as the next run of the app has them before it has read any. */
function nextRun(): KillSwitch {
  const changes = new Changes();
  const activity = createActivity({ ...agency.ports, changes });
  return createKillSwitch({ ...agency.ports, activity, changes });
}

/** Lets what needs no time go on until this holds. */
const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { interval: 1 });

describe('a stop', () => {
  it.each(scopes)('of scope %s takes nothing up, and what became due meanwhile waits for a person', async (scope) => {
    const id = await approvedPost(5);
    await stop(true, scope);
    await pass(10 * minute);
    expect(agency.facebook.prepared).toBe(0);
    expect(await targetOf(id)).toMatchObject({ status: 'pending', error: { code: 'stopped' } });
    await stop(false, scope);
    await pass(hour);
    expect(sent).toEqual([]);
    const held = await targetOf(id);
    expect(held).toMatchObject({ status: 'held', error: { code: 'after_stop' } });
    expect(held.error?.message).toContain(
      'was stopped by mia at 2026-11-24T12:00:00.000Z (“A client asked us to pause”)',
    );
    await agency.api.pipeline.publishNow({ id });
    await pass(minute);
    expect(await targetOf(id)).toMatchObject({ status: 'published' });
  });

  it('of another account stops nobody else', async () => {
    const other = await connectAccount(agency, clientId, { remoteId: 'page-2' });
    const id = await approvedPost(5);
    await agency.api.killSwitch.set({ scope: 'account', id: other, engaged: true });
    await pass(6 * minute);
    expect(await targetOf(id)).toMatchObject({ status: 'published' });
  });

  it('holds what was asked for at once while it lasted, too', async () => {
    const id = await approvedPost(300);
    await stop();
    await agency.api.pipeline.publishNow({ id });
    await pass(minute);
    await stop(false);
    await pass(minute);
    expect(sent).toEqual([]);
    expect(await targetOf(id)).toMatchObject({ status: 'held', error: { code: 'after_stop' } });
  });

  it('holds even what became due in the second between it and its end', async () => {
    const id = await approvedPost(5);
    await pass(5 * minute - 1_000);
    await stop();
    await pass(1_500);
    await stop(false);
    await pass(hour);
    expect(sent).toEqual([]);
    expect(await targetOf(id)).toMatchObject({ status: 'held', error: { code: 'after_stop' } });
  });

  it('leaves alone what is due only after its end', async () => {
    const id = await approvedPost(30);
    await stop();
    await pass(10 * minute);
    await stop(false);
    await pass(21 * minute);
    expect(await targetOf(id)).toMatchObject({ status: 'published' });
  });

  it('stops further tries', async () => {
    const id = await approvedPost(5);
    agency.facebook.prepareFails = [new NetworkFailure({ class: 'transient', code: '2', message: 'down' })];
    await pass(5 * minute + 1_000);
    expect(await targetOf(id)).toMatchObject({ status: 'pending', tries: 1 });
    await stop();
    await pass(10 * minute);
    await stop(false);
    await pass(hour);
    expect(sent).toEqual([]);
    expect(await targetOf(id)).toMatchObject({ status: 'held', error: { code: 'after_stop' } });
  });

  it('stops catching up after sleep', async () => {
    const id = await approvedPost(5);
    await stop();
    agency.time.step(20 * minute);
    await pass(minute);
    await stop(false);
    await pass(hour);
    expect(sent).toEqual([]);
    expect(await targetOf(id)).toMatchObject({ status: 'held', error: { code: 'after_stop' } });
  });

  it('breaks off an upload at once', async () => {
    const id = await approvedPost(0.1);
    let isBroken = false;
    network().prepare = (_, __, ___, ____, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          isBroken = true;
          reject(new Error('aborted'));
        });
      });
    await passWithoutWaiting(agency, minute);
    await until(async () => expect((await targetOf(id)).status).toBe('publishing'));
    await stop();
    expect(isBroken).toBe(true);
    await until(async () =>
      expect(await targetOf(id)).toMatchObject({ status: 'pending', error: { code: 'stopped' } }),
    );
    expect(sent).toEqual([]);
  });

  it('lets a request that has left finish, and believes its answer', async () => {
    const id = await approvedPost(0.1);
    const { promise, resolve } = Promise.withResolvers<Response>();
    answer = () => promise;
    await passWithoutWaiting(agency, minute);
    await until(() => expect(sent).toHaveLength(1));
    await stop();
    resolve(new Response());
    await until(async () => expect((await targetOf(id)).status).toBe('published'));
  });

  it('goes on looking up what is unclear', async () => {
    const id = await approvedPost(5);
    agency.facebook.answers = ['lost'];
    await pass(5 * minute);
    expect(await targetOf(id)).toMatchObject({ status: 'confirming' });
    await stop();
    await pass(minute);
    expect(await targetOf(id)).toMatchObject({ status: 'published' });
  });

  it('goes on renewing logins and backing up', async () => {
    await connectAccount(agency, clientId, { platform: 'tiktok', remoteId: 'open-1', expiresAt: noon + hour });
    await stop();
    agency.tiktok.renewals = [new NetworkFailure({ class: 'transient', code: '2', message: 'down' })];
    await agency.core.scheduling.run('refresh-tokens');
    expect(agency.tiktok.renewedWith).toHaveLength(1);
    expect(await agency.core.scheduling.run('back-up')).toMatchObject({ lastError: null });
  });

  it('says within a second what is in flight, unknown, held, and due meanwhile', async () => {
    const unknown = await approvedPost(1, { caption: 'One' });
    agency.facebook.answers = ['lost'];
    agency.facebook.lookUps = Array.from({ length: 50 }, () => 'fail' as const);
    await pass(minute);
    const held = await approvedPost(2, { caption: 'Two' });
    await agency.store.posts.update(held, { caption: 'Changed' });
    await pass(minute);
    const slow = Promise.withResolvers<never>();
    network().prepare = () => slow.promise;
    const inFlight = await approvedPost(3, { caption: 'Three' });
    const due = await approvedPost(4, { caption: 'Four' });
    await passWithoutWaiting(agency, minute);
    await until(async () => expect((await targetOf(inFlight)).status).toBe('publishing'));
    await stop();
    const asked = performance.now();
    const standing = await agency.api.killSwitch.standing({ scope: 'account', id: accountId });
    expect(performance.now() - asked).toBeLessThan(1_000);
    const ids = (items: { postId: string }[]): string[] => items.map(({ postId }) => postId);
    expect([ids(standing.inFlight), ids(standing.unknown), ids(standing.held)]).toEqual([
      [inFlight],
      [unknown],
      [held],
    ]);
    await agency.store.targets.update((await targetOf(due)).id, { errorCode: 'stopped', errorMessage: 'Stopped.' });
    const later = await agency.api.killSwitch.standing({ scope: 'client', id: clientId });
    expect(ids(later.dueMeanwhile)).toEqual([due]);
    expect((await agency.api.killSwitch.standing({})).held).toHaveLength(1);
    slow.reject(new Error('aborted'));
    await expect(agency.api.killSwitch.standing({ scope: 'client', id: 'nobody' })).rejects.toMatchObject({
      status: 404,
    });
  });
});

describe('a stop that cannot be written down', () => {
  it('is in effect all the same, is not shown as one, and is written down later', async () => {
    const id = await approvedPost(5);
    const { transaction } = agency.store;
    agency.store.transaction = () => Promise.reject(new Error('the disk is full'));
    await expect(stop()).rejects.toThrow();
    agency.store.transaction = transaction;
    expect(agency.core.killSwitch.stopping(clientId, accountId)).not.toBeNull();
    expect((await agency.api.killSwitch.list()).items).toMatchObject([{ engaged: false }]);
    expect(await agency.store.control.killSwitches()).toEqual([]);
    await pass(6 * minute);
    expect(sent).toEqual([]);
    expect(agency.core.killSwitch.isSettled()).toBe(false);
    await agency.core.killSwitch.settle();
    expect((await agency.api.killSwitch.list()).items).toMatchObject([{ engaged: true, changedBy: 'mia' }]);
    expect(await agency.store.control.killSwitches()).toMatchObject([{ engaged: true }]);
    expect(await targetOf(id)).toMatchObject({ status: 'pending', error: { code: 'stopped' } });
  });
});

describe('a release of a stop that could not be written down', () => {
  it('is not undone by the stop that is tried again at the same moment', async () => {
    const { transaction } = agency.store;
    agency.store.transaction = () => Promise.reject(new Error('the disk is full'));
    await expect(stop()).rejects.toThrow();
    agency.store.transaction = transaction;
    const release = { scope: 'global' as const, scopeId: '', engaged: false, reason: null, actor: 'mia' };
    await Promise.all([agency.core.killSwitch.set(release), agency.core.killSwitch.settle()]);
    await agency.core.killSwitch.load();
    expect(agency.core.killSwitch.stopping(clientId, accountId)).toBeNull();
    expect(agency.core.killSwitch.isSettled()).toBe(true);
  });
});

describe('a kill switch that cannot be read', () => {
  it('counts as engaged until it can, and is not released unread', async () => {
    const id = await approvedPost(5);
    await stop(true, 'account');
    vi.spyOn(agency.store.control, 'killSwitches').mockRejectedValue(new Error('unreadable'));
    const again = nextRun();
    expect(again.stopping(clientId, accountId)).not.toBeNull();
    await expect(again.load()).rejects.toThrow('unreadable');
    const release = { scope: 'global' as const, scopeId: '', engaged: false, reason: null, actor: 'mia' };
    await expect(again.set(release)).rejects.toThrow('unreadable');
    expect(again.stopping('another', 'other')).not.toBeNull();
    vi.restoreAllMocks();
    await again.settle();
    expect(again.stopping('another', 'other')).toBeNull();
    expect(again.stopping(clientId, accountId)).toMatchObject({ scope: 'account' });
    expect(await targetOf(id)).toMatchObject({ status: 'pending' });
  });
});

describe('a file that stops everything', () => {
  const stopFile: Halt = { code: 'stop_file', message: 'The file STOP stops all publishing.' };

  it('is seen at the last moment before a request leaves, and what was due waits for a person', async () => {
    const id = await approvedPost(5);
    agency.facebook.beforeSend = async () => {
      halt = stopFile;
    };
    await pass(6 * minute);
    expect(sent).toEqual([]);
    expect(await targetOf(id)).toMatchObject({ status: 'pending', error: { code: 'stop_file' } });
    halt = null;
    await pass(minute);
    expect(await targetOf(id)).toMatchObject({ status: 'held', error: { code: 'after_stop' } });
    expect((await targetOf(id)).error?.message).toContain(stopFile.message);
  });

  it('breaks off an upload within a second, and is written into the log', async () => {
    await agency.core.start();
    const id = await approvedPost(0.1);
    network().prepare = (_, __, ___, ____, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    await passWithoutWaiting(agency, 10_000);
    await until(async () => expect((await targetOf(id)).status).toBe('publishing'));
    halt = stopFile;
    await passWithoutWaiting(agency, 1_000);
    await until(async () => expect((await targetOf(id)).error?.code).toBe('stop_file'));
    halt = null;
    await passWithoutWaiting(agency, 1_000);
    await until(async () => expect((await targetOf(id)).error?.code).toBe('after_stop'));
    await until(async () => {
      const { items } = await agency.api.logs({});
      expect(items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['stop_file.found', 'stop_file.gone']));
    });
  });
});
