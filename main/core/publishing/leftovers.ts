import { phrase } from '../../../shared/domain/phrase.ts';
import { LeaseLost } from '../control/runner.ts';
import {
  type AccountAccess,
  type AccountRecord,
  type AttemptRecord,
  NetworkFailure,
  type Repositories,
  SecretUnreadable,
  type Staging,
  type TargetRecord,
} from '../ports/index.ts';
import { attemptsOf } from './attempt-record.ts';
import type { PublishingDeps } from './context.ts';
import type { Journal } from './journal.ts';
import { ignoreOvertaken, Overtaken } from './situation.ts';

/** Nothing of an attempt is removed sooner after its end: a person may try again. */
const restMs = 10 * 60_000;
/** Later, networks have dropped it by themselves. */
const keptForMs = 24 * 3_600_000;
/** Targets in one go; the rest has time. */
const atOnce = 20;

/** The journal's word for it. */
const cleared = 'cleared';

/** What an attempt left at the network that no post needs or can come to need. */
export interface Leftovers {
  attempt: AttemptRecord;
  ids: string[];
}

/**
 * What the attempts at one target left behind. A post that is live, or that was sent and may be, keeps what it
 * consists of; an attempt that another may go on with keeps everything.
 * @param attempts all posts' attempts at the target, in their order
 * @param target undefined when it was removed
 * @param isDoubtful older data tells of the attempt: it may have gone on
 */
export function leftoversOf(
  attempts: readonly AttemptRecord[],
  target: Pick<TargetRecord, 'status'> | undefined,
  staging: Pick<Staging, 'of'>,
  { now, isDoubtful }: { now: number; isDoubtful: (attempt: AttemptRecord) => boolean },
): Leftovers[] {
  const needed = new Set<string>();
  const unneeded: Leftovers[] = [];
  for (const attempt of attempts) {
    const { parts, spare } = staging.of(attempt.handle ?? {});
    const mayGoOn = attempt === attempts.at(-1) && target !== undefined && goesOn.has(target.status);
    if (isAtRest(attempt, now) && !isDoubtful(attempt) && !(mayGoOn && attempt.state === 'not_sent')) {
      const keepsParts = attempt.state === 'published' || (attempt.sentAt !== null && attempt.state !== 'rejected');
      for (const id of keepsParts ? parts : []) needed.add(id);
      unneeded.push({ attempt, ids: keepsParts ? spare : [...parts, ...spare] });
    } else {
      for (const id of [...parts, ...spare]) needed.add(id);
    }
  }
  return unneeded
    .map(({ attempt, ids }) => ({ attempt, ids: ids.filter((id) => !needed.has(id)) }))
    .filter(({ ids }) => ids.length > 0);
}

const goesOn: ReadonlySet<string> = new Set<TargetRecord['status']>(['pending', 'publishing', 'confirming']);
const ended: ReadonlySet<string> = new Set<AttemptRecord['state']>(['published', 'not_sent', 'rejected']);

function isAtRest({ state, endedAt }: AttemptRecord, now: number): boolean {
  return ended.has(state) && endedAt !== null && now - endedAt >= restMs;
}

/**
 * Removes at the networks what attempts left there unseen: photos and posts that were never shown, and pictures that
 * Instagram has fetched. First it is written down, so that nothing goes on with them. What cannot be removed is left.
 */
