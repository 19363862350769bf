import { beforeEach, describe, expect, it } from 'vitest';
import { type Agency, day, minute, noon, passWithoutWaiting, startAgency } from '../../../test/agency.ts';
import type { UsageRecord } from '../ports/index.ts';
import { expectedSpend } from './usage.ts';

let agency: Agency;
let number = 0;

beforeEach(async () => {
  agency = await startAgency();
});

async function spend(change: Partial<UsageRecord>): Promise<void> {
  number += 1;
  await agency.store.usage.insert({
    id: `usage-${number}`,
    clientId: null,
    postId: null,
    provider: 'groq',
    model: 'a/b',
    purpose: 'caption',
    intent: `intent-${number}`,
    state: 'settled',
    remoteId: null,
    inputTokens: 100,
    outputTokens: 20,
    images: 0,
    videos: 0,
    costMicroUsd: 1_000,
    latencyMs: 1,
    error: null,
    createdAt: noon,
    settledAt: noon,
    ...change,
  });
}

describe('the usage of a month', () => {
  it('is added up for all and for each client, the highest spend first', async () => {
    const { id } = await agency.api.clients.create({ name: 'Café Uno' });
    await spend({});
    await spend({ clientId: id, purpose: 'image', images: 2, costMicroUsd: 6_000 });
    await spend({ clientId: id, purpose: 'video', videos: 1, costMicroUsd: 9_000, state: 'intent' });
    await spend({ clientId: id, createdAt: Date.UTC(2026, 9, 31, 23, 59) });
    const month = await agency.api.usage.month({});
    expect(month).toMatchObject({
      month: '2026-11',
      total: { microUsd: 16_000, calls: 3, tokens: 360, images: 2, videos: 1 },
      networks: [],
    });
    expect(month.total.byPurpose).toEqual({ caption: 1_000, image: 6_000, video: 9_000 });
    expect(month.clients.map(({ clientName, microUsd }) => [clientName, microUsd])).toEqual([
      ['Café Uno', 15_000],
      [null, 1_000],
    ]);
    expect(await agency.api.usage.month({ month: '2026-10' })).toMatchObject({
      total: { calls: 1 },
      budget: null,
      expectedMicroUsd: null,
    });
  });

  it('shows a client with a budget before it has spent anything', async () => {
    const { id } = await agency.api.clients.create({ name: 'Café Uno' });
    await agency.api.usage.setBudget({ id, monthlyMicroUsd: 5_000_000 });
    const { clients } = await agency.api.usage.month({});
    expect(clients).toMatchObject([{ clientId: id, calls: 0, budget: { limitMicroUsd: 5_000_000, state: 'ok' } }]);
  });

  it('is expected to go on like the last 30 days, and at first like a week', () => {
    expect(expectedSpend(7_000, 7_000, 0.1, 10)).toBe(17_000);
    expect(expectedSpend(1_000, 30_000, 30, 2)).toBe(3_000);
    expect(expectedSpend(1_000, 30_000, 30, -1)).toBe(1_000);
  });
});

it('shows twelve months, those without calls too', async () => {
  const { id } = await agency.api.clients.create({ name: 'Café Uno' });
  await spend({ clientId: id, createdAt: noon - 60 * day, purpose: 'image', costMicroUsd: 3_000 });
  await spend({});
  const { items } = await agency.api.usage.months({});
  expect(items.map(({ month }) => month).slice(0, 2)).toEqual(['2025-12', '2026-01']);
  expect(items).toHaveLength(12);
  expect(items.at(-3)).toEqual({
    month: '2026-09',
    microUsd: 3_000,
    byPurpose: { caption: 0, image: 3_000, video: 0 },
  });
  expect(items.at(-1)?.microUsd).toBe(1_000);
  expect((await agency.api.usage.months({ clientId: id })).items.at(-1)?.microUsd).toBe(0);
});

it('lists paid calls one by one, newest first, in pages', async () => {
  const { id } = await agency.api.clients.create({ name: 'Café Uno' });
  for (const at of [1, 2, 3]) await spend({ clientId: id, createdAt: noon + at });
  await spend({});
  const first = await agency.api.usage.entries({ clientId: id, month: '2026-11', limit: 2 });
  expect(first.items.map(({ at }) => Date.parse(at) - noon)).toEqual([3, 2]);
  const second = await agency.api.usage.entries({ clientId: id, limit: 2, cursor: first.nextCursor ?? '' });
  expect(second.items).toMatchObject([{ tokens: 120, microUsd: 1_000, state: 'settled' }]);
  expect((await agency.api.usage.entries({ month: '2026-10' })).items).toEqual([]);
});

describe('calls to the networks', () => {
  it('are counted a day, with the fullest that a limit was', async () => {
    const { core } = agency;
    core.noteCall({ service: 'meta', isFailed: false, busiestPercent: 12 });
    core.noteCall({ service: 'meta', isFailed: true, busiestPercent: null });
    core.noteCall({ service: 'tiktok', isFailed: false, busiestPercent: null });
    await passWithoutWaiting(agency, minute);
    core.noteCall({ service: 'meta', isFailed: false, busiestPercent: 7 });
    await core.stop();
    expect((await agency.api.usage.month({})).networks).toEqual([
      { service: 'meta', calls: 3, failed: 1, busiestPercent: 12 },
      { service: 'tiktok', calls: 1, failed: 0, busiestPercent: null },
    ]);
    expect((await agency.api.usage.month({ month: '2026-12' })).networks).toEqual([]);
  });
});
