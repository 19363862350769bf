import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Core, createCore } from '../../main/core/core.ts';
import { type Log, type Ports, Secret, type Store } from '../../main/core/ports/index.ts';
import { systemDigest, systemRandom } from '../../main/host/chance.ts';
import { openStore, type SqliteStore } from '../../main/store/open.ts';
import { uncheckedKeys } from '../doubles/unchecked-keys.ts';
import { Chance } from './chance.ts';
import { CrookedTime } from './crooked-time.ts';
import { type ApprovedPost, dueAt, NamingNetwork, seedPosts } from './publishing-app.ts';

/*
 * The whole core over a real store on a computer whose clock is set, drifts or sleeps, while networks that live in
 * true time keep the ledger and tell the time with each answer.
 */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export interface ClockWorld {
  name: string;
  rate?: { wall: number; monotonic: number };
  /** What happens, in order of true time after the start. */
  events: { atMs: number; kind: 'step' | 'sleep'; byMs: number }[];
  /** How far the clock may run ahead before it is found out, ms: what drifts between two answers. */
  driftMs?: number;
}

export interface ClockVerdict {
  sent: number;
  held: number;
  /** Longest time between two looks at what is due, ms on the monotonic clock; sleep does not count. */
  longestGapMs: number;
  violations: string[];
}

const postCount = 20;
const startsBeforeMs = 5 * minute;
const runsForMs = 75 * minute;
/** A trusted clock may be off by this much, and by what passes until an answer has told so. */
const toleranceMs = 2 * minute + 2 * second;
const longestGapMs = 35 * second;
/** From setting the clock to the moment in which it is noticed at the latest. */
const noticedWithinMs = 0;

/** Every step of the goal, before the first post and amid them; drift; sleep; and `seeds` random mixtures. */
export function clockWorlds(seeds: number): ClockWorld[] {
  const steps = [second, minute, 119 * second, 5 * minute, 30 * minute, hour, day, 400 * day, 3_653 * day];
  const worlds: ClockWorld[] = [];
  for (const size of steps) {
    for (const byMs of [size, -size]) {
      for (const atMs of [2 * minute, 12 * minute + 30 * second]) {
        const name = `step ${byMs / second} s after ${atMs / second} s`;
        const back = { atMs: atMs + 20 * minute, kind: 'step' as const, byMs: -byMs };
        worlds.push({ name, events: [{ atMs, kind: 'step', byMs }] });
        worlds.push({ name: `${name}, and back`, events: [{ atMs, kind: 'step', byMs }, back] });
      }
    }
  }
  for (const percent of [10, -10]) {
    const rate = 1 + percent / 100;
    const driftMs = 2 * minute;
    worlds.push({ name: `both clocks ${percent} % fast`, rate: { wall: rate, monotonic: rate }, events: [], driftMs });
    worlds.push({ name: `wall clock ${percent} % fast`, rate: { wall: rate, monotonic: 1 }, events: [], driftMs });
  }
  for (const atMs of [2 * minute, 12 * minute + 30 * second]) {
    worlds.push({
      name: `8 h of sleep after ${atMs / second} s`,
      events: [{ atMs, kind: 'sleep', byMs: 8 * hour }],
    });
    worlds.push({
      name: `10 min of sleep after ${atMs / second} s`,
      events: [{ atMs, kind: 'sleep', byMs: 10 * minute }],
    });
  }
  for (let seed = 1; seed <= seeds; seed++) worlds.push(randomWorld(seed));
  return worlds;
}

function randomWorld(seed: number): ClockWorld {
  const chance = new Chance(seed * 7_919);
  const count = chance.between(1, 4);
  const events = Array.from({ length: count }, () => {
    const size = chance.pick([3 * second, 90 * second, 10 * minute, 2 * hour, 30 * day] as const);
    const atMs = chance.between(0, 40 * minute);
    return chance.happens(0.3)
      ? { atMs, kind: 'sleep' as const, byMs: chance.between(minute, 2 * hour) }
      : { atMs, kind: 'step' as const, byMs: chance.happens(0.5) ? size : -size };
  });
  return { name: `seed ${seed}`, events: events.toSorted((a, b) => a.atMs - b.atMs) };
}

