import { phrase } from '../../../shared/domain/phrase.ts';
import { type AttemptRecord, type LookUp, NetworkFailure } from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import type { Journal } from './journal.ts';
import { attemptsOf } from './attempt-record.ts';
import { onlyOneLeft } from './only-one-left.ts';
import { sketchPublication } from './publication.ts';
import { readSituation, type Situation } from './situation.ts';

/** How long a post without a link is asked about. TikTok names it minutes to hours later, sometimes never. */
const windowMs = 7 * 24 * 3_600_000;
const atOnce = 50;
const allOfThem = 1_000_000;

/**
 * Completes what a network tells late: the id and link of a live post, and that a creator has posted
 * a draft from the inbox. Reads only; a failed look-up changes nothing.
 */
export function createFollowUp(deps: PublishingDeps, journal: Journal): () => Promise<void> {
  /** Where the next turn begins, so that many that stay without an answer do not keep the others from being asked. */
  let begin = 0;
  return async () => {
    if (deps.locked() !== null) return;
    const all = await deps.store.targets.withoutLink(deps.clock.now() - windowMs, allOfThem);
    if (begin >= all.length) begin = 0;
    const turn = all.slice(begin, begin + atOnce);
    begin += atOnce;
    for (const { id } of turn) {
      const situation = await readSituation(deps.store, deps.digest, id);
      const attempts = await deps.store.attempts.listOfTarget(id);
      const sent = attemptsOf(attempts, 'post').findLast(({ state }) => state === 'published');
      if (situation === undefined || sent === undefined || situation.account.status === 'reconnect') continue;
      await complete(deps, journal, situation, sent);
    }
  };
}

async function complete(
  deps: PublishingDeps,
  journal: Journal,
  situation: Situation,
  attempt: AttemptRecord,
): Promise<void> {
  const found = await ask(deps, situation, attempt);
  if (found?.kind !== 'published') return;
  const { remoteId, permalink } = found;
  const isNews = situation.target.status === 'delivered';
  if (remoteId === null && !isNews) return;
  if (remoteId !== null && (await deps.store.attempts.isBound(attempt.remoteAccountId, remoteId))) return;
  await journal.step(situation.target.id, {
    attempt,
    attemptChange: { remoteId, permalink },
    event: {
      kind: 'followed_up',
      detail: remoteId === null ? phrase`The creator posted it` : phrase`Live as ${remoteId}`,
    },
    targetChange: {
      status: 'published',
      remoteId,
      permalink,
      ...(isNews ? { publishedAt: deps.clock.now() } : {}),
    },
    ...(isNews
      ? {
          activity: {
            actor: 'job:follow-up',
            kind: 'post.published',
            message: `${situation.account.displayName} posted it from the TikTok inbox`,
          },
        }
      : {}),
  });
}

async function ask(deps: PublishingDeps, situation: Situation, attempt: AttemptRecord): Promise<LookUp | undefined> {
  const network = deps.networks[situation.target.platform];
  const sentAt = attempt.sentAt ?? attempt.createdAt;
  try {
    const access = deps.openAccess(situation.account);
    const found = await network.lookUp(access, sketchPublication(situation), attempt.handle ?? {}, sentAt);
    return await onlyOneLeft(deps.store.attempts, attempt, found);
  } catch (error) {
    deps.log.info('a post could not be followed up', {
      targetId: situation.target.id,
      message: error instanceof NetworkFailure ? error.failure.message : 'the look-up failed',
    });
    return undefined;
  }
}
