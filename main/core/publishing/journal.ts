import { statusFromTargets } from '../../../shared/domain/post.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import type { Activity, Occurrence } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import type { Epoch } from '../control/lease.ts';
import type { AttemptRecord, Clock, PostRecord, Repositories, Store, TargetRecord } from '../ports/index.ts';
import { Overtaken } from './situation.ts';

export interface Step {
  /** Undefined when only the target changes. */
  attempt?: AttemptRecord;
  attemptChange?: Partial<Omit<AttemptRecord, 'id' | 'targetId'>>;
  /** Name and detail of the journal entry. The detail is for people and never holds a token. */
  event?: { kind: string; detail: string };
  targetChange?: Partial<Omit<TargetRecord, 'id' | 'postId'>>;
  postChange?: Partial<Pick<PostRecord, 'publishNowAt'>>;
  heldReason?: string | null;
  /** Looks at target and post, and at what else it reads, as they are when the step is written. What it throws leaves everything as it was. */
  check?: (
    current: { target: TargetRecord; post: PostRecord } | undefined,
    within: Repositories,
  ) => void | Promise<void>;
  activity?: Omit<Occurrence, 'postId' | 'clientId' | 'accountId'>;
}

/**
 * Writes each step of an attempt: attempt, journal entry, target, post and activity in one
 * transaction, so that no two of them ever disagree. Who begins or sends must hold the lease, in the epoch of
 * the attempt; who goes on with an attempt must know it as it is, and nobody may have moved it meanwhile.
 */
export interface Journal {
  /** @throws {LeaseLost} */
  begin(
    attempt: AttemptRecord,
    step?: Pick<Step, 'targetChange' | 'check' | 'event' | 'heldReason' | 'activity'>,
  ): Promise<void>;
  /** @throws {LeaseLost} @throws {Overtaken} */
  step(targetId: string, step: Step): Promise<void>;
}

export function createJournal(deps: {
  store: Store;
  clock: Clock;
  activity: Activity;
  changes: Changes;
  bootId: string;
  lease: Epoch;
}): Journal {
  const { store, clock } = deps;

  async function record(repositories: Repositories, attemptId: string, event: { kind: string; detail: string }) {
    await repositories.attempts.record({
      attemptId,
      at: clock.now(),
      monotonicAt: clock.monotonic(),
      bootId: deps.bootId,
      ...event,
    });
  }

  async function write(targetId: string, step: Step, insert: AttemptRecord | null): Promise<void> {
    const post = await store.transaction(async (repositories) => {
      const target = await repositories.targets.get(targetId);
      const owner = target === undefined ? undefined : await repositories.posts.get(target.postId);
      await step.check?.(
        target === undefined || owner === undefined ? undefined : { target, post: owner },
        repositories,
      );
      const attempt = insert ?? step.attempt;
      const begins = insert !== null || step.attemptChange?.state === 'sending';
      if (attempt !== undefined && begins) await deps.lease.assertHeld(repositories, attempt.epoch);
      if (step.attempt !== undefined) await assertUnmoved(repositories, step.attempt);
      if (insert !== null) await repositories.attempts.insert(insert);
      if (attempt !== undefined) {
        if (step.attemptChange !== undefined) await repositories.attempts.update(attempt.id, step.attemptChange);
        if (step.event !== undefined) await record(repositories, attempt.id, step.event);
      }
      if (target === undefined || owner === undefined) return undefined;
      if (step.postChange !== undefined) {
        await repositories.posts.update(owner.id, { ...step.postChange, updatedAt: clock.now() });
      }
      if (step.targetChange !== undefined) {
        await repositories.targets.update(targetId, { ...step.targetChange, updatedAt: clock.now() });
        await updatePost(repositories, owner.id, step.heldReason ?? null, clock.now());
      }
      if (step.activity !== undefined) {
        const about = { postId: owner.id, clientId: owner.clientId, accountId: target.accountId };
        await deps.activity.record({ ...step.activity, ...about }, repositories);
      }
      return owner;
    });
    if (post !== undefined) deps.changes.tell('post.changed', post.id, post.clientId);
  }

  return {
    begin: (attempt, step) =>
      write(
        attempt.targetId,
        { event: { kind: 'intent', detail: phrase`Attempt ${attempt.number} begins` }, ...step },
        attempt,
      ),
    step: (targetId, step) => write(targetId, step, null),
  };
}

/** @throws {Overtaken} when the attempt is in another state than its worker knows, or settles anew */
async function assertUnmoved({ attempts }: Repositories, { id, state, deadlineAt }: AttemptRecord): Promise<void> {
  const current = await attempts.get(id);
  if (current?.state !== state || current.deadlineAt !== deadlineAt) {
    throw new Overtaken('Another run of the app went on with it.');
  }
}

/** The post's status follows from its targets; its reason for being held from the step that held it. */
async function updatePost(repositories: Repositories, postId: string, heldReason: string | null, now: number) {
  const targets = await repositories.targets.listOfPost(postId);
  const status = statusFromTargets(targets.map((target) => target.status));
  const reason = status === 'held' ? (heldReason ?? firstReason(targets)) : null;
  await repositories.posts.update(postId, { status, heldReason: reason, updatedAt: now });
}

function firstReason(targets: readonly TargetRecord[]): string | null {
  return targets.find((target) => target.status === 'held')?.errorMessage ?? null;
}
