import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import type { Clock, Log, Repositories, RunnerRecord, Store, Timer, Timers } from '../ports/index.ts';
import { sendDeadlineMs } from '../publishing/decide.ts';
import type { Halt } from './halts.ts';
import { assertHolder, giveLeaseBack, LeaseLost, renewLease, takeLease } from './runner.ts';

/*
 * One run of the app publishes from a store at a time: the one that holds the lease. The lease keeps two apart as long
 * as clocks run; that nothing goes out twice even when they do not is the journal's doing.
 *
 * The times belong together. A call that makes something public may last a minute, and must have ended, with five
 * seconds to spare, before anybody else can hold the lease: so with less than 65 s left none is begun. Of 100 s that
 * leaves 35 s in which three renewals in a row may fail before publishing pauses. Whoever waits for a dead holder on
 * another computer waits 100 s; on this one the lock on the data folder has told already that it is dead.
 */

/** How long the lease lasts after a renewal. */
export const leaseMs = 100_000;
export const renewEveryMs = 10_000;
/** With less than this left of the lease, no such call is begun. */
export const reserveMs = sendDeadlineMs + 5_000;
const tryAgainEveryMs = 5_000;

/** What publishing asks of the lease. */
export interface Epoch {
  /** The one this run holds the lease in, or held it in last; 0 before the first. */
  epoch(): number;
  /** False while another run publishes: then this one leaves everything alone. */
  isHeld(): boolean;
  /** In the transaction of what is written. @throws {LeaseLost} when the store's epoch is no longer this one of ours */
  assertHeld(within: Pick<Repositories, 'runner'>, epoch: number): Promise<void>;
}

export interface Lease extends Epoch {
  /** Why nothing may be sent now, or null. By the monotonic clock: neither steps of the wall clock nor waiting move it. */
  halt(): Halt | null;
  /** Takes the lease, or goes on trying while another run holds it. Never rejects. */
  start(): Promise<void>;
  /** Takes a new epoch, so that nothing begun before goes on. Never rejects; when it fails, it is tried again. */
  begin(): Promise<void>;
  /** Resolves when it is not being written. */
  idle(): Promise<void>;
  /** Gives the lease back. Nothing may be under way any more. */
  stop(): Promise<void>;
}

export interface LeaseDeps {
  store: Store;
  clock: Clock;
  timers: Timers;
  log: Log;
  activity: Activity;
  changes: Changes;
  /** Names this run of the app. */
  bootId: string;
  /**
   * Names the computer. Another run on this one is dead when this one starts, because both lock the data folder;
   * from another computer such locks may not be seen.
   */
  computer: string;
  /** Called in each new epoch. */
  onBegin(): Promise<void>;
}

