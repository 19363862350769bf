import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectedClient, startAgency } from '../../../test/agency.ts';
import type { TargetOptions } from '../../../shared/contract/pipeline.ts';
import { media } from '../../store/sample.ts';
import { createRouterClient } from '@orpc/server';
import { createRouter } from '../api/router.ts';

const hour = 3_600_000;
const direct = { mode: 'direct', privacyLevel: 'PUBLIC_TO_EVERYONE', allowComment: true } as const;

let agency: Agency;
let clientId: string;
let accountId: string;
let postId: string;

beforeEach(async () => {
  agency = await startAgency();
  ({ clientId, accountId } = await connectedClient(agency, { platform: 'tiktok', remoteId: 'open-1' }));
  agency.tiktok.problems = ({ options }) =>
    options.mode === 'direct' && options.consent !== true
      ? [{ field: 'options', code: 'consent', message: 'Agree first.' }]
      : [];
  for (const id of ['clip', 'other']) {
    const file = {
      id,
      clientId,
      sha256: id.padEnd(64, '0'),
      kind: 'video',
      mime: 'video/mp4',
      durationMs: 9_000,
    } as const;
    await agency.store.media.insert(media({ ...file, origin: 'upload', provenance: null, aiMade: false }));
  }
  postId = await createPost({ ...direct, consent: true });
});

async function createPost(options: TargetOptions): Promise<string> {
  const { id } = await agency.api.pipeline.create({
    clientId,
    caption: 'A day at the bakery',
    media: ['clip'],
    scheduledFor: new Date(agency.time.now() + hour).toISOString(),
    targets: [{ accountId, options }],
  });
  return id;
}

async function consent() {
  const { targets, problems } = await agency.api.pipeline.get({ id: postId });
  const isMissing = problems.some(({ code }) => code === 'consent');
  expect(targets[0]?.options.consent === true).toBe(targets[0]?.consent !== null);
  expect(isMissing).toBe(targets[0]?.consent === null);
  return targets[0]?.consent;
}

