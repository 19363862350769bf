import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host as HostView } from '../../shared/contract/events.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { type Host, makeDataDir, startHost, until } from '../e2e/host.ts';
import { type Services, startServices } from '../e2e/services.ts';
import { type Customer, makeCustomers } from './customers.ts';

/*
 * The real host as a process whose wall clock is set by libfaketime while it runs; its monotonic clock is left alone,
 * as when somebody sets a computer's clock. The networks live in this process and in true time.
 */

/** By how much the clock is set. */
export const fakeSteps: readonly { name: string; byMs: number }[] = [
  { name: '+1 h', byMs: 3_600_000 },
  { name: '-1 h', byMs: -3_600_000 },
  { name: '+400 d', byMs: 400 * 86_400_000 },
];

const libraries = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/faketime/libfaketimeMT.so.1',
];
const library = libraries.find((path) => existsSync(path));

/** Why it cannot be done here, or null. */
export function whyNoFakeClock(): string | null {
  if (process.platform !== 'linux') return 'it is made use of on Linux only';
  return library === undefined ? 'it is not installed (Debian’s package is faketime)' : null;
}

const second = 1_000;
/** Posts that lie this far ahead must not go out however the clock is set. */
const wrongForMs = 35 * second;
const noticedWithinMs = 20 * second;
const mendedWithinMs = 60 * second;

/** @returns what went wrong */
export async function runFakeClock({ name, byMs }: { name: string; byMs: number }): Promise<string[]> {
  const data = makeDataDir();
  const clockFile = join(data.path, 'clock');
  const services = await startServices();
  const host = await startFaked(data.path, clockFile, services);
  try {
    return (await judgeStep(host, services, clockFile, byMs)).map((violation) => `${violation} (${name})`);
  } finally {
    await host.pullThePlug();
    await services.close();
    data.remove();
  }
}

function startFaked(dataDir: string, clockFile: string, services: Services): Promise<Host> {
  setClock(clockFile, 0);
  return startHost(dataDir, {
    ...services.environment,
    LD_PRELOAD: library ?? '',
    FAKETIME_TIMESTAMP_FILE: clockFile,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    DONT_FAKE_MONOTONIC: '1',
    // The times of files are not the clock's.
    NO_FAKE_STAT: '1',
  });
}

function setClock(file: string, byMs: number): void {
  writeFileSync(file, `${byMs < 0 ? '' : '+'}${byMs / second}\n`);
}

async function judgeStep(host: Host, services: Services, clockFile: string, byMs: number): Promise<string[]> {
  const violations: string[] = [];
  const [customer] = await makeCustomers(host, services, 1);
  if (customer === undefined) throw new Error('There is no customer.');
  const before = await planned(host, customer, 'Before', 2 * second);
  await until('the first post is live', async () => liveOf(services, before) > 0);
  // Due while the clock is wrong, by the true time and by the wrong one.
  const amid = await planned(host, customer, 'Amid', 15 * second);
  const later = await planned(host, customer, 'Later', 1_800 * second);

  setClock(clockFile, byMs);
  await until('the clock is not trusted', () => hasHalt(host, 'clock'), noticedWithinMs).catch(() => {
    violations.push('F3 the clock was still trusted after 20 s');
  });
  const known = liveOf(services, amid);
  await new Promise((resolve) => setTimeout(resolve, wrongForMs));
  if (liveOf(services, amid) > known) violations.push('F3 a post left while the clock was not to be trusted');
  if (liveOf(services, later) > 0) violations.push('F2 a post left half an hour early');

  setClock(clockFile, 0);
  await until(
    'the clock is trusted again',
    async () => !(await hasHalt(host, 'clock', 'waking')),
    mendedWithinMs,
  ).catch(() => {
    violations.push('F4 the clock was not trusted a minute after it was right again');
  });
  const after = await planned(host, customer, 'After', 2 * second);
  await until('a new post is live', async () => liveOf(services, after) > 0, mendedWithinMs).catch(() => {
    violations.push('F4 a post that was due when the clock was right again did not go out');
  });
  await until('the post amid has been decided about', () => isDecided(host, amid), mendedWithinMs).catch(() => {
    violations.push('F4 what was due meanwhile neither went out nor was held');
  });
  for (const post of [before, amid, later, after]) {
    if (liveOf(services, post) > 1) violations.push(`F1 “${post.caption}” is live ${liveOf(services, post)} times`);
  }
  return violations;
}

/** An approved post on the customer's Facebook Page. @param inMs how far ahead, by the true time */
async function planned(host: Host, { client, accounts }: Customer, caption: string, inMs: number): Promise<Post> {
  const written = await host.api<Post>('POST', '/api/pipeline', {
    clientId: client.id,
    caption,
    scheduledFor: new Date(Date.now() + inMs).toISOString(),
    targets: accounts.filter(({ platform }) => platform === 'facebook').map(({ id }) => ({ accountId: id })),
  });
  const approval = { contentHash: written.contentHash };
  return host.api<Post>('POST', `/api/pipeline/${written.id}/approve`, approval);
}

function liveOf({ meta }: Services, { caption }: Pick<Post, 'caption'>): number {
  return meta.publicPosts().filter(({ text }) => text === caption).length;
}

async function hasHalt(host: Host, ...codes: string[]): Promise<boolean> {
  const { halts } = await host.api<HostView>('GET', '/api/host');
  return halts.some(({ code }) => codes.includes(code));
}

async function isDecided(host: Host, { id }: Post): Promise<boolean> {
  const { targets } = await host.api<Post>('GET', `/api/pipeline/${id}`);
  return targets.every(({ status }) => status === 'published' || status === 'held');
}
