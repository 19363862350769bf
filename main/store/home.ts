import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { z } from 'zod';

/** Where the store says which file it is. */
export const homeKey = 'store.home';

/**
 * What is the same for a file as long as it stays on its disk, however it is called and wherever it is moved to
 * there, and another for every copy of it.
 */
const homeSchema = z.object({
  inode: z.string(),
  /** When the file was made, UTC ms in steps of ten: finer than that some disks do not keep it. */
  bornAt: z.number(),
  /** SHA-256 of the machine's own id; null where there is none, and in containers, which get a new one each time. */
  machine: z.string().nullable(),
});
export type Home = z.infer<typeof homeSchema>;

/** Null when the file system does not know when a file was made: then nobody can tell a copy. */
export function homeOf(file: string, machine: string | null = machineHash()): Home | null {
  const { ino, birthtimeNs } = statSync(file, { bigint: true });
  if (birthtimeNs <= 0n || isTimeOfChange(file)) return null;
  return { inode: String(ino), bornAt: Number(birthtimeNs / 10_000_000n) * 10, machine };
}

/**
 * Node's documentation: where the birth time is not known, it may be the time of the last change. That is so for a
 * file that has just been made too; the difference shows when the file is changed. Its rights are set to what they
 * are, which is a change.
 */
function isTimeOfChange(file: string): boolean {
  const { birthtimeNs, ctimeNs, mode } = statSync(file, { bigint: true });
  if (birthtimeNs !== ctimeNs) return false;
  // Times come from the kernel's clock, which ticks every few milliseconds.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, tickMs);
  try {
    chmodSync(file, Number(mode) & 0o777);
  } catch {
    // A disk that takes no change does not tell.
    return true;
  }
  return statSync(file, { bigint: true }).birthtimeNs !== birthtimeNs;
}

const tickMs = 20;

/** What {@link rememberHome} or the app wrote; null when that was nothing, or is nothing we know. */
export function readHome(value: unknown): Home | null {
  return homeSchema.safeParse(value).data ?? null;
}

/**
 * Whether the file that a store remembers itself to be is another than the one it lies in now. What is not
 * known speaks for neither.
 */
export function isCopy(known: Home | null, found: Home | null, system: NodeJS.Platform = process.platform): boolean {
  if (known === null || found === null) return false;
  const isElsewhere = known.machine !== null && found.machine !== null && known.machine !== found.machine;
  if (isElsewhere || known.bornAt !== found.bornAt) return true;
  // Finder and Explorer may give a copy the time of its model. Linux never does, and some of its file systems
  // number their files anew each time they are mounted.
  return system !== 'linux' && known.inode !== found.inode;
}

/** Writes into a store where it is at home. @param at UTC ms */
export function rememberHome(database: Database.Database, home: Home | null, at: number): void {
  database
    .prepare(
      `INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    )
    .run(homeKey, JSON.stringify(home), at);
}

function machineHash(): string | null {
  const id = machineId();
  return id === null ? null : createHash('sha256').update(`autosocial/${id}`).digest('hex');
}

/** Linux's machine-id manual page: not to be shown to others as it is, so only its hash is kept. */
function machineId(): string | null {
  const isContainer = ['/.dockerenv', '/run/.containerenv'].some((mark) => existsSync(mark));
  if (isContainer || !existsSync('/etc/machine-id')) return null;
  const id = readFileSync('/etc/machine-id', 'utf8').trim();
  return /^[0-9a-f]{32}$/.test(id) ? id : null;
}
