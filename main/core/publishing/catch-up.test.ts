import { beforeEach, describe, expect, it } from 'vitest';
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
import type { Halt } from '../control/halts.ts';
import { MediaRefused, NetworkFailure, type SocialNetwork } from '../ports/index.ts';

let agency: Agency;
let clientId: string;
let accountId: string;
/** What stops all sending. */
let halt: Halt | null;
/** What became public, in minutes after noon. */
let sent: string[];

beforeEach(async () => {
  halt = null;
  agency = await startAgency({
    halts: [() => halt],
    http: () => {
      sent.push(minutesAfterNoon());
      return Promise.resolve(new Response());
    },
  });
  sent = [];
  ({ clientId, accountId } = await connectedClient(agency));
});

const minutesAfterNoon = (): string => ((agency.time.now() - noon) / minute).toFixed(1);
const pass = (ms: number): Promise<void> =>
  agency.time.pass(ms, async () => {
    await agency.core.lease.idle();
    await agency.core.publishing.idle();
  });
const run = async (ms = 0): Promise<void> => {
  await agency.core.publishing.start();
  await pass(ms);
};

/** Approved posts that are due at these minutes after noon. */
async function approved(...minutes: number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, at] of minutes.entries()) {
    const { id } = await agency.api.pipeline.create({
      clientId,
      caption: `Post ${index + 1}`,
      scheduledFor: new Date(noon + at * minute).toISOString(),
      targets: [{ accountId }],
    });
    await agency.api.pipeline.approve({ id });
    ids.push(id);
  }
  return ids;
}

async function targetOf(id: string | undefined) {
  const [target] = (await agency.api.pipeline.get({ id: id ?? '' })).targets;
  if (target === undefined) throw new Error('The post has no target.');
  return target;
}

async function standOf(ids: string[]): Promise<(string | undefined)[]> {
  const targets = await Promise.all(ids.map(targetOf));
  return targets.map(({ status, error }) => (error === null ? status : `${status}/${error.code}`));
}

async function setGrace(graceMinutes: number): Promise<void> {
  const rules = await agency.api.rules.get({ id: clientId });
  await agency.api.rules.put({ id: clientId, ...rules, graceMinutes });
}

const logOf = async (kind: string) => (await agency.api.logs({ kind })).items.map(({ message }) => message);

