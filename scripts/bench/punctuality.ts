import { open } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { type Agency, approvePosts, connectAgency, lastPublishedAt, type Plan } from './agency.ts';
import { type Spread, spreadOf } from './figures.ts';
import { type Host, startHost, withDataDir } from './host.ts';
import { type Meta, startMeta, type Write } from './meta.ts';

/** One post a second, each on a Page of its own. */
export interface Trickle {
  posts: number;
  /** From the due instant to the arrival of the post's first writing request, ms. */
  latency: Spread;
  /** What a bare timer and one write that is synced to the disk took in the same seconds, ms: the machine's own share. */
  floor: Spread;
}

/** Many posts due at one instant. */
export interface Burst {
  posts: number;
  accounts: number;
  /** From the due instant to the arrival of each post's first writing request, ms. */
  latency: Spread;
  /** From the due instant to the moment the last post was live, ms. */
  allLiveMs: number;
}

/** @param leadMs time to write and approve the posts before the first is due */
export async function measureTrickle(input: { seconds: number; pictures: boolean; leadMs: number }): Promise<Trickle> {
  const { seconds, pictures, leadMs } = input;
  return onBench({ pages: seconds, answerAfterMs: 0 }, async ({ host, meta, agency, dataDir }) => {
    const drawn: Plan['picture'][] = [];
    for (let index = 0; index < seconds; index += 1) drawn.push(pictures ? await makePicture() : null);
    const startAt = nextSecond(Date.now() + leadMs);
    const plans = agency.accounts.map((account, index) => {
      return { account, dueAt: startAt + index * 1_000, picture: drawn[index] ?? null };
    });
    await approvePosts(host, agency, plans);
    // Half a second aside, so that this process and the host do not stand in each other's way.
    const floor = await measureFloor(
      join(dataDir, 'floor'),
      plans.map(({ dueAt }) => dueAt + 500),
    );
    await lastPublishedAt(host, agency, plans.length);
    const writes = await meta.writes();
    return {
      posts: plans.length,
      latency: spreadOf(plans.map((plan) => firstWriteOf(plan, writes) - plan.dueAt)),
      floor: spreadOf(floor),
    };
  });
}

/**
 * @param answerAfterMs how long the network takes with every call
 * @param leadMs time to write and approve the posts before they are due
 */
export async function measureBurst(input: {
  posts: number;
  accounts: number;
  answerAfterMs: number;
  leadMs: number;
}): Promise<Burst> {
  const { posts, accounts, answerAfterMs, leadMs } = input;
  return onBench({ pages: accounts, answerAfterMs }, async ({ host, meta, agency }) => {
    const dueAt = nextSecond(Date.now() + leadMs);
    const plans = Array.from({ length: posts }, (_, index): Plan => {
      const account = agency.accounts[index % accounts];
      if (account === undefined) throw new Error('A Page was not connected.');
      return { account, dueAt, picture: null };
    });
    await approvePosts(host, agency, plans);
    await timerAt(dueAt);
    const allLiveAt = await lastPublishedAt(host, agency, posts);
    const firsts = (await meta.writes()).filter(({ path }) => path.endsWith('/feed'));
    if (firsts.length !== posts) throw new Error(`${posts} posts made ${firsts.length} first requests.`);
    return { posts, accounts, latency: spreadOf(firsts.map(({ at }) => at - dueAt)), allLiveMs: allLiveAt - dueAt };
  });
}

interface Bench {
  dataDir: string;
  host: Host;
  meta: Meta;
  agency: Agency;
}

/** A host in the live profile with this many connected Pages of a Facebook in another process. */
async function onBench<T>(
  { pages, answerAfterMs }: { pages: number; answerAfterMs: number },
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  return withDataDir(async (dataDir) => {
    const meta = await startMeta(pages, answerAfterMs);
    try {
      const host = await startHost(dataDir, meta.environment);
      try {
        const agency = await connectAgency(host, meta);
        await meta.forget();
        return await work({ dataDir, host, meta, agency });
      } finally {
        await host.stop();
      }
    } finally {
      meta.close();
    }
  });
}

/** @throws Error when the post made no request, or made it before it was due */
function firstWriteOf({ account, dueAt }: Plan, writes: readonly Write[]): number {
  const first = writes.find(({ path }) => path.includes(`/${account.remoteId}/`));
  if (first === undefined) throw new Error(`${account.displayName} was not written to.`);
  // The host's clock and this one are the same, but both count whole milliseconds.
  if (first.at < dueAt - 1) throw new Error(`${account.displayName} was written to ${dueAt - first.at} ms too early.`);
  return first.at;
}

/** From each instant (UTC ms) to the end of a synced write that a timer began then, ms. */
async function measureFloor(path: string, instants: readonly number[]): Promise<number[]> {
  const file = await open(path, 'w');
  try {
    return await Promise.all(
      instants.map(async (at) => {
        const expectedAt = performance.now() + at - Date.now();
        await timerAt(at);
        await file.write(new Uint8Array(4_096));
        await file.datasync();
        return performance.now() - expectedAt;
      }),
    );
  } finally {
    await file.close();
  }
}

/** Resolves at an instant in UTC ms, as punctually as `setTimeout` is. */
function timerAt(at: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, at - Date.now()));
}

function nextSecond(at: number): number {
  return Math.ceil(at / 1_000) * 1_000;
}

/** A picture such as a telephone makes: seven megapixels, detailed, and unlike every other. */
async function makePicture(): Promise<Uint8Array<ArrayBuffer>> {
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
  const image = sharp({ create: { width: 2400, height: 3000, channels: 3, noise, background: '#808080' } });
  return new Uint8Array(await image.blur(2).jpeg({ quality: 90 }).toBuffer());
}
