import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FollowerPost, LedgerEntry } from '../../main/sandbox/simulator.ts';
import type { InboxDraft } from '../../main/sandbox/tiktok/index.ts';

const entry = join(import.meta.dirname, '..', '..', 'out', 'server', 'index.js');
export const apiToken = 'token-of-the-end-to-end-tests';
const readyWithinMs = 30_000;

/** The built server host as a process of its own. */
export interface Host {
  /** As printed; logs in once. */
  loginLink: string;
  origin: string;
  /** Calls REST with the API token. @throws Error for any answer that is not 2xx */
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** What followers see, and what waits on the creators' phones. */
  feed(): Promise<{ posts: FollowerPost[]; drafts: InboxDraft[] }>;
  /** Origin of one simulated service, such as `meta-graph` or `tiktok-api`. */
  simulator(name: string): string;
  /** The operations a simulated service has worked on so far, oldest first. */
  requests(name: string): Promise<string[]>;
  /** Everything it wrote to both outputs. */
  output(): string;
  /** Ends it as Ctrl+C does. @throws Error when it does not end well */
  stop(): Promise<void>;
  /** Ends it as a power cut does. */
  pullThePlug(): Promise<void>;
  /** Sends it a signal that does not end it; SIGSTOP stops it where it is, until SIGCONT. */
  signal(name: 'SIGSTOP' | 'SIGCONT' | 'SIGUSR2'): void;
}

/** A folder for the app's data that lasts until `remove` is called. */
export function makeDataDir(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'autosocial-e2e-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/**
 * Starts the host on a free port and waits for its ready line.
 * @param environment further variables; without any it is the sandbox
 * @param watcher a command that runs it and watches what it does
 */
export async function startHost(
  dataDir: string,
  environment: Record<string, string> = {},
  watcher: readonly string[] = [],
): Promise<Host> {
  const [command, ...args] = [...watcher, process.execPath, '--enable-source-maps', entry];
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: dataDir,
      AUTOSOCIAL_DATA_DIR: dataDir,
      AUTOSOCIAL_PORT: '0',
      AUTOSOCIAL_API_TOKEN: apiToken,
      ...environment,
    },
  });
  const output: string[] = [];
  const loginLink = await readyLine(child, output);
  const { origin } = new URL(loginLink);
  const host: Host = {
    loginLink,
    origin,
    api: (method, path, body) => call(origin, method, path, body),
    feed: async () => {
      const { feedUrl } = await host.api<{ feedUrl: string }>('GET', '/api/host');
      const answer = await fetch(`${feedUrl}.json`);
      return (await answer.json()) as Awaited<ReturnType<Host['feed']>>;
    },
    simulator: (name) => simulatorIn(dataDir, name),
    requests: (name) => callsOf(simulatorIn(dataDir, name)),
    output: () => output.join(''),
    stop: async () => {
      const code = await end(child, 'SIGTERM');
      if (code !== 0) throw new Error(`The host ended with ${code}:\n${output.join('')}`);
    },
    pullThePlug: async () => {
      await end(child, 'SIGKILL');
    },
    signal: (name) => void child.kill(name),
  };
  return host;
}

/** Origin of one simulated service of the sandbox in a data folder. */
export function simulatorIn(dataDir: string, name: string): string {
  const file = join(dataDir, 'sandbox', 'simulators', `port-${name}.json`);
  return `http://127.0.0.1:${(JSON.parse(readFileSync(file, 'utf8')) as { port: number }).port}`;
}

/** The operations that a simulator has worked on so far, oldest first. */
export async function callsOf(simulator: string): Promise<string[]> {
  return (await ledgerOf(simulator)).map(({ operation }) => operation);
}

/** The same with what each was about. */
export async function ledgerOf(simulator: string): Promise<LedgerEntry[]> {
  const answer = await fetch(`${simulator}/__sandbox/ledger`);
  const ledger = (await answer.json()) as LedgerEntry[] | { entries: LedgerEntry[] };
  return Array.isArray(ledger) ? ledger : ledger.entries;
}

/** Arms a fault of a simulator; see {@link Host.simulator} for its origin. */
export async function armFault(origin: string, fault: { operation: string; kind: string }): Promise<void> {
  const answer = await fetch(`${origin}/__sandbox/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  if (!answer.ok) throw new Error(`The fault was refused: ${await answer.text()}`);
}

/** Asks again and again until the answer is there. @throws Error when it takes longer than `withinMs` */
export async function until<T>(what: string, ask: () => Promise<T | undefined | false>, withinMs = 30_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function readyLine(child: ChildProcess, output: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const giveUp = (why: string) => reject(new Error(`The host ${why}:\n${output.join('')}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      giveUp('was not ready in time');
    }, readyWithinMs);
    child.once('exit', (code) => giveUp(`ended with ${code}`));
    const read = (chunk: Buffer) => {
      output.push(chunk.toString());
      const link = /AutoSocial AI is ready: (http\S+)/.exec(output.join(''))?.[1];
      if (link === undefined) return;
      clearTimeout(timer);
      resolve(link);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await ended)[0];
}

async function call<T>(origin: string, method: string, path: string, body: unknown): Promise<T> {
  const answer = await fetch(origin + path, {
    method,
    headers: { authorization: `Bearer ${apiToken}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** Waits until the app does not write posts by itself within the next `ms`, so that a test is the only one who does. */
export function untilWritingIsFar(host: Pick<Host, 'api'>, ms: number): Promise<boolean> {
  const isFar = async (): Promise<boolean> => {
    const job = await writingJob(host);
    return job?.running === false && Date.parse(job.nextRunAt ?? '') - Date.now() > ms;
  };
  return until('the app does not write by itself soon', isFar, ms + 60_000);
}

/** Waits until the sample agency has its coming week; until then its pages show that something is at work. */
export function untilWeekIsWritten(host: Pick<Host, 'api'>): Promise<boolean> {
  const isWritten = async (): Promise<boolean> => {
    const { items } = await host.api<{ items: { endedAt: string | null }[] }>('GET', '/api/pipeline/writing');
    const isOver = items.length > 0 && items.every(({ endedAt }) => endedAt !== null);
    return isOver && (await writingJob(host))?.running === false;
  };
  return until('the week of the sample agency is written', isWritten, 120_000);
}

async function writingJob(
  host: Pick<Host, 'api'>,
): Promise<{ running: boolean; nextRunAt: string | null } | undefined> {
  const { items } = await host.api<{ items: { name: string; running: boolean; nextRunAt: string | null }[] }>(
    'GET',
    '/api/admin/jobs',
  );
  return items.find(({ name }) => name === 'generate-content');
}
