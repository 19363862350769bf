import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { TargetRecord } from '../../main/core/ports/index.ts';
import { Chance } from './chance.ts';
import type { LivePost, NetworkWorld } from './ledger-network.ts';
import { type Places, placesIn, type RestoringApp, startRestoringApp } from './restoring-app.ts';
import { beginning, type Planned, planPosts, remoteIdOf, seed } from './restoring-posts.ts';

/** How data comes to be older than what was sent on the strength of it. */
export const ways = ['backup', 'older files', 'lost log', 'copy'] as const;
export type Way = (typeof ways)[number];

export interface RestoreRun {
  seed: number;
  way: Way;
  /** Planted: nobody asks how old the data is. */
  isBlind: boolean;
}

export interface RestoreVerdict {
  /** In words; empty when the promise was kept. */
  violations: string[];
  /** Posts and comments that are live more often than they were wanted. */
  duplicates: number;
  /** Posts that were live and unknown to the data when it came back. */
  forgotten: number;
  /** Targets that were found by themselves, and that people were asked about. */
  found: number;
  asked: number;
}

const minute = 60_000;

/**
 * One agency from its first post to the end: at some step its data is kept, it works on, the kept data comes back,
 * it works on, and at last a person answers what is asked. The networks' ledger judges.
 */