export async function runClockWorld(world: ClockWorld): Promise<ClockVerdict> {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(join(parent, 'autosocial-clock-'));
  const time = new CrookedTime(dueAt - startsBeforeMs, world.rate);
  const store = await openStore({ file: join(folder, 'data.db'), clock: time, log: silent });
  try {
    return await new Run(world, time, store).run();
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Run {
  readonly #world: ClockWorld;
  readonly #time: CrookedTime;
  readonly #store: SqliteStore;
  readonly #network = new NamingNetwork('facebook');
  /** When each irrevocable request arrived, by what it makes public. */
  readonly #arrivals = new Map<string, { trueAt: number; wallAt: number }>();
  readonly #violations: string[] = [];
  #lookedAt: number | null = null;
  #looking = 0;
  #longestGapMs = 0;

  constructor(world: ClockWorld, time: CrookedTime, store: SqliteStore) {
    this.#world = world;
    this.#time = time;
    this.#store = store;
  }

  async run(): Promise<ClockVerdict> {
    const posts = await seedPosts(this.#store, postCount);
    const core = await this.#startCore();
    const settle = async (): Promise<void> => {
      await core.lease.idle();
      await core.publishing.idle();
      await new Promise((resolve) => setImmediate(resolve));
    };
    let passed = 0;
    for (const { atMs, kind, byMs } of this.#world.events) {
      await this.#time.pass(Math.max(atMs - passed, 0), settle);
      passed = Math.max(atMs, passed);
      this.#time[kind](byMs);
    }
    await this.#time.pass(runsForMs - passed, settle);
    await core.stop();
    const held = await this.#judge(posts, core);
    return {
      sent: this.#network.live.length,
      held,
      longestGapMs: this.#longestGapMs,
      violations: this.#violations.map((violation) => `${violation} (${this.#world.name})`),
    };
  }

  async #startCore(): Promise<Core> {
    const time = this.#time;
    const prepare = this.#network.prepare.bind(this.#network);
    this.#network.prepare = (...parameters) => {
      this.#tellTime();
      return prepare(...parameters);
    };
    const core: Core = await createCore(this.#ports(), {
      version: '0.1.0',
      profile: 'live',
      feedUrl: null,
      builtAt: Date.UTC(2026, 10, 1),
      fixedCredentials: { source: 'environment', values: {} },
      keyChecks: uncheckedKeys,
      locked: () => null,
      publicUrl: () => 'http://127.0.0.1:4680',
      isReachable: () => true,
      restart: () => undefined,
      tryAgain: () => undefined,
      keyPlace: 'environment',
      computer: 'here',
      halts: [],
      http: (request) => {
        const name = new URL(request.url).pathname.split('/').at(-1) ?? '';
        this.#arrivals.set(name, { trueAt: time.trueNow(), wallAt: time.now() });
        this.#tellTime();
        return Promise.resolve(new Response());
      },
      askTime: () => {
        this.#tellTime();
        return Promise.resolve(true);
      },
    });
    this.#tellTime = () =>
      core.noteTime({
        remote: Math.floor(time.trueNow() / 1_000) * 1_000,
        local: time.now(),
        tookMs: 50,
      });
    await core.start();
    return core;
  }

  #tellTime: () => void = () => undefined;

  /** Nothing but the store, the clock and the network is made use of. */
  #ports(): Ports {
    return {
      clock: this.#time,
      timers: this.#time,
      recurrences: { every: () => ({ cancel: () => undefined, nextAt: () => null }) },
      random: systemRandom(this.#time),
      digest: systemDigest,
      log: silent,
      secrets: { keyId: () => 'key', seal: () => 'sealed', open: () => new Secret('token') },
      store: this.#watched(),
      provenance: { isCopy: false, olderSince: null, settle: () => Promise.resolve() },
      networks: { facebook: this.#network, instagram: this.#network, tiktok: this.#network },
    } as unknown as Ports;
  }

  /** The store, with an eye on when it is asked what is due. */
  #watched(): Store {
    const { targets } = this.#store;
    const due: typeof targets.due = async (at, limit) => {
      // What is due soon is looked at too, and only made ready.
      if (at > this.#time.now()) return targets.due(at, limit);
      const now = this.#time.monotonic();
      if (this.#lookedAt !== null) this.#longestGapMs = Math.max(this.#longestGapMs, now - this.#lookedAt);
      this.#lookedAt = now;
      this.#looking += 1;
      if (this.#looking > 1) this.#violations.push('C4 two looks at what is due at a time');
      try {
        return await targets.due(at, limit);
      } finally {
        this.#looking -= 1;
      }
    };
    return { ...this.#store, targets: { ...targets, due } };
  }

  async #judge(posts: readonly ApprovedPost[], core: Core): Promise<number> {
    let held = 0;
    const offMs = this.#time.now() - this.#time.trueNow();
    for (const { post, target } of posts) {
      const live = this.#network.live.filter(({ text }) => text.startsWith(`Offer ${post.id.split('-')[1]}:`));
      if (live.length > 1) this.#violations.push(`C1 ${post.id} is live ${live.length} times`);
      const arrival = this.#arrivals.get(live[0]?.handle ?? '');
      if (arrival !== undefined) this.#judgeTime(post.id, post.scheduledFor, arrival);
      const { status, errorMessage } = (await this.#store.targets.get(target.id)) ?? { status: 'gone' };
      if (status === 'held') held += 1;
      const isExplained = status === 'published' || (status === 'held' && (errorMessage ?? '') !== '');
      // By its own clock it is not yet time, or it may not believe its clock.
      const isWaiting = status === 'pending' && (offMs < -minute || core.halts.list().length > 0);
      if (!isExplained && !isWaiting) this.#violations.push(`C3 ${post.id} is ${status}`);
      if (status === 'published' && live.length === 0) this.#violations.push(`C3 ${post.id} is said to be live`);
    }
    if (this.#longestGapMs > longestGapMs) this.#violations.push(`C4 nobody looked for ${this.#longestGapMs} ms`);
    return held;
  }

  #judgeTime(name: string, wantedAt: number, { trueAt, wallAt }: { trueAt: number; wallAt: number }): void {
    if (wallAt < wantedAt)
      this.#violations.push(`C2 ${name} left ${wantedAt - wallAt} ms early by the computer's clock`);
    const mayBeOffMs = toleranceMs + noticedWithinMs + (this.#world.driftMs ?? 0);
    if (trueAt < wantedAt - mayBeOffMs)
      this.#violations.push(`C2 ${name} left ${(wantedAt - trueAt) / second} s early`);
    if (wallAt - trueAt > mayBeOffMs) {
      this.#violations.push(`C5 ${name} left while the clock was ${(wallAt - trueAt) / second} s ahead`);
    }
  }
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
