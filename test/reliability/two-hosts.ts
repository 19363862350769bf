import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { placesOf } from '../../main/places.ts';
import type { Host as HostView } from '../../shared/contract/events.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import { type Host, makeDataDir, startHost, until } from '../e2e/host.ts';
import { type Services, startServices } from '../e2e/services.ts';
import { Chance } from './chance.ts';
import { type Customer, makeCustomers, publishNow } from './customers.ts';
import { type Found, judge, longestSettlingMs, settle, unended } from './settling.ts';

export interface TwoHostsOptions {
  /** How long the two are disturbed. */
  seconds: number;
  seed: number;
  /** Frozen holders stay so for the lease's own 100 s; otherwise the row is made to say that it lasts a second. */
  isRealLease?: boolean;
  /** Waits until every post has come to its end; otherwise what is still open is not judged. */
  isSettled?: boolean;
  /** The control: the epoch is not checked before something is sent, which must show. */
  isForgetful?: boolean;
}

export interface TwoHostsVerdict {
  posts: number;
  rounds: Record<Round, number>;
  epochs: number;
  /** Steps in which an attempt was about to be sent. */
  sendings: number;
  violations: string[];
}

const rounds = ['refuse', 'freeze', 'steal', 'kill'] as const;
type Round = (typeof rounds)[number];

/** A host whose lock on the data folder the other cannot see, as on a network share. */
interface Runner {
  name: 'left' | 'right';
  host: Host;
}

const customerCount = 3;
const takeOverWithinMs = 30_000;
const realTakeOverWithinMs = 150_000;
const briefLeaseMs = 1_000;

/** Two real hosts on one data folder; the networks live in this process and keep the ledger. */
export async function disturbTwoHosts(options: TwoHostsOptions): Promise<TwoHostsVerdict> {
  const data = makeDataDir();
  const services = await startServices();
  services.meta.settings.quotaTotal = 100_000;
  const two = new TwoHosts(options, data.path, services);
  try {
    return await two.run();
  } finally {
    await two.end();
    await services.close();
    data.remove();
  }
}

class TwoHosts {
  readonly #options: TwoHostsOptions;
  readonly #dataDir: string;
  readonly #services: Services;
  readonly #chance: Chance;
  readonly #hosts = new Map<Runner['name'], Host>();
  readonly #posts: Post[] = [];
  readonly #rounds: Record<Round, number> = { refuse: 0, freeze: 0, steal: 0, kill: 0 };
  readonly #violations: string[] = [];
  /** Where in the journal an epoch ended: what is sent after that is of a later one. */
  readonly #ends: { position: number; epoch: number }[] = [];

  constructor(options: TwoHostsOptions, dataDir: string, services: Services) {
    this.#options = options;
    this.#dataDir = dataDir;
    this.#services = services;
    this.#chance = new Chance(options.seed);
  }

