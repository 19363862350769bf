import { type DueTarget, type Handle, NetworkFailure } from '../ports/index.ts';
import type { Capacity } from './capacity.ts';
import type { PublishingDeps } from './context.ts';
import { afterFailure } from './decide.ts';
import { type Closed, barredBecause } from './gate.ts';
import { Lanes } from './lanes.ts';
import { pauseAccounts } from './pause.ts';
import { bytesOf, loadPublication, sketchPublication } from './publication.ts';
import { readSituation, type Situation } from './situation.ts';
import { stopNow } from './send.ts';
import { UnderWay } from './under-way.ts';

/** What a network takes seconds to make ready is begun this long before a post is due. */
const aheadMs = 60_000;
/** What was prepared and then kept waiting for longer is left to expire, and made anew. */
const keptForMs = 10 * 60_000;
/** More than ever waits at a time: what is stopped for one client must not hide what is due for another. */
const atOnce = 10_000;
const accountsAtOnce = 8;

/**
 * Does what stays invisible shortly before a post is due, so that only the call that shows it is left then. Nothing of it
 * is written down: what a crash forgets is an orphan that nobody sees, and the attempt makes another.
 */
export interface PrepareAhead {
  /** Looks at what is due soon. */
  look(): Promise<void>;
  /** Hands over what was prepared for a target, once; waits while that is under way. */
  take(targetId: string): Promise<Prepared | null>;
  /** Ends what is under way for accounts that something stops now. */
  abortStopped(): void;
  abortAll(closed: Closed): void;
  /** Resolves when nothing is under way. */
  done(): Promise<void>;
}

/** What was prepared, and for what. */
export class Prepared {
  readonly #situation: Situation;
  readonly #handle: Handle;

  constructor(situation: Situation, handle: Handle) {
    this.#situation = situation;
    this.#handle = handle;
  }

  /** Null when the post, or who it goes to, is not what it was. */
  handleFor({ contentHash, account }: Situation): Handle | null {
    const isSame = contentHash === this.#situation.contentHash && account.remoteId === this.#situation.account.remoteId;
    return isSame ? this.#handle : null;
  }
}

interface One {
  /** On the monotonic clock. */
  begunAt: number;
  work: Promise<void>;
  prepared: Prepared | null;
}

/** @param stopping ends what is under way */
export function createPrepareAhead(deps: PublishingDeps, memory: Capacity, stopping: AbortSignal): PrepareAhead {
  const lanes = new Lanes(accountsAtOnce);
  const underWay = new UnderWay((clientId, accountId) => stopNow(deps, clientId, accountId));
  const known = new Map<string, One>();

  function begin(due: DueTarget): void {
    const { id, accountId } = due.target;
    const { promise: work, resolve } = Promise.withResolvers<void>();
    const one: One = { begunAt: deps.clock.monotonic(), work, prepared: null };
    known.set(id, one);
    lanes.add(accountId, id, async () => {
      try {
        await prepare(due, one);
      } catch (error) {
        await notPrepared(due, error).catch((failed: unknown) => {
          deps.log.warn('that a network asked for a pause could not be written down', { error: String(failed) });
        });
      } finally {
        underWay.delete(id);
        resolve();
      }
    });
  }

  async function prepare(due: DueTarget, one: One): Promise<void> {
    const signal = AbortSignal.any([underWay.add(due), stopping]);
    const situation = await readSituation(deps.store, deps.digest, due.target.id);
    if (signal.aborted || situation === undefined || !(await isWanted(situation))) return;
    const keep = async (handle: Handle): Promise<void> => {
      one.prepared = new Prepared(situation, handle);
    };
    await memory.during(bytesOf(situation), async () => {
      signal.throwIfAborted();
      const access = deps.openAccess(situation.account);
      const publication = await loadPublication(situation, deps.files);
      await keep(await deps.networks[situation.target.platform].prepare(access, publication, null, keep, signal));
    });
  }

  function isOld({ begunAt }: One): boolean {
    return deps.clock.monotonic() - begunAt > keptForMs;
  }

  /** Whether nothing but the time keeps it from being sent, and no attempt has begun that knows more. */
  async function isWanted(situation: Situation): Promise<boolean> {
    const { target, post, account } = situation;
    const now = deps.clock.now();
    const stoppedBy = deps.killSwitch.stopping(post.clientId, account.id);
    const barred = barredBecause({ situation, now, stoppedBy, halt: deps.halt(), attempt: null });
    if (target.status !== 'pending' || barred !== null) return false;
    if (deps.networks[target.platform].problems(sketchPublication(situation), account).length > 0) return false;
    return (await deps.store.attempts.listOfTarget(target.id)).length === 0;
  }

  /** What goes wrong here goes wrong again when it is due, and is told then; but a network that asks for a pause is heard. */
  async function notPrepared({ target }: DueTarget, error: unknown): Promise<void> {
    deps.log.info('a post could not be prepared ahead of its time', { target: target.id, error: String(error) });
    if (!(error instanceof NetworkFailure) || error.failure.class !== 'rate') return;
    const decision = afterFailure(error.failure, 0, deps.clock.now(), 0);
    const account = await deps.store.accounts.get(target.accountId);
    if (decision.kind !== 'retry' || decision.pauseAccountUntil === null || account === undefined) return;
    await pauseAccounts(deps, account, decision.pauseAccountUntil, decision.pausePlatform);
  }

  return {
    async look() {
      const now = deps.clock.now();
      for (const [id, one] of known) if (isOld(one) && !lanes.has(id)) known.delete(id);
      const next = await deps.store.targets.nextDueAfter(now);
      if (next === null || next > now + aheadMs) return;
      for (const due of await deps.store.targets.due(now + aheadMs, atOnce)) {
        const { target, post } = due;
        const isDue = (target.nextAttemptAt ?? post.publishNowAt ?? post.scheduledFor) <= now;
        if (isDue || known.has(target.id) || !deps.networks[target.platform].preparesAhead) continue;
        begin(due);
      }
    },

    async take(targetId) {
      const one = known.get(targetId);
      await one?.work;
      known.delete(targetId);
      return one?.prepared ?? null;
    },

    abortStopped: () => underWay.abortStopped(),
    abortAll: (closed) => underWay.abortAll(closed),
    done: () => lanes.drained(),
  };
}
