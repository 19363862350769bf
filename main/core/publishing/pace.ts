import type { AttemptEventRecord, Repositories } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import type { Situation } from './situation.ts';

const windowMs = 60_000;
/** An attempt asks the network for something new soon after it began, or never. */
const asksWithinMs = 24 * 3_600_000;

/** When an attempt had its answer to what it began with; null while it may not have asked yet. */
type FirstStep = Pick<AttemptEventRecord, 'at' | 'monotonicAt' | 'bootId'> | null;

/** The network takes no more new posts of this account for the moment. */
export class NotItsTurn extends Error {
  override name = 'NotItsTurn';
  /** UTC ms. */
  readonly until: number;

  constructor(until: number) {
    super('The network takes no more new posts of this account for the moment.');
    this.until = until;
  }
}

/**
 * When one more may begin, UTC ms; null for now. A network counts a request when it arrives, which is no later than its
 * answer is written down: that is what counts here, so that no minute ever sees more than `most`.
 * @param steps newest first, the latest `most` at least
 */
export function turnAt(
  steps: readonly FirstStep[],
  most: number,
  now: { wall: number; monotonic: number; bootId: string },
): number | null {
  const step = steps[most - 1];
  if (step === undefined) return null;
  const age = ageOf(step, now);
  return age < 0 || age >= windowMs ? null : now.wall + windowMs - age;
}

/** Negative where the clock was set back between two runs of the app: nothing can be told then. */
function ageOf(step: FirstStep, now: { wall: number; monotonic: number; bootId: string }): number {
  if (step === null) return 0;
  return step.bootId === now.bootId ? now.monotonic - step.monotonicAt : now.wall - step.at;
}

/**
 * To be asked in the transaction that begins an attempt: two clients may have connected the same account, and their posts
 * count together. @throws {NotItsTurn}
 */
export async function assertTurn(
  { networks, clock, bootId }: Pick<PublishingDeps, 'networks' | 'clock' | 'bootId'>,
  { attempts }: Repositories,
  { account }: Pick<Situation, 'account'>,
): Promise<void> {
  const most = networks[account.platform].startsPerMinute;
  if (most === null) return;
  const now = { wall: clock.now(), monotonic: clock.monotonic(), bootId };
  const until = turnAt(await attempts.firstSteps(account.remoteId, now.wall - asksWithinMs, most), most, now);
  if (until !== null) throw new NotItsTurn(until);
}
