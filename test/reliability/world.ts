import { createHash } from 'node:crypto';
import type { Halt } from '../../main/core/control/halts.ts';
import { DiskFull, StoreBusy } from '../../main/store/unusable.ts';
import { App, type Bug, type Surroundings } from './app.ts';
import { Chance } from './chance.ts';
import { canHappen, type FaultPlan, type SiteKind, type Strike } from './faults.ts';
import { judgeAtGate, type Wishes } from './gate-judge.ts';
import { Person } from './person.ts';
import { Platform } from './platform.ts';
import { type Answer, arrivalOf } from './platform-records.ts';
import { accounts, beginning, minute, type Scenario } from './scenario.ts';
import { Team } from './team.ts';
import { type Asked, judge, whoWasAsked } from './verdict.ts';
import type { WorldStore } from './world-store.ts';
import type { WorldTime } from './world-time.ts';

/** After the faults have ended everything must have come to rest within this: 30 minutes, and F. */
const restWithinMs = 40 * minute;
/** A network may have sent the app away for so long. */
const longestWaitMs = 3 * 60 * minute;
/** Watched on for this long, so that nothing comes late. */
const watchOnMs = 100_000;
const diskFullForMs = 90_000;
const followsUpEveryMs = 2 * minute;
/** A process that another took over from goes on for this long before it ends; it may get its lease back meanwhile. */
const overthrownForMs = 6 * minute;
/** More timers of the app than this are a leak. */
const mostTimers = 4;

export interface Verdict {
  /** What went wrong, in words; empty when the promise was kept. */
  violations: string[];
  steps: number;
  /** How often each site was passed, and with each fault: `targets.due` and `targets.due × kill`. */
  sites: Map<string, number>;
  asked: Asked;
  targets: number;
  published: number;
  /** SHA-256 of everything that happened, in order. */
  traceHash: string;
  /** All that in words, when it was asked for. */
  trace: string[];
  /** How late each irrevocable request for a post left, ms; only where nobody moves posts. */
  lateness: number[];
}

export interface WorldOptions {
  scenario: Scenario;
  faults: FaultPlan;
  bug?: Bug | null;
  /** Faults go on to the end: only what may never happen is judged, not that all comes to rest. */
  isSafetyOnly?: boolean;
  /** Nothing is judged: to prove that a tool notices that. */
  isBlind?: boolean;
  keepTrace?: boolean;
}

/** One world from its beginning to its rest: the app's core over its real store, and simulated networks. */
export class World implements Surroundings {
  readonly time: WorldTime;
  readonly platform: Platform;
  readonly store: WorldStore['store'];
  readonly isRenewable: boolean;
  readonly hasLease: boolean;
  readonly #files: WorldStore;
  readonly #options: WorldOptions;
  readonly #chance: Chance;
  readonly #person: Person;
  readonly #team: Team;
  readonly #wishes: Wishes;
  readonly #trace: string[] = [];
  readonly #sites = new Map<string, number>();
  readonly #violations: string[] = [];
  readonly #lateness: number[] = [];
  /** Steps after which the app crashes. */
  readonly #crashAfter = new Set<number>();
  /** Processes that go on although another was started, and since when, UTC ms. */
  readonly #overthrown = new Map<App, number>();
  #app: App | null = null;
  #isStarted = false;
  #boots = 0;
  #steps = 0;
  #ids = 0;
  #diskFullUntil = 0;
  #diskLowUntil = 0;
  #faultsEnded = false;
  #checkAgainAt = 0;

  constructor(time: WorldTime, files: WorldStore, options: WorldOptions) {
    const { scenario } = options;
    const trace = (line: string): void => this.trace(line);
    const app = (): App | null => (this.#isStarted ? this.#app : null);
    this.time = time;
    this.#files = files;
    this.store = files.store;
    this.#options = options;
    this.isRenewable = scenario.isRenewable;
    this.hasLease = scenario.hasLease;
    this.#chance = new Chance(scenario.seed * 97 + 3);
    this.platform = new Platform(time, new Chance(scenario.seed * 31 + 1), scenario);
    this.#person = new Person({ time, chance: this.#chance, app, isAlone: scenario.posts.length === 1, trace });
    const chance = new Chance(scenario.seed * 53 + 11);
    this.#team = new Team({ time, chance, app, scenario, view: this.platform, trace });
    this.#wishes = {
      isStopped: (account) => this.#person.isStopped(account),
      bannedIn: (text, account, now) => this.#team.bannedIn(text, account, now),
      isApproved: (text) => this.#team.isApproved(text),
      halt: () => this.halt(),
      isDisconnected: (account, now) => this.#team.isDisconnected(account, now),
    };
  }

