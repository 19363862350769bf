import { setTimeout as sleep } from 'node:timers/promises';
import type { Post } from '../../shared/contract/pipeline.ts';
import { type Host, startHost } from './host.ts';

/** Memory of an idle host, in MB of a million bytes. */
export interface Memory {
  /** After 20 seconds without anything to do. */
  idleMb: number;
  /** The least of the 40 seconds after that: what is left when the garbage collector had time. */
  quietMb: number;
}

const idleMs = 20_000;
const quietMs = 40_000;
const betweenMs = 5_000;

/** The live profile without any data. */
export function measureEmptyLive(dataDir: string): Promise<Memory | undefined> {
  return measure(dataDir, 'live', () => Promise.resolve());
}

/** The sandbox, in the very process that has drawn and written its sample week when the folder is new. */
export function measureSandbox(dataDir: string): Promise<Memory | undefined> {
  return measure(dataDir, 'sandbox', sampleWeekIsWritten);
}

/** Fills a new folder with the sandbox's sample week. */
export async function writeSampleWeek(dataDir: string): Promise<void> {
  const host = await startHost(dataDir, { AUTOSOCIAL_PROFILE: 'sandbox' });
  await sampleWeekIsWritten(host);
  await host.stop();
}

async function measure(
  dataDir: string,
  profile: 'live' | 'sandbox',
  isPrepared: (host: Host) => Promise<void>,
): Promise<Memory | undefined> {
  const host = await startHost(dataDir, { AUTOSOCIAL_PROFILE: profile });
  try {
    await isPrepared(host);
    await sleep(idleMs);
    const idleMb = host.residentMb();
    if (idleMb === undefined) return undefined;
    let quietMb = idleMb;
    for (let passed = 0; passed < quietMs; passed += betweenMs) {
      await sleep(betweenMs);
      quietMb = Math.min(quietMb, host.residentMb() ?? quietMb);
    }
    return { idleMb, quietMb };
  } finally {
    await host.stop();
  }
}

/** Resolves when there are posts, none is being written, and none was added for a while. */
async function sampleWeekIsWritten(host: Host): Promise<void> {
  let before = 0;
  for (;;) {
    await sleep(betweenMs);
    const { items } = await host.api<{ items: Post[] }>('GET', '/api/pipeline?limit=200');
    const isWriting = items.some(({ status }) => status === 'generating');
    if (items.length > 0 && items.length === before && !isWriting) return;
    before = items.length;
  }
}
