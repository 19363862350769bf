import type { Repositories, RunnerRecord } from '../ports/index.ts';

/*
 * The row that says who publishes from a store. Each function belongs in a transaction, which takes the write lock
 * at its start: two runs never decide on the same row.
 */

/** Another run of the app publishes from this store. What was to be done here is left to that one. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';

  constructor() {
    super('Another run of the app has taken over publishing from this data.');
  }
}

type Claim = Pick<RunnerRecord, 'holder' | 'computer' | 'leaseMs'>;

/**
 * Makes the claimant the holder, in an epoch of its own.
 * @param mayTake whether the lease may be taken from the one who has it; not asked about the claimant itself
 * @param now UTC ms
 * @returns the row as it is then, with another holder when the lease could not be taken
 */
export async function takeLease(
  { runner }: Pick<Repositories, 'runner'>,
  claim: Claim,
  now: number,
  mayTake: (current: RunnerRecord) => boolean,
): Promise<RunnerRecord> {
  const current = await runner.current();
  if (current !== undefined && current.holder !== claim.holder && !mayTake(current)) return current;
  const taken = {
    ...claim,
    epoch: (current?.epoch ?? 0) + 1,
    acquiredAt: now,
    renewals: 0,
    leaseUntil: now + claim.leaseMs,
  };
  await runner.put(taken);
  return taken;
}

/** @throws {LeaseLost} */
export async function renewLease(repositories: Pick<Repositories, 'runner'>, held: RunnerRecord, now: number) {
  const current = await assertHolder(repositories, held);
  const { leaseMs } = held;
  await repositories.runner.put({ ...current, renewals: current.renewals + 1, leaseMs, leaseUntil: now + leaseMs });
}

/** Others need not wait then. @throws {LeaseLost} */
export async function giveLeaseBack(repositories: Pick<Repositories, 'runner'>, held: RunnerRecord, now: number) {
  const current = await assertHolder(repositories, held);
  await repositories.runner.put({ ...current, leaseMs: 0, leaseUntil: now });
}

/** @throws {LeaseLost} when the store knows another holder or epoch */
export async function assertHolder(
  { runner }: Pick<Repositories, 'runner'>,
  { holder, epoch }: Pick<RunnerRecord, 'holder' | 'epoch'>,
): Promise<RunnerRecord> {
  const current = await runner.current();
  if (current?.holder !== holder || current.epoch !== epoch) throw new LeaseLost();
  return current;
}
