/** One line of the log as it may be shown to others: no texts but our own, no names, no secrets. */
export interface LogLine {
  /** ISO instant. */
  at: string;
  level: 'info' | 'warn' | 'error';
  message: string;
  /** Numbers, codes and ids. */
  facts: Record<string, string | number | boolean>;
}

/** The computer and the process that the app runs in, for finding faults. */
export interface MachineFacts {
  node: string;
  system: string;
  uptimeSeconds: number;
  memory: { rssBytes: number; heapUsedBytes: number; freeBytes: number };
  /** Of the disk that holds the data; null when it cannot be told. */
  disk: { freeBytes: number; totalBytes: number } | null;
}

export interface StoreFacts {
  sqlite: string;
  schema: number;
  bytes: number;
  /** What is not yet moved from SQLite's log into the file. */
  logBytes: number;
  /** The process before this one crashed, was killed, or lost power. */
  stoppedUncleanly: boolean;
  /** Events of the journal, and the place of the first that is not as it was written. */
  journal: { events: number; brokenAt: number | null };
}

export interface Machine {
  describe(): Promise<MachineFacts>;
  describeStore(): Promise<StoreFacts>;
  /** The last 500 lines, oldest first. */
  recentLog(): LogLine[];
}