describe("consent to TikTok's terms", () => {
  it('is not kept with a draft, whoever sends it, and is given by who applies it', async () => {
    const id = 'draft-with-a-consent';
    const content = {
      caption: 'A day at the bakery',
      hashtags: [],
      firstComment: null,
      altText: null,
      media: ['clip'],
      scheduledFor: new Date(agency.time.now() + hour).toISOString(),
      targets: [{ accountId, caption: null, options: { ...direct, consent: true } }],
    };
    const put = (by: typeof agency.api, revision: number) =>
      by.drafts.put({ id, clientId, content, revision, writer: 'window' });
    const kept = await put(as('ben'), 0);
    expect(kept.content.targets[0]?.options).toEqual(direct);
    // As earlier versions have kept it.
    const record = await agency.store.drafts.get(id);
    if (record !== undefined) await agency.store.drafts.put({ ...record, content });
    expect((await agency.api.drafts.get({ id })).content.targets[0]?.options).toEqual(direct);

    ({ id: postId } = await agency.api.drafts.apply({ id, revision: 1 }));
    expect(await consent()).toBeNull();
    await agency.api.pipeline.delete({ id: postId });

    const next = 'draft-that-is-agreed-to';
    await as('ben').drafts.put({ id: next, clientId, content, revision: 0, writer: 'window' });
    ({ id: postId } = await agency.api.drafts.apply({ id: next, revision: 1, consents: [accountId] }));
    expect(await consent()).toMatchObject({ by: 'mia' });
  });

  it('is noted with who gave it and when, and lets the post be approved', async () => {
    expect(await consent()).toEqual({ by: 'mia', at: '2026-11-24T12:00:00.000Z' });
    expect(await agency.api.pipeline.approve({ id: postId })).toMatchObject({ status: 'approved' });
  });

  it('is not there when nobody gave it', async () => {
    postId = await createPost(direct);
    expect(await consent()).toBeNull();
    await expect(agency.api.pipeline.approve({ id: postId })).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
  });

  it.each([
    ['the caption', () => agency.api.pipeline.update({ id: postId, caption: 'Another day' })],
    ['the hashtags', () => agency.api.pipeline.update({ id: postId, hashtags: ['#new'] })],
    ['the wording for TikTok', () => change({ caption: 'Hello TikTok' })],
    ['the video', () => agency.api.pipeline.update({ id: postId, media: ['other'] })],
    ['the label of the video', () => agency.api.media.update({ id: 'clip', aiMade: true })],
    ['the audience', () => change({ options: { ...direct, privacyLevel: 'SELF_ONLY' } })],
    ['what viewers may do', () => change({ options: { ...direct, allowComment: false } })],
    ['the disclosure', () => change({ options: { ...direct, brandContent: true } })],
  ])('stands no longer once %s is changed, and the post cannot go out', async (_, edit) => {
    await agency.api.pipeline.approve({ id: postId });
    await edit();
    expect(await consent()).toBeNull();
    expect(await agency.api.pipeline.get({ id: postId })).toMatchObject({ status: 'in_review' });
    await expect(agency.api.pipeline.approve({ id: postId })).rejects.toMatchObject({ code: 'UNPROCESSABLE' });
  });

  it('stays over changes of what TikTok does not show, and over a new time', async () => {
    await agency.api.pipeline.update({ id: postId, firstComment: 'First!', altText: 'A loaf' });
    const later = new Date(agency.time.now() + 5 * hour).toISOString();
    await agency.api.pipeline.reschedule({ id: postId, scheduledFor: later });
    expect(await consent()).toMatchObject({ by: 'mia' });
  });

  it('comes back when the post is again what was agreed to', async () => {
    await agency.api.pipeline.update({ id: postId, caption: 'Another day' });
    await agency.api.pipeline.update({ id: postId, caption: 'A day at the bakery' });
    expect(await consent()).toMatchObject({ by: 'mia' });
  });

  it('can be given anew, by whoever changes the post; who agreed to the same before stays the one', async () => {
    agency.time.step(hour / 2);
    await as('ben').pipeline.update({ id: postId, targets: [{ accountId, options: { ...direct, consent: true } }] });
    expect(await consent()).toMatchObject({ by: 'mia' });
    await as('ben').pipeline.update({
      id: postId,
      caption: 'Another day',
      targets: [{ accountId, options: { ...direct, consent: true } }],
    });
    expect(await consent()).toEqual({ by: 'ben', at: '2026-11-24T12:30:00.000Z' });
  });

  it('is noted in the activity log when nothing else changes', async () => {
    await agency.api.media.update({ id: 'clip', aiMade: true });
    await change({ options: { ...direct, consent: true } });
    expect(await consent()).toMatchObject({ by: 'mia' });
    const { items } = await agency.api.logs({ limit: 1 });
    expect(items[0]).toMatchObject({ kind: 'post.consented', actor: 'mia' });
  });

  it('that no longer stands holds back a post that is due', async () => {
    await agency.api.pipeline.approve({ id: postId });
    const [target] = await agency.store.targets.listOfPost(postId);
    await agency.store.targets.update(target?.id ?? '', { consent: { by: 'mia', at: 0, to: 'something else' } });
    await agency.core.publishing.start();
    await agency.api.pipeline.publishNow({ id: postId });
    await agency.core.publishing.publishDue();
    await agency.core.publishing.idle();
    expect(agency.tiktok.prepared).toBe(0);
    expect((await agency.api.pipeline.get({ id: postId })).targets[0]?.status).not.toBe('published');
  });
});

function change(target: { caption?: string; options?: TargetOptions }) {
  return agency.api.pipeline.update({ id: postId, targets: [{ accountId, ...target }] });
}

function as(actor: string) {
  return createRouterClient(createRouter(agency.core), { context: { actor } });
}
