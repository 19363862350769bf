import type { HistoryEntry } from '../../../shared/contract/review.ts';
import type { AccountRecord } from '../ports/index.ts';

/** An entry before its instant is written out. */
export type Dated = Omit<HistoryEntry, 'at'> & { at: number };

/** What an entry has where nothing is to be told; `changed` is read only, so each entry has its own. */
export const blank = {
  level: 'info',
  actor: null,
  platform: null,
  accountName: null,
  words: null,
  changed: [],
  from: null,
  to: null,
  link: null,
  attempt: null,
} as const satisfies Partial<Dated>;

/** The accounts that a history speaks of, by id; also those that the post no longer goes to. */
export type Accounts = ReadonlyMap<string, AccountRecord>;
