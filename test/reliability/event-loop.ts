import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { systemClock } from '../../main/host/time.ts';
import { placesOf } from '../../main/places.ts';
import { openStore } from '../../main/store/open.ts';
import { type Host, makeDataDir, startHost, until } from '../e2e/host.ts';
import { type Services, startServices } from '../e2e/services.ts';
import { type Customer, makeCustomers, publishNow } from './customers.ts';
import type { LoopDelay } from './loop-probe.ts';

export interface LoopOptions {
  posts: number;
  /** Measured so often; the machine's other work disturbs some. */
  runs: number;
  lockMs: number;
}

export interface LoopRun {
  /** Of the host, while another process held the write lock and posts were to be published. */
  host: LoopDelay;
  /** Of a process that does nothing, at the same time: what the machine itself is late by. */
  idle: LoopDelay;
  /** How long the slowest answer to a question took meanwhile, ms. */
  slowestAnswerMs: number;
}

const day = 86_400_000;
const probe = join(import.meta.dirname, 'loop-probe.ts');

/** How late the event loop of the real host is while another process keeps it from writing. */
export async function measureLoop(options: LoopOptions): Promise<LoopRun[]> {
  const data = makeDataDir();
  const services = await startServices();
  const file = join(data.path, 'loop.json');
  const preparing = await startHost(data.path, services.environment);
  const customers = await makeCustomers(preparing, services, 3);
  await preparing.stop();
  await addPosts(data.path, customers, options.posts);
  const host = await startHost(data.path, {
    ...services.environment,
    NODE_OPTIONS: `--import ${probe}`,
    LOOP_FILE: file,
  });
  const idle = new IdleProcess(join(data.path, 'idle.json'));
  try {
    const runs: LoopRun[] = [];
    for (let run = 0; run < options.runs; run++) {
      runs.push(await measureOnce({ host, idle, services, customers, file, dataDir: data.path, run, ...options }));
    }
    return runs;
  } finally {
    idle.end();
    await host.pullThePlug();
    await services.close();
    data.remove();
  }
}

interface Measuring extends LoopOptions {
  host: Host;
  idle: IdleProcess;
  services: Services;
  customers: readonly Customer[];
  file: string;
  dataDir: string;
  run: number;
}

async function measureOnce(measuring: Measuring): Promise<LoopRun> {
  const { host, idle, file, customers, run, lockMs, dataDir } = measuring;
  for (const [index, customer] of customers.entries()) await publishNow(host, customer, `loop ${run}.${index}`);
  const unlock = lock(dataDir);
  const askHost = (): void => host.signal('SIGUSR2');
  await delayOf(file, askHost);
  await idle.delay();
  let isLocked = true;
  // Whatever is asked waits behind what is to be written, so nothing here may wait for an answer. The lock lasts in real
  // time, because real processes are measured under it.
  const unlocked = sleep(lockMs).then(() => {
    isLocked = false;
    unlock();
  });
  let slowestAnswerMs = 0;
  while (isLocked) {
    const askedAt = performance.now();
    await host.api('GET', '/api/pipeline?limit=50');
    slowestAnswerMs = Math.max(slowestAnswerMs, Math.round(performance.now() - askedAt));
    await sleep(100);
  }
  await unlocked;
  const [ofHost, ofIdle] = await Promise.all([delayOf(file, askHost), idle.delay()]);
  return { host: ofHost, idle: ofIdle, slowestAnswerMs };
}

/** What a probed process has measured since it was asked last. */
async function delayOf(file: string, ask: () => void): Promise<LoopDelay> {
  rmSync(file, { force: true });
  ask();
  await until('the probe has answered', async () => existsSync(file));
  return JSON.parse(readFileSync(file, 'utf8')) as LoopDelay;
}

/** A process with nothing but a probe. */
class IdleProcess {
  readonly #file: string;
  readonly #child: ChildProcess;
  readonly #isReady: Promise<unknown>;

  constructor(file: string) {
    this.#file = file;
    const script = 'setInterval(() => undefined, 1000); console.log("ready")';
    this.#child = spawn(process.execPath, ['--no-warnings', '--import', probe, '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, LOOP_FILE: file },
    });
    this.#isReady = once(this.#child.stdout ?? this.#child, 'data');
  }

  async delay(): Promise<LoopDelay> {
    await this.#isReady;
    return delayOf(this.#file, () => void this.#child.kill('SIGUSR2'));
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}

/** Another process's transaction, until the returned function is called. */
function lock(dataDir: string): () => void {
  const database = new Database(placesOf(dataDir, 'live').store, { timeout: 5_000 });
  database.exec('BEGIN IMMEDIATE');
  return () => {
    database.exec('ROLLBACK');
    database.close();
  };
}

/** Approved posts of the coming weeks, put straight into the store while no host has it open. */
async function addPosts(dataDir: string, customers: readonly Customer[], count: number): Promise<void> {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const store = await openStore({ file: placesOf(dataDir, 'live').store, clock: systemClock, log: silent });
  const now = Date.now();
  await store.transaction(async ({ posts, targets }) => {
    for (let number = 0; number < count; number++) {
      const { client, accounts } = customers[number % customers.length] as Customer;
      const id = `many-${number}`;
      const scheduledFor = now + day + number * 60_000;
      await posts.insert({
        id,
        clientId: client.id,
        status: 'approved',
        source: 'manual',
        caption: `One of many: ${number}. `.repeat(10),
        hashtags: ['#many'],
        firstComment: null,
        altText: null,
        mediaIds: [],
        scheduledFor,
        wallTime: new Date(scheduledFor).toISOString().slice(0, 16),
        timezone: 'UTC',
        slot: null,
        approvedHash: 'approved',
        approvedBy: 'owner',
        approvedAt: now,
        heldReason: null,
        rejectedReason: null,
        publishNowAt: null,
        createdAt: now,
        updatedAt: now,
        deletedAt: null,
      });
      for (const account of accounts) {
        await targets.insert({
          id: `${id}/${account.id}`,
          postId: id,
          accountId: account.id,
          platform: account.platform,
          status: 'pending',
          caption: null,
          options: {},
          consent: null,
          remoteId: null,
          permalink: null,
          publishedAt: null,
          tries: 0,
          nextAttemptAt: null,
          errorCode: null,
          errorMessage: null,
          updatedAt: now,
        });
      }
    }
  });
  await store.close();
}
