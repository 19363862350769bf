import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Log } from '../../main/core/ports/index.ts';
import { systemClock } from '../../main/host/time.ts';
import { openBackups } from '../../main/store/backups.ts';
import { openStore } from '../../main/store/open.ts';
import { finishReplacement } from '../../main/store/replacement.ts';
import { placesIn } from './restoring-app.ts';

/** How long it takes, on this computer's disk, from choosing a backup of this size to an opened store; seconds. */
export async function largeRestoreSeconds(megabytes: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'autosocial-large-'));
  const { store: file, backups: backupFolder } = placesIn(folder);
  try {
    await (await openStore({ file, clock: systemClock, log: silent })).close();
    fill(file, megabytes);
    const backups = openBackups({ file, folder: backupFolder, clock: systemClock, log: silent });
    const { id, bytes } = await backups.take('person');
    if (bytes < megabytes * 1_000_000) throw new Error(`The backup has ${bytes} bytes.`);
    const startedAt = performance.now();
    await backups.prepareRestore(id);
    finishReplacement(file, systemClock);
    const store = await openStore({ file, clock: systemClock, log: silent });
    const seconds = (performance.now() - startedAt) / 1_000;
    await store.close();
    return Math.round(seconds * 10) / 10;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fill(file: string, megabytes: number): void {
  const database = new Database(file);
  const insert = database.prepare(
    "INSERT INTO activity_log (id, at, actor, kind, level, message) VALUES (?, 0, 'app', 'fill', 'info', ?)",
  );
  const message = 'x'.repeat(10_000);
  database.transaction(() => {
    for (let row = 0; row < megabytes * 100; row += 1) insert.run(`fill-${row}`, message);
  })();
  database.close();
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
