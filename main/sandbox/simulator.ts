import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';

/** What a simulator needs from outside. Tests inject `now` and keep everything in memory. */
export interface SimulatorOptions {
  /** UTC milliseconds. Every expiry and rate window of the simulator follows this clock. */
  now: () => number;
  /** Folder for state that must outlive the process; null keeps everything in memory. */
  dir: string | null;
}

export type SimulatorEnv = { Bindings: HttpBindings };
export type SimulatorContext = Context<SimulatorEnv>;
export type SimulatorApp = Hono<SimulatorEnv>;

/** A post as a follower of the account would see it; the feed page is made of these. */
export interface FollowerPost {
  platform: 'facebook' | 'instagram' | 'tiktok';
  id: string;
  account: { id: string; name: string };
  text: string;
  media: { kind: 'image' | 'video'; url: string; alt: string | null }[];
  comments: { author: string; text: string }[];
  /** UTC milliseconds. */
  publishedAt: number;
  permalink: string;
  /** Seen at full screen, for a day. */
  isStory: boolean;
  /** True for AI-labelled media, as the network would show it. */
  aiLabel: boolean;
}

/**
 * What goes wrong on purpose. The transport kinds work on every operation:
 * - `reset`: the connection is cut before anything happens
 * - `lost-answer`: the request takes effect, then the connection is cut
 * - `status`: answered with `value: { status, body, headers? }`, nothing happens
 * - `status-after`: the request takes effect, then `value` is answered instead
 * - `truncate`: the request takes effect, the answer is cut in the middle
 * - `slow`: the request takes effect after `value` ms
 * - `hang`: the request takes effect, no answer ever comes
 * Any other kind is a simulator's own and is asked for with {@link Faults.take}.
 */
export interface Fault {
  /** Operation name as given to {@link operation}, or `*`. */
  operation: string;
  kind: string;
  /** How many requests it hits; default 1. */
  times?: number;
  /** How many matching requests pass unharmed first; default 0. */
  skip?: number;
  value?: unknown;
}

const transportKinds = ['reset', 'lost-answer', 'status', 'status-after', 'truncate', 'slow', 'hang'];

/** The fault switches of one simulator. */
export class Faults {
  #armed: Required<Pick<Fault, 'times' | 'skip'>>[] & Fault[] = [];

  add(fault: Fault): void {
    this.#armed.push({ times: 1, skip: 0, ...fault });
  }

  clear(): void {
    this.#armed = [];
  }

  /** Consumes one matching fault of the named kinds, or returns undefined. */
  take(operation: string, ...kinds: string[]): Fault | undefined {
    for (const fault of this.#armed) {
      const matches = fault.operation === '*' || fault.operation === operation;
      if (!matches || !kinds.includes(fault.kind) || fault.times === 0) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      fault.times -= 1;
      return fault;
    }
    return undefined;
  }

  takeTransport(operation: string): Fault | undefined {
    return this.take(operation, ...transportKinds);
  }
}

export interface LedgerEntry {
  /** UTC milliseconds. */
  at: number;
  /** Operation name, e.g. `facebook.feed`. */
  operation: string;
  /** HTTP status that the simulator decided on, whether or not the answer arrived. */
  status: number;
  /** What the operation did, in the simulator's own words; never a token. */
  detail: Record<string, unknown>;
}

/** Append-only record of every request, the judge of what really happened. */
export class Ledger {
  readonly entries: LedgerEntry[] = [];
  readonly #file: string | null;

