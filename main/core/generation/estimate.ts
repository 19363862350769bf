import type { Settings } from '../../../shared/contract/admin.ts';
import type { Estimate } from '../../../shared/contract/writing.ts';
import { Conflict } from '../errors.ts';
import { isoOf } from '../instants.ts';
import type { ClientRecord, Ports } from '../ports/index.ts';
import { budgetsOver } from '../usage/budgets.ts';
import { type PlannedSlot, planSlots } from './plan.ts';
import { type Brief, contentPlanRequest } from './prompt.ts';
import { briefOf, emptySlots, runFor } from './run.ts';
import { postsPerRequest, reckonedMicroUsd } from './write-drafts.ts';

type EstimateDeps = Pick<Ports, 'store' | 'clock' | 'mediaGenerator'> & {
  isStopped(clientId: string, accountId: string): boolean;
};

/**
 * What filling the empty slots of the next `days` days would come to. Nothing is asked of any service: prices are the
 * models' list prices, texts are reckoned at their full length, and tries that fail are not foreseen.
 */
export async function estimateFor(
  deps: EstimateDeps,
  clients: readonly ClientRecord[],
  days: number,
  settings: Settings,
): Promise<{ items: Estimate[]; budgetLeftMicroUsd: number | null }> {
  const items: Estimate[] = [];
  for (const client of clients) {
    const estimate = await estimateOf(deps, client, days, settings);
    items.push({ ...estimate, budgetLeftMicroUsd: await leftOf(deps, client.id, null) });
  }
  return { items, budgetLeftMicroUsd: await leftOf(deps, null, settings.monthlyBudgetMicroUsd) };
}

async function estimateOf(
  deps: EstimateDeps,
  client: ClientRecord,
  days: number,
  settings: Settings,
): Promise<Estimate> {
  try {
    const run = await runFor(deps, client, settings, days, '', true);
    const { free, all } = await emptySlots(deps, run);
    const networks = [...new Set(run.accounts.map(({ platform }) => platform))];
    const images = networks.some((network) => network !== 'tiktok') ? free.length : 0;
    const videos = networks.includes('tiktok') ? free.length : 0;
    return {
      ...nothingFor(client),
      slots: free.map(({ at, wallTime }) => ({ at: isoOf(at), wallTime })),
      taken: all - free.length,
      networks,
      captions: {
        count: free.length,
        microUsd: captionsMicroUsd(await briefOf(deps, run), planSlots(free, networks, run.brand.ctas)),
      },
      images: { count: images, microUsd: images * deps.mediaGenerator.estimateMicroUsd('image', settings.imageModel) },
      videos: { count: videos, microUsd: videos * deps.mediaGenerator.estimateMicroUsd('video', settings.videoModel) },
      seconds: secondsFor(images, videos, free.length),
    };
  } catch (error) {
    if (error instanceof Conflict) return { ...nothingFor(client), blocked: error.message };
    throw error;
  }
}

function nothingFor({ id, name, timezone }: ClientRecord): Estimate {
  return {
    clientId: id,
    clientName: name,
    timezone,
    slots: [],
    taken: 0,
    networks: [],
    captions: { count: 0, microUsd: 0 },
    images: { count: 0, microUsd: 0 },
    videos: { count: 0, microUsd: 0 },
    seconds: 0,
    budgetLeftMicroUsd: null,
    blocked: null,
  };
}

function captionsMicroUsd(brief: Brief, slots: readonly PlannedSlot[]): number {
  let sum = 0;
  for (let start = 0; start < slots.length; start += postsPerRequest) {
    const batch = slots.slice(start, start + postsPerRequest);
    sum += reckonedMicroUsd(contentPlanRequest(brief, batch, ''));
  }
  return sum;
}

/** As measured: a request for texts, three pictures or videos at a time. */
const usual = { textsSeconds: 15, imageSeconds: 8, videoSeconds: 150, atOnce: 3 };

function secondsFor(images: number, videos: number, posts: number): number {
  const texts = Math.ceil(posts / postsPerRequest) * usual.textsSeconds;
  const media = (images * usual.imageSeconds + videos * usual.videoSeconds) / usual.atOnce;
  return Math.ceil(texts + media);
}

/** What the month has left for a client alone, or (`clientId` null) for all together; null where nothing limits it. */
async function leftOf(
  { store, clock }: EstimateDeps,
  clientId: string | null,
  limitOfAll: number | null,
): Promise<number | null> {
  const [budget] = await budgetsOver(store, clientId, limitOfAll, clock.now());
  return budget === undefined ? null : Math.max(0, budget.limitMicroUsd - budget.spentMicroUsd);
}
