import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { backupOccasions } from '../../shared/contract/backups.ts';
import { BackupFailed, type BackupRecord, type Backups } from '../core/ports/backups.ts';
import type { Log } from '../core/ports/log.ts';
import type { Clock } from '../core/ports/time.ts';
import { createWorker, WorkerError } from '../workers/worker.ts';
import { flush, partial } from './backup-files.ts';
import type * as tasks from './backup-tasks.ts';
import { migrations } from './migrations/index.ts';
import { StoreUnusable } from './unusable.ts';

/** A disk that is slow or busy may take its time; nobody waits for this. */
const worker = createWorker<typeof tasks>('backup-worker', import.meta.url, { limitMs: 10 * 60_000 });

/** What must be left on the disk, so that a backup is never the reason why nothing can be published. */
const spareBytes = 100 * 1024 * 1024;

/** Lies beside each backup, written last: a file without it was never finished. */
const manifestSchema = z.object({
  takenAt: z.number().int(),
  occasion: z.enum(backupOccasions),
  schema: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  verifiedAt: z.number().int(),
  posts: z.number().int(),
  clients: z.number().int(),
});
type Manifest = z.infer<typeof manifestSchema>;

/** A backup with where it lies and what its bytes must hash to. */
interface StoredBackup {
  record: BackupRecord;
  file: string;
  sha256: string;
}

export interface StoredBackups extends Backups {
  /**
   * Makes a backup ready to take the store's place at the next start. Nothing may have the store open.
   * @throws {BackupFailed} nothing was changed then
   */
  prepareRestore(id: string): Promise<BackupRecord>;
  /** Like {@link prepareRestore}, with what can still be read of a damaged store. @returns rows saved and known to be lost */
  prepareSalvage(): Promise<{ saved: number; lost: number }>;
}

/**
 * The backups of one store.
 * @param options.file the store
 * @param options.folder where they are kept; made when the first is taken, for its owner's eyes only
 */
export function openBackups(options: { file: string; folder: string; clock: Clock; log: Log }): StoredBackups {
  const { file, folder, clock, log } = options;

  async function find(id: string): Promise<StoredBackup> {
    const found = (await readAll(folder, log)).find(({ record }) => record.id === id);
    if (found === undefined) throw new BackupFailed('This backup is not there any more.');
    return found;
  }

  return {
    folder,

    async list() {
      return (await readAll(folder, log)).map(({ record }) => record);
    },

    async take(occasion) {
      prepareFolder(folder);
      await refuseFullDisk(file, folder);
      const takenAt = clock.now();
      const copy = join(folder, `${stampOf(takenAt)}${partial}`);
      const { sha256, ...facts } = await explained(worker.call('copyStore', file, copy));
      const record = { takenAt, occasion, ...facts, verifiedAt: clock.now() };
      return { id: keep(folder, copy, { ...record, sha256 }), ...record };
    },

    async remove(id) {
      const { file: found } = await find(id);
      await rm(manifestOf(found));
      await rm(found);
    },

    async verify(id) {
      const { file: found, sha256, record } = await find(id);
      const newestKnown = migrations.at(-1)?.number ?? 0;
      if (record.schema > newestKnown) {
        throw new BackupFailed(
          'This backup was made by a newer version of AutoSocial AI. Update the app to restore it.',
        );
      }
      await explained(worker.call('verifyCopy', found, sha256));
    },

    async prepareRestore(id) {
      const { record, ...backup } = await find(id);
      const mark = { backupTakenAt: record.takenAt, restoredAt: clock.now(), from: id };
      await explained(worker.call('replaceWithBackup', file, backup, mark));
      return record;
    },

    prepareSalvage: () => explained(worker.call('replaceWithSalvage', file, clock.now())),

    async rehearse(id, at) {
      const { file: found, sha256 } = await find(id);
      return explained(worker.call('rehearse', found, sha256, at));
    },
  };
}

/** Gives a checked copy its name; from then on it counts. @returns its id */
function keep(folder: string, copy: string, manifest: Manifest): string {
  const id = freeId(folder, manifest);
  const file = join(folder, `${id}.db`);
  renameSync(copy, file);
  const draft = `${manifestOf(file)}${partial}`;
  writeFileSync(draft, JSON.stringify(manifest), { mode: 0o600 });
  flush(draft);
  renameSync(draft, manifestOf(file));
  flush(manifestOf(file));
  return id;
}

/** Time, occasion and schema number, so that the folder can be read without the app. */
function freeId(folder: string, { takenAt, occasion, schema }: Manifest): string {
  const id = `${stampOf(takenAt)}.${occasion}.s${schema}`;
  const taken = (candidate: string): boolean => existsSync(join(folder, `${candidate}.db`));
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? id : `${id}.${number}`;
    if (!taken(candidate)) return candidate;
  }
}

/** e.g. `2026-11-24T09-00-00-000Z`: no colons, which Windows does not allow in names. */
function stampOf(at: number): string {
  return new Date(at).toISOString().replaceAll(':', '-').replace('.', '-');
}

async function readAll(folder: string, log: Log): Promise<StoredBackup[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const found = await Promise.all(
    names.filter((name) => name.endsWith('.json')).map((name) => readOne(folder, name.slice(0, -5), log)),
  );
  return found
    .filter((backup) => backup !== null)
    .sort(({ record: a }, { record: b }) => b.takenAt - a.takenAt || (a.id < b.id ? 1 : -1));
}

/** Null for what is no finished backup: a file that somebody cut, moved or wrote by hand. */
async function readOne(folder: string, id: string, log: Log): Promise<StoredBackup | null> {
  const file = join(folder, `${id}.db`);
  try {
    const { sha256, ...facts } = manifestSchema.parse(JSON.parse(await readFile(manifestOf(file), 'utf8')));
    const { size } = await stat(file);
    if (size === facts.bytes) return { record: { id, ...facts }, file, sha256 };
    log.warn('a backup does not have the size it was written with', { backup: id });
  } catch (error) {
    log.warn('a backup cannot be used', { backup: id, error: error instanceof Error ? error.name : 'unknown' });
  }
  return null;
}

function manifestOf(file: string): string {
  return `${file.slice(0, -'.db'.length)}.json`;
}

function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.platform !== 'win32') chmodSync(folder, 0o700);
}

async function refuseFullDisk(file: string, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const size = (path: string): Promise<number> =>
    stat(path).then(
      (found) => found.size,
      () => 0,
    );
  const needed = (await size(file)) + (await size(`${file}-wal`)) + spareBytes;
  if (bavail * bsize < needed) {
    const megabytes = Math.ceil(needed / 1_048_576);
    throw new BackupFailed(
      `There is not enough room for a backup on the disk that holds ${dirname(folder)}: ${megabytes} MB are needed.`,
    );
  }
}

/** The worker's errors in the words of the port. */
async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof WorkerError || error instanceof StoreUnusable) {
      throw new BackupFailed(error.message, { cause: error });
    }
    throw error;
  }
}