  async run(): Promise<TwoHostsVerdict> {
    const first = await this.#start('left');
    const customers = await makeCustomers(first, this.#services, customerCount);
    await this.#start('right');
    const until = performance.now() + this.#options.seconds * 1_000;
    for (let round = 0; performance.now() < until || round < rounds.length; round++) {
      const kind = rounds[round % rounds.length] ?? 'freeze';
      this.#rounds[kind] += 1;
      await this.#disturb(kind, customers, `${this.#options.seed}.${round}`);
    }
    const ended = await this.#settle();
    const { epochs, sendings } = this.#judgeJournal();
    const violations = [...this.#violations, ...judge(this.#services, ended), ...this.#judgeDoubles()];
    return { posts: this.#posts.length, rounds: this.#rounds, epochs, sendings, violations };
  }

  async end(): Promise<void> {
    for (const host of this.#hosts.values()) await host.pullThePlug();
  }

  async #disturb(kind: Round, customers: readonly Customer[], mark: string): Promise<void> {
    const holder = await this.#holder();
    for (const [index, customer] of customers.entries()) {
      this.#posts.push(await publishNow(holder.host, customer, `${mark}.${index}`));
    }
    await new Promise((resolve) => setTimeout(resolve, this.#chance.between(0, 500)));
    switch (kind) {
      case 'refuse':
        return this.#refuse();
      case 'freeze':
        return this.#freeze(holder);
      case 'steal':
        return this.#steal();
      case 'kill':
        return this.#kill(holder);
    }
  }

  /** Where the lock can be seen, a further host does not even start. */
  async #refuse(): Promise<void> {
    const third = await startHost(this.#dataDir, this.#environment('left')).catch((error: unknown) => String(error));
    if (typeof third !== 'string') {
      await third.pullThePlug();
      this.#violations.push('I16 a further host started although the folder was locked');
    } else if (!third.includes('already running with this data folder')) {
      this.#violations.push(`I16 a further host was refused in other words: ${third.slice(0, 300)}`);
    }
  }

  /** The holder stands still for longer than its lease; the other takes over, then the first wakes up. */
  async #freeze(holder: Runner): Promise<void> {
    await this.#freezeOutsideTransaction(holder);
    try {
      await this.#otherTakesOver(holder);
    } finally {
      holder.host.signal('SIGCONT');
    }
    await this.#mustSay(holder, true);
  }

  /** Frozen in the middle of a transaction, a host keeps everybody out: then there is nothing to take over. */
  async #freezeOutsideTransaction({ host }: Runner): Promise<void> {
    for (;;) {
      host.signal('SIGSTOP');
      if (!this.#isLocked()) return;
      host.signal('SIGCONT');
      await new Promise((resolve) => setTimeout(resolve, this.#chance.between(1, 40)));
    }
  }

  #isLocked(): boolean {
    const database = new Database(placesOf(this.#dataDir, 'live').store, { timeout: 200 });
    try {
      database.exec('BEGIN IMMEDIATE; ROLLBACK');
      return false;
    } catch {
      return true;
    } finally {
      database.close();
    }
  }

  /** Somebody else writes the row: both must keep quiet until that one's lease has run out. */
  async #steal(): Promise<void> {
    this.#write((database) => {
      database.exec(
        `UPDATE runner SET epoch = epoch + 1, holder = 'thief', computer = 'nowhere', renewals = 0, lease_ms = ${briefLeaseMs}`,
      );
    });
    const stolen = this.#epoch();
    await until('one of the hosts has it back', async () => this.#epoch() > stolen, takeOverWithinMs);
    await this.#holder();
  }

  async #kill(holder: Runner): Promise<void> {
    await holder.host.pullThePlug();
    await this.#otherTakesOver(holder);
    await this.#start(holder.name);
    await this.#mustSay(holder, true);
  }

  async #otherTakesOver(holder: Runner): Promise<void> {
    const before = this.#epoch();
    if (this.#options.isRealLease !== true) {
      this.#write((database) => database.exec(`UPDATE runner SET lease_ms = ${briefLeaseMs}`), false);
    }
    const withinMs = this.#options.isRealLease === true ? realTakeOverWithinMs : takeOverWithinMs;
    await until('the other host has taken over', async () => this.#epoch() > before, withinMs);
    this.#noteEnd(before);
    const other = this.#runner(holder.name === 'left' ? 'right' : 'left');
    await this.#mustSay(other, false);
  }

  /** Waits for a host to say that it may not publish because of the lease, or that it may. */
  async #mustSay({ name, host }: Runner, isBarred: boolean): Promise<void> {
    const isAsWanted = async (): Promise<boolean> => {
      const { halts } = await (this.#hosts.get(name) ?? host).api<HostView>('GET', '/api/host');
      return halts.some(({ code }) => code === 'lease') === isBarred;
    };
    await until(`${name} ${isBarred ? 'waits for' : 'has'} the lease`, isAsWanted, takeOverWithinMs);
  }

  /** The one that may publish; waits until there is one. */
  async #holder(): Promise<Runner> {
    return until(
      'one of the hosts has the lease',
      async () => {
        for (const name of this.#hosts.keys()) {
          const runner = this.#runner(name);
          const { halts } = await runner.host.api<HostView>('GET', '/api/host');
          if (halts.length === 0) return runner;
        }
        return undefined;
      },
      takeOverWithinMs,
    );
  }

  #runner(name: Runner['name']): Runner {
    const host = this.#hosts.get(name);
    if (host === undefined) throw new Error(`There is no host on the ${name}.`);
    return { name, host };
  }

  async #start(name: Runner['name']): Promise<Host> {
    rmSync(placesOf(this.#dataDir, 'live').instanceLock, { force: true });
    const host = await startHost(this.#dataDir, this.#environment(name));
    this.#hosts.set(name, host);
    return host;
  }

  #environment(name: Runner['name']): Record<string, string> {
    const preloads = ['other-computer.ts', ...(this.#options.isForgetful === true ? ['forgetful-lease.ts'] : [])];
    const imports = preloads.map((preload) => `--import ${join(import.meta.dirname, preload)}`);
    return { ...this.#services.environment, NODE_OPTIONS: imports.join(' '), TEST_COMPUTER: name };
  }

  /** Changes the store from outside. What ends an epoch by itself is noted in the same transaction. */
  #write(change: (database: Database.Database) => void, isEnd = true): void {
    const database = this.#open();
    try {
      database.exec('BEGIN IMMEDIATE');
      const epoch = epochIn(database);
      change(database);
      if (isEnd) this.#ends.push({ position: positionIn(database), epoch: epoch + 1 });
      database.exec('COMMIT');
    } finally {
      database.close();
    }
  }

  /** Nothing of this epoch, nor of one before, is sent from here on. */
  #noteEnd(epoch: number): void {
    const database = this.#open();
    this.#ends.push({ position: positionIn(database), epoch });
    database.close();
  }

  #epoch(): number {
    const database = this.#open();
    try {
      return epochIn(database);
    } finally {
      database.close();
    }
  }

  #open(): Database.Database {
    return new Database(placesOf(this.#dataDir, 'live').store, { timeout: 5_000 });
  }

  async #settle(): Promise<Found[]> {
    if (this.#options.isSettled === false) return [];
    const { host } = await this.#holder();
    const found = await settle(host, this.#posts, longestSettlingMs);
    this.#violations.push(...unended(found));
    return found;
  }

  #judgeDoubles(): string[] {
    const seen = this.#services.meta.publicPosts();
    return Object.entries(Object.groupBy(seen, ({ platform, account, text }) => `${platform} ${account.id} ${text}`))
      .filter(([, posts]) => (posts?.length ?? 0) > 1)
      .map(([name, posts]) => `I1 ${name} is live ${posts?.length} times`);
  }

  /** In the order in which `sending` was committed, epochs only rise, and none goes on after its end. */
  #judgeJournal(): { epochs: number; sendings: number } {
    const database = this.#open();
    try {
      const sendings = database
        .prepare<[], { position: number; epoch: number }>(
          `SELECT event.position, attempt.epoch FROM attempt_events event
           JOIN publish_attempts attempt ON attempt.id = event.attempt_id
           WHERE event.kind = 'sending' ORDER BY event.position`,
        )
        .all();
      let highest = 0;
      for (const { position, epoch } of sendings) {
        if (epoch < highest) this.#violations.push(`I16 epoch ${epoch} sent after epoch ${highest} had begun`);
        highest = Math.max(highest, epoch);
        const over = this.#ends.find((end) => position > end.position && epoch <= end.epoch);
        if (over !== undefined) this.#violations.push(`I16 epoch ${epoch} sent after it had ended`);
      }
      return { epochs: epochIn(database), sendings: sendings.length };
    } finally {
      database.close();
    }
  }
}

function epochIn(database: Database.Database): number {
  return database.prepare<[], { epoch: number }>('SELECT epoch FROM runner').get()?.epoch ?? 0;
}

function positionIn(database: Database.Database): number {
  return (
    database.prepare<[], { position: number | null }>('SELECT max(position) AS position FROM attempt_events').get()
      ?.position ?? 0
  );
}
