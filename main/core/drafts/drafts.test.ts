import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectedClient, hour, noon, startAgency } from '../../../test/agency.ts';
import { media } from '../../store/sample.ts';
import type { DraftContent } from '../../../shared/contract/drafts.ts';

let agency: Agency;
let clientId: string;
let accountId: string;

beforeEach(async () => {
  agency = await startAgency();
  ({ clientId, accountId } = await connectedClient(agency));
});

const id = '7d3f3f0e-0000-4000-8000-000000000001';
const inTwoHours = new Date(noon + 2 * hour).toISOString();

function content(change: Partial<DraftContent> = {}): DraftContent {
  return {
    caption: 'Fresh br',
    hashtags: [],
    firstComment: null,
    altText: null,
    media: [],
    scheduledFor: inTwoHours,
    targets: [{ accountId, caption: null, options: {} }],
    ...change,
  };
}

const put = (change: Record<string, unknown> = {}) =>
  agency.api.drafts.put({ id, clientId, content: content(), revision: 0, writer: 'window 1', ...change });

async function post(change: Record<string, unknown> = {}) {
  return agency.api.pipeline.create({
    clientId,
    caption: 'Fresh bread',
    scheduledFor: inTwoHours,
    targets: [{ accountId }],
    ...change,
  });
}

describe('what is being written', () => {
  it('is kept as it is typed, unfinished as it may be, and nothing of it is a post', async () => {
    await put({ content: content({ caption: 'x'.repeat(70_000), scheduledFor: null, targets: [] }) });
    const kept = await put({ content: content({ caption: 'Fresh' }), revision: 1 });
    expect(kept).toMatchObject({ revision: 2, postId: null, updatedBy: 'mia', content: { caption: 'Fresh' } });
    expect(await agency.api.drafts.get({ id })).toEqual(kept);
    expect((await agency.api.pipeline.list({})).items).toEqual([]);
  });

  it('is listed in short, by its first words, wherever they stand', async () => {
    const file = media({ id: 'there', clientId });
    await agency.store.media.insert(file);
    const long = `\n ${'Fresh bread. '.repeat(5_000)}`;
    await put({ content: content({ caption: long, media: ['gone', 'there'] }) });
    const [listed] = (await agency.api.drafts.list({ clientId })).items;
    expect(listed).toMatchObject({ id, postId: null, revision: 1, updatedBy: 'mia', firstFile: { id: 'there' } });
    expect(listed?.title).toBe(long.trim().slice(0, 200));
    expect(JSON.stringify(listed).length).toBeLessThan(2_000);

    const targets = [
      { accountId, caption: ' ', options: {} },
      { accountId: 'another', caption: 'Only there', options: {} },
    ];
    await put({ content: content({ caption: ' \n', targets, firstComment: 'First' }), revision: 1 });
    expect((await agency.api.drafts.list({})).items).toMatchObject([{ title: 'Only there', firstFile: null }]);
    await put({ content: content({ caption: '', firstComment: 'First' }), revision: 2 });
    expect((await agency.api.drafts.list({})).items).toMatchObject([{ title: 'First' }]);
    await put({ content: content({ caption: '' }), revision: 3 });
    expect((await agency.api.drafts.list({})).items).toMatchObject([{ title: '' }]);
  });

  it('is not kept twice when an answer was lost, and goes on from there', async () => {
    await put();
    expect(await put()).toMatchObject({ revision: 1 });
    expect(await put({ content: content({ caption: 'Fresh bread' }) })).toMatchObject({ revision: 2 });
  });

  it('is not overwritten by a window that has not seen the last change', async () => {
    await put();
    await expect(put({ writer: 'window 2' })).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { reason: 'draft_changed' },
    });
    expect(await put({ writer: 'window 2', revision: 1, content: content({ caption: 'b' }) })).toMatchObject({
      revision: 2,
      writer: 'window 2',
    });
  });

  it('does not come back when it was discarded elsewhere, unless its writer says so', async () => {
    await put();
    await agency.api.drafts.discard({ id });
    await expect(put({ revision: 1 })).rejects.toMatchObject({ data: { reason: 'draft_gone' } });
    expect(await put()).toMatchObject({ revision: 1 });
  });
});

