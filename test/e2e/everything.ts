import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { LiveAgency } from './live-agency.ts';

/** What the host writes by itself, at its own times. */
const clockwork = new Set([
  'job_runs',
  'runner',
  'preflights',
  'post_metrics',
  'account_metrics',
  'refused_metrics',
  'metric_gains',
  'post_figures',
]);

/** Everything the host keeps: all rows but what its own clockwork writes, and the names of all files. */
export function everything(agency: LiveAgency): string {
  const folder = join(agency.dataDir, 'live');
  const database = new Database(join(folder, 'data', 'autosocial.db'), { readonly: true });
  try {
    const tables = database.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    const rows = tables.map(({ name }) => {
      const mark = name === 'settings' ? "WHERE key <> 'clock.lastSeenAt'" : '';
      return [name, clockwork.has(name) ? [] : database.prepare(`SELECT * FROM "${name}" ${mark} ORDER BY 1, 2`).all()];
    });
    return JSON.stringify(rows) + namesBelow(join(folder, 'media'));
  } finally {
    database.close();
  }
}

function namesBelow(folder: string): string {
  const names = readdirSync(folder, { recursive: true }).map(String);
  return names.sort((a, b) => a.localeCompare(b)).join();
}
