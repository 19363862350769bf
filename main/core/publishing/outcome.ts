import { platformNames } from '../../../shared/domain/platform.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import type { AttemptRecord, Failure } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import { type AfterFailure, afterFailure, afterStumble } from './decide.ts';
import type { Closed } from './gate.ts';
import { commentIsWanted } from './first-comment.ts';
import type { Journal } from './journal.ts';
import { pauseAccounts } from './pause.ts';
import { lateness, reasonFor, unclearWords } from './reasons.ts';
import { assertUnchanged, type Situation } from './situation.ts';

/** Writes down how an attempt ended, and what becomes of its target. */
export interface Outcomes {
  published(
    situation: Situation,
    attempt: AttemptRecord,
    remoteId: string | null,
    permalink: string | null,
  ): Promise<void>;
  delivered(situation: Situation, attempt: AttemptRecord): Promise<void>;
  /** Taken or unknown: nothing is sent again before the network has told us. */
  unclear(attempt: AttemptRecord, state: 'accepted' | 'unknown', detail: string): Promise<void>;
  /** Proven not published. */
  failed(situation: Situation, attempt: AttemptRecord, failure: Failure): Promise<void>;
  /** @throws {Overtaken} when there is no attempt yet and a person changed the post meanwhile */
  shut(situation: Situation, attempt: AttemptRecord | undefined, closed: Closed): Promise<void>;
  needsPerson(attempt: AttemptRecord, reason: string): Promise<void>;
}