  async run(): Promise<Verdict> {
    const { scenario, isSafetyOnly = false } = this.#options;
    this.#boot();
    let isOver = false;
    this.time.after(scenario.faultsEndAt - beginning, () => {
      isOver = true;
    });
    await this.time.pass(Number.POSITIVE_INFINITY, () => isOver || this.#isQuiet());
    if (!isSafetyOnly) this.#endFaults();
    const restsWithin = restWithinMs + (scenario.isLimited ? longestWaitMs : 0);
    await this.time.pass(this.time.now() + restsWithin, () => this.#isQuiet());
    const isQuiet = this.#isQuiet(true);
    await this.time.pass(this.time.now() + watchOnMs);
    if (!isSafetyOnly && !isQuiet) this.#violations.push('I14 the world did not come to rest');
    const timersLeft = this.#app?.timersWaiting ?? 0;
    if (!isSafetyOnly && timersLeft > mostTimers) this.#violations.push(`I14 ${timersLeft} timers are left`);
    const verdict = this.#judge(!isSafetyOnly);
    await this.#shutDown();
    return verdict;
  }

  #judge(isAtRest: boolean): Verdict {
    const { scenario } = this.#options;
    const evidence = { scenario, ledger: this.platform.ledger, database: this.#files.committed, isAtRest };
    const violations = [...this.#violations, ...this.platform.offences, ...judge(evidence)];
    return {
      violations: this.#options.isBlind === true ? [] : violations,
      steps: this.#steps,
      sites: this.#sites,
      asked: whoWasAsked(evidence),
      targets: scenario.posts.flatMap(({ targets }) => targets).length,
      published: this.platform.ledger.filter(({ under }) => under === null).length,
      traceHash: createHash('sha256').update(this.#trace.join('\n')).digest('hex'),
      trace: this.#options.keepTrace === true ? this.#trace : [],
      lateness: this.#lateness,
    };
  }

  async #shutDown(): Promise<void> {
    for (const app of this.#overthrown.keys()) app.crash();
    this.#app?.crash();
    this.#app = null;
    await this.time.pass(this.time.now());
  }

  #boot(): void {
    this.#boots += 1;
    const app = new App(this.#boots, this, this.#options.bug ?? null);
    this.#app = app;
    this.#isStarted = false;
    this.trace(`boot ${this.#boots}`);
    app.start().then(
      () => {
        if (this.#app === app) this.#isStarted = true;
        if (this.#options.scenario.isFollowedUp) this.#followUpLater(app);
      },
      (error: unknown) => {
        this.trace(`could not start: ${String(error)}`);
        if (!app.isDead) this.#crash(app);
      },
    );
  }

  #followUpLater(app: App): void {
    this.time.after(followsUpEveryMs, () => {
      if (app.isDead) return;
      void app.followUp().then(() => this.#followUpLater(app));
    });
  }

  #crash(app: App, thenBoot: () => void = () => this.#boot(), afterMs = this.#chance.pick(downtimesMs)): void {
    app.crash();
    if (this.#app !== app) return;
    this.#app = null;
    this.#isStarted = false;
    this.time.after(afterMs, thenBoot);
  }

  /** The computer goes out and comes back later. What was not committed is gone, as after any crash. */
  #cutPower(): void {
    for (const app of this.#overthrown.keys()) app.crash();
    this.#overthrown.clear();
    if (this.#app === null) return;
    const reboot = (): void => {
      this.time.reboot();
      this.#boot();
    };
    this.#crash(this.#app, reboot, this.#chance.pick([1, 4, 20]) * minute);
  }

  /** Another process takes over; this one goes on for a while, and learns of it from the store alone. */
  #overthrow(app: App): void {
    if (this.#app !== app) return;
    this.#overthrown.set(app, this.time.now());
    this.time.after(overthrownForMs, () => app.crash());
    this.#boot();
  }

  before(app: App, site: string, kind: SiteKind): { number: number; fail: Error | null } {
    const number = ++this.#steps;
    this.#count(site);
    this.trace(`${number} ${site}${this.#overthrown.has(app) ? ' (overthrown)' : ''}`);
    if (this.#faultsEnded) return { number, fail: null };
    if (kind === 'write' && this.time.now() < this.#diskFullUntil) return { number, fail: this.#diskFull() };
    const fault = this.#options.faults.at({ number, site, kind, standing: () => this.#standing() });
    if (fault === 'meddle') {
      this.#team.meddle();
      return { number, fail: null };
    }
    if (fault === null || !canHappen(fault, kind)) return { number, fail: null };
    this.#count(`${site} × ${fault}`);
    this.trace(`  ${fault}`);
    return { number, fail: this.#strike(app, number, fault) };
  }

  #strike(app: App, step: number, fault: Exclude<Strike, 'meddle'>): Error | null {
    switch (fault) {
      case 'crash-before':
        this.#crash(app);
        return null;
      case 'crash-after':
        this.#crashAfter.add(step);
        return null;
      case 'power-cut':
        this.#cutPower();
        return null;
      case 'kill':
        this.#person.stopSomething();
        return null;
      case 'suspend':
        this.time.sleep(60 * minute);
        return null;
      case 'nap':
        this.time.sleep(10 * minute);
        return null;
      case 'lost-lease':
        this.#overthrow(app);
        return null;
      case 'disk-full':
        this.#diskFullUntil = this.time.now() + diskFullForMs;
        return this.#diskFull();
      case 'disk-low':
        this.#diskLowUntil = this.time.now() + diskFullForMs;
        return null;
      case 'busy':
        return new StoreBusy(this.#files.file);
      case 'token-revoked':
        this.platform.tokens.revokeAll();
        return null;
    }
  }

  after(app: App, step: number): void {
    if (this.#crashAfter.delete(step)) this.#crash(app);
  }

  halt(): Halt | null {
    if (this.time.now() < this.#diskLowUntil) return { code: 'disk', message: 'The disk is nearly full.' };
    return null;
  }

  gatePassed(app: App, request: Request): void {
    const arrival = arrivalOf(request, this.time.now());
    const { account, text, under } = arrival;
    const now = this.time.now();
    this.trace(`gate passed ${account.id}`);
    if ((this.#overthrown.get(app) ?? now) < now && this.#files.holder() !== app.bootId) {
      this.#violations.push(`I16 a process that another had taken over from sent for ${account.id}`);
    }
    const leaving = { account, text, isComment: under !== null, now };
    this.#violations.push(...judgeAtGate(leaving, this.#files, this.#wishes));
    this.platform.limits.tried(arrival);
    const post = this.#options.scenario.posts.find((one) => one.text === text);
    if (under === null && post !== undefined) this.#lateness.push(now - post.dueAt);
  }

  receive(request: Request, reply: (answer: Answer) => void): void {
    const arrival = arrivalOf(request, this.time.now());
    this.trace(`received ${JSON.stringify({ ...arrival, account: arrival.account.id })}`);
    this.platform.receive(arrival, (request.headers.get('authorization') ?? '').slice('Bearer '.length), (answer) => {
      this.trace(`answered ${JSON.stringify(answer)}`);
      reply(answer);
    });
  }

  /** The networks behave, the disk has room, and the accounts are connected again. */
  #endFaults(): void {
    this.#faultsEnded = true;
    this.#diskLowUntil = 0;
    this.platform.faultRate = 0;
    this.#team.stop();
    for (const account of accounts) this.platform.tokens.renew(account);
    this.#files.reconnect();
    this.trace('the faults end');
    this.#team.releaseOverdue();
  }

  #isQuiet(isAskedNow = false): boolean {
    if (!isAskedNow && this.time.now() < this.#checkAgainAt) return false;
    this.#checkAgainAt = this.time.now() + 5_000;
    const arePeopleBusy = this.#person.isBusy || this.#team.isBusy;
    return this.#isStarted && !arePeopleBusy && this.platform.isQuiet && this.#files.isAtRest();
  }

  #standing(): string {
    return `${this.#boots} ${this.platform.ledger.length} ${this.platform.isQuiet} ${this.#files.standing()}`;
  }

  #diskFull(): Error {
    return new DiskFull(this.#files.file);
  }

  #count(name: string): void {
    this.#sites.set(name, (this.#sites.get(name) ?? 0) + 1);
  }

  nextId(): string {
    return `id-${String(++this.#ids).padStart(8, '0')}`;
  }

  trace(line: string): void {
    this.#trace.push(`${this.time.now() - beginning} ${line}`);
  }
}

const downtimesMs = [2_000, 30_000, 10 * minute, 3_000] as const;