describe('after a downtime', () => {
  it('of less than a minute the post goes out, and nothing is said', async () => {
    const ids = await approved(1);
    agency.time.step(minute + 50_000);
    await run(1_000);
    expect(await standOf(ids)).toEqual(['published']);
    expect(await logOf('post.published')).toEqual(['Published on Café Uno (Facebook)']);
  });

  it('within the grace it goes out late, marked so', async () => {
    const ids = await approved(1);
    agency.time.step(13 * minute);
    await run(1_000);
    expect(await standOf(ids)).toEqual(['published']);
    expect(await logOf('post.published')).toEqual(['Published on Café Uno (Facebook), late by 12 min']);
  });

  it('with no grace at all it is held', async () => {
    await setGrace(0);
    const ids = await approved(1);
    agency.time.step(3 * minute);
    await run(hour);
    expect(await standOf(ids)).toEqual(['held/late']);
    expect(sent).toEqual([]);
    const { error } = await targetOf(ids[0]);
    expect(error?.message).toBe(
      'This was due at 2026-11-24T13:01:00+01:00[Europe/Berlin] and missed its time by 2 min; Café Uno allows 0. It was not sent. Publish it now, choose another time, or leave it out.',
    );
    expect(await logOf('post.held')).toEqual([`Café Uno: ${error?.message}`]);
  });

  it('three of many go out five minutes apart, the rest is held with one notice', async () => {
    const ids = await approved(1, 2, 3, 4, 5, 6);
    agency.time.step(10 * minute);
    await run(1_000);
    expect(await standOf(ids)).toEqual([
      'published',
      'pending/catch_up',
      'pending/catch_up',
      'held/crowded',
      'held/crowded',
      'held/crowded',
    ]);
    expect((await targetOf(ids[1])).nextAttemptAt).toBe('2026-11-24T12:15:00.000Z');
    expect(await logOf('post.held')).toEqual([
      '3 posts of Café Uno are held for you: 3 were overdue with too many others. Nothing of them was sent. Publish each now, choose another time, or leave it out.',
    ]);
    await pass(hour);
    expect(sent).toEqual(['10.0', '15.0', '20.0']);
  });

  it('a second one does not bring them closer together', async () => {
    await approved(1, 2, 3, 12, 13);
    agency.time.step(10 * minute);
    await run(1_000);
    await agency.core.publishing.idle();
    agency.time.step(4 * minute);
    await pass(hour);
    expect(sent).toEqual(['10.0', '15.0', '20.0', '25.0']);
  });

  it('a person lets out what was held, one or all', async () => {
    const ids = await approved(1, 2, 3, 4, 5);
    agency.time.step(10 * minute);
    await run(1_000);
    for (const id of ids.slice(3)) await agency.api.pipeline.publishNow({ id });
    await pass(1_000);
    expect(await standOf(ids.slice(3))).toEqual(['published', 'published']);
    expect(sent).toEqual(['10.0', '10.0', '10.0']);
    await agency.api.pipeline.retry({ id: ids[1] ?? '' });
    await pass(1_000);
    expect(await standOf(ids.slice(1, 2))).toEqual(['published']);
  });

  it('what was held goes out at its new time', async () => {
    const ids = await approved(1);
    agency.time.step(50 * minute);
    await run(1_000);
    expect(await standOf(ids)).toEqual(['held/late']);
    const scheduledFor = new Date(noon + 60 * minute).toISOString();
    await agency.api.pipeline.reschedule({ id: ids[0] ?? '', scheduledFor });
    await pass(hour);
    expect(sent).toEqual(['60.0']);
  });

  it('what stands in its way besides the time is said first', async () => {
    const ids = await approved(1);
    await agency.store.posts.update(ids[0] ?? '', { caption: 'Something else' });
    agency.time.step(hour);
    await run(1_000);
    expect(await standOf(ids)).toEqual(['held/changed']);
  });

  it('a paused client’s posts wait for a person', async () => {
    const ids = await approved(1, 30);
    await agency.api.clients.update({ id: clientId, status: 'paused' });
    await run(5 * minute);
    expect(await standOf(ids)).toEqual(['pending/client_paused', 'pending']);
    await agency.api.clients.update({ id: clientId, status: 'active' });
    await pass(hour);
    expect(await standOf(ids)).toEqual(['held/after_stop', 'published']);
  });
});

describe('what became due during a stop is left to a person', () => {
  it.each(['waking', 'disk', 'lease'] as const)('although “%s” followed before it was looked at', async (code) => {
    const ids = await approved(1);
    await agency.core.publishing.start();
    halt = { code: 'clock', message: 'The clock was set back.' };
    await pass(5 * minute);
    halt = { code, message: 'One moment.' };
    await pass(minute);
    halt = null;
    await pass(5 * minute);
    expect(sent).toEqual([]);
    expect(await standOf(ids)).toEqual(['held/after_stop']);
    expect((await targetOf(ids[0])).error?.message).toContain('The clock was set back.');
  });

  it('although the network has asked the account to wait meanwhile', async () => {
    const ids = await approved(1);
    await agency.core.publishing.start();
    await agency.api.killSwitch.set({ scope: 'global', engaged: true, reason: null });
    await pass(5 * minute);
    await agency.store.accounts.update(accountId, { pausedUntil: noon + 10 * minute });
    await agency.api.killSwitch.set({ scope: 'global', engaged: false, reason: null });
    await pass(20 * minute);
    expect(sent).toEqual([]);
    expect(await standOf(ids)).toEqual(['held/after_stop']);
  });
});

