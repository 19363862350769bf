import { phrase } from '../../../shared/domain/phrase.ts';
import { LeaseLost } from '../control/runner.ts';
import { type AttemptRecord, GateClosed, type IrrevocableSend, type Repositories } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import { sendDeadlineMs } from './decide.ts';
import { type Closed, closedBecause, closedByStop } from './gate.ts';
import type { Journal } from './journal.ts';
import { goneWords, unwrittenWords } from './reasons.ts';
import { readSituation, type Situation } from './situation.ts';

/** Like {@link GateClosed}, and says what to do about it. */
export class Shut extends GateClosed {
  readonly closed: Closed;

  constructor(closed: Closed) {
    super(closed.message);
    this.closed = closed;
  }
}

/**
 * The only way to an irrevocable endpoint. It reads everything afresh, asks the gate, writes
 * `sending` durably if the store's epoch is still the attempt's, asks the gate once more without giving
 * up control, so that kill switch, halts, lease and time are those of this moment, and only then lets the
 * first byte out. One request for one attempt, with one deadline from before `sending` was written.
 */
export function createSend(deps: PublishingDeps, journal: Journal, attempt: AttemptRecord): IrrevocableSend {
  let used = false;
  return async (request) => {
    if (used) throw new Error('An attempt sends one irrevocable request.');
    used = true;
    const askedAt = deps.clock.monotonic();
    const situation = await announce(deps, journal, attempt).catch((error: unknown) => {
      throw asShut(deps.log, error);
    });

    assertOpen(deps, situation, attempt);
    const leftMs = sendDeadlineMs - (deps.clock.monotonic() - askedAt);
    // Timers take whole milliseconds.
    return deps.http(request, { timeoutMs: Math.max(Math.floor(leftMs), 0) });
  };
}

/** Everything before the first byte: reads afresh, asks the gate and writes `sending`. @returns what the gate was asked about */
async function announce(deps: PublishingDeps, journal: Journal, attempt: AttemptRecord): Promise<Situation> {
  const situation = await read(deps, deps.store, attempt);
  // Another run of the app, which waits for the lease, may have pressed it since the last look.
  await deps.killSwitch.load();
  assertOpen(deps, situation, attempt);

  const sentAt = deps.clock.now();
  const sending = { state: 'sending' as const, sentAt, deadlineAt: sentAt + sendDeadlineMs };
  await journal.step(attempt.targetId, {
    attempt,
    attemptChange: sending,
    // What a person has changed until this moment counts; from here on the attempt is in the way of changes.
    check: async (_, within) => assertOpen(deps, await read(deps, within, attempt), attempt),
    event: { kind: 'sending', detail: phrase`About to send the request that makes it public` },
  });
  Object.assign(attempt, sending);
  return situation;
}

async function read({ digest }: PublishingDeps, within: Repositories, attempt: AttemptRecord): Promise<Situation> {
  const situation = await readSituation(within, digest, attempt.targetId);
  if (situation === undefined) {
    throw new Shut({ effect: 'hold', code: 'gone', message: goneWords });
  }
  return situation;
}

/** Synchronous. @throws {Shut} */
function assertOpen(deps: PublishingDeps, situation: Situation, attempt: AttemptRecord): void {
  const now = deps.clock.now();
  const closed = closedBecause({
    situation: attempt.kind === 'post' ? situation : asComment(situation, now),
    now,
    stoppedBy: deps.killSwitch.stopping(situation.post.clientId, attempt.accountId),
    halt: deps.halt(),
    attempt,
  });
  if (closed !== null) throw new Shut(closed);
}

/**
 * Whatever goes wrong before the first byte, nothing was sent: a network must not take it for a broken connection.
 * Without the lease what is due is left to whoever holds it now; all else is tried again at the next look.
 */
function asShut(log: PublishingDeps['log'], error: unknown): Shut {
  if (error instanceof Shut) return error;
  if (error instanceof LeaseLost) return new Shut({ effect: 'wait', code: 'lease', message: error.message });
  log.warn('nothing was sent, because it could not be written down', { error: String(error) });
  return new Shut({ effect: 'wait', code: 'unwritten', message: unwrittenWords });
}

/** A first comment follows its post whatever the time is by then. */
export function asComment(situation: Situation, now: number): Situation {
  return { ...situation, post: { ...situation.post, publishNowAt: now } };
}

/** What stops this account at this very moment, or null. Synchronous. */
export function stopNow(
  { killSwitch, halt }: Pick<PublishingDeps, 'killSwitch' | 'halt'>,
  clientId: string,
  accountId: string,
): Closed | null {
  return closedByStop({ stoppedBy: killSwitch.stopping(clientId, accountId), halt: halt() });
}