  constructor(dir: string | null, name: string) {
    this.#file = dir === null ? null : join(dir, `${name}.ledger.jsonl`);
    if (this.#file === null || !existsSync(this.#file)) return;
    for (const line of readFileSync(this.#file, 'utf8').split('\n')) {
      if (line !== '') this.entries.push(JSON.parse(line) as LedgerEntry);
    }
  }

  append(entry: LedgerEntry): void {
    this.entries.push(entry);
    if (this.#file !== null) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }

  count(operation: string): number {
    return this.entries.filter((entry) => entry.operation === operation).length;
  }
}

/** State that survives a killed process: loaded once, written whole after each change. */
export class PersistentState<T> {
  value: T;
  readonly #file: string | null;

  constructor(dir: string | null, name: string, initial: T) {
    this.#file = dir === null ? null : join(dir, `${name}.json`);
    if (dir !== null) mkdirSync(dir, { recursive: true });
    this.value =
      this.#file !== null && existsSync(this.#file) ? (JSON.parse(readFileSync(this.#file, 'utf8')) as T) : initial;
  }

  save(): void {
    if (this.#file === null) return;
    writeFileSync(`${this.#file}.tmp`, JSON.stringify(this.value));
    renameSync(`${this.#file}.tmp`, this.#file);
  }
}

/** Uploaded and generated bytes by SHA-256, in memory or below `dir`. */
export class Blobs {
  readonly #memory = new Map<string, Uint8Array>();
  readonly #dir: string | null;

  constructor(dir: string | null) {
    this.#dir = dir === null ? null : join(dir, 'blobs');
    if (this.#dir !== null) mkdirSync(this.#dir, { recursive: true });
  }

  /** Stores the bytes and returns their SHA-256 in hex. */
  put(bytes: Uint8Array): string {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (this.#dir === null) this.#memory.set(sha256, bytes);
    else if (!existsSync(join(this.#dir, sha256))) writeFileSync(join(this.#dir, sha256), bytes);
    return sha256;
  }

  get(sha256: string): Uint8Array | undefined {
    if (this.#dir === null) return this.#memory.get(sha256);
    const file = join(this.#dir, sha256);
    return /^[0-9a-f]{64}$/.test(sha256) && existsSync(file) ? readFileSync(file) : undefined;
  }
}

/**
 * Wraps a handler as a named operation: records it in the ledger and applies transport faults.
 * The handler may put facts for the ledger into `detail`.
 */
export function operation(
  simulator: { faults: Faults; ledger: Ledger; now: () => number },
  name: string,
  handler: (c: SimulatorContext, detail: Record<string, unknown>) => Promise<Response> | Response,
): (c: SimulatorContext) => Promise<Response> {
  return async (c) => {
    const fault = simulator.faults.takeTransport(name);
    const detail: Record<string, unknown> = {};
    const record = (status: number): void =>
      simulator.ledger.append({ at: simulator.now(), operation: name, status, detail });

    if (fault?.kind === 'reset') {
      record(0);
      return cut(c);
    }
    if (fault?.kind === 'status') {
      const answer = answerOf(fault);
      record(answer.status);
      return answer;
    }
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, Number(fault.value)));

    const response = await handler(c, detail);
    record(response.status);

    switch (fault?.kind) {
      case 'lost-answer':
        return cut(c);
      case 'status-after':
        return answerOf(fault);
      case 'hang':
        return new Promise<Response>(() => undefined);
      case 'truncate': {
        const body = new Uint8Array(await response.arrayBuffer());
        return new Response(body.slice(0, Math.floor(body.length / 2)), {
          status: response.status,
          headers: response.headers,
        });
      }
      default:
        return response;
    }
  };
}

/** Adds `POST`/`DELETE /__sandbox/faults` (arm one fault, clear all) and `GET /__sandbox/ledger` to an origin. */
export function addControls(app: SimulatorApp, simulator: { faults: Faults; ledger: Ledger }): void {
  app.post('/__sandbox/faults', async (c) => {
    const fault = (await c.req.json()) as Partial<Fault>;
    if (typeof fault.operation !== 'string' || typeof fault.kind !== 'string') {
      return c.json({ error: 'a fault needs an operation and a kind' }, 400);
    }
    simulator.faults.add(fault as Fault);
    return c.json({ armed: fault }, 201);
  });
  app.delete('/__sandbox/faults', (c) => {
    simulator.faults.clear();
    return c.json({ armed: null });
  });
  app.get('/__sandbox/ledger', (c) => c.json({ entries: simulator.ledger.entries }));
}

function cut(c: SimulatorContext): Promise<Response> {
  c.env.incoming.socket.destroy();
  return new Promise<Response>(() => undefined);
}

function answerOf(fault: Fault): Response {
  const { status, body, headers } = fault.value as { status: number; body?: unknown; headers?: Record<string, string> };
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
  return new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** A running HTTP origin on loopback. */
export interface Origin {
  /** e.g. `http://127.0.0.1:40123`, no trailing slash. */
  url: string;
  close(): Promise<void>;
}

/**
 * Serves an app on 127.0.0.1. With a folder, the port of the last run is taken again when it is
 * free, so that links kept by the app still lead somewhere after a restart.
 */
export async function listen(app: SimulatorApp, options: { dir: string | null; name: string }): Promise<Origin> {
  const ports = new PersistentState<Record<string, number>>(options.dir, `port-${options.name}`, {});
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const port = await bind(server, ports.value.port ?? 0).catch(() => bind(server, 0));
  ports.value.port = port;
  ports.save();
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve((server.address() as { port: number }).port);
    });
  });
}
