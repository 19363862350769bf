import { GateClosed, type AttemptRecord, type IrrevocableSend } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import { sendDeadlineMs } from './decide.ts';
import { type Closed, closedBecause } from './gate.ts';
import type { Journal } from './journal.ts';
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
 * `sending` durably, asks the kill switch and the clock once more without giving up control, and
 * only then lets the first byte out. One request for one attempt.
 */
export function createSend(deps: PublishingDeps, journal: Journal, attempt: AttemptRecord): IrrevocableSend {
  let used = false;
  return async (request) => {
    if (used) throw new Error('An attempt sends one irrevocable request.');
    used = true;
    const clientId = await assertOpen(deps, attempt);

    const sentAt = deps.clock.now();
    const sending = { state: 'sending' as const, sentAt, deadlineAt: sentAt + sendDeadlineMs };
    await journal.step(attempt.targetId, {
      attempt,
      attemptChange: sending,
      event: { kind: 'sending', detail: 'About to send the request that makes it public' },
    });
    Object.assign(attempt, sending);

    const stopped = lastLook(deps, clientId, attempt.accountId);
    if (stopped !== null) throw new Shut(stopped);
    return deps.http(request, { timeoutMs: sendDeadlineMs });
  };
}

async function assertOpen(deps: PublishingDeps, attempt: AttemptRecord): Promise<string> {
  const situation = await readSituation(deps.store, deps.digest, attempt.targetId);
  if (situation === undefined) {
    throw new Shut({ effect: 'hold', code: 'gone', message: 'The post or its account was removed.' });
  }
  const now = deps.clock.now();
  const closed = closedBecause({
    situation: attempt.kind === 'post' ? situation : asComment(situation, now),
    now,
    stoppedBy: deps.killSwitch.stopping(situation.post.clientId, attempt.accountId),
    clockDoubt: deps.clockDoubt(),
    begun: true,
    attempt,
  });
  if (closed !== null) throw new Shut(closed);
  return situation.post.clientId;
}

/** A first comment follows its post whatever the time is by then. */
export function asComment(situation: Situation, now: number): Situation {
  return { ...situation, post: { ...situation.post, publishNowAt: now } };
}

function lastLook(deps: PublishingDeps, clientId: string, accountId: string): Closed | null {
  const stoppedBy = deps.killSwitch.stopping(clientId, accountId);
  if (stoppedBy !== null) {
    return {
      effect: 'wait',
      code: 'stopped',
      message: stoppedBy.reason ?? 'Publishing is stopped by the kill switch.',
    };
  }
  const clockDoubt = deps.clockDoubt();
  return clockDoubt === null ? null : { effect: 'wait', code: 'clock', message: clockDoubt };
}
