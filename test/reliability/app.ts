import type { Renewal } from '../../main/core/accounts/renewals.ts';
import { createActivity } from '../../main/core/activity/activity.ts';
import { Changes } from '../../main/core/activity/changes.ts';
import { type Brands, createBrands } from '../../main/core/clients/brand.ts';
import type { Halt } from '../../main/core/control/halts.ts';
import { createHalts } from '../../main/core/control/halts.ts';
import { createLease, type Epoch, type LeaseDeps } from '../../main/core/control/lease.ts';
import { createKillSwitch, type KillSwitch } from '../../main/core/control/kill-switch.ts';
import {
  type AccountRecord,
  type Log,
  NetworkFailure,
  Secret,
  SecretUnreadable,
  type Store,
} from '../../main/core/ports/index.ts';
import { clipSize } from '../../shared/domain/crop.ts';
import { createPipeline, type Pipeline } from '../../main/core/pipeline/pipeline.ts';
import type { PublishingDeps } from '../../main/core/publishing/context.ts';
import { createPublishing, type Publisher } from '../../main/core/publishing/publishing.ts';
import { systemDigest } from '../../main/host/chance.ts';
import { plainLease } from '../doubles/plain-lease.ts';
import { upToDate } from '../doubles/up-to-date.ts';
import { Chance } from './chance.ts';
import type { SiteKind } from './faults.ts';
import { faultyStore, type Steps } from './faulty-store.ts';
import type { Platform } from './platform.ts';
import { accountOf, type Answer, responseOf } from './platform-records.ts';
import { answersAfterMs, simulatedNetworks, Unreachable } from './simulated-networks.ts';
import type { Profile, ScenarioAccount } from './scenario.ts';
import type { WorldTime } from './world-time.ts';

/** What a planted bug may change in the app. */
export interface Bug {
  name: string;
  /** Few runs meet it: only the enumeration is sure to find it. */
  isRare?: boolean;
  /** The random worlds that meet it; the default ones when there is none. */
  profile?: Profile;
  store?(store: Store): Store;
  deps?(deps: PublishingDeps, app: App): PublishingDeps;
  /** Runs before the app takes up what an earlier run left. */
  beforeStart?(store: Store): Promise<void>;
}

/** The world as one run of the app meets it. */
export interface Surroundings {
  time: WorldTime;
  platform: Platform;
  store: Store;
  isRenewable: boolean;
  /** The app's own lease with its times, instead of one that others can take at any moment. */
  hasLease: boolean;
  /** Called at the start of each step; `fail` makes the step fail instead of being done. */
  before(app: App, site: string, kind: SiteKind): { number: number; fail: Error | null };
  /** Called when the step is done. */
  after(app: App, step: number): void;
  /** The app let go of an irrevocable request: its last check is behind it. */
  gatePassed(app: App, request: Request): void;
  /** Why nothing may be sent now, or null. */
  halt(): Halt | null;
  /** The request has reached the network. */
  receive(request: Request, reply: (answer: Answer) => void): void;
  nextId(): string;
  trace(line: string): void;
}

/** One run of the app's own publishing core, until it crashes. */
export class App implements Steps {
  readonly bootId: string;
  readonly crashed: Promise<never>;
  readonly killSwitch: KillSwitch;
  readonly publisher: Publisher;
  readonly pipeline: Pipeline;
  readonly brands: Brands;
  /** Messages the app wrote as errors. */
  readonly errors: string[] = [];
  inTransaction = false;
  /** Timers that were set and have neither fired nor been cancelled. */
  timersWaiting = 0;
  isDead = false;
  readonly #world: Surroundings;
  readonly #bug: Bug | null;
  readonly #store: Store;
  readonly #lease: RunLease;
  #crash: () => void = () => undefined;

