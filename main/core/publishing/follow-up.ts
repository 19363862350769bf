import { phrase } from '../../../shared/domain/phrase.ts';
import {
  type AttemptRecord,
  NetworkFailure,
  type RemoteRef,
  type Repositories,
  type TargetRecord,
} from '../ports/index.ts';
import { attemptsOf } from './attempt-record.ts';
import type { PublishingDeps } from './context.ts';
import { followUpAt, followedUpForMs } from './decide.ts';
import type { Journal } from './journal.ts';
import { onlyOneLeft } from './only-one-left.ts';
import { sketchPublication } from './publication.ts';
import { readSituation, type Situation } from './situation.ts';

const atOnce = 50;
const allOfThem = 1_000_000;

/** What is known by now: a part of it, or nothing, may be new. */
type Known = RemoteRef | { remoteId: null; permalink: null };

/**
 * Completes what a network tells late: the id and the link of a live post, and that a creator has posted
 * a draft from the inbox. Reads only; a failed look-up changes nothing. Asks ever less often, and then no more:
 * a live post whose link is not known stays just that.
 */
export function createFollowUp(deps: PublishingDeps, journal: Journal): () => Promise<void> {
  return async () => {
    if (deps.locked() !== null) return;
    const now = deps.clock.now();
    let left = atOnce;
    for (const { target, attempt } of await dueAt(deps, now)) {
      const situation = await readSituation(deps.store, deps.digest, target.id);
      if (situation === undefined || !mayBeAsked(situation, attempt, now)) continue;
      await complete(deps, journal, situation, attempt);
      left -= 1;
      if (left === 0) return;
    }
  };
}

/** Live posts to ask about at `now`, each with the attempt that published it, longest waiting first. */
async function dueAt(
  { store }: PublishingDeps,
  now: number,
): Promise<{ target: TargetRecord; attempt: AttemptRecord }[]> {
  const targets = await store.targets.withoutLink(now - followedUpForMs, allOfThem);
  const latest = await store.attempts.latestOf(targets.map(({ id }) => id));
  const due: { target: TargetRecord; attempt: AttemptRecord; at: number }[] = [];
  for (const target of targets) {
    const last = latest.get(target.id);
    const attempt = last === undefined || last.state === 'published' ? last : await published(store, target.id);
    if (attempt !== undefined) due.push({ target, attempt, at: followUpAt(target, attempt, now) });
  }
  return due.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
}

async function published({ attempts }: Repositories, targetId: string): Promise<AttemptRecord | undefined> {
  return attemptsOf(await attempts.listOfTarget(targetId), 'post').findLast(({ state }) => state === 'published');
}

function mayBeAsked({ account }: Situation, attempt: AttemptRecord, now: number): boolean {
  const isWaiting = account.pausedUntil !== null && account.pausedUntil > now;
  return account.status !== 'reconnect' && account.remoteId === attempt.remoteAccountId && !isWaiting;
}

async function complete(
  deps: PublishingDeps,
  journal: Journal,
  situation: Situation,
  attempt: AttemptRecord,
): Promise<void> {
  const { target, account } = situation;
  const known = await ask(deps, situation, attempt);
  if (known === 'later') return;
  const asked = { lastLookUpAt: deps.clock.now() };
  if (known === null || !(await isNews(deps, known, target, attempt))) {
    return journal.step(target.id, { attempt, attemptChange: asked });
  }
  const { remoteId, permalink } = known;
  const wasPosted = target.status === 'delivered';
  await journal.step(target.id, {
    attempt,
    attemptChange: { ...asked, remoteId, permalink },
    event: {
      kind: 'followed_up',
      detail: remoteId === null ? phrase`The creator posted it` : phrase`Live as ${remoteId}`,
    },
    targetChange: {
      status: 'published',
      remoteId,
      permalink,
      ...(wasPosted ? { publishedAt: deps.clock.now() } : {}),
    },
    ...(wasPosted
      ? {
          activity: {
            actor: 'job:follow-up',
            kind: 'post.published',
            message: `${account.displayName} posted it from the TikTok inbox`,
          },
        }
      : {}),
  });
}

async function isNews(
  deps: PublishingDeps,
  { remoteId, permalink }: Known,
  target: TargetRecord,
  { remoteAccountId }: AttemptRecord,
): Promise<boolean> {
  if (remoteId === null) return target.status === 'delivered';
  if (remoteId === target.remoteId) return permalink !== null;
  return !(await deps.store.attempts.isBound(remoteAccountId, remoteId));
}

/** Null: nothing could be learnt. `later`: it was not asked, so that what waits for an answer can be. */
async function ask(
  deps: PublishingDeps,
  situation: Situation,
  attempt: AttemptRecord,
): Promise<Known | null | 'later'> {
  const { target, account } = situation;
  const network = deps.networks[target.platform];
  try {
    const access = deps.openAccess(account);
    const { remoteId } = target;
    if (remoteId !== null) return { remoteId, permalink: await network.permalink(access, remoteId) };
    if (network.lookUpsFrom(attempt.remoteAccountId) !== null) return 'later';
    const sentAt = attempt.sentAt ?? attempt.createdAt;
    const answer = await network.lookUp(access, sketchPublication(situation), attempt.handle ?? {}, sentAt);
    const found = await onlyOneLeft(deps.store.attempts, attempt, answer);
    if (found.kind !== 'published') return null;
    return found.remoteId === null
      ? { remoteId: null, permalink: null }
      : { remoteId: found.remoteId, permalink: found.permalink };
  } catch (error) {
    deps.log.info('a post could not be followed up', {
      targetId: target.id,
      message: error instanceof NetworkFailure ? error.failure.message : 'the look-up failed',
    });
    return null;
  }
}
