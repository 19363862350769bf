import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import type { Log } from '../../main/core/ports/index.ts';
import { openStore } from '../../main/store/open.ts';
import { Chance } from './chance.ts';

export interface PowerOptions {
  cuts: number;
  seed: number;
  /** FULL is what the app does; NORMAL is the control. */
  synchronous: 'FULL' | 'NORMAL';
}

export interface PowerVerdict {
  cuts: number;
  /** Cuts after which a commit was missing that had been acknowledged. */
  lost: number;
  /** Cuts after which the store could not be opened, or held half a transaction. */
  corrupt: number;
  commits: number;
  /** What a cut lost or tore, with the seed and commit of it. */
  details: string[];
}

const cutsAtOnce = 25;
const longest = 300;
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Builds the shim that keeps what was synced.
 * @returns its path, or why there is none
 */
export function buildShim(folder: string): { path: string } | { missing: string } {
  if (process.platform !== 'linux') return { missing: 'the shim is for Linux' };
  const path = join(folder, 'synced.so');
  const source = join(import.meta.dirname, 'synced.c');
  const { status, error, stderr } = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', path, source, '-ldl']);
  if (error !== undefined) return { missing: 'there is no C compiler (cc)' };
  if (status !== 0) throw new Error(`The shim was not built: ${stderr.toString()}`);
  return { path };
}

/**
 * Lets a process write through the real store and cuts its power again and again: every file goes back to what
 * was synced; of what was written since, random pages have made it too. Then the store is opened as after a crash.
 */
export async function cutPower({ cuts, seed, synchronous }: PowerOptions, shim: string): Promise<PowerVerdict> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'autosocial-power-'));
  const verdict: PowerVerdict = { cuts: 0, lost: 0, corrupt: 0, commits: 0, details: [] };
  try {
    for (let run = 0; verdict.cuts < cuts; run++) {
      const chance = new Chance(seed + run);
      const numbers = new Set<number>(run === 0 ? [0] : []);
      while (numbers.size < Math.min(cutsAtOnce, cuts - verdict.cuts)) numbers.add(chance.between(1, longest));
      const home = join(folder, `run-${run}`);
      await write(home, [...numbers], synchronous, shim);
      verdict.commits += Math.max(...numbers);
      for (const number of numbers) {
        verdict.cuts += 1;
        const what = await judge(join(home, 'cuts', String(number)), number, chance);
        if (what === null) continue;
        verdict[what.kind] += 1;
        verdict.details.push(`seed ${seed + run}, after commit ${number}: ${what.text}`);
      }
      rmSync(home, { recursive: true });
    }
    return verdict;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function write(home: string, numbers: number[], synchronous: string, shim: string): Promise<void> {
  const [data, synced, cuts] = ['data', 'synced', 'cuts'].map((name) => join(home, name)) as [string, string, string];
  for (const path of [data, synced, cuts]) mkdirSync(path, { recursive: true });
  await promisify(execFile)(
    process.execPath,
    [
      '--experimental-strip-types',
      '--no-warnings',
      join(import.meta.dirname, 'power-writer.ts'),
      join(data, 'autosocial.db'),
      numbers.join(','),
      cuts,
      synchronous,
    ],
    { env: { PATH: process.env.PATH, LD_PRELOAD: shim, SYNCED_FOLDER: data, SYNCED_INTO: synced } },
  );
}

interface Loss {
  kind: 'lost' | 'corrupt';
  text: string;
}

async function judge(cut: string, acknowledged: number, chance: Chance): Promise<Loss | null> {
  const file = afterCut(cut, chance);
  try {
    const store = await openStore({ file, clock: { now: () => 0, monotonic: () => 0 }, log: silent });
    await store.close();
  } catch (error) {
    return { kind: 'corrupt', text: `it does not open: ${String(error)}` };
  }
  const database = new Database(file, { readonly: true });
  try {
    const check = database.pragma('integrity_check', { simple: true });
    if (check !== 'ok') return { kind: 'corrupt', text: String(check) };
    const count = (table: string): number =>
      database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
    const [clients, brands] = [count('clients'), count('brand_assets')];
    if (clients !== brands) return { kind: 'corrupt', text: `${clients} clients, but ${brands} brands` };
    return clients < acknowledged ? { kind: 'lost', text: `only ${clients} are there` } : null;
  } finally {
    database.close();
  }
}

/** Puts together the folder as the next start finds it. @returns the path of the database in it */
function afterCut(cut: string, chance: Chance): string {
  const folder = join(cut, 'found');
  mkdirSync(folder);
  const isTorn = chance.happens(0.5);
  for (const line of readFileSync(join(cut, 'synced', 'names'), 'utf8')
    .trim()
    .split('\n')) {
    const [, inode = '', name = ''] = /^(\d+) (.+)$/.exec(line) ?? [];
    // SQLite's index of its log is made anew after a crash.
    if (name.endsWith('-shm')) continue;
    const synced = join(cut, 'synced', inode);
    const before = existsSync(synced) ? readFileSync(synced) : Buffer.alloc(0);
    const written = join(cut, 'written', name);
    const after = existsSync(written) ? readFileSync(written) : before;
    writeFileSync(join(folder, name), isTorn ? torn(before, after, chance) : before);
  }
  return join(folder, 'autosocial.db');
}

const sector = 512;

/** What was synced, with random sectors of what was written since. */
function torn(before: Buffer, after: Buffer, chance: Chance): Buffer {
  const size = chance.happens(0.5) ? after.length : before.length;
  const found = Buffer.alloc(size);
  before.copy(found);
  for (let at = 0; at < size; at += sector) if (chance.happens(0.5)) after.copy(found, at, at, at + sector);
  return found;
}
