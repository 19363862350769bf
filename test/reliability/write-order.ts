import { spawnSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { attemptSchema, Post } from '../../shared/contract/pipeline.ts';
import { type Host, makeDataDir, startHost, until } from '../e2e/host.ts';
import { ask } from '../e2e/rest.ts';
import { type Services, startServices } from '../e2e/services.ts';

type Attempt = z.infer<typeof attemptSchema>;

export interface OrderVerdict {
  /** Irrevocable requests that left, of posts and of first comments. */
  requests: number;
  /** Those that left after their own row had been written to the log and synced. */
  inOrder: number;
  syncs: number;
  violations: string[];
}

/** The system calls that are watched: what is written to the log and to sockets, and what is synced. */
const watched = 'trace=pwrite64,fdatasync,fsync,write,writev,sendto,sendmsg';

/** Why system calls cannot be watched here; null when they can. */
export function unwatchable(): string | null {
  const { error, status } = spawnSync('strace', ['-e', 'trace=none', 'true']);
  if (error !== undefined) return 'strace is not installed';
  return status === 0 ? null : 'strace is not allowed to watch processes here';
}

/** Publishes posts with first comments by the real server host under strace, and reads from the trace what came first. */
export async function watchOrder(posts: number): Promise<OrderVerdict> {
  const data = makeDataDir();
  const trace = join(data.path, 'trace.txt');
  const services = await startServices();
  services.meta.settings.quotaTotal = 100_000;
  try {
    const watcher = ['strace', '-D', '-f', '-y', '-s', '20000', '-e', watched, '-o', trace];
    const host = await startHost(data.path, services.environment, watcher);
    const attempts = await publish(host, services, posts).finally(() => host.stop());
    const calls = await readTrace(trace);
    return judgeOrder(calls, attempts);
  } finally {
    await services.close();
    data.remove();
  }
}

async function publish(host: Host, services: Services, count: number): Promise<Attempt[]> {
  const person = services.meta.addPerson({ name: 'Owner', pages: [{ name: 'Corner Bakery' }] });
  const client = await host.api<Client>('POST', '/api/clients', { name: 'Corner Bakery', timezone: 'UTC' });
  const begun = await ask(host.origin, 'GET', `/api/auth/facebook/start?clientId=${client.id}`);
  const back = services.logIn('facebook', { dialog: begun.headers.get('location') ?? '', personId: person.id });
  await ask(host.origin, 'GET', back.slice(host.origin.length), { token: null });
  const { items } = await host.api<{ items: Account[] }>('GET', `/api/clients/${client.id}/accounts`);
  const attempts: Attempt[] = [];
  for (let number = 1; number <= count; number++) {
    const written = await host.api<Post>('POST', '/api/pipeline', {
      clientId: client.id,
      caption: `Offer ${number}`,
      firstComment: `Order ${number} here`,
      media: [],
      scheduledFor: new Date(Date.now() + 3_600_000).toISOString(),
      targets: items.map(({ id }) => ({ accountId: id })),
    });
    await host.api('POST', `/api/pipeline/${written.id}/approve`, { contentHash: written.contentHash });
    await host.api('POST', `/api/pipeline/${written.id}/publish-now`, {});
    attempts.push(...(await until('post and comment are live', () => liveAttempts(host, written.id), 60_000)));
  }
  return attempts;
}

async function liveAttempts(host: Host, postId: string): Promise<Attempt[] | false> {
  const { items } = await host.api<{ items: Attempt[] }>('GET', `/api/pipeline/${postId}/logs`);
  const live = items.filter(({ state }) => state === 'published');
  return live.length === 2 && live;
}

export interface Call {
  name: string;
  /** Path of the file, or what the descriptor is. */
  target: string;
  text: string;
}

/** Calls in the order in which they took effect: writes when they began, syncs when they had ended. */
async function readTrace(file: string): Promise<Call[]> {
  const calls: Call[] = [];
  const underWay = new Map<string, Call>();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const begun = /^(\d+) +(\w+)\(\d+<([^>]*)>(.*)$/s.exec(line);
    const resumed = /^(\d+) +<\.\.\. (\w+) resumed>.* = 0$/.exec(line);
    if (begun !== null) {
      const [, thread = '', name = '', target = '', text = ''] = begun;
      const call = { name, target, text };
      const isSync = name === 'fdatasync' || name === 'fsync';
      if (isSync && text.includes('<unfinished')) underWay.set(thread, call);
      else if (!isSync || text.endsWith('= 0')) calls.push(call);
    } else if (resumed !== null) {
      const call = underWay.get(resumed[1] ?? '');
      if (call !== undefined && call.name === resumed[2]) calls.push(call);
      underWay.delete(resumed[1] ?? '');
    }
  }
  return calls;
}
/** @param calls in the order in which they took effect */
export function judgeOrder(calls: readonly Call[], attempts: readonly Attempt[]): OrderVerdict {
  const violations: string[] = [];
  for (const attempt of attempts) {
    const what = wrongOrder(calls, attempt, pathOf(attempt, attempts));
    if (what !== null) violations.push(`${attempt.kind} ${attempt.id}: ${what}`);
  }
  return {
    requests: attempts.length,
    inOrder: attempts.length - violations.length,
    syncs: calls.filter(isSyncOfLog).length,
    violations,
  };
}

/** Where the request goes that makes it public; both name the post. */
function pathOf({ kind, targetId, remoteId }: Attempt, attempts: readonly Attempt[]): string {
  if (kind === 'post') return `/${remoteId} `;
  const post = attempts.find((other) => other.kind === 'post' && other.targetId === targetId);
  return `/${post?.remoteId}/comments `;
}

function wrongOrder(calls: readonly Call[], { id }: Attempt, path: string): string | null {
  const request = new RegExp(`"POST /v[\\d.]+${path}`);
  const leaving = calls.flatMap(({ target, text }, index) =>
    target.startsWith('socket:') && request.test(text) ? [index] : [],
  );
  if (leaving.length !== 1) return `its request was seen ${leaving.length} times`;
  // The event's row: whose it is, numbers, the run of the app, and what is about to happen.
  const row = new RegExp(`${id}.{0,100}?[0-9a-f-]{36}sending`);
  const written = calls.findIndex(({ target, text }) => target.endsWith('-wal') && row.test(text));
  if (written < 0) return 'its row was never written';
  const synced = calls.findIndex((call, index) => index > written && isSyncOfLog(call));
  const left = leaving[0] ?? 0;
  if (left < written) return 'its request left before its row was written';
  return synced >= 0 && synced < left ? null : 'its request left before its row was synced';
}

function isSyncOfLog({ name, target }: Call): boolean {
  return (name === 'fdatasync' || name === 'fsync') && target.endsWith('-wal');
}
