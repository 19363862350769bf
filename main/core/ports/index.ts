import type { MediaGenerator, TextGenerator } from './ai.ts';
import type { Backups } from './backups.ts';
import type { Digest, Random } from './chance.ts';
import type { MediaFiles } from './files.ts';
import type { Log } from './log.ts';
import type { Machine } from './machine.ts';
import type { Networks } from './networks.ts';
import type { Provenance } from './provenance.ts';
import type { Reports } from './reports.ts';
import type { SecretStore } from './secrets.ts';
import type { Store } from './store.ts';
import type { Clock, Recurrences, Timers } from './time.ts';

export * from './ai.ts';
export * from './backups.ts';
export * from './chance.ts';
export * from './files.ts';
export * from './key-checks.ts';
export * from './log.ts';
export * from './machine.ts';
export * from './networks.ts';
export * from './provenance.ts';
export * from './records.ts';
export * from './reports.ts';
export * from './secrets.ts';
export * from './store.ts';
export * from './time.ts';

/** Everything the core takes from outside. */
export interface Ports {
  clock: Clock;
  timers: Timers;
  recurrences: Recurrences;
  random: Random;
  digest: Digest;
  log: Log;
  secrets: SecretStore;
  files: MediaFiles;
  store: Store;
  backups: Backups;
  machine: Machine;
  provenance: Provenance;
  networks: Networks;
  text: TextGenerator;
  mediaGenerator: MediaGenerator;
  reports: Reports;
}
