import type { LedgerEntry } from '../../main/sandbox/simulator.ts';
import type { KillSwitch } from '../../shared/contract/admin.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { type Host, makeDataDir, startHost } from '../e2e/host.ts';
import { type Services, startServices } from '../e2e/services.ts';
import { Chance } from './chance.ts';
import { makeCustomers, publishNow } from './customers.ts';
import { type Found, judge, longestSettlingMs, settle, unended, unknownFor } from './settling.ts';

export interface KillingOptions {
  kills: number;
  seed: number;
  /** By request only: the process dies when a chosen request has taken effect, never in between. */
  isStepwise: boolean;
  /** Somebody presses the kill switch before each kill, not only before every tenth. */
  isAlwaysStopped?: boolean;
  /** Waits no longer for what is open after the last kill; the networks' F is minutes. */
  settleWithinMs?: number;
}

export interface KillingVerdict {
  kills: number;
  posts: number;
  /** Those of which nothing is open in the end. */
  postsAtRest: number;
  targets: number;
  /** Until the last kill, ms; what is unknown then takes as long as the networks may. */
  killingMs: number;
  /** Requests to the networks during which the process died, and how often. */
  diedDuring: Record<string, number>;
  /** From starting the process to its ready line, ms. Its first look at what is due begins before that. */
  startMs: number[];
  /** From losing an answer to knowing how it ended, ms. */
  unknownMs: number[];
  /** From pressing the kill switch to its confirmation, ms. */
  stoppedMs: number[];
  violations: string[];
}

/** So many that each account gets few posts: what is overdue on one goes out one after the other, five minutes apart. */
const mostCustomers = 150;
const postsAtOnce = 2;
/** A kill that waits for a request does not wait longer than this. */
const longestWaitMs = 3_000;
/** A request that was on its way when the stop was confirmed has arrived by then, also on a busy machine. */
const underWayMs = 1_000;

/**
 * Publishes posts with first comments by the real server host and kills it again and again; the
 * networks live in this process and keep the ledger.
 */
export async function killAgainAndAgain(options: KillingOptions): Promise<KillingVerdict> {
  const data = makeDataDir();
  const services = await startServices();
  services.meta.settings.quotaTotal = 100_000;
  const killing = new Killing(options, data.path, services);
  try {
    return await killing.run();
  } finally {
    await killing.end();
    await services.close();
    data.remove();
  }
}

