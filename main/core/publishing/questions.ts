import type { AttemptRecord } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import { nextLookUpAt } from './decide.ts';
import { commentDueAt } from './first-comment.ts';
import { waitsForAnswer } from './reconcile.ts';
import { readSituation } from './situation.ts';

/** Long enough for a computer that was off over the holidays to say which first comments it gave up on. */
const commentsSoughtMs = 30 * 24 * 3_600_000;

/** When networks are to be asked about what was sent, and when first comments are due. Times are UTC ms. */
export interface Questions {
  /** When to ask about an attempt next; null when nobody can be asked. */
  lookUpAt(attempt: AttemptRecord): Promise<number | null>;
  /** Ids of targets whose first comment is due at `now`, with their accounts. */
  dueComments(now: number): Promise<{ id: string; accountId: string }[]>;
  /** When the next of all this is due; infinite when nothing is. @param isAsked a look-up of this attempt is under way */
  nextAt(now: number, isAsked: (attemptId: string) => boolean): Promise<number>;
}

export function createQuestions(deps: PublishingDeps): Questions {
  const { store } = deps;

  async function lookUpAt(attempt: AttemptRecord): Promise<number | null> {
    const target = await store.targets.get(attempt.targetId);
    if (target === undefined) return null;
    const network = deps.networks[target.platform];
    const plannedAt = nextLookUpAt(attempt, network.settleMs, deps.clock.now());
    return Math.max(plannedAt, network.lookUpsFrom(attempt.remoteAccountId) ?? 0);
  }

  async function commentAt(targetId: string): Promise<number | null> {
    const situation = await readSituation(store, deps.digest, targetId);
    if (situation === undefined) return null;
    return commentDueAt(deps, situation, await store.attempts.listOfTarget(targetId));
  }

  return {
    lookUpAt,

    async dueComments(now) {
      const due: { id: string; accountId: string }[] = [];
      for (const { id, accountId } of await store.targets.awaitingComment(now - commentsSoughtMs)) {
        const dueAt = await commentAt(id);
        if (dueAt !== null && dueAt <= now) due.push({ id, accountId });
      }
      return due;
    },

    async nextAt(now, isAsked) {
      const times: (number | null)[] = [];
      for (const attempt of await store.attempts.listOpen()) {
        if (waitsForAnswer(attempt) && !isAsked(attempt.id)) times.push(await lookUpAt(attempt));
      }
      for (const { id } of await store.targets.awaitingComment(now - commentsSoughtMs)) times.push(await commentAt(id));
      return Math.min(...times.filter((time) => time !== null));
    },
  };
}