describe('on time', () => {
  it('posts that were planned close together go out as planned', async () => {
    await approved(1, 1.5, 2, 2.5, 3);
    await run(hour);
    expect(sent).toEqual(['1.0', '1.5', '2.0', '2.5', '3.0']);
  });

  it('posts that wait for the one before on their account go out after it, all of them', async () => {
    await setGrace(0);
    const ids = await approved(1, 2, 3, 4, 5);
    const network: SocialNetwork = agency.facebook;
    const prepare = network.prepare.bind(network);
    const upload = Promise.withResolvers<void>();
    network.prepare = async (...input) => {
      await upload.promise;
      return prepare(...input);
    };
    await agency.core.publishing.start();
    await passWithoutWaiting(agency, 7 * minute);
    expect(sent).toEqual([]);
    upload.resolve();
    await pass(1_000);
    expect(await standOf(ids)).toEqual(ids.map(() => 'published'));
  });
});

describe('a network that asks to wait', () => {
  const askToWait = (forMinutes: number): void => {
    const failure = {
      class: 'rate' as const,
      code: '32',
      message: 'Too many calls.',
      retryAt: noon + forMinutes * minute,
    };
    agency.facebook.prepareFails = [new NetworkFailure(failure)];
  };

  it('is not answered with a burst when the wait is over', async () => {
    const ids = await approved(1, 2, 3, 4, 5);
    askToWait(20);
    await run(19 * minute);
    expect(await standOf(ids)).toEqual(ids.map(() => 'pending/rate'));
    expect((await targetOf(ids[0])).error?.message).toBe(
      'Facebook asked us to wait before anything more is posted on Café Uno. It goes on by itself at 2026-11-24T12:20:00.000Z. Facebook said: “Too many calls.”',
    );
    await pass(2 * hour);
    expect(sent).toEqual(['20.0', '25.0', '30.0', '35.0', '40.0']);
  });

  it('for so long that the post is too late by then says that a person will be asked', async () => {
    const ids = await approved(1);
    askToWait(90);
    await run(5 * minute);
    const { error } = await targetOf(ids[0]);
    expect(error?.message).not.toMatch(/goes on by itself/);
    expect(error?.message).toContain('The wait ends at 2026-11-24T13:30:00.000Z');
    await pass(2 * hour);
    expect(await standOf(ids)).toEqual(['held/late']);
  });

  it('is not asked again because a person insists, who is told when it goes on', async () => {
    const [id = ''] = await approved(1);
    askToWait(20);
    await run(5 * minute);
    await expect(agency.api.pipeline.retry({ id })).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('It goes on by itself at 2026-11-24T12:20:00.000Z.'),
    });
    await pass(20 * minute);
    expect(await standOf([id])).toEqual(['published']);
  });

  it('a further try after a stumble is made at once when a person asks for it', async () => {
    const [id = ''] = await approved(1);
    agency.facebook.prepareFails = [new NetworkFailure({ class: 'transient', code: '2', message: 'down' })];
    await run(minute + 1_000);
    expect(await targetOf(id)).toMatchObject({ status: 'pending', tries: 1 });
    await agency.api.pipeline.retry({ id });
    await pass(1);
    expect(await standOf([id])).toEqual(['published']);
  });
});

