import { expect, it } from 'vitest';
import { emptyBrand } from '../../../shared/contract/brand.ts';
import { systemRandom } from '../../host/chance.ts';
import { client, noon, standingClock, temporaryStore } from '../../store/sample.ts';
import { createActivity } from '../activity/activity.ts';
import { Changes } from '../activity/changes.ts';
import type { StructuredRequest, TextGenerator } from '../ports/index.ts';
import { type ExampleDeps, writeExample } from './write-example.ts';

const usage = {
  model: 'm',
  inputTokens: 900,
  outputTokens: 200,
  images: 0,
  videos: 0,
  costMicroUsd: 255,
  latencyMs: 9,
};
const settings = { captionModels: ['m'], monthlyBudgetMicroUsd: null } as Awaited<ReturnType<ExampleDeps['settings']>>;

/** Answers every slot of a request with these captions, one request after the other. */
function writer(...captions: string[]): TextGenerator & { requests: StructuredRequest[] } {
  const requests: StructuredRequest[] = [];
  return {
    requests,
    async generate(request) {
      requests.push(request);
      const slotId = /"slot_id":\s*"([^"]+)"/.exec(request.task)?.[1];
      const caption = captions[requests.length - 1] ?? captions.at(-1);
      const variant = { platform: 'facebook', caption, hashtags: ['#bread', '#warm', '#dawn'], first_comment: null };
      const post = { slot_id: slotId, variants: [variant], alt_text: 'A loaf.', image_prompt: 'a loaf' };
      return { json: { posts: captions.length === 0 ? [] : [post] }, usage };
    },
  };
}

async function deps(text: TextGenerator) {
  const clock = standingClock();
  const store = await temporaryStore(undefined, clock);
  await store.clients.insert(client());
  await store.clients.putBrand('client-1', { ...emptyBrand, bannedTerms: ['cheap'], ctas: ['Come by.'] }, noon);
  const random = systemRandom(clock);
  const activity = createActivity({ store, clock, random, changes: new Changes() });
  return { store, clock, random, text, activity, settings: async () => settings };
}

it('writes by what is being tried, keeps no post, and books what it cost', async () => {
  const text = writer('Warm bread at dawn, and the door is open.');
  const all = await deps(text);
  const tried = { brandVoice: 'Salty like the sea.', ctas: ['Before the gulls do.'] };
  expect(await writeExample(all, 'client-1', tried)).toEqual({
    caption: 'Warm bread at dawn, and the door is open.',
    cta: 'Before the gulls do.',
    hashtags: ['#bread', '#warm', '#dawn'],
  });
  expect(text.requests[0]?.task).toContain('Salty like the sea.');
  expect(text.requests[0]?.task).toContain('cheap');
  expect(text.requests[0]?.task).not.toContain('Come by.');
  expect((await all.store.posts.list({ limit: 10 })).items).toEqual([]);
  expect(await all.store.usage.totals(0, noon + 1)).toMatchObject({ calls: 1, microUsd: usage.costMicroUsd });
});

it('asks anew when the first text says what the brand never says', async () => {
  const text = writer('Our cheap bread is here.', 'Our good bread is here.');
  expect((await writeExample(await deps(text), 'client-1', {})).caption).toBe('Our good bread is here.');
  expect(text.requests).toHaveLength(2);
});

it('says so when nothing was written, when there is no such client, and when the budget is used up', async () => {
  const all = await deps(writer());
  await expect(writeExample(all, 'client-1', {})).rejects.toMatchObject({ name: 'AiFailure', kind: 'refused' });
  await expect(writeExample(all, 'nobody', {})).rejects.toMatchObject({ name: 'NotFound' });
  const poor = { ...all, settings: async () => ({ ...settings, monthlyBudgetMicroUsd: 0 }) };
  await expect(writeExample(poor, 'client-1', {})).rejects.toMatchObject({ name: 'Conflict', reason: 'budget' });
});
