import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Log } from '../../main/core/ports/index.ts';
import { diskOf } from '../../main/host/disk.ts';
import { ballastOf } from '../../main/store/ballast.ts';
import { openStore } from '../../main/store/open.ts';
import { StoreNotWritable } from '../../main/store/unusable.ts';
import { VirtualTime } from '../doubles/virtual-time.ts';
import { connectionTo } from './connections.ts';
import { fill } from './full-disk.ts';
import {
  dueAt,
  minute,
  NamingNetwork,
  type PublishingApp,
  type PublishingAppOptions,
  seedPosts,
  startPublishingApp,
  tickMs,
} from './publishing-app.ts';
import type { Check } from './report.ts';

export interface DiskOptions {
  /** Every how many pages and moments the disk fails; 1 for all of them. */
  stride: number;
}

/** One way in which the disk fails, and what came of it. */
interface Outcome {
  name: string;
  violations: string[];
  /** The app really got to feel it. */
  wasMet: boolean;
}

/** Publishes posts and their first comments on disks that fail in every way at every moment. */
export async function diskTrouble({ stride }: DiskOptions): Promise<{
  figures: Record<string, unknown>;
  checks: Check[];
}> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'autosocial-disk-'));
  const seeded = join(folder, 'seeded.db');
  try {
    await makeSeeded(seeded);
    const place = { folder, seeded };
    const pages = await untilUnmet(stride, (count) => fullAtPage(place, count));
    const moments = await untilUnmet(stride, (count) => unwritableAtMoment(place, count));
    const others = [await readOnly(place), await held(place)];
    const real = await onDiskOfItsOwn(place, stride);
    const groups = [
      { name: 'full at every page', outcomes: pages },
      { name: 'unwritable at every moment', outcomes: moments },
      { name: 'read-only, and held by another program', outcomes: others },
      { name: 'a disk of its own, full to the last byte at every moment', outcomes: real ?? [] },
    ];
    return {
      figures: {
        pages: pages.length,
        moments: moments.length,
        realDisk: real?.length ?? 'skipped: a disk can be made by root on Linux only',
        met: groups.flatMap(({ outcomes }) => outcomes).filter(({ wasMet }) => wasMet).length,
      },
      checks: groups.filter(({ outcomes }) => outcomes.length > 0).map(({ name, outcomes }) => checkOf(name, outcomes)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checkOf(name: string, outcomes: readonly Outcome[]): Check {
  const why = outcomes
    .filter(({ violations }) => violations.length > 0)
    .map((outcome) => `${outcome.name}: ${outcome.violations.join('; ')}`);
  if (!outcomes.some(({ wasMet }) => wasMet)) why.push('no write ever failed: this was blind');
  return { name, isGood: why.length === 0, why: why.slice(0, 5).join('\n  ') };
}

/** Later and later, until the app no longer meets it. */
async function untilUnmet(stride: number, attempt: (count: number) => Promise<Outcome>): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let count = 0; outcomes.at(-1)?.wasMet !== false; count += stride) outcomes.push(await attempt(count));
  return outcomes;
}

const posts = 8;
/** From the start of a run until the last post is past due. */
const allDueMs = 10 * minute + (posts + 1) * minute;
/** Look-ups, and what is tried again, are over by then. */
const restMs = 20 * minute;
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function makeSeeded(file: string): Promise<void> {
  const store = await openStore({ file, clock: new VirtualTime(dueAt - 10 * minute), log: silent });
  await seedPosts(store, posts);
  await store.close();
}

interface Place {
  /** Runs get folders of their own in it. */
  folder: string;
  seeded: string;
}

interface Run {
  app: PublishingApp;
  network: NamingNetwork;
  file: string;
  violations: string[];
}

/**
 * Runs the app on a copy of the seeded store and judges it when `work` has made the disk well again.
 * @param work answers whether the app met the trouble
 */
async function run(
  name: string,
  { folder, seeded }: Place,
  change: Partial<PublishingAppOptions>,
  work: (run: Run) => Promise<boolean>,
): Promise<Outcome> {
  const home = mkdtempSync(join(folder, 'run-'));
  const file = join(home, 'autosocial.db');
  copyFileSync(seeded, file);
  const network = new NamingNetwork('facebook');
  const time = new VirtualTime(dueAt - 10 * minute);
  const violations: string[] = [];
  const crash = (error: unknown): void => void violations.push(`crashed: ${String(error)}`);
  process.on('unhandledRejection', crash);
  let wasMet = false;
  try {
    const app = await startPublishingApp({ file, time, network, ...change });
    wasMet = await work({ app, network, file, violations });
    violations.push(...(await judge(app, network, time)));
    await app.close();
  } catch (error) {
    crash(error);
  } finally {
    process.off('unhandledRejection', crash);
    rmSync(home, { recursive: true, force: true });
  }
  return { name, violations, wasMet };
}

/** From now on all is well: within one tick what is due moves again, and in the end everything is live, once. */
async function judge(app: PublishingApp, network: NamingNetwork, time: VirtualTime): Promise<string[]> {
  const wellAt = time.now();
  await app.pass(tickMs + 1_000);
  const stuck = await app.store.targets.due(wellAt, 100);
  const untouched = stuck.filter(({ target }) => target.nextAttemptAt === null);
  const violations = untouched.map(({ target }) => `${target.id} still waits a tick after the trouble was over`);
  if (app.store.halt() !== null) violations.push(`still halted: ${app.store.halt()?.message}`);
  await app.pass(restMs);
  for (let number = 1; number <= posts; number++) {
    const status = (await app.store.targets.get(`target-${number}`))?.status;
    if (status !== 'published') violations.push(`target-${number} is ${status}`);
    const live = network.live.filter(({ text }) => text.startsWith(`Offer ${number}:`)).length;
    if (live !== 1) violations.push(`post ${number} is live ${live} times`);
    const comments = network.commented.filter(({ text }) => text.startsWith(`Order ${number} `)).length;
    if (comments !== (number % 2 === 0 ? 1 : 0)) violations.push(`post ${number} has ${comments} comments`);
  }
  if ((await app.store.verifyJournal()).broken !== null) violations.push('the journal is broken');
  return [...violations, ...app.unwritten.map((url) => `${url} left without its row`)];
}

/** The file may become so many pages larger and no more, until all posts are past due. */
function fullAtPage(place: Place, pages: number): Promise<Outcome> {
  return run(`${pages} pages left`, place, {}, async ({ app, file }) => {
    const connection = connectionTo(file);
    const used = Number(connection.pragma('page_count', { simple: true }));
    connection.pragma(`max_page_count = ${used + pages}`);
    await app.pass(allDueMs);
    connection.pragma('max_page_count = 4294967294');
    return app.errors.some((line) => line.includes('is full'));
  });
}

/** From this moment on at which the app meets its network, nothing can be written, until all posts are past due. */
function unwritableAtMoment(place: Place, moment: number): Promise<Outcome> {
  const strike = atMoment(moment);
  return run(`unwritable at moment ${moment}`, place, { onMoment: strike.count }, async ({ app, file }) => {
    const connection = connectionTo(file);
    strike.work = () => connection.pragma('query_only = ON');
    await app.pass(allDueMs);
    connection.pragma('query_only = OFF');
    return strike.isDone;
  });
}

/** Nothing can be written from the start. */
function readOnly(place: Place): Promise<Outcome> {
  return run('read-only', place, {}, async ({ app, network, file, violations }) => {
    const connection = connectionTo(file);
    connection.pragma('query_only = ON');
    await app.pass(allDueMs);
    expectHalt(app, /cannot be written.*paused until this works again/, violations);
    if (network.live.length > 0) violations.push('something was sent');
    connection.pragma('query_only = OFF');
    return app.errors.length > 0;
  });
}

/** Another program holds the file for longer than the app has patience. */
function held(place: Place): Promise<Outcome> {
  return run('held by another program', place, {}, async ({ app, network, file, violations }) => {
    // Virtual time stands still while the app waits, in real seconds, so few of its writes are to meet this.
    await app.pass(10 * minute - 500);
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    await app.pass(1_000);
    expectHalt(app, /^Another program is holding/, violations);
    if (network.live.length > 0) violations.push('something was sent');
    other.exec('ROLLBACK');
    other.close();
    return app.errors.length > 0;
  });
}

/** With the gate for free space and the ballast at work. Null where no disk can be made. */
async function onDiskOfItsOwn({ folder, seeded }: Place, stride: number): Promise<Outcome[] | null> {
  const mount = join(folder, 'disk');
  mkdirSync(mount);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=240m', 'tmpfs', mount]).status !== 0) return null;
  try {
    const place = { folder: mount, seeded };
    return [...(await untilUnmet(stride, (moment) => reallyFullAtMoment(place, moment))), await reallyReadOnly(place)];
  } finally {
    spawnSync('umount', [mount]);
  }
}

/** Filled to the last byte at this moment, and emptied when all posts are past due. */
function reallyFullAtMoment(place: Place, moment: number): Promise<Outcome> {
  const strike = atMoment(moment);
  // What the disk says is never older than a virtual instant: a real one fills more slowly than a test does.
  let asked = 0;
  const disk = diskOf(place.folder, { monotonic: () => (asked += 10_000) });
  const filler = join(place.folder, 'filler');
  return run(`full at moment ${moment}`, place, { onMoment: strike.count, disk }, async ({ app, file, violations }) => {
    while (!existsSync(ballastOf(file))) await turn();
    strike.work = () => fill(filler);
    if (moment === 0) strike.count();
    await app.pass(allDueMs);
    if (strike.isDone) expectHalt(app, /^The disk is full, publishing is paused/, violations);
    const open = await app.store.attempts.listOpen();
    // The answer was there: with the ballast gone there was room to write it down.
    violations.push(...open.map(({ id, state }) => `${id} is ${state}`));
    rmSync(filler, { force: true });
    return strike.isDone;
  });
}

/** The whole disk is mounted read-only while the app is not running; it says so and starts when it can be written. */
async function reallyReadOnly({ folder, seeded }: Place): Promise<Outcome> {
  const file = join(folder, 'read-only.db');
  copyFileSync(seeded, file);
  const options = { file, clock: new VirtualTime(dueAt), log: silent };
  spawnSync('mount', ['-o', 'remount,ro', folder]);
  const refused: unknown = await openStore(options).then(
    () => null,
    (error: unknown) => error,
  );
  spawnSync('mount', ['-o', 'remount,rw', folder]);
  const store = await openStore(options);
  await store.close();
  const isSaid = refused instanceof StoreNotWritable && refused.mayPass;
  return {
    name: 'mounted read-only',
    violations: isSaid ? [] : [`it said: ${String(refused)}`],
    wasMet: refused !== null,
  };
}

function expectHalt(app: PublishingApp, text: RegExp, violations: string[]): void {
  const message = app.store.halt()?.message ?? 'nothing';
  if (!text.test(message)) violations.push(`halted by: ${message}`);
}

interface Strike {
  isDone: boolean;
  work(): void;
  /** To be called at each moment. */
  count(): void;
}

/** Does its work once, when the given number of moments is past; 0 and 1 strike at the first. */
function atMoment(moment: number): Strike {
  let seen = 0;
  const strike: Strike = {
    isDone: false,
    work: () => undefined,
    count() {
      seen += 1;
      if (seen !== Math.max(moment, 1)) return;
      strike.isDone = true;
      strike.work();
    },
  };
  return strike;
}