  constructor(bootNumber: number, world: Surroundings, bug: Bug | null) {
    this.bootId = `boot-${bootNumber}`;
    this.#world = world;
    this.#bug = bug;
    this.crashed = new Promise((_, reject) => {
      this.#crash = () => reject(new Error('The app crashed.'));
    });
    this.crashed.catch(() => undefined);

    const changes = new Changes();
    const store = bug?.store?.(faultyStore(world.store, this)) ?? faultyStore(world.store, this);
    const chance = new Chance(bootNumber);
    const shared = {
      clock: world.time,
      random: {
        fraction: () => chance.fraction(),
        bytes: (length: number) => new Uint8Array(length),
        id: () => world.nextId(),
      },
      log: this.#log(),
      store,
      changes,
    };
    const activity = createActivity(shared);
    this.killSwitch = createKillSwitch({ ...shared, activity });
    const timers = this.#timers();
    this.#lease = leaseOf({ ...shared, activity, timers }, this, world.hasLease);
    const halts = createHalts([() => this.#lease.halt(), () => world.halt()]);
    const deps: PublishingDeps = {
      ...shared,
      activity,
      killSwitch: this.killSwitch,
      timers,
      digest: systemDigest,
      networks: simulatedNetworks(world.platform, world.time, (site, ask) => this.#call(site, ask)),
      files: drawnFiles,
      bootId: this.bootId,
      lease: this.#lease,
      halt: () => halts.first(),
      dataAge: upToDate,
      locked: () => null,
      openAccess: (account) => this.#access(account),
      renewAccess: (accountId) => this.#renew(accountId),
      http: (request, limits) => this.#http(request, limits),
    };
    const used = bug?.deps?.(deps, this) ?? deps;
    this.publisher = createPublishing(used);
    this.pipeline = createPipeline({ ...used, publishing: this.publisher });
    this.brands = createBrands(used);
    this.#store = store;
  }

  /** @throws Error when it could not start, as a process that ends with an error */
  async start(): Promise<void> {
    await this.#bug?.beforeStart?.(this.#world.store);
    await this.killSwitch.load();
    await this.#lease.start();
    await this.publisher.start();
  }

  /** The process is gone: nothing it was about to do happens, nothing it waited for arrives. */
  crash(): void {
    this.isDead = true;
    this.#crash();
  }

  /** One run of the job. What goes wrong in it is written to the app's log, and the next run comes. */
  async followUp(): Promise<void> {
    await this.around('job', 'timer', () => this.publisher.followUp()).catch((error: unknown) => {
      this.#world.trace(`the follow-up failed: ${String(error)}`);
    });
  }

  /** A person disconnects an account, or connects it again. */
  async setDisconnected(account: ScenarioAccount, isDisconnected: boolean): Promise<void> {
    const disconnectedAt = isDisconnected ? this.#world.time.now() : null;
    await this.#store.accounts.update(account.id, { disconnectedAt, status: 'connected', statusReason: null });
    if (!isDisconnected) this.#world.platform.tokens.renew(account);
  }

  async around<T>(site: string, kind: SiteKind, run: () => Promise<T>): Promise<T> {
    if (this.isDead) return never();
    const { number, fail } = this.#world.before(this, site, kind);
    if (this.isDead) return never();
    if (fail !== null) throw fail;
    try {
      return await run();
    } finally {
      if (!this.isDead) this.#world.after(this, number);
      if (this.isDead) await never();
    }
  }

  async open(site: string, kind: SiteKind): Promise<() => Promise<void>> {
    if (this.isDead) return never();
    const { number, fail } = this.#world.before(this, site, kind);
    if (this.isDead) return never();
    if (fail !== null) throw fail;
    return async () => {
      if (!this.isDead) this.#world.after(this, number);
      if (this.isDead) await never();
    };
  }

  async unlessCrashed<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      if (this.isDead) await never();
    }
  }

  #timers(): PublishingDeps['timers'] {
    return {
      after: (delayMs, run) => {
        let isWaiting = true;
        const end = (): void => {
          if (isWaiting) this.timersWaiting -= 1;
          isWaiting = false;
        };
        this.timersWaiting += 1;
        const timer = this.#world.time.after(delayMs, () => {
          end();
          if (!this.isDead) void this.around('timer', 'timer', async () => run());
        });
        return {
          cancel() {
            end();
            timer.cancel();
          },
        };
      },
    };
  }

  async #http(request: Request, { timeoutMs, signal }: Parameters<PublishingDeps['http']>[1]): Promise<Response> {
    this.#world.gatePassed(this, request);
    return this.around(
      siteOf(request),
      'network',
      () =>
        new Promise<Response>((resolve, reject) => {
          const timer = this.#world.time.after(timeoutMs, () => reject(new Error('No answer in time.')));
          signal?.addEventListener('abort', () => reject(new Error('The call was ended.')));
          this.#world.receive(request, (answer) => {
            timer.cancel();
            if (answer.kind === 'silent') return;
            if (answer.kind === 'unreachable') reject(new Unreachable('Connection refused.'));
            else resolve(responseOf(answer));
          });
        }),
    );
  }

  /** A call that can be repeated: quick, or it times out after half a minute. */
  #call<T>(site: string, ask: () => T): Promise<T> {
    return this.around(
      site,
      'network',
      () =>
        new Promise<T>((resolve, reject) => {
          let result: () => void;
          let takesMs = answersAfterMs;
          try {
            const value = ask();
            result = () => resolve(value);
          } catch (error) {
            if (error instanceof NetworkFailure && error.failure.code === 'silent') takesMs = 30_000;
            result = () => reject(error as Error);
          }
          this.#world.time.after(takesMs, result);
        }),
    );
  }

  #access(account: AccountRecord): ReturnType<PublishingDeps['openAccess']> {
    if (account.disconnectedAt !== null) throw new SecretUnreadable('Its tokens were erased.');
    return {
      accountId: account.id,
      remoteId: account.remoteId,
      via: account.via,
      pageId: null,
      username: null,
      token: new Secret(this.#world.platform.tokens.of(accountOf(account))),
      scopes: [],
      audited: false,
    };
  }

  #renew(accountId: string): Promise<Renewal> {
    return this.around('renew', 'network', async () => {
      const record = await this.#world.store.accounts.get(accountId);
      if (!this.#world.isRenewable || record === undefined) return 'reconnect';
      this.#world.platform.tokens.renew(accountOf(record));
      return 'renewed';
    });
  }

  #log(): Log {
    const keep = (message: string, fields?: Record<string, unknown>): void => {
      const line = `${message} ${JSON.stringify(fields ?? {})}`;
      this.errors.push(line);
      this.#world.trace(line);
    };
    return { info: () => undefined, warn: () => undefined, error: keep };
  }
}

