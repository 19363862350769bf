import { createHash } from 'node:crypto';
import type { AttemptEventRecord } from '../core/ports/records.ts';
import type { AttemptEventRow, Db } from './schema.ts';

/** What the first row of the journal carries as the hash of the row before. */
const beginning = '0'.repeat(64);

export interface JournalCheck {
  /** Events that were read. */
  events: number;
  /** The first event that was changed, or before which one is missing; null when all is as it was written. */
  broken: { position: number; attemptId: string } | null;
}

/** A place in the journal of all attempts. */
export interface JournalPlace {
  /** From 1. */
  position: number;
  /** The hash of the event there, and with it of everything up to it. */
  hash: string;
}

/** The last event, and when it was written (UTC ms); null while there is none. */
export async function journalEnd(db: Db): Promise<(JournalPlace & { at: number }) | null> {
  const row = await db
    .selectFrom('attemptEvents')
    .select(['position', 'hash', 'at'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

/** True when the journal goes through this place: it is as new as it was then, or newer. */
export async function knowsPlace(db: Db, { position, hash }: JournalPlace): Promise<boolean> {
  const row = await db.selectFrom('attemptEvents').select('hash').where('position', '=', position).executeTakeFirst();
  return row?.hash === hash;
}

/** An event as the row after `last`, with the SHA-256 of that row. */
export function linked(last: AttemptEventRow | undefined, event: AttemptEventRecord): AttemptEventRow {
  const position = (last?.position ?? 0) + 1;
  const previousHash = last?.hash ?? beginning;
  return { ...event, position, previousHash, hash: hashOf({ ...event, position, previousHash }) };
}

const rowsAtOnce = 1_000;

/**
 * Reads the whole journal and recomputes its chain, so that a changed, removed or inserted event shows.
 * Events cut off at the end do not show.
 */
export async function verifyJournal(db: Db): Promise<JournalCheck> {
  let last: AttemptEventRow | undefined;
  let events = 0;
  for (;;) {
    const rows = await db
      .selectFrom('attemptEvents')
      .selectAll()
      .where('position', '>', last?.position ?? 0)
      .orderBy('position')
      .limit(rowsAtOnce)
      .execute();
    if (rows.length === 0) return { events, broken: null };
    for (const row of rows) {
      events += 1;
      const expected = linked(last, row);
      if (
        row.position !== expected.position ||
        row.previousHash !== expected.previousHash ||
        row.hash !== expected.hash
      ) {
        return { events, broken: { position: row.position, attemptId: row.attemptId } };
      }
      last = row;
    }
  }
}

function hashOf(row: Omit<AttemptEventRow, 'hash'>): string {
  const content = [
    row.position,
    row.previousHash,
    row.attemptId,
    row.sequence,
    row.at,
    row.monotonicAt,
    row.bootId,
    row.kind,
    row.detail,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
