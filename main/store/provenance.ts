import { rmSync } from 'node:fs';
import type { Log } from '../core/ports/log.ts';
import type { Provenance } from '../core/ports/provenance.ts';
import type { Clock } from '../core/ports/time.ts';
import { homeKey, homeOf, isCopy, readHome } from './home.ts';
import { type LastAttempt, readLastAttempt, writeLastAttempt } from './last-attempt.ts';
import type { SqliteStore } from './open.ts';

/**
 * Compares an opened store with what is known of it outside: the file it was at home in, and what was sent last. A
 * store that knows no home yet is at home where it lies.
 * @param places.store its file
 * @param places.lastAttempt where {@link markingLastAttempt} writes
 */
export async function openProvenance(
  store: SqliteStore,
  places: { store: string; lastAttempt: string },
  { clock, log }: { clock: Pick<Clock, 'now'>; log: Log },
): Promise<Provenance> {
  const known = readHome(await store.settings.get(homeKey));
  const found = homeOf(places.store);
  const notKept = (error: unknown): void => log.warn('where the data lies was not kept', { error: String(error) });
  const settleHome = (): Promise<void> => store.settings.put(homeKey, homeOf(places.store), clock.now());
  // On a full disk it goes on without; the next start asks again.
  if (known === null && found !== null) await settleHome().catch(notKept);

  const last = readLastAttempt(places.lastAttempt);
  const copied = isCopy(known, found);

  return {
    isCopy: copied,
    olderSince: await olderSince(store, last),
    // What was noted went with the copy; what the other one has sent since, it does not know.
    sentSince: (since) => (copied || last === null ? null : sentSince(last, since)),
    async settle() {
      const place = await store.journalEnd();
      if (place === null) rmSync(places.lastAttempt, { force: true });
      else writeLastAttempt(places.lastAttempt, { place, sent: readLastAttempt(places.lastAttempt)?.sent ?? [] });
      await settleHome();
    },
  };
}

/** A store that knows the place where something was sent last is as new as that, or newer. */
async function olderSince(store: SqliteStore, last: LastAttempt | null): Promise<number | null> {
  if (last === null || (await store.knowsPlace(last.place))) return null;
  return (await store.journalEnd())?.at ?? 0;
}

/** Null when the list does not go back so far: older ones are dropped, and a list that was lost is begun anew. */
function sentSince({ sent }: LastAttempt, since: number): ReadonlySet<string> | null {
  const [oldest] = sent;
  return oldest !== undefined && oldest.at <= since
    ? new Set(sent.filter(({ at }) => at >= since).map(({ targetId }) => targetId))
    : null;
}