export function createLease(deps: LeaseDeps): Lease {
  const { store, clock, log } = deps;
  const claim = { holder: deps.bootId, computer: deps.computer, leaseMs };
  /** The row as this run wrote it last; null while it is not the holder. */
  let held: RunnerRecord | null = null;
  let lastEpoch = 0;
  /** By the monotonic clock. */
  let endsAt = 0;
  /** The holder that is waited for, and since when it has given no sign, by the monotonic clock. */
  let other: { row: RunnerRecord; since: number } | null = null;
  let isFirst = true;
  let timer: Timer | null = null;
  let isStopped = false;
  let turn: Promise<void> = Promise.resolve();

  /** One after the other. What fails is tried again soon. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.then(async () => {
      timer?.cancel();
      let isDone = true;
      try {
        if (!isStopped) await work();
      } catch (error) {
        isDone = false;
        log.warn('the lease could not be written', { error: String(error) });
      }
      if (isStopped) return;
      const delayMs = !isDone ? 1_000 : held === null ? tryAgainEveryMs : renewEveryMs;
      timer = deps.timers.after(delayMs, () => void inTurn(goOn));
    });
    return turn;
  }

  async function goOn(): Promise<void> {
    if (held === null || leftMs() <= 0) await take();
    else await renew(held);
  }

  async function take(): Promise<void> {
    const askedAt = clock.monotonic();
    const row = await store.transaction((within) => takeLease(within, claim, clock.now(), mayTake));
    if (row.holder !== claim.holder) return waitFor(row);
    const wasWaiting = other !== null;
    isFirst = false;
    other = null;
    held = row;
    lastEpoch = row.epoch;
    endsAt = askedAt + leaseMs;
    if (wasWaiting) await tell('lease.taken', 'info', 'Publishing goes on here: no other run of the app does it now.');
    deps.changes.tell('control.changed');
    await deps.onBegin();
  }

  function mayTake(row: RunnerRecord): boolean {
    if (row.leaseMs === 0) return true;
    if (isFirst && row.computer === deps.computer) return true;
    return other !== null && isSameSign(other.row, row) && clock.monotonic() - other.since >= row.leaseMs;
  }

  async function waitFor(row: RunnerRecord): Promise<void> {
    const isNews = held !== null || other === null;
    isFirst = false;
    held = null;
    if (other === null || !isSameSign(other.row, row)) other = { row, since: clock.monotonic() };
    if (!isNews) return;
    log.warn('another run of the app publishes from this data', { epoch: row.epoch });
    deps.changes.tell('control.changed');
    await tell('lease.lost', 'warning', waiting(row));
  }

  async function renew(current: RunnerRecord): Promise<void> {
    const askedAt = clock.monotonic();
    try {
      await store.transaction((within) => renewLease(within, current, clock.now()));
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      // Whose it is now, and from when on it may be taken back.
      return take();
    }
    endsAt = askedAt + leaseMs;
  }

  function leftMs(): number {
    return endsAt - clock.monotonic();
  }

  /** Nothing depends on it being written. */
  async function tell(kind: string, level: 'info' | 'warning', message: string): Promise<void> {
    await deps.activity.record({ actor: 'job:lease', kind, level, message }).catch((error: unknown) => {
      log.warn('what became of the lease could not be noted', { error: String(error) });
    });
  }

  return {
    epoch: () => lastEpoch,
    isHeld: () => held !== null,

    async assertHeld(within, epoch) {
      if (held?.epoch !== epoch) throw new LeaseLost();
      try {
        await assertHolder(within, held);
      } catch (error) {
        if (error instanceof LeaseLost) {
          held = null;
          void inTurn(goOn);
        }
        throw error;
      }
    },

    halt() {
      if (held === null) return { code: 'lease', message: other === null ? notTaken : waiting(other.row) };
      return leftMs() < reserveMs ? { code: 'lease', message: ending } : null;
    },

    start: () => inTurn(goOn),
    begin: () =>
      inTurn(() => {
        held = null;
        return take();
      }),
    idle: () => turn,

    async stop() {
      isStopped = true;
      await turn;
      timer?.cancel();
      const last = held;
      held = null;
      if (last === null) return;
      await store
        .transaction((within) => giveLeaseBack(within, last, clock.now()))
        .catch((error: unknown) => log.warn('the lease could not be given back', { error: String(error) }));
    },
  };
}

/** Nobody has renewed it in between. */
function isSameSign(a: RunnerRecord, b: RunnerRecord): boolean {
  return a.epoch === b.epoch && a.renewals === b.renewals && a.holder === b.holder;
}

const notTaken = 'The app has not yet made sure that no other run of it publishes from the same data.';
const ending =
  'The app could not confirm for half a minute that it alone publishes from this data: the file is held by another program, or the disk cannot be written. Publishing goes on by itself as soon as it can.';

function waiting({ leaseMs: theirs }: RunnerRecord): string {
  const seconds = Math.round(theirs / 1_000);
  return `Another run of the app, perhaps on another computer, publishes from this data. This one goes on by itself when the other has been closed, or has given no sign for ${seconds} seconds.`;
}