class Killing {
  readonly #options: KillingOptions;
  readonly #dataDir: string;
  readonly #services: Services;
  readonly #chance: Chance;
  readonly #posts: Post[] = [];
  readonly #verdict: Pick<KillingVerdict, 'diedDuring' | 'startMs' | 'stoppedMs' | 'violations'> = {
    diedDuring: {},
    startMs: [],
    stoppedMs: [],
    violations: [],
  };
  /** From the instant at which a stop took effect until before its release, UTC ms: nothing may begin to be sent. */
  readonly #stops: { from: number; to: number }[] = [];
  #host: Host | null = null;

  constructor(options: KillingOptions, dataDir: string, services: Services) {
    this.#options = options;
    this.#dataDir = dataDir;
    this.#services = services;
    this.#chance = new Chance(options.seed);
  }

  async run(): Promise<KillingVerdict> {
    const { kills, seed, isAlwaysStopped = false, settleWithinMs = longestSettlingMs } = this.#options;
    const startedAt = performance.now();
    let host = await this.#start();
    const customers = await makeCustomers(host, this.#services, Math.min(kills + 1, mostCustomers));
    for (let kill = 0; kill < kills; kill++) {
      for (let number = 0; number < postsAtOnce; number++) {
        const customer = customers[(kill * postsAtOnce + number) % customers.length];
        if (customer !== undefined) this.#posts.push(await publishNow(host, customer, `${seed}.${kill}.${number}`));
      }
      host = isAlwaysStopped || kill % 10 === 9 ? await this.#stopThenKill(host) : await this.#killAndStart(host);
    }
    const killingMs = performance.now() - startedAt;
    const found = await settle(host, this.#posts, settleWithinMs);
    this.#verdict.violations.push(...sentWhileStopped(found, this.#stops));
    const isCutShort = settleWithinMs < longestSettlingMs;
    return {
      ...this.#verdict,
      kills,
      posts: found.length,
      postsAtRest: found.filter(({ isAtRest }) => isAtRest).length,
      targets: found.flatMap(({ post }) => post.targets).length,
      unknownMs: unknownFor(found),
      killingMs,
      violations: [...this.#verdict.violations, ...(isCutShort ? [] : unended(found)), ...judge(this.#services, found)],
    };
  }

  async end(): Promise<void> {
    await this.#host?.pullThePlug();
  }

  async #start(): Promise<Host> {
    const startedAt = performance.now();
    this.#host = await startHost(this.#dataDir, this.#services.environment);
    this.#verdict.startMs.push(performance.now() - startedAt);
    return this.#host;
  }

  async #killAndStart(host: Host): Promise<Host> {
    const operation = await this.#killSoon(host);
    const { diedDuring } = this.#verdict;
    diedDuring[operation] = (diedDuring[operation] ?? 0) + 1;
    return this.#start();
  }

  /** When a later request has taken effect and before it is answered, or at any time. Answers during what. */
  async #killSoon(host: Host): Promise<string> {
    if (!this.#options.isStepwise && this.#chance.happens(0.4)) {
      await passed(this.#chance.between(0, 1_200));
      await host.pullThePlug();
      return 'any time';
    }
    const operation = await this.#nthRequest(this.#chance.between(1, 40), () => void host.pullThePlug());
    await host.pullThePlug();
    return operation;
  }

  /** Calls `strike` in the very step in which the simulator writes down the `count`th request from now, if it comes soon. */
  #nthRequest(count: number, strike: () => void): Promise<string> {
    const { ledger } = this.#services.meta;
    return new Promise((resolve) => {
      let left = count;
      const listeners = listenersOf(ledger);
      const listen = (entry: LedgerEntry): void => {
        left -= 1;
        if (left > 0) return;
        strike();
        end(entry.operation);
      };
      const end = (operation: string): void => {
        clearTimeout(timer);
        listeners.delete(listen);
        resolve(operation);
      };
      const timer = setTimeout(() => end('nothing'), longestWaitMs);
      listeners.add(listen);
    });
  }

  /** Presses the kill switch while posts go out, kills the process and starts it: still stopped, and nothing leaves. */
  async #stopThenKill(host: Host): Promise<Host> {
    await this.#nthRequest(this.#chance.between(1, 20), () => undefined);
    const pressedAt = performance.now();
    const { items: switches } = await setKillSwitch(host, true);
    const stoppedAt = Date.parse(switches.find(({ engaged }) => engaged)?.changedAt ?? '');
    this.#verdict.stoppedMs.push(performance.now() - pressedAt);
    await passed(underWayMs);
    const { entries } = this.#services.meta.ledger;
    const before = entries.length;
    await passed(this.#chance.between(0, 600));
    await host.pullThePlug();
    this.#verdict.diedDuring.stopped = (this.#verdict.diedDuring.stopped ?? 0) + 1;
    const started = await this.#start();
    const { items } = await started.api<{ items: { engaged: boolean }[] }>('GET', '/api/admin/kill-switch');
    if (!items.some(({ engaged }) => engaged)) this.#verdict.violations.push('I4 the kill switch was forgotten');
    await started.api('POST', '/api/admin/jobs/publish-due/run', {});
    const sent = entries.slice(before).filter(({ operation }) => irrevocable.has(operation));
    if (sent.length > 0) this.#verdict.violations.push(`I4 ${sent.length} requests arrived after the kill switch`);
    this.#stops.push({ from: stoppedAt, to: Date.now() });
    await setKillSwitch(started, false);
    return started;
  }
}

/** Requests that make something public. */
const irrevocable = new Set([
  'facebook.post.update',
  'facebook.comments.create',
  'instagram.media_publish',
  'instagram.comments.create',
]);

type Ledger = Services['meta']['ledger'];
const listening = new WeakMap<Ledger, Set<(entry: LedgerEntry) => void>>();

/** Those who are told of each request in the step in which it is written down. */
function listenersOf(ledger: Ledger): Set<(entry: LedgerEntry) => void> {
  const known = listening.get(ledger);
  if (known !== undefined) return known;
  const listeners = new Set<(entry: LedgerEntry) => void>();
  const append = ledger.append.bind(ledger);
  ledger.append = (entry: LedgerEntry) => {
    append(entry);
    for (const listen of listeners) listen(entry);
  };
  listening.set(ledger, listeners);
  return listeners;
}

/** By the journal: `sending` is committed before a request leaves. */
function sentWhileStopped(found: readonly Found[], stops: readonly { from: number; to: number }[]): string[] {
  const sendings = found.flatMap(({ attempts }) =>
    attempts.flatMap(({ events }) => events.filter(({ kind }) => kind === 'sending').map(({ at }) => Date.parse(at))),
  );
  return stops
    .filter(({ from, to }) => !(from < to) || sendings.some((at) => from < at && at < to))
    .map(({ from, to }) => `I4 something was sent between the stop at ${from} and its release at ${to}`);
}

function setKillSwitch(host: Host, engaged: boolean): Promise<{ items: KillSwitch[] }> {
  return host.api('PUT', '/api/admin/kill-switch', { scope: 'global', engaged, reason: 'rel:kill9' });
}

/** Real processes are at work: only real time moves them. */
function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