export async function runRestore(run: RestoreRun): Promise<RestoreVerdict> {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(join(parent, 'autosocial-restore-'));
  try {
    return await new RestoreWorld(run, folder).run();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

class RestoreWorld implements NetworkWorld {
  readonly chance: Chance;
  readonly ledger: LivePost[] = [];
  readonly staged: NetworkWorld['staged'] = new Map();
  faultRate = 0.2;
  readonly #run: RestoreRun;
  readonly #home: Places;
  readonly #kept: Places;
  readonly #planned: Planned[];
  readonly #keepAtStep: number;
  #app: RestoringApp | null = null;
  #steps = 0;
  #isKeeping = false;
  #keptBackup: string | null = null;
  #isKept = false;
  #forbidden = 0;

  constructor(run: RestoreRun, folder: string) {
    this.#run = run;
    this.chance = new Chance(run.seed * 7_919 + ways.indexOf(run.way));
    this.#home = placesIn(join(folder, 'home'));
    this.#kept = placesIn(join(folder, 'kept'));
    for (const place of [this.#home, this.#kept]) mkdirSync(dirname(place.store), { recursive: true });
    this.#planned = planPosts(this.chance, run.seed);
    this.#keepAtStep = this.chance.between(1, this.#planned.length * 16);
  }

  now(): number {
    return this.#app?.time.now() ?? beginning;
  }

  async run(): Promise<RestoreVerdict> {
    const { chance } = this;
    let app = await this.#start(beginning, this.#home, false);
    await seed(app.store, this.#planned);
    app.core.publishing.wake();
    await app.pass(chance.between(0, 12) * minute);
    if (chance.happens(0.4)) await this.#publishSomethingEarly(app);
    await app.pass(chance.between(4, 15) * minute);
    if (!this.#isKept) await this.#keep();
    if (chance.happens(0.5)) await app.pass(chance.between(1, 10) * minute);

    const places = await this.#bringBack(app);
    const cameBackAt = app.time.now() + chance.between(0, 40) * minute;
    app = await this.#start(cameBackAt, places, this.#run.isBlind);
    const forgotten = await this.#forgotten(app);
    await app.pass(minute);
    const violations: string[] = [];
    if (!this.#run.isBlind) await this.#takeOver(app, violations);
    await app.pass(45 * minute);
    const told = await this.#askPerson(app, violations);
    await app.pass(40 * minute);
    const duplicates = this.#judge(await statesOf(app, this.#planned), violations);
    if (this.#forbidden > 0) violations.push(`I12 ${this.#forbidden} requests left before all was settled`);
    await app.end('stop');
    return { violations, duplicates, forgotten, ...told };
  }

  async #start(at: number, places: Places, isBlind: boolean): Promise<RestoringApp> {
    const app = await startRestoringApp({
      places,
      world: this,
      at,
      isBlind,
      onForbiddenSend: () => {
        this.#forbidden += 1;
      },
    });
    this.#app = app;
    return app;
  }

  async step(): Promise<void> {
    if (this.#isKept || this.#isKeeping) return;
    this.#steps += 1;
    if (this.#steps >= this.#keepAtStep) await this.#keep();
  }

  /** Keeps the data as it is now; when it cannot be kept in this moment, in the next. */
  async #keep(): Promise<void> {
    const app = this.#app;
    if (app === null) return;
    this.#isKeeping = true;
    if (this.#run.way === 'backup') this.#keptBackup = (await app.backups.take('person')).id;
    this.#isKept = this.#run.way === 'lost log' ? emptyLog(this.#home.store) : true;
    if (this.#run.way === 'older files' || this.#run.way === 'copy') copyData(this.#home, this.#kept);
    this.#isKeeping = false;
  }

  /** Ends the app and puts the kept data where the next one looks. */
  async #bringBack(app: RestoringApp): Promise<Places> {
    const how = this.chance.happens(0.5) ? 'stop' : 'crash';
    switch (this.#run.way) {
      case 'backup':
        await app.end(how);
        await app.backups.prepareRestore(this.#keptBackup ?? '');
        return this.#home;
      case 'older files':
        await app.end(how);
        // Into the files that are there: as a sync tool does, or somebody who knows where they are.
        writeFileSync(this.#home.store, readFileSync(this.#kept.store));
        rmSync(`${this.#home.store}-shm`, { force: true });
        if (existsSync(`${this.#kept.store}-wal`)) copyFileSync(`${this.#kept.store}-wal`, `${this.#home.store}-wal`);
        return this.#home;
      case 'lost log': {
        const withoutLog = readFileSync(this.#home.store);
        await app.end('crash');
        writeFileSync(this.#home.store, withoutLog);
        for (const suffix of ['-wal', '-shm']) rmSync(this.#home.store + suffix, { force: true });
        return this.#home;
      }
      case 'copy':
        await app.end(how);
        return this.#kept;
    }
  }

  /** Live posts that the data takes for not sent. */
  async #forgotten(app: RestoringApp): Promise<number> {
    const states = await statesOf(app, this.#planned);
    return states.filter(
      ({ text, account, target }) =>
        target.status !== 'published' &&
        this.ledger.some((entry) => entry.text === text && entry.account === account && entry.under === null),
    ).length;
  }

  async #takeOver(app: RestoringApp, violations: string[]): Promise<void> {
    const isCopy = app.core.halts.list().some(({ code }) => code === 'copied');
    if (isCopy !== (this.#run.way === 'copy')) violations.push(`taken for a copy: ${isCopy}`);
    if (!isCopy) return;
    await app.pass(5 * minute);
    await app.core.dataAge.takeOver('mia');
  }

  /** Somebody looks at the accounts and tells the truth. */
  async #askPerson(app: RestoringApp, violations: string[]): Promise<{ found: number; asked: number }> {
    if (!this.#run.isBlind && app.core.halts.list().length > 0) {
      violations.push(`still halted: ${app.core.halts.first()?.message}`);
    }
    this.faultRate = 0;
    const states = await statesOf(app, this.#planned);
    const taken = new Set(states.map(({ target }) => target.remoteId));
    let asked = 0;
    for (const { postId, text, account, target } of states) {
      if (target.status !== 'held' && target.status !== 'failed') continue;
      if (target.errorMessage === null) violations.push(`I2 ${target.id} is ${target.status} without a reason`);
      asked += 1;
      const live = this.ledger.find(
        (entry) => entry.text === text && entry.account === account && entry.under === null && !taken.has(entry.id),
      );
      if (live !== undefined) taken.add(live.id);
      const answer =
        live === undefined
          ? { resolution: 'send_again' as const }
          : { resolution: 'published' as const, remoteId: live.id };
      await app.core.publishing.resolve({ postId, targetId: target.id, actor: 'mia', ...answer });
    }
    return { found: states.filter(({ target }) => target.status === 'published').length, asked };
  }

  /** @returns how much is live more often than it was wanted */
  #judge(states: readonly State[], violations: string[]): number {
    let duplicates = 0;
    for (const { key, text, account, wanted } of wantedTexts(this.#planned)) {
      const live = this.ledger.filter(
        (entry) => entry.text === text && entry.account === account && entry.under === null,
      );
      if (live.length > wanted) violations.push(`I1 ${key} is live ${live.length} times, wanted ${wanted}`);
      if (live.length < wanted && !this.#run.isBlind)
        violations.push(`I2 ${key} is live ${live.length} times, wanted ${wanted}`);
      duplicates += Math.max(0, live.length - wanted);
      for (const post of live) {
        const comments = this.ledger.filter(({ under }) => under === post.id).length;
        if (comments > 1) violations.push(`I1 ${key} has its first comment ${comments} times`);
        duplicates += Math.max(0, comments - 1);
      }
    }
    for (const { target } of states) {
      const isThere = this.ledger.some(({ id }) => id === target.remoteId);
      if (target.status !== 'published') violations.push(`I2 ${target.id} was left ${target.status}`);
      else if (target.remoteId !== null && !isThere)
        violations.push(`I3 ${target.id} is not live as ${target.remoteId}`);
    }
    return duplicates;
  }

  /** A person is impatient: what older data takes for due tomorrow may be live. */
  async #publishSomethingEarly(app: RestoringApp): Promise<void> {
    const later = this.#planned.find(({ post }) => post.scheduledFor > app.time.now());
    if (later === undefined) return;
    await app.store.posts.update(later.post.id, { publishNowAt: app.time.now() });
    app.core.publishing.wake();
  }
}

/** True when the log could be emptied: what is lost with it later is all that comes from here on. */
function emptyLog(file: string): boolean {
  const other = new Database(file, { timeout: 0 });
  try {
    const [answer] = other.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return answer?.busy === 0;
  } catch {
    // A transaction is under way; the next step is as good.
    return false;
  } finally {
    other.close();
  }
}

function copyData(from: Places, to: Places): void {
  for (const suffix of ['', '-wal']) {
    if (existsSync(from.store + suffix)) cpSync(from.store + suffix, to.store + suffix);
  }
  if (existsSync(from.lastAttempt)) cpSync(from.lastAttempt, to.lastAttempt);
}

interface State {
  postId: string;
  text: string;
  account: string;
  target: TargetRecord;
}

async function statesOf({ store }: RestoringApp, planned: readonly Planned[]): Promise<State[]> {
  const states: State[] = [];
  for (const { post } of planned) {
    for (const target of await store.targets.listOfPost(post.id)) {
      states.push({ postId: post.id, text: post.caption, account: remoteIdOf(target.accountId), target });
    }
  }
  return states;
}

function wantedTexts(planned: readonly Planned[]) {
  const texts = new Map<string, { key: string; text: string; account: string; wanted: number }>();
  for (const { post, targets } of planned) {
    for (const { accountId } of targets) {
      const account = remoteIdOf(accountId);
      const key = `“${post.caption}” on ${account}`;
      const known = texts.get(key) ?? { key, text: post.caption, account, wanted: 0 };
      texts.set(key, { ...known, wanted: known.wanted + 1 });
    }
  }
  return [...texts.values()];
}
