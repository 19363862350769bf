import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectedClient, hour, minute, noon, startAgency } from '../../../test/agency.ts';
import { ScriptedWriter } from '../../../test/doubles/scripted-writer.ts';
import { NetworkFailure } from '../ports/index.ts';

let agency: Agency;
let clientId: string;
let accountId: string;

beforeEach(async () => {
  agency = await startAgency({ text: new ScriptedWriter() });
  ({ clientId, accountId } = await connectedClient(agency));
});

const at = (ms: number) => new Date(noon + ms).toISOString();
const passes = (ms: number) => agency.time.pass(ms, () => Promise.resolve());
const write = (change: object = {}) =>
  agency.api.pipeline.create({
    clientId,
    caption: 'Fresh bread',
    scheduledFor: at(2 * hour),
    targets: [{ accountId }],
    ...change,
  });

/** Oldest first. */
async function history(id: string) {
  const { items } = await agency.api.review.history({ id });
  expect(items.map((entry) => entry.at)).toEqual(
    items
      .map((entry) => entry.at)
      .sort()
      .reverse(),
  );
  return items.toReversed();
}

describe('what was approved', () => {
  it('is kept word for word, and the latest counts', async () => {
    const { id } = await write({ hashtags: ['#bread'], firstComment: 'Still warm.' });
    expect(await agency.api.review.approval({ id })).toEqual({ approval: null });
    await agency.api.pipeline.approve({ id });
    await passes(minute);
    await agency.api.pipeline.update({ id, caption: 'Stale bread', hashtags: [] });
    expect((await agency.api.review.approval({ id })).approval).toMatchObject({
      by: 'mia',
      at: at(0),
      caption: 'Fresh bread',
      hashtags: ['#bread'],
      firstComment: 'Still warm.',
      mediaIds: [],
      scheduledFor: at(2 * hour),
      wallTime: '2026-11-24T15:00',
      targets: [{ accountId, accountName: 'Café Uno', caption: null, options: {} }],
    });
    await agency.api.pipeline.approve({ id });
    expect((await agency.api.review.approval({ id })).approval).toMatchObject({
      at: at(minute),
      caption: 'Stale bread',
    });
  });

  it('by the rules is kept as well', async () => {
    await agency.api.rules.put({
      id: clientId,
      postsPerWeek: 7,
      days: ['tue'],
      times: ['16:00'],
      platforms: ['facebook'],
      autoApprove: true,
    });
    const { created } = await agency.api.pipeline.generate({ clientId, days: 1 });
    const post = await agency.api.pipeline.get({ id: created[0] ?? '' });
    expect(post.status).toBe('approved');
    expect((await agency.api.review.approval({ id: post.id })).approval).toMatchObject({
      by: 'rules',
      caption: post.caption,
    });
    expect((await history(post.id)).map(({ kind, actor }) => [kind, actor])).toEqual([
      ['written', 'ai'],
      ['approved', 'rules'],
    ]);
  });
});

describe('the history of a post', () => {
  it('tells who did what, what was changed, and why', async () => {
    const { id } = await write();
    const steps: (() => Promise<unknown>)[] = [
      () => agency.api.pipeline.update({ id, caption: 'Warm bread', hashtags: ['#bread'], scheduledFor: at(3 * hour) }),
      () => agency.api.pipeline.reject({ id, reason: 'Not our tone' }),
      () => agency.api.pipeline.reopen({ id }),
      () => agency.api.pipeline.approve({ id }),
      () => agency.api.pipeline.reschedule({ id, scheduledFor: at(4 * hour) }),
      () => agency.api.pipeline.update({ id, firstComment: 'Still warm.' }),
    ];
    for (const step of steps) {
      await passes(minute);
      await step();
    }
    expect(await history(id)).toMatchObject([
      { kind: 'created', actor: 'mia', at: at(0), attempt: null },
      { kind: 'edited', changed: ['caption', 'hashtags', 'time'], from: at(2 * hour), to: at(3 * hour) },
      { kind: 'rejected', words: 'Not our tone' },
      { kind: 'reopened', words: null },
      { kind: 'approved', words: null },
      { kind: 'rescheduled', changed: [], from: at(3 * hour), to: at(4 * hour) },
      { kind: 'edited', changed: ['firstComment'], from: null, to: null },
    ]);
  });

  it('has each attempt with its steps and end, told once', async () => {
    const { id } = await write({ firstComment: 'Still warm.' });
    await agency.api.pipeline.approve({ id });
    await agency.core.publishing.start();
    await agency.api.pipeline.publishNow({ id });
    await expect
      .poll(async () => (await history(id)).filter(({ attempt }) => attempt?.outcome === 'live').length)
      .toBe(2);
    const told = (await history(id)).filter(({ kind }) => kind === 'attempt' || kind === 'live');
    expect(told).toMatchObject([
      {
        kind: 'attempt',
        platform: 'facebook',
        accountName: 'Café Uno',
        attempt: { kind: 'post', number: 1, outcome: 'live' },
      },
      { kind: 'attempt', attempt: { kind: 'first_comment', outcome: 'live' } },
    ]);
    expect(told[0]?.link).toMatch(/^https:/);
    expect(told[0]?.attempt?.steps.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['intent', 'sending', 'published']),
    );
  });

  it('tells of a risk and of its end, and of an account’s trouble in each of its posts', async () => {
    const [one, two] = [await write(), await write()];
    for (const { id } of [one, two]) await agency.api.pipeline.approve({ id });
    agency.facebook.ready = new NetworkFailure({ class: 'permission', code: '200', message: 'A permission is gone.' });
    await agency.core.preflight.lookAhead(true);
    for (const { id } of [one, two]) {
      expect((await history(id)).at(-1)).toMatchObject({ kind: 'at_risk', level: 'warning', platform: 'facebook' });
      expect((await history(id)).filter(({ kind }) => kind === 'at_risk')).toHaveLength(1);
    }
    agency.facebook.ready = { scopes: null, postsLeft: null, creator: null };
    await passes(minute);
    await agency.core.preflight.lookAhead(true);
    expect((await history(one.id)).at(-1)).toMatchObject({ kind: 'risk_gone', level: 'info' });
  });

  it('of nothing is not found', async () => {
    await expect(agency.api.review.history({ id: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(agency.api.review.approval({ id: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
