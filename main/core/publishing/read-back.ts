import { platformNames } from '../../../shared/domain/platform.ts';
import { normalizeText } from '../../../shared/domain/same-text.ts';
import { textFor } from '../pipeline/content.ts';
import type { AttemptRecord, RemotePost, Timer } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import type { Journal } from './journal.ts';
import { readSituation, type Situation } from './situation.ts';

/** Networks show a post in their lists a moment after they have taken it. */
const afterMs = 20_000;
/** Clocks of networks may be behind ours by this. */
const skewMs = 5 * 60_000;

/**
 * Looks once at what has just been published: the account must show it, with the words that were approved. Anything
 * else raises an alarm and stops the account. What cannot be read back, or is not shown yet, says nothing.
 */
export interface ReadBack {
  later(attempt: AttemptRecord): void;
  stop(): void;
}

/** @param hand runs work in the lane of an account */
export function createReadBack(
  deps: PublishingDeps,
  journal: Journal,
  hand: (accountId: string, name: string, work: () => Promise<void>) => void,
): ReadBack {
  const timers = new Set<Timer>();

  async function look(attemptId: string): Promise<void> {
    const attempt = await deps.store.attempts.get(attemptId);
    if (attempt === undefined) return;
    const situation = await readSituation(deps.store, deps.digest, attempt.targetId);
    if (situation === undefined || !isStillTheSame(situation, attempt, deps.clock.now())) return;
    const shown = await ask(situation, attempt);
    if (shown === undefined || hasSameWords(shown, textFor(situation.post, situation.target))) return;
    await raiseAlarm(situation, attempt);
  }

  async function ask({ account, target }: Situation, attempt: AttemptRecord): Promise<RemotePost | undefined> {
    try {
      const since = (attempt.sentAt ?? attempt.createdAt) - skewMs;
      const posts = await deps.networks[target.platform].recentPosts(deps.openAccess(account), since);
      return posts?.find(({ remoteId }) => remoteId === target.remoteId);
    } catch (error) {
      deps.log.info('a post could not be read back', { targetId: target.id, error: String(error) });
      return undefined;
    }
  }

  /** First nothing more goes out there; then people are told. */
  async function raiseAlarm({ account, target }: Situation, attempt: AttemptRecord): Promise<void> {
    const network = platformNames[target.platform];
    const message = `${network} shows other words on ${account.displayName} than those that were approved. Nothing more is sent to this account. Look at it, then resume publishing there.`;
    const { id: scopeId } = account;
    await deps.killSwitch.set({ scope: 'account', scopeId, engaged: true, reason: message, actor: 'app' });
    await journal.step(target.id, {
      attempt,
      event: { kind: 'mismatch', detail: message },
      targetChange: { errorCode: 'mismatch', errorMessage: message },
      activity: { actor: 'job:publish-due', kind: 'post.mismatch', level: 'error', message },
    });
  }

  return {
    later(attempt) {
      const timer = deps.timers.after(afterMs, () => {
        timers.delete(timer);
        hand(attempt.accountId, `read-back/${attempt.id}`, () => look(attempt.id));
      });
      timers.add(timer);
    },
    stop() {
      for (const timer of timers) timer.cancel();
    },
  };
}

/** Whether the account may be asked, and what is compared is what the attempt has sent. */
function isStillTheSame({ target, account, contentHash }: Situation, attempt: AttemptRecord, now: number): boolean {
  const isWaiting = account.pausedUntil !== null && account.pausedUntil > now;
  const isSame = contentHash === attempt.contentHash && account.remoteId === attempt.remoteAccountId;
  return isSame && !isWaiting && target.status === 'published' && target.remoteId !== null;
}

/** Lists may hold only the beginning of a text, or none while the network is still at work on it. */
function hasSameWords({ text, isTextCut }: RemotePost, approved: string): boolean {
  const [shown, sent] = [normalizeText(text), normalizeText(approved)];
  if (shown === '') return true;
  return isTextCut ? sent.startsWith(shown.replace(/(…|\.\.\.)$/u, '').trimEnd()) : shown === sent;
}