export function createClearLeftovers(deps: PublishingDeps, journal: Journal): () => Promise<void> {
  /** Attempts that were cleared, of those that were looked at last. */
  let known = new Set<string>();

  return async () => {
    if (deps.locked() !== null) return;
    const seen = new Set<string>();
    let left = atOnce;
    for (const account of await deps.store.accounts.listAll()) {
      for (const targetId of mayAct(account) ? await targetsWithHandles(account) : []) {
        const found = await leftAt(deps.store, account, targetId);
        const uncleared: Leftovers[] = [];
        for (const one of found) if (!(await isCleared(one.attempt))) uncleared.push(one);
        for (const { attempt } of found) if (known.has(attempt.id)) seen.add(attempt.id);
        if (uncleared.length === 0) continue;
        left -= 1;
        const gone = new Set(found.filter((one) => !uncleared.includes(one)).flatMap(({ ids }) => ids));
        const isAnswered = await clear(account, uncleared, gone);
        if (left === 0 || !isAnswered) return;
      }
    }
    known = seen;
  };

  function mayAct({ id, clientId, platform, status, pausedUntil }: AccountRecord): boolean {
    const isWaiting = pausedUntil !== null && pausedUntil > deps.clock.now();
    const isStopped = deps.halt() !== null || deps.killSwitch.stopping(clientId, id) !== null;
    const isPossible = deps.networks[platform].staging !== null && status !== 'reconnect';
    return isPossible && deps.lease.isHeld() && !isStopped && !isWaiting;
  }

  async function targetsWithHandles({ id, platform, remoteId }: AccountRecord): Promise<ReadonlySet<string>> {
    const recent = await deps.store.attempts.begunSince(id, deps.clock.now() - keptForMs);
    const withHandles = recent.filter(({ handle, remoteAccountId }) => {
      const { parts = [], spare = [] } = deps.networks[platform].staging?.of(handle ?? {}) ?? {};
      return remoteAccountId === remoteId && parts.length + spare.length > 0;
    });
    return new Set(withHandles.map(({ targetId }) => targetId));
  }

  async function leftAt(store: Repositories, account: AccountRecord, targetId: string): Promise<Leftovers[]> {
    const staging = deps.networks[account.platform].staging;
    if (staging === null) return [];
    const attempts = attemptsOf(await store.attempts.listOfTarget(targetId), 'post');
    const ofThisProfile = attempts.every(({ remoteAccountId }) => remoteAccountId === account.remoteId);
    if (!ofThisProfile) return [];
    const isDoubtful = (attempt: AttemptRecord): boolean => deps.dataAge.isDoubtful(attempt);
    return leftoversOf(attempts, await store.targets.get(targetId), staging, { now: deps.clock.now(), isDoubtful });
  }

  async function isCleared({ id }: AttemptRecord): Promise<boolean> {
    if (known.has(id)) return true;
    const isTold = (await deps.store.attempts.events(id)).some(({ kind }) => kind === cleared);
    if (isTold) known.add(id);
    return isTold;
  }

  /** @returns false when the network should be left alone for now */
  async function clear(account: AccountRecord, found: Leftovers[], gone: ReadonlySet<string>): Promise<boolean> {
    const staging = deps.networks[account.platform].staging;
    if (staging === null) return true;
    let access: AccountAccess;
    try {
      access = deps.openAccess(account);
      for (const one of found) await writeDown(account, one);
    } catch (error) {
      if (!(error instanceof LeaseLost || error instanceof SecretUnreadable)) ignoreOvertaken(error);
      return !(error instanceof LeaseLost);
    }
    const ids = new Set(found.flatMap((one) => one.ids).filter((id) => !gone.has(id)));
    for (const id of ids) {
      try {
        await staging.remove(access, id);
      } catch (error) {
        // It is in the log; what passes by itself would meet the next ones as well.
        if (!(error instanceof NetworkFailure)) throw error;
        if (error.failure.class !== 'content') return false;
      }
    }
    return true;
  }

  /** @throws {Overtaken} when somebody went on with it meanwhile @throws {LeaseLost} */
  function writeDown(account: AccountRecord, { attempt, ids }: Leftovers): Promise<void> {
    const isOver = attempt.sentAt === null && attempt.state !== 'published';
    return journal.step(attempt.targetId, {
      attempt,
      // Of what may be live, the handle tells where it is.
      attemptChange: isOver ? { handle: null } : {},
      event: {
        kind: cleared,
        detail: phrase`The network is asked to remove what nothing needs any more: ${ids.join(', ')}`,
      },
      check: async (_, within) => {
        await deps.lease.assertHeld(within, deps.lease.epoch());
        const left = await leftAt(within, account, attempt.targetId);
        const same = left.find((one) => one.attempt.id === attempt.id);
        if (same?.ids.join() !== ids.join()) throw new Overtaken('Another run of the app went on with it.');
      },
    });
  }
}
