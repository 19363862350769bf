import { join } from 'node:path';

/** Where a profile keeps what; what is its own lies below `folder`. */
export interface Places {
  folder: string;
  store: string;
  /** What was sent last, beside the store and not in it. */
  lastAttempt: string;
  backups: string;
  keyFile: string;
  /** The key where the system's keychain keeps what opens it. */
  sealedKeyFile: string;
  instanceLock: string;
  /** Where a file may lie that stops everything: for all profiles, and for this one. */
  stopFolders: string[];
  media: string;
  /** Files on their way in. */
  uploads: string;
  simulators: string;
}

export function placesOf(dataDir: string, profile: 'sandbox' | 'live'): Places {
  const folder = join(dataDir, profile);
  return {
    folder,
    store: join(folder, 'data', 'autosocial.db'),
    lastAttempt: join(folder, 'last-attempt.json'),
    backups: join(folder, 'backups'),
    keyFile: join(folder, 'keys', 'master.key'),
    sealedKeyFile: join(folder, 'keys', 'master.sealed'),
    instanceLock: join(folder, 'running.lock'),
    stopFolders: [dataDir, folder],
    media: join(folder, 'media'),
    uploads: join(folder, 'uploads'),
    simulators: join(folder, 'simulators'),
  };
}