describe('a draft that is applied', () => {
  it('becomes a post under its own id, once however often it is asked', async () => {
    await put({ content: content({ caption: 'Fresh bread' }) });
    const made = await agency.api.drafts.apply({ id, revision: 1 });
    expect(made).toMatchObject({ id, caption: 'Fresh bread', status: 'in_review', source: 'manual' });
    expect(await agency.api.drafts.apply({ id, revision: 1 })).toEqual(made);
    expect((await agency.api.drafts.list({})).items).toEqual([]);
    expect((await agency.api.pipeline.list({})).items).toHaveLength(1);
    await expect(put()).rejects.toMatchObject({ data: { reason: 'draft_gone' } });
  });

  it('says all that is missing or too long, and stays', async () => {
    await put({ content: content({ caption: 'x'.repeat(63_207), targets: [] }) });
    const refused = agency.api.drafts.apply({ id, revision: 1 });
    await expect(refused).rejects.toMatchObject({
      code: 'UNPROCESSABLE',
      data: { problems: [{ field: 'caption' }, { field: 'targets' }] },
    });
    await put({ content: content({ scheduledFor: null }), revision: 1 });
    await expect(agency.api.drafts.apply({ id, revision: 2 })).rejects.toMatchObject({
      data: { problems: [{ field: 'scheduledFor' }] },
    });
    expect((await agency.api.drafts.list({})).items).toHaveLength(1);
  });

  it('is refused when it is not what its writer saw', async () => {
    await put();
    await put({ content: content({ caption: 'more' }), revision: 1 });
    await expect(agency.api.drafts.apply({ id, revision: 1 })).rejects.toMatchObject({
      data: { reason: 'draft_changed' },
    });
  });
});

describe('the id of a post', () => {
  it('is no new draft’s any more, also when the post was deleted', async () => {
    await put();
    await agency.api.drafts.apply({ id, revision: 1 });
    await agency.api.pipeline.delete({ id });
    await expect(put()).rejects.toMatchObject({ data: { reason: 'draft_gone' } });
  });

  it('is refused in words when a draft has it that is applied', async () => {
    const { id: postId } = await post();
    const draft = { id: postId, clientId, postId: null, content: content(), basedOn: null, revision: 1 };
    await agency.store.drafts.put({ ...draft, writer: 'w', updatedBy: 'mia', createdAt: noon, updatedAt: noon });
    await expect(agency.api.drafts.apply({ id: postId, revision: 1 })).rejects.toMatchObject({
      data: { reason: 'draft_gone' },
    });
  });
});

describe('changes to an approved post', () => {
  it('leave the approval alone until they are applied', async () => {
    const { id: postId, contentHash } = await post();
    await agency.api.pipeline.approve({ id: postId });
    const changed = content({ caption: 'Fresh buns', scheduledFor: null });
    await put({ id: postId, basedOn: contentHash, content: changed });
    expect(await agency.api.pipeline.get({ id: postId })).toMatchObject({ status: 'approved', caption: 'Fresh bread' });
    const after = await agency.api.drafts.apply({ id: postId, revision: 1 });
    expect(after).toMatchObject({ status: 'in_review', caption: 'Fresh buns', scheduledFor: inTwoHours });
    expect((await agency.api.drafts.list({})).items).toEqual([]);
  });

  it('are not laid over what somebody else changed, unless that is wanted', async () => {
    const { id: postId, contentHash } = await post();
    await put({ id: postId, basedOn: contentHash, content: content({ caption: 'Mine' }) });
    await agency.api.pipeline.update({ id: postId, caption: 'Theirs' });
    await expect(agency.api.drafts.apply({ id: postId, revision: 1 })).rejects.toMatchObject({
      data: { reason: 'post_changed' },
    });
    expect(await agency.api.pipeline.get({ id: postId })).toMatchObject({ caption: 'Theirs' });
    expect(await agency.api.drafts.apply({ id: postId, revision: 1, over: true })).toMatchObject({ caption: 'Mine' });
  });
});

describe('what a network gets of the files', () => {
  it('is only what the post has', async () => {
    const targets = [{ accountId, options: { media: ['elsewhere'] } }];
    await expect(
      agency.api.pipeline.create({ clientId, caption: 'x', scheduledFor: inTwoHours, targets }),
    ).rejects.toMatchObject({ data: { problems: [{ field: 'targets.0.options.media' }] } });
  });

  it('and on which people are tagged, too', async () => {
    const tagPlaces = [{ username: 'anna', media: 'elsewhere', x: 0, y: 0 }];
    const targets = [{ accountId, options: { userTags: ['anna'], tagPlaces } }];
    await expect(
      agency.api.pipeline.create({ clientId, caption: 'x', scheduledFor: inTwoHours, targets }),
    ).rejects.toMatchObject({ data: { problems: [{ field: 'targets.0.options.tagPlaces' }] } });
  });

  it('stays so when the files of the post change alone', async () => {
    for (const name of ['one', 'two']) await agency.store.media.insert(media({ id: name, clientId, sha256: name }));
    const targets = [{ accountId, options: { media: ['one'] } }];
    const { id: postId } = await post({ media: ['one', 'two'], targets });
    await expect(agency.api.pipeline.update({ id: postId, media: ['two'] })).rejects.toMatchObject({
      data: { problems: [{ field: 'targets.0.options.media' }] },
    });
    expect((await agency.api.pipeline.get({ id: postId })).media.map(({ id }) => id)).toEqual(['one', 'two']);
    expect(
      await agency.api.pipeline.update({ id: postId, media: ['two'], targets: [{ accountId, options: {} }] }),
    ).toMatchObject({ media: [{ id: 'two' }] });
  });
});
