import type { backupOccasions } from '../../../shared/contract/backups.ts';
import type { AccountRecord } from './records.ts';

export type BackupOccasion = (typeof backupOccasions)[number];

/** A copy of the store that was opened and checked after it was written. Times are UTC milliseconds. */
export interface BackupRecord {
  id: string;
  takenAt: number;
  occasion: BackupOccasion;
  /** Number of the last migration it has seen. */
  schema: number;
  bytes: number;
  verifiedAt: number;
  /** Rows, deleted ones included. */
  posts: number;
  clients: number;
}

/** What the app would find if it were started from a backup. */
export interface Rehearsal {
  /** With their sealed tokens; disconnected ones included. */
  accounts: AccountRecord[];
  /** Posts that would be published at once. */
  duePosts: number;
}

/**
 * Verified copies of the store in a folder of their own. They hold what the store holds: logins as
 * ciphertext, and never the key that opens them. All work is done beside the app's own process.
 */
export interface Backups {
  /** Path of the folder, for a person. */
  readonly folder: string;
  /** Newest first. */
  list(): Promise<BackupRecord[]>;
  /** Copies the store as it is now, and checks source and copy. @throws {BackupFailed} */
  take(occasion: BackupOccasion): Promise<BackupRecord>;
  remove(id: string): Promise<void>;
  /** Reads all of it once more. @throws {BackupFailed} when it is not there, was changed, or is from a newer version */
  verify(id: string): Promise<void>;
  /**
   * Starts from a copy of a backup without doing anything.
   * @param at UTC ms; what would be due then
   * @throws {BackupFailed}
   */
  rehearse(id: string, at: number): Promise<Rehearsal>;
}

/** The message is for a person. */
export class BackupFailed extends Error {
  override name = 'BackupFailed';
}
