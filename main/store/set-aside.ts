import { existsSync, renameSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Clock } from '../core/ports/time.ts';
import { syncFolder } from './new-file.ts';

/** What SQLite keeps beside a database: what is not yet moved into it, and an index of that. */
export const companions = ['-wal', '-shm'] as const;

/** Stands in the name of a database set aside, between its former name and the time. */
export const asideMark = '.set-aside-';

/**
 * Moves a database and its companions away within its folder, byte for byte, so that another can take its
 * place. Nothing may have it open. What is not there is left out; a log without its database is moved too,
 * because SQLite would apply it to the next database of that name.
 * @param file path of the database
 * @returns the path of the database set aside, with the date and time in UTC in its name; null when there was nothing
 */
export function setAside(file: string, clock: Pick<Clock, 'now'>): string | null {
  const aside = freeName(file, new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '-'));
  const present = ['', ...companions].filter((suffix) => existsSync(file + suffix));
  // The database goes first: without its log it would look whole, and be an older state of itself.
  for (const suffix of present) renameSync(file + suffix, aside + suffix);
  syncFolder(dirname(file));
  return present.length === 0 ? null : aside;
}

function freeName(file: string, date: string): string {
  const extension = extname(file);
  const stem = join(dirname(file), `${basename(file, extension)}${asideMark}${date}`);
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem + extension : `${stem}-${number}${extension}`;
    if (!['', ...companions].some((suffix) => existsSync(name + suffix))) return name;
  }
}
