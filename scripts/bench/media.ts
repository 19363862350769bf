import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import type { Media } from '../../shared/contract/media.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { hostileFiles } from '../../test/doubles/hostile-media.ts';
import { type Agency, connectAgency, lastPublishedAt } from './agency.ts';
import { type Host, startHost } from './host.ts';
import { type Meta, startMeta } from './meta.ts';

/** What large and hostile files cost a host; memory in MB of a million bytes. */
export interface MediaCost {
  files: number;
  /** Of them, those that were made into the network's JPEGs and posted. */
  converted: number;
  /** Most that the host took above what it had before. */
  hostExtraMb: number;
  /** Most that the process took that decodes. */
  decoderMb: number;
  /** The longest time the host's event loop was held up, ms: by the clock, and of that by its own work. */
  loopMs: number;
  loopCpuMs: number;
  /** The same while pictures are converted and posted, with the synced writes of the journal, which wait for the disk. */
  postingLoopMs: number;
  postingLoopCpuMs: number;
  /** By the clock while the host did nothing for five seconds: what the machine's other work does to it. */
  idleLoopMs: number;
  /** From the first byte sent to the answer, the slowest file, ms. */
  slowestMs: number;
}

const side = 7_071;
const sampleEveryMs = 10;
const settleMs = 2_000;
const idleMs = 5_000;

/**
 * Uploads pictures of 50 megapixels and everything hostile to a live host, and posts what it takes to a simulated Page,
 * for which each is converted; undefined where the system has no /proc.
 */
export async function measureMedia(dataDir: string): Promise<MediaCost | undefined> {
  // Of one Page there would be nothing to choose.
  const meta = await startMeta(2, 0);
  try {
    return await measureWith(dataDir, meta);
  } finally {
    meta.close();
  }
}

async function measureWith(dataDir: string, meta: Meta): Promise<MediaCost | undefined> {
  const watch = pathToFileURL(join(import.meta.dirname, 'loop-watch.mjs')).href;
  const host = await startHost(dataDir, { ...meta.environment, NODE_OPTIONS: `--import ${watch}` });
  try {
    const agency = await connectAgency(host, meta);
    const files = await largeAndHostile();
    // What the first upload loads is not what the large ones cost.
    await post(host, agency, [(await upload(host, agency.clientId, await small())).mediaId ?? ''], 0);
    await sleep(settleMs);
    const before = host.residentMb();
    if (before === undefined) return undefined;
    process.kill(host.processId, 'SIGUSR2');
    const memory = watchMemory(host);
    let slowestMs = 0;
    const taken: string[] = [];
    for (const bytes of files) {
      const { tookMs, mediaId } = await upload(host, agency.clientId, bytes);
      slowestMs = Math.max(slowestMs, tookMs);
      if (mediaId !== null) taken.push(mediaId);
    }
    const loop = longestDelay(dataDir);
    process.kill(host.processId, 'SIGUSR2');
    await post(host, agency, taken, 1);
    const { hostMb, decoderMb } = await memory();
    const posting = longestDelay(dataDir);
    process.kill(host.processId, 'SIGUSR2');
    await sleep(idleMs);
    return {
      files: files.length,
      converted: taken.length,
      hostExtraMb: hostMb - before,
      decoderMb,
      loopMs: loop.clockMs,
      loopCpuMs: loop.cpuMs,
      postingLoopMs: posting.clockMs,
      postingLoopCpuMs: posting.cpuMs,
      idleLoopMs: longestDelay(dataDir).clockMs,
      slowestMs,
    };
  } finally {
    await host.stop();
  }
}

function longestDelay(dataDir: string): { clockMs: number; cpuMs: number } {
  return JSON.parse(readFileSync(join(dataDir, 'loop-delay'), 'utf8')) as { clockMs: number; cpuMs: number };
}

async function small(): Promise<Uint8Array<ArrayBuffer>> {
  const image = sharp({ create: { width: 320, height: 320, channels: 3, background: '#777' } });
  return new Uint8Array(await image.jpeg().toBuffer());
}

async function largeAndHostile(): Promise<Uint8Array<ArrayBuffer>[]> {
  const noise = await sharp({
    create: {
      width: 700,
      height: 700,
      channels: 3,
      noise: { type: 'gaussian', mean: 128, sigma: 20 },
      background: '#777',
    },
  })
    .png()
    .toBuffer();
  const large = (): Sharp => sharp(noise).resize(side, side, { kernel: 'nearest' });
  const made = [
    await large().jpeg({ quality: 85 }).toBuffer(),
    await large().jpeg({ quality: 60, progressive: true }).toBuffer(),
    await large().png({ compressionLevel: 1, palette: true, colours: 16, dither: 0 }).toBuffer(),
    await large().webp({ quality: 40, effort: 0 }).toBuffer(),
  ].map((bytes) => new Uint8Array(bytes));
  for (const { make } of hostileFiles) {
    const content = make();
    if (!(Symbol.asyncIterator in content)) made.push(new Uint8Array(await content));
  }
  return made;
}

/** Posts each picture by itself and waits until all are live. @param before posts that are already */
async function post(host: Host, agency: Agency, mediaIds: readonly string[], before: number): Promise<void> {
  const { clientId, accounts } = agency;
  const targets = accounts.slice(0, 1).map(({ id }) => ({ accountId: id }));
  for (const mediaId of mediaIds) {
    const { id, contentHash } = await host.api<Post>('POST', '/api/pipeline', {
      clientId,
      caption: `Picture ${mediaId}`,
      media: [mediaId],
      scheduledFor: new Date(Date.now() + 3_600_000).toISOString(),
      targets,
    });
    await host.api('POST', `/api/pipeline/${id}/approve`, { contentHash });
    await host.api('POST', `/api/pipeline/${id}/publish-now`);
  }
  await lastPublishedAt(host, agency, before + mediaIds.length);
}

/** How long it took, and the picture it became; its small picture is fetched too. */
async function upload(
  host: Host,
  clientId: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ tookMs: number; mediaId: string | null }> {
  const form = new FormData();
  form.set('clientId', clientId);
  form.set('file', new File([bytes], 'file'));
  const startedAt = performance.now();
  const answer = await host.send('/api/media', { method: 'POST', body: form });
  if (answer.status !== 201 && answer.status !== 422)
    throw new Error(`Upload: ${answer.status} ${await answer.text()}`);
  const tookMs = performance.now() - startedAt;
  const { id, thumbnailUrl } = (await answer.json()) as Media;
  if (!answer.ok || thumbnailUrl === null) return { tookMs, mediaId: null };
  await (await host.send(thumbnailUrl)).arrayBuffer();
  return { tookMs, mediaId: id };
}

/** @returns ends the watch and tells the most there was */
function watchMemory(host: Host): () => Promise<{ hostMb: number; decoderMb: number }> {
  const most = { hostMb: 0, decoderMb: 0 };
  const timer = setInterval(() => {
    most.hostMb = Math.max(most.hostMb, host.residentMb() ?? 0);
    most.decoderMb = Math.max(most.decoderMb, childrenMb(host.processId));
  }, sampleEveryMs);
  return async () => {
    await sleep(sampleEveryMs);
    clearInterval(timer);
    return most;
  };
}

/** The largest child of a process, from /proc. */
function childrenMb(parent: number): number {
  const sizes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        if (Number(/^PPid:\s+(\d+)$/m.exec(status)?.[1]) !== parent) return 0;
        return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024) / 1_000_000;
      } catch {
        // It ended between the two looks.
        return 0;
      }
    });
  return Math.max(0, ...sizes);
}
