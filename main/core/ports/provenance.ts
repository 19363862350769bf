/** Where the core finds that its data is an older state of itself. */
export const restoredKey = 'store.restored';

export interface RestoredMark {
  /** How old the data is: nothing after this is in it. UTC ms; 0 when that cannot be told. */
  backupTakenAt: number;
  /** UTC ms. */
  restoredAt: number;
  /** The backup's id, or how else it came to be: damaged data saved, older files found, a copied folder taken over. */
  from: string;
}

/** Something was about to be sent for this target. */
export interface Sent {
  targetId: string;
  /** UTC ms. */
  at: number;
}

/** Whether the data lies where it lay, and is as new as it was, when it was last worked with. */
export interface Provenance {
  /** It was copied here from where it is at home. */
  readonly isCopy: boolean;
  /** More was sent on the strength of it than it knows: the time of the last thing it does know, UTC ms. Else null. */
  readonly olderSince: number | null;
  /** Targets that something was sent for since then (UTC ms), as it was noted outside the data; null when that is not known. */
  sentSince(since: number): ReadonlySet<string> | null;
  /** From now on the data is at home here, and as new as it gets. */
  settle(): Promise<void>;
}
