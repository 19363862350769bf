import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { textFor } from '../../main/core/pipeline/content.ts';
import type { Log, PostRecord } from '../../main/core/ports/index.ts';
import { openStore } from '../../main/store/open.ts';
import { salvage } from '../../main/store/salvage.ts';
import { StoreUnusable } from '../../main/store/unusable.ts';
import { VirtualTime } from '../doubles/virtual-time.ts';
import { Chance } from './chance.ts';
import {
  type ApprovedPost,
  dueAt,
  minute,
  NamingNetwork,
  type PublishingApp,
  seedPosts,
  startPublishingApp,
} from './publishing-app.ts';

export interface OverwritingOptions {
  runs: number;
  /** Seed of the first run; each further one counts up. */
  seed: number;
}

export interface OverwritingVerdict {
  runs: number;
  /** Stores in which SQLite's full check finds damage, and how many of them the app refused to open. */
  damaged: number;
  seen: number;
  /** Posts that no longer say what was approved, in stores that opened; and how many of them were not sent. */
  changedPosts: number;
  stopped: number;
  /** Posts that went out as they were approved. */
  sent: number;
  /** Refused stores that gave rows back, and the share of their rows that came back. */
  salvaged: number;
  salvagedShare: number;
  /** Each with the seed that shows it again. */
  violations: { seed: number; what: string }[];
}

/** What the run of one seed came to. */
interface Run {
  isDamaged: boolean;
  isRefused: boolean;
  changedPosts: number;
  stopped: number;
  sent: number;
  /** Rows; null when it was not tried, or nothing came back. */
  salvaged: number | null;
  violations: string[];
}

/** The store that is copied for each run. */
interface Original {
  file: string;
  approved: readonly ApprovedPost[];
  rows: number;
}

