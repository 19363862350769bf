import { phrase } from '../../../shared/domain/phrase.ts';
import { Conflict, NotFound } from '../errors.ts';
import type { AttemptRecord, PostRecord, TargetRecord } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import type { Journal } from './journal.ts';
import type { Publishing } from './port.ts';

type Answer = Parameters<Publishing['resolve']>[0];

interface Asked {
  post: PostRecord;
  target: TargetRecord;
  attempt: AttemptRecord | undefined;
}

/** Takes a person's answer about a target that only a person can decide. */
export function createResolve(deps: PublishingDeps, journal: Journal, wake: () => void): Publishing['resolve'] {
  return async (answer) => {
    const { post, target, attempt } = await find(deps, answer);
    assertWaitsForAnswer(target);
    if (answer.resolution === 'published') await markPublished(deps, journal, answer, target, attempt);
    if (answer.resolution === 'drop')
      await close(deps, journal, answer, { post, target, attempt }, 'dropped', phrase`Left out of the post`);
    if (answer.resolution === 'send_again') {
      if (post.approvedHash === null) throw new Conflict('not_approved', 'Approve the post before it is sent again.');
      await close(deps, journal, answer, { post, target, attempt }, 'pending', phrase`Not live; to be sent again`);
    }
    wake();
  };
}

/** Asked again in the step that writes the answer: of two persons who answer at once, the first is believed. */
function assertWaitsForAnswer(target: Pick<TargetRecord, 'status'> | undefined): void {
  if (target?.status === 'held' || target?.status === 'failed') return;
  throw new Conflict('not_held', 'Only what is held or failed needs an answer.');
}

async function find(deps: PublishingDeps, answer: Answer): Promise<Asked> {
  const post = await deps.store.posts.get(answer.postId);
  if (post === undefined) throw new NotFound('post', answer.postId);
  const target = await deps.store.targets.get(answer.targetId);
  if (target === undefined || target.postId !== post.id) throw new NotFound('target', answer.targetId);
  return { post, target, attempt: await deps.store.attempts.openOf(target.id, 'post') };
}

async function markPublished(
  deps: PublishingDeps,
  journal: Journal,
  answer: Answer,
  target: TargetRecord,
  attempt: AttemptRecord | undefined,
): Promise<void> {
  const remoteId = answer.remoteId ?? null;
  const remoteAccountId = attempt?.remoteAccountId ?? (await deps.store.accounts.get(target.accountId))?.remoteId;
  if (
    remoteAccountId !== undefined &&
    remoteId !== null &&
    (await deps.store.attempts.boundPosts(remoteAccountId, [remoteId])).size > 0
  ) {
    throw new Conflict('bound', 'That post on the network already belongs to another post here.');
  }
  await journal.step(target.id, {
    check: (current) => assertWaitsForAnswer(current?.target),
    ...(attempt === undefined
      ? {}
      : {
          attempt,
          attemptChange: { state: 'published' as const, endedAt: deps.clock.now(), remoteId },
          event: { kind: 'resolved', detail: phrase`A person said that it is live` },
        }),
    targetChange: {
      status: 'published',
      remoteId,
      publishedAt: deps.clock.now(),
      nextAttemptAt: null,
      errorCode: null,
      errorMessage: null,
    },
    activity: { actor: answer.actor, kind: 'post.resolved', message: 'Marked as live by a person' },
  });
}

async function close(
  deps: PublishingDeps,
  journal: Journal,
  answer: Answer,
  { post, target, attempt }: Asked,
  status: 'dropped' | 'pending',
  detail: string,
): Promise<void> {
  const now = deps.clock.now();
  // What is due later only was found to be in doubt early: it keeps its time, here and on its other accounts.
  const isWantedNow = status === 'pending' && post.scheduledFor <= now;
  await journal.step(target.id, {
    check: (current) => assertWaitsForAnswer(current?.target),
    ...(isWantedNow ? { postChange: { publishNowAt: now } } : {}),
    ...(attempt === undefined
      ? {}
      : {
          attempt,
          attemptChange: { state: 'not_sent' as const, endedAt: now },
          event: { kind: 'resolved', detail: `${answer.actor}: ${detail}` },
        }),
    targetChange: { status, tries: 0, nextAttemptAt: null, errorCode: null, errorMessage: null },
    activity: { actor: answer.actor, kind: 'post.resolved', message: detail },
  });
}