/** @param onPublished told of each attempt whose place on the network is known */
export function createOutcomes(
  deps: PublishingDeps,
  journal: Journal,
  onPublished: (attempt: AttemptRecord) => void,
): Outcomes {
  const ended = () => ({ endedAt: deps.clock.now() });

  async function published(
    situation: Situation,
    attempt: AttemptRecord,
    remoteId: string | null,
    permalink: string | null,
  ): Promise<void> {
    const { target, account, post } = situation;
    if (remoteId !== null && (await deps.store.attempts.isBound(attempt.remoteAccountId, remoteId))) {
      await needsPerson(attempt, unclearWords('The network answered with the id of another post.'));
      return;
    }
    const at = deps.clock.now();
    await journal.step(target.id, {
      attempt,
      attemptChange: {
        ...ended(),
        state: 'published',
        remoteId,
        permalink,
        errorClass: null,
        errorCode: null,
        errorMessage: null,
      },
      event: {
        kind: 'published',
        detail: remoteId === null ? phrase`Live; the network did not say where` : phrase`Live as ${remoteId}`,
      },
      targetChange: {
        status: 'published',
        remoteId,
        permalink,
        publishedAt: at,
        nextAttemptAt: null,
        ...(remoteId === null && commentIsWanted(deps, situation)
          ? commentWaits
          : { errorCode: null, errorMessage: null }),
      },
      activity: {
        actor: 'job:publish-due',
        kind: 'post.published',
        message: `Published on ${account.displayName} (${platformNames[target.platform]})${lateness(attempt, post)}`,
      },
    });
    if (remoteId !== null) onPublished(attempt);
  }

  async function needsPerson(attempt: AttemptRecord, reason: string): Promise<void> {
    await journal.step(attempt.targetId, {
      attempt,
      attemptChange: { state: 'needs_human', errorMessage: reason },
      event: { kind: 'needs_human', detail: reason },
      targetChange: { status: 'held', nextAttemptAt: null, errorCode: 'unclear', errorMessage: reason },
      heldReason: reason,
      activity: { actor: 'job:publish-due', kind: 'post.held', level: 'warning', message: reason },
    });
  }

  async function failed(situation: Situation, attempt: AttemptRecord, failure: Failure): Promise<void> {
    const { target, account } = situation;
    let decision = afterFailure(failure, target.tries, deps.clock.now(), deps.random.fraction());
    const isRepeated = decision.kind === 'retry' || decision.kind === 'renew';
    if (isRepeated && deps.dataAge.isDoubtful(attempt)) return inDoubt(attempt, failure);
    if (decision.kind === 'renew') decision = await renewAccess(situation);
    if (decision.kind === 'retry' && decision.pauseAccountUntil !== null) {
      await pauseAccounts(deps, account, decision.pauseAccountUntil, decision.pausePlatform);
    }
    if (decision.kind === 'hold' && decision.reconnect) await askToReconnect(situation, failure.message);

    const status = decision.kind === 'retry' ? 'pending' : decision.kind === 'hold' ? 'held' : 'failed';
    const reason = reasonFor(decision, failure, situation);
    await journal.step(target.id, {
      attempt,
      attemptChange: {
        ...ended(),
        state: attempt.sentAt === null || failure.class === 'transient' ? 'not_sent' : 'rejected',
        errorClass: failure.class,
        errorCode: failure.code,
        errorMessage: failure.message,
      },
      event: { kind: 'failed', detail: describe(failure) },
      targetChange: {
        status,
        tries: target.tries + (decision.kind === 'retry' && !decision.countsAsTry ? 0 : 1),
        nextAttemptAt: decision.kind === 'retry' ? decision.at : null,
        errorCode: reason.code,
        errorMessage: reason.message,
      },
      heldReason: status === 'held' ? reason.message : null,
      activity: {
        actor: 'job:publish-due',
        kind: status === 'pending' ? 'post.retrying' : status === 'held' ? 'post.held' : 'post.failed',
        level: status === 'failed' ? 'error' : 'warning',
        message: `${account.displayName} (${platformNames[target.platform]}): ${reason.message}`,
      },
    });
  }

  /** A renewal that could not be made now says nothing about the login: the post waits as after any stumble. */
  async function renewAccess({ target, account }: Situation): Promise<Exclude<AfterFailure, { kind: 'renew' }>> {
    // Only TikTok's tokens can be renewed once they are refused; Meta wants a new login.
    const renewal = target.platform === 'tiktok' ? await deps.renewAccess(account.id) : 'reconnect';
    if (renewal === 'reconnect') return { kind: 'hold', reconnect: true };
    const now = deps.clock.now();
    const again = afterStumble(target.tries, now, deps.random.fraction());
    return again.kind === 'retry' && renewal === 'renewed' ? { ...again, at: now + 1_000 } : again;
  }

  /** This attempt did not publish it; a later one, of which older data knows nothing, may have. */
  async function inDoubt(attempt: AttemptRecord, failure: Failure): Promise<void> {
    await journal.step(attempt.targetId, {
      attempt,
      attemptChange: {
        ...ended(),
        state: 'not_sent',
        errorClass: failure.class,
        errorCode: failure.code,
        errorMessage: doubtReason,
      },
      event: { kind: 'failed', detail: describe(failure) },
      targetChange: { status: 'held', nextAttemptAt: null, errorCode: 'restored', errorMessage: doubtReason },
      heldReason: doubtReason,
      activity: { actor: 'job:publish-due', kind: 'post.held', level: 'warning', message: doubtReason },
    });
  }

  async function askToReconnect({ account }: Situation, reason: string): Promise<void> {
    // The renewal that failed before may have said so already, and better.
    const current = await deps.store.accounts.get(account.id);
    if (current === undefined || current.status === 'reconnect') return;
    await deps.store.accounts.update(account.id, {
      status: 'reconnect',
      statusReason: reason,
      updatedAt: deps.clock.now(),
    });
    deps.changes.tell('account.changed', account.id, account.clientId);
    await deps.activity.record({
      actor: 'job:publish-due',
      kind: 'account.reconnect',
      level: 'error',
      message: `${account.displayName} must be connected again: ${reason}`,
      clientId: account.clientId,
      accountId: account.id,
    });
  }

  return {
    published,
    needsPerson,
    failed,

    async delivered({ target, account, post }, attempt) {
      await journal.step(target.id, {
        attempt,
        attemptChange: { ...ended(), state: 'published' },
        event: { kind: 'delivered', detail: phrase`In the creator's TikTok inbox` },
        targetChange: {
          status: 'delivered',
          publishedAt: deps.clock.now(),
          nextAttemptAt: null,
          errorCode: null,
          errorMessage: null,
        },
        activity: {
          actor: 'job:publish-due',
          kind: 'post.delivered',
          message: `Waiting in the TikTok inbox of ${account.displayName}${lateness(attempt, post)}; finish it in the TikTok app`,
        },
      });
    },

    async unclear(attempt, state, detail) {
      await journal.step(attempt.targetId, {
        attempt,
        attemptChange: {
          state,
          // The call has ended now, later than planned when the computer slept: from here on the network settles.
          deadlineAt: Math.max(attempt.deadlineAt ?? 0, deps.clock.now()),
          errorMessage: state === 'unknown' ? detail : null,
        },
        event: { kind: state, detail },
        targetChange: {
          status: 'confirming',
          nextAttemptAt: null,
          errorCode: state === 'unknown' ? 'unclear' : null,
          errorMessage:
            state === 'unknown' ? 'The network gave no clear answer. We are asking it whether the post is live.' : null,
        },
      });
    },

    async shut(situation, attempt, closed) {
      const { target, account } = situation;
      const held = closed.effect === 'hold';
      await journal.step(target.id, {
        ...(attempt === undefined
          ? { check: (current) => assertUnchanged(situation, current) }
          : {
              attempt,
              attemptChange: {
                ...ended(),
                state: 'not_sent' as const,
                errorCode: closed.code,
                errorMessage: closed.message,
              },
              event: { kind: 'not_sent', detail: closed.message },
            }),
        targetChange: {
          status: held ? 'held' : 'pending',
          nextAttemptAt: closed.until ?? null,
          errorCode: closed.code,
          errorMessage: closed.message,
        },
        heldReason: held ? closed.message : null,
        ...(held
          ? {
              activity: {
                actor: 'job:publish-due',
                kind: 'post.held',
                level: 'warning' as const,
                message: `${account.displayName} (${platformNames[target.platform]}): ${closed.message}`,
              },
            }
          : {}),
      });
    },
  };
}

const doubtReason =
  'This post may already be live: the data here is older than what was sent. The try that it knows of did not go through, a later one may have. Look at the account, then say whether it is live.';

const commentWaits = {
  errorCode: 'first_comment',
  errorMessage: 'The post is live, but the network has not said where: its first comment is not posted yet.',
};

/** What the network said, with what its support would ask for. */
function describe({ message, code, trace }: Failure): string {
  return `${message} (${trace === undefined ? code : `${code} · ${trace}`})`;
}