describe('an account that was connected again', () => {
  const expire = (): void => {
    agency.facebook.prepareFails = [new NetworkFailure({ class: 'token', code: '190', message: 'It has expired.' })];
  };

  it('gets what is still in time by itself, and asks about the rest', async () => {
    const ids = await approved(1, 20, 50);
    expire();
    await run(40 * minute);
    expect(await standOf(ids)).toEqual(['held/reconnect', 'held/reconnect', 'pending']);
    expect((await targetOf(ids[0])).error?.message).toBe(
      'It has expired. Nothing was published. Connect Café Uno again, and what is still in time goes out by itself.',
    );
    await connectAccount(agency, clientId);
    await pass(hour);
    expect(await standOf(ids)).toEqual(['held/late', 'published', 'published']);
    expect(sent[0]).toMatch(/^40\.\d$/);
  });

  it('nothing leaves before its time because a person answers for one of its accounts', async () => {
    const other = await connectAccount(agency, clientId, { platform: 'instagram', remoteId: 'ig-1', pageId: 'page-1' });
    const { id } = await agency.api.pipeline.create({
      clientId,
      caption: 'Post 1',
      scheduledFor: new Date(noon + hour).toISOString(),
      targets: [{ accountId }, { accountId: other }],
    });
    await agency.api.pipeline.approve({ id });
    await agency.api.accounts.disconnect({ id: clientId, accountId });
    const held = (await agency.store.targets.listOfPost(id)).find(({ status }) => status === 'held');
    await run();
    await agency.api.pipeline.resolve({ id, targetId: held?.id ?? '', resolution: 'send_again' });
    await pass(10 * minute);
    expect(sent).toEqual([]);
  });

  it('after a person had disconnected it, too', async () => {
    const ids = await approved(10);
    await run(minute);
    await agency.api.accounts.disconnect({ id: clientId, accountId });
    expect(await standOf(ids)).toEqual(['held/disconnected']);
    await connectAccount(agency, clientId);
    await pass(10 * minute);
    expect(await standOf(ids)).toEqual(['published']);
    expect((await agency.api.pipeline.get({ id: ids[0] ?? '' })).heldReason).toBeNull();
  });
});

describe('what is live is read back once', () => {
  const shown = (remoteId: string, text: string, isTextCut = false) => ({
    remoteId,
    text,
    isTextCut,
    at: noon,
    permalink: null,
  });
  const isStopped = (): boolean => agency.core.killSwitch.stopping(clientId, accountId) !== null;

  it.each([
    ['the same words', [shown('live-container-1', 'Post  1\n')]],
    ['the beginning of the same words', [shown('live-container-1', 'Po…', true)]],
    ['no words yet', [shown('live-container-1', '')]],
    ['it not yet', [shown('another', 'Something else')]],
    ['nothing to us', null],
    ['an error', new Error('down')],
  ])('and %s changes nothing', async (_, recent) => {
    const ids = await approved(1);
    agency.facebook.recent = recent;
    await run(5 * minute);
    expect(await standOf(ids)).toEqual(['published']);
    expect(isStopped()).toBe(false);
  });

  it('and other words raise an alarm and stop the account', async () => {
    const ids = await approved(1, 5);
    agency.facebook.recent = [shown('live-container-1', 'Post 9')];
    await run(10 * minute);
    expect(await standOf(ids)).toEqual(['published/mismatch', 'pending/stopped']);
    expect(agency.core.killSwitch.stopping(clientId, accountId)).toMatchObject({ scope: 'account', changedBy: 'app' });
    const { items } = await agency.api.logs({ kind: 'post.mismatch' });
    expect(items).toMatchObject([{ level: 'error', accountId, postId: ids[0] }]);
  });
});

it('every reason says what happened, what the app did, and what can be done', async () => {
  const messageAfter = async (change: (id: string) => unknown): Promise<string> => {
    const [id = ''] = await approved((agency.time.now() - noon) / minute + 1);
    await change(id);
    await pass(2 * minute);
    const { status, error } = await targetOf(id);
    expect(['held', 'failed']).toContain(status);
    return error?.message ?? '';
  };
  const fails = (failure: ConstructorParameters<typeof NetworkFailure>[0]) => () => {
    agency.facebook.prepareFails = Array.from({ length: 5 }, () => new NetworkFailure(failure));
  };
  await run();
  const messages = [
    await messageAfter((id) => agency.store.posts.update(id, { caption: 'Else' })),
    await messageAfter(fails({ class: 'content', code: '1', message: 'It is too long.' })),
    await messageAfter(fails({ class: 'config', code: '2', message: 'The app is not live.' })),
    await messageAfter(fails({ class: 'account', code: '3', message: 'The account is restricted.' })),
    await messageAfter(() => {
      agency.facebook.prepareFails = [new MediaRefused('gone', 'A file of this post is gone.')];
    }),
    await messageAfter(() => {
      agency.facebook.refusedTexts = ['Post'];
    }),
  ];
  for (const message of messages) {
    expect(message).toMatch(/not sent|not live|Nothing was published/);
    expect(message).toMatch(/approve|try again|then try/i);
  }
});
