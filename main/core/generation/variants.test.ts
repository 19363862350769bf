import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, connectAccount, connectedClient, hour, noon, startAgency } from '../../../test/agency.ts';
import { ScriptedWriter } from '../../../test/doubles/scripted-writer.ts';
import { AiFailure } from '../ports/index.ts';

let agency: Agency;
let writer: ScriptedWriter;
let clientId: string;
let facebook: string;
let instagram: string;

beforeEach(async () => {
  writer = new ScriptedWriter();
  agency = await startAgency({ text: writer });
  ({ clientId, accountId: facebook } = await connectedClient(agency));
  instagram = await connectAccount(agency, clientId, { platform: 'instagram', remoteId: 'ig-1' });
});

const write = () =>
  agency.api.pipeline.create({
    clientId,
    caption: 'Fresh bread from six.',
    hashtags: ['#bread'],
    scheduledFor: new Date(noon + 2 * hour).toISOString(),
    targets: [{ accountId: facebook }, { accountId: instagram, caption: 'Bread. 🥖' }],
  });

const payments = async () => {
  const { microUsd, calls } = await agency.store.usage.totals(0, noon * 2);
  return { microUsd, calls };
};

describe('other wordings', () => {
  it('are asked for in one paid call, kept with the post, and change nothing', async () => {
    const post = await write();
    const { items, costMicroUsd } = await agency.api.review.writeVariants({ id: post.id });
    expect(items.map(({ caption, accountId }) => ({ caption, accountId }))).toEqual(
      writer.variants.map((caption) => ({ caption, accountId: null })),
    );
    expect(costMicroUsd).toBe(207);
    expect(await payments()).toEqual({ microUsd: 207, calls: 1 });
    expect(new Set((await agency.api.review.variants({ id: post.id })).items.map(({ caption }) => caption))).toEqual(
      new Set(writer.variants),
    );
    expect(await agency.api.pipeline.get({ id: post.id })).toEqual(post);
    expect((await agency.api.review.history({ id: post.id })).items[0]).toMatchObject({
      kind: 'variants',
      actor: 'mia',
    });
  });

  it('are of the caption, or of the wording that one account has for itself', async () => {
    const { id } = await write();
    await agency.api.review.writeVariants({ id });
    expect(writer.data(writer.requests[0])).toMatchObject({
      current: 'Fresh bread from six.',
      platforms: ['facebook'],
      earlier: [],
    });
    await agency.api.review.writeVariants({ id });
    expect(new Set(writer.data(writer.requests[1]).earlier as string[])).toEqual(new Set(writer.variants));
    await agency.api.review.writeVariants({ id, accountId: instagram });
    expect(writer.data(writer.requests[2])).toMatchObject({
      current: 'Bread. 🥖',
      platforms: ['instagram'],
      earlier: [],
    });
    await expect(agency.api.review.writeVariants({ id, accountId: facebook })).rejects.toMatchObject({
      code: 'UNPROCESSABLE',
    });
    expect(writer.requests).toHaveLength(3);
  });

  it('say what is wrong with them, as the brand is now', async () => {
    const { id } = await write();
    writer.variants = ['So cheap!', 'See win.example.com', 'x'.repeat(70_000)];
    const { items } = await agency.api.review.writeVariants({ id });
    expect(items.map(({ problems }) => problems.map(({ code }) => code))).toEqual([[], ['contact'], ['too_long']]);
    await agency.api.brand.put({ id: clientId, bannedTerms: ['cheap'] });
    const now = (await agency.api.review.variants({ id })).items.find(({ caption }) => caption === 'So cheap!');
    expect(now).toMatchObject({ bannedTerms: ['cheap'], problems: [{ code: 'banned' }] });
  });

  it('that repeat the text or each other, or are empty, are left out', async () => {
    const { id } = await write();
    writer.variants = ['Fresh bread from six.', ' Warm bread.\u202e', 'Warm bread.', '', 'One', 'Two', 'Three'];
    const { items } = await agency.api.review.writeVariants({ id });
    expect(items.map(({ caption }) => caption)).toEqual(['Warm bread.', 'One', 'Two']);
  });

  it('know what people of this client thought of earlier texts', async () => {
    const { id } = await write();
    const other = await write();
    await agency.api.pipeline.reject({ id: other.id, reason: 'Too loud' });
    await agency.api.review.writeVariants({ id });
    expect(writer.data(writer.requests[0]).feedback).toMatchObject({ rejected: [{ reason: 'Too loud' }] });
  });

  it('are not paid for when the budget is used up, the AI fails, or the post cannot be changed any more', async () => {
    const { id } = await write();
    writer.failure = new AiFailure('groq', 'transient', 'Groq took too long.');
    await expect(agency.api.review.writeVariants({ id })).rejects.toMatchObject({ code: 'UPSTREAM' });
    expect(await payments()).toEqual({ microUsd: 0, calls: 1 });
    writer.failure = null;
    await agency.api.settings.update({ monthlyBudgetMicroUsd: 1 });
    await expect(agency.api.review.writeVariants({ id })).rejects.toMatchObject({ data: { reason: 'budget' } });
    await agency.api.settings.update({ monthlyBudgetMicroUsd: null });
    await agency.store.posts.update(id, { status: 'generating' });
    await expect(agency.api.review.writeVariants({ id })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(writer.requests).toHaveLength(1);
    expect(await payments()).toEqual({ microUsd: 0, calls: 1 });
  });

  it('are written once at a time', async () => {
    const { id } = await write();
    const both = await Promise.allSettled([
      agency.api.review.writeVariants({ id }),
      agency.api.review.writeVariants({ id }),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(writer.requests).toHaveLength(1);
  });
});