/** Posts that fall due in a run, and those that fill the file besides. */
const posts = 8;
const laterPosts = 100;
const allDueMs = 10 * minute + (posts + 2) * minute;
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Overwrites random places of a store that was closed well, starts the app on it, and lets all posts fall due. */
export async function overwriteAgainAndAgain({ runs, seed }: OverwritingOptions): Promise<OverwritingVerdict> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'autosocial-corrupt-'));
  try {
    const original = await makeOriginal(folder);
    const done: Run[] = [];
    for (let number = 0; number < runs; number++) done.push(await overwriteOnce(folder, original, seed + number));
    const total = (count: (run: Run) => number): number => done.reduce((sum, run) => sum + count(run), 0);
    const refused = total(({ isRefused }) => Number(isRefused));
    return {
      runs,
      damaged: total(({ isDamaged }) => Number(isDamaged)),
      seen: total(({ isDamaged, isRefused }) => Number(isDamaged && isRefused)),
      changedPosts: total(({ changedPosts }) => changedPosts),
      stopped: total(({ stopped }) => stopped),
      sent: total(({ sent }) => sent),
      salvaged: total(({ salvaged }) => Number(salvaged !== null)),
      salvagedShare: total(({ salvaged }) => salvaged ?? 0) / (Math.max(refused, 1) * original.rows),
      violations: done.flatMap(({ violations }, index) => violations.map((what) => ({ seed: seed + index, what }))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makeOriginal(folder: string): Promise<Original> {
  const file = join(folder, 'original.db');
  const store = await openStore({ file, clock: new VirtualTime(dueAt - 10 * minute), log: silent });
  const approved = await seedPosts(store, posts + laterPosts);
  await store.close();
  return { file, approved, rows: salvage(file, join(folder, 'whole.db')).saved };
}

async function overwriteOnce(folder: string, original: Original, seed: number): Promise<Run> {
  const home = mkdtempSync(join(folder, 'run-'));
  const file = join(home, 'autosocial.db');
  const run = { isRefused: false, changedPosts: 0, stopped: 0, sent: 0, salvaged: null, violations: [] };
  try {
    copyFileSync(original.file, file);
    overwrite(file, new Chance(seed));
    const started: Run = { ...run, isDamaged: isDamaged(file, join(home, 'judged.db')) };
    const before = readFileSync(file);
    const network = new NamingNetwork('facebook');
    const time = new VirtualTime(dueAt - 10 * minute);
    const app = await startPublishingApp({ file, time, network }).catch((error: unknown) => error);
    if (app instanceof Error) judgeRefusal(started, app, before, file);
    else await judgeRun(started, app as PublishingApp, network, original);
    return started;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** In two runs of three, one to three places of 1 to 512 bytes anywhere; else up to 32 bytes in the text of a post. */
function overwrite(file: string, chance: Chance): void {
  const content = readFileSync(file);
  const descriptor = openSync(file, 'r+');
  const strike = (from: number, longest: number): void => {
    const bytes = Buffer.from(Array.from({ length: chance.between(1, longest) }, () => chance.between(0, 255)));
    writeSync(descriptor, bytes, 0, bytes.length, Math.min(from, content.length - bytes.length));
  };
  if (chance.happens(1 / 3)) {
    strike(content.indexOf(`Offer ${chance.between(1, posts)}:`) + chance.between(0, 160), 32);
  } else {
    for (let place = chance.between(1, 3); place > 0; place--) strike(chance.between(0, content.length), 512);
  }
  closeSync(descriptor);
}

/** SQLite's own, thorough opinion, formed on a copy. */
function isDamaged(file: string, copy: string): boolean {
  copyFileSync(file, copy);
  let database: Database.Database | undefined;
  try {
    database = new Database(copy);
    return database.pragma('integrity_check', { simple: true }) !== 'ok';
  } catch (error) {
    if (error instanceof Database.SqliteError) return true;
    throw error;
  } finally {
    database?.close();
  }
}

function judgeRefusal(run: Run, error: Error, before: Buffer, file: string): void {
  run.isRefused = true;
  if (!(error instanceof StoreUnusable)) run.violations.push(`crashed: ${error}`);
  if (!readFileSync(file).equals(before)) run.violations.push('the refused file was changed');
  try {
    run.salvaged = salvage(file, `${file}.salvaged`).saved;
  } catch (problem) {
    if (!(problem instanceof StoreUnusable)) run.violations.push(`salvage crashed: ${String(problem)}`);
  }
  if (!readFileSync(file).equals(before)) run.violations.push('salvage changed the file');
}

async function judgeRun(run: Run, app: PublishingApp, network: NamingNetwork, original: Original): Promise<void> {
  if (run.isDamaged) run.violations.push('damage was not seen at the start');
  const found = await Promise.all(
    original.approved.map(({ post }) => app.store.posts.get(post.id).catch(() => undefined)),
  );
  if (found.every((post) => post === undefined)) run.violations.push('the store opened without its posts');
  await app.pass(allDueMs);
  await app.close();
  for (const [index, approved] of original.approved.slice(0, posts).entries()) {
    const text = textFor(approved.post, approved.target);
    const isSent = network.live.some((live) => live.text === text);
    const isChanged = found[index] === undefined || !saysTheSame(found[index], approved.post);
    if (isSent) run.sent += 1;
    if (isChanged) run.changedPosts += 1;
    if (isChanged && !isSent) run.stopped += 1;
  }
  const places = new Map(
    original.approved.map(({ post, target }) => [textFor(post, target), post.id.replace('post', 'page')]),
  );
  const comments = new Set(original.approved.map(({ post }) => post.firstComment));
  const strange = network.live.filter(({ text, account }) => places.get(text) !== account);
  const strangeComments = network.commented.filter(({ text }) => !comments.has(text));
  for (const { text } of [...strange, ...strangeComments])
    run.violations.push(`sent although nobody approved it: ${text}`);
  if (new Set(network.live.map(({ text }) => text)).size < network.live.length) run.violations.push('sent twice');
  if (app.unwritten.length > 0) run.violations.push('sent without its row');
}

function saysTheSame(found: PostRecord, approved: PostRecord): boolean {
  const said = ({ caption, hashtags, firstComment, altText, mediaIds }: PostRecord): string =>
    JSON.stringify([caption, hashtags, firstComment, altText, mediaIds]);
  return said(found) === said(approved);
}
