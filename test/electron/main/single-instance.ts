import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';

/** What a later process tells the first before it ends. */
export interface Visit {
  argv: string[];
  workingDirectory: string;
  additionalData: unknown;
}

/**
 * The lock that processes over one userData folder share: a link that names the holder's process, as Chromium's
 * SingletonLock does. A holder that was killed leaves it behind, and the next one takes it over.
 * @returns false when another process holds it; that one has been told
 */
export function lockFolder(userData: string, visit: Visit, onVisit: (visit: Visit) => void): boolean {
  mkdirSync(userData, { recursive: true });
  const lock = join(userData, 'SingletonLock');
  const visits = join(userData, 'SingletonVisits');
  if (!take(lock)) {
    mkdirSync(visits, { recursive: true });
    const file = join(visits, `${process.pid}.json`);
    writeFileSync(`${file}.part`, JSON.stringify(visit));
    renameSync(`${file}.part`, file);
    return false;
  }
  rmSync(visits, { recursive: true, force: true });
  mkdirSync(visits);
  watch(visits, () => {
    for (const name of readdirSync(visits).filter((file) => file.endsWith('.json'))) {
      const told = JSON.parse(readFileSync(join(visits, name), 'utf8')) as Visit;
      rmSync(join(visits, name));
      onVisit(told);
    }
  }).unref();
  process.once('exit', () => releaseFolder(userData));
  return true;
}

export function releaseFolder(userData: string): void {
  rmSync(join(userData, 'SingletonLock'), { force: true });
}

function take(lock: string): boolean {
  try {
    symlinkSync(String(process.pid), lock);
    return true;
  } catch {
    if (isAlive(Number(readlinkSync(lock)))) return false;
    rmSync(lock);
    return take(lock);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
