import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const entry = join(import.meta.dirname, '..', '..', 'out', 'server', 'index.js');
const apiToken = 'token-of-the-benchmark';
const readyWithinMs = 60_000;

/** The built server host in a process of its own, started as `npm start` starts it. */
export interface Host {
  origin: string;
  processId: number;
  /** From the start of the process to its ready line. */
  readyAfterMs: number;
  /** Sends one request with the API token; redirects are handed back. */
  send(path: string, init?: Init): Promise<Response>;
  /** Calls REST with a JSON body. @throws Error for any answer that is not 2xx */
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Memory in RAM that belongs to the process, in MB of a million bytes; undefined where the system has no /proc. */
  residentMb(): number | undefined;
  stop(): Promise<void>;
}

type Init = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

/** A folder for the app's data, removed when `work` ends. */
export async function withDataDir<T>(work: (dataDir: string) => Promise<T>): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), 'autosocial-bench-'));
  try {
    return await work(path);
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

/** @throws Error with what the host wrote when it is not ready within a minute */
export async function startHost(dataDir: string, environment: Record<string, string>): Promise<Host> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--enable-source-maps', entry], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...passedOn(),
      HOME: dataDir,
      AUTOSOCIAL_DATA_DIR: dataDir,
      AUTOSOCIAL_PORT: '0',
      AUTOSOCIAL_API_TOKEN: apiToken,
      ...environment,
    },
  });
  const origin = await readyOrigin(child);
  const readyAfterMs = performance.now() - startedAt;

  const send: Host['send'] = (path, init = {}) =>
    fetch(origin + path, {
      redirect: 'manual',
      ...init,
      headers: { authorization: `Bearer ${apiToken}`, ...init.headers },
    });
  return {
    origin,
    processId: child.pid ?? 0,
    readyAfterMs,
    send,
    api: async (method, path, body) => {
      const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      const answer = await send(path, { method, ...(body === undefined ? {} : json) });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    residentMb: () => residentMb(child),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** What the launcher gives the host; never keys for real services that lie in the environment. */
function passedOn(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name === 'PATH' || name.startsWith('MALLOC_')),
  );
}

function readyOrigin(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const giveUp = (why: string): void => reject(new Error(`The host ${why}:\n${output}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      giveUp('was not ready in time');
    }, readyWithinMs);
    child.once('exit', (code) => giveUp(`ended with ${code}`));
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const link = /AutoSocial AI is ready: (http\S+)/.exec(output)?.[1];
      if (link === undefined) return;
      clearTimeout(timer);
      resolve(new URL(link).origin);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  });
}

function residentMb({ pid }: ChildProcess): number | undefined {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return undefined;
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1];
  return kibibytes === undefined ? undefined : (Number(kibibytes) * 1024) / 1_000_000;
}