function siteOf(request: Request): string {
  return new URL(request.url).pathname.endsWith('/comment') ? 'http.comment' : 'http.publish';
}

interface RunLease extends Epoch {
  start(): Promise<void>;
  halt(): Halt | null;
}

/** The lease in the app's store, that a later run always takes: to it, the earlier one is dead. */
function leaseOf(deps: Omit<LeaseDeps, 'bootId' | 'computer' | 'onBegin'>, app: App, isReal: boolean): RunLease {
  const { bootId } = app;
  if (isReal) return createLease({ ...deps, bootId, computer: 'here', onBegin: () => app.publisher.takeUp() });
  const plain = plainLease(deps.store, bootId);
  return { ...plain, start: () => plain.take(), halt: () => null };
}

/** Pictures that show the name they are kept by. */
const drawnFiles = new Proxy({} as PublishingDeps['files'], {
  get: (_, name) => {
    if (name === 'makesClips') return () => false;
    if (name === 'prepare') return draw;
    return () => Promise.reject(new Error('There are no other files here.'));
  },
});

const draw: PublishingDeps['files']['prepare'] = (sha256) =>
  Promise.resolve({
    kind: 'image',
    mime: 'image/jpeg',
    bytes: new TextEncoder().encode(sha256),
    ...clipSize,
    durationMs: null,
  });

function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
