import { failureClasses, type Post, type Target } from '../../../shared/contract/pipeline.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { isoOf, isoOrNull } from '../instants.ts';
import { mediaView } from '../media/view.ts';
import type { AttemptRecord, Clock, Networks, Risk, TargetRecord } from '../ports/index.ts';
import { hasConsent, standingOptions } from './consent.ts';
import type { PipelineDeps } from './deps.ts';
import { nextLookUpAt } from '../publishing/decide.ts';
import { bannedHitsOf, hashOf, problemsOf, type WholePost } from './examine.ts';

/** A post as the contract shows it. */
export function postView(whole: WholePost, deps: Pick<PipelineDeps, 'digest' | 'networks' | 'files' | 'clock'>): Post {
  const { post } = whole;
  return {
    id: post.id,
    clientId: post.clientId,
    clientName: whole.clientName,
    status: post.status,
    caption: post.caption,
    hashtags: post.hashtags,
    firstComment: post.firstComment,
    altText: post.altText,
    media: whole.media.map(mediaView),
    scheduledFor: isoOf(post.scheduledFor),
    wallTime: post.wallTime,
    timezone: post.timezone,
    targets: whole.targets.map((target) => targetView(whole, target, deps)),
    source: post.source,
    approvedBy: post.approvedBy,
    approvedAt: isoOrNull(post.approvedAt),
    heldReason: post.heldReason,
    rejectedReason: post.rejectedReason,
    contentHash: hashOf(whole, deps.digest),
    bannedHits: bannedHitsOf(whole),
    problems: problemsOf(whole, deps),
    createdAt: isoOf(post.createdAt),
    updatedAt: isoOf(post.updatedAt),
  };
}

function targetView(
  { post, media, accounts, attempts, risks }: WholePost,
  target: TargetRecord,
  deps: { networks: Networks; clock: Clock },
): Target {
  const account = accounts.get(target.accountId);
  const attempt = attempts.get(target.id);
  return {
    id: target.id,
    accountId: target.accountId,
    accountName: account?.displayName ?? phrase`Removed account`,
    platform: target.platform,
    status: target.status,
    caption: target.caption,
    options: standingOptions({ post, target, media }),
    consent: consentOf({ post, target, media }),
    remoteId: target.remoteId,
    permalink: target.permalink,
    publishedAt: isoOrNull(target.publishedAt),
    tries: target.tries,
    nextAttemptAt: isoOrNull(nextAt(target, attempt, deps)),
    risk: post.approvedHash === null ? null : riskOf(risks.get(target.id)),
    error: errorOf(target, attempt),
  };
}

function consentOf(agreeable: Parameters<typeof hasConsent>[0]): Target['consent'] {
  const { consent } = agreeable.target;
  if (consent === null || !hasConsent(agreeable)) return null;
  return { by: consent.by, at: isoOf(consent.at) };
}

function riskOf(risk: Risk | undefined): Target['risk'] {
  return risk === undefined ? null : { ...risk, since: isoOf(risk.since) };
}

function nextAt(
  { status, platform, nextAttemptAt }: TargetRecord,
  attempt: AttemptRecord | undefined,
  { networks, clock }: { networks: Networks; clock: Clock },
): number | null {
  if (status !== 'confirming' || attempt === undefined) return nextAttemptAt;
  return nextLookUpAt(attempt, networks[platform].settleMs, clock.now());
}

function errorOf({ errorCode, errorMessage }: TargetRecord, attempt: AttemptRecord | undefined): Target['error'] {
  if (errorCode === null) return null;
  const cause = attempt?.errorCode === errorCode ? attempt.errorClass : null;
  return {
    code: errorCode,
    message: errorMessage ?? errorCode,
    class: failureClasses.find((name) => name === cause) ?? null,
  };
}
