import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Log } from '../core/ports/log.ts';
import type { Sent } from '../core/ports/provenance.ts';
import type { Repositories } from '../core/ports/store.ts';
import type { JournalPlace } from './chain.ts';
import type { SqliteStore } from './open.ts';

/**
 * What was about to be sent last, kept beside the store's folder in a file of its own: a store that does not know
 * this place of the journal is older than what was sent on the strength of it.
 */
export interface LastAttempt {
  place: JournalPlace;
  /** Oldest first; the last {@link mostSent} targets. */
  sent: readonly Sent[];
}

/** About two months of a busy agency. */
export const mostSent = 1_000;

const schema: z.ZodType<LastAttempt> = z.object({
  place: z.object({ position: z.number().int().positive(), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  sent: z.array(z.object({ targetId: z.string(), at: z.number() })).max(mostSent),
});

/** The attempt noted beside the store; null where nothing legible is noted. */
export function readLastAttempt(file: string): LastAttempt | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Missing, cut off or not ours: it says nothing then.
    return null;
  }
}

/**
 * Not flushed to the disk: the store is. After a power cut this may be the older of the two, which is as it should
 * be; a crash of the app alone loses neither.
 */
export function writeLastAttempt(file: string, { place: { position, hash }, sent }: LastAttempt): void {
  const draft = `${file}.part`;
  writeFileSync(draft, JSON.stringify({ place: { position, hash }, sent }), { mode: 0o600 });
  renameSync(draft, file);
}

/** The store, with the last attempt written to `file` after each commit that says that something is about to be sent. */
export function markingLastAttempt(store: SqliteStore, file: string, log: Log): SqliteStore {
  let last = Promise.resolve();

  async function transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
    const sending: { attemptId: string; at: number }[] = [];
    const result = await store.transaction((repositories) => {
      const { attempts } = repositories;
      const noting = {
        ...attempts,
        record: (event: Parameters<typeof attempts.record>[0]) => {
          if (event.kind === 'sending') sending.push(event);
          return attempts.record(event);
        },
      };
      return work({ ...repositories, attempts: noting });
    });
    // One after the other: each reads the list that the one before has written.
    if (sending.length > 0) await (last = last.then(() => mark(sending)));
    return result;
  }

  /** The commit stands: without its mark, older files are not noticed for a while, and that is all. */
  async function mark(sending: readonly { attemptId: string; at: number }[]): Promise<void> {
    try {
      const sent = new Map((readLastAttempt(file)?.sent ?? []).map((one) => [one.targetId, one]));
      for (const { attemptId, at } of sending) {
        const targetId = (await store.attempts.get(attemptId))?.targetId;
        if (targetId === undefined) continue;
        sent.delete(targetId);
        sent.set(targetId, { targetId, at });
      }
      const place = await store.journalEnd();
      if (place !== null) writeLastAttempt(file, { place, sent: [...sent.values()].slice(-mostSent) });
    } catch (error) {
      log.warn('the last attempt could not be marked', { error: String(error) });
    }
  }

  return { ...store, transaction };
}
