import type { HistoryEntry } from '../../../../shared/contract/review.ts';
import { platformNames } from '../../../../shared/domain/platform.ts';
import type { PostPart } from '../../../../shared/domain/post.ts';
import { formatList, withLocalTimes } from '../../../components/format.ts';
import { t, type WordKey } from '../../../i18n/i18n.ts';
import { actorName } from '../../activity/actor-name.ts';

/** What happened, in a few words. */
export function titleOf(entry: HistoryEntry): string {
  const { kind, platform, attempt, changed, words } = entry;
  const network = platform === null ? '' : platformNames[platform];
  if (kind === 'other') return withLocalTimes(words ?? '');
  if (kind === 'attempt') {
    const titles = attempt?.kind === 'first_comment' ? commentTitles : attemptTitles;
    return t(titles[attempt?.outcome ?? 'waiting'], { network });
  }
  if (kind === 'edited' && changed.length > 0) {
    return t('post:history.kind.editedParts', { parts: formatList(changed.map((part) => t(parts[part]))) });
  }
  return t(titles[kind], { network });
}

/** Who did it; the activity log's names, and those that only a post's history has. */
export function historyActor(actor: string): string {
  if (actor === 'ai') return t('post:history.ai');
  if (actor === 'rules') return t('post:history.rules');
  return actorName(actor);
}

/** One step of an attempt; what the app or the network said about it where that is more than its name. */
export function stepWords(
  { kind, words }: NonNullable<HistoryEntry['attempt']>['steps'][number],
  network: string,
): string {
  const key = steps[kind];
  if (key === undefined) return withLocalTimes(words) || kind;
  const step = t(key, { network });
  return telling.has(kind) && words !== ''
    ? t('post:history.step.withWords', { step, words: withLocalTimes(words) })
    : step;
}

const titles: Record<Exclude<HistoryEntry['kind'], 'attempt' | 'other'>, WordKey> = {
  written: 'post:history.kind.written',
  created: 'post:history.kind.created',
  pictured: 'post:history.kind.pictured',
  edited: 'post:history.kind.edited',
  variants: 'post:history.kind.variants',
  consented: 'post:history.kind.consented',
  approved: 'post:history.kind.approved',
  rejected: 'post:history.kind.rejected',
  reopened: 'post:history.kind.reopened',
  rescheduled: 'post:history.kind.rescheduled',
  deleted: 'post:history.kind.deleted',
  restored: 'post:history.kind.restored',
  asked_now: 'post:history.kind.asked_now',
  retried: 'post:history.kind.retried',
  at_risk: 'post:history.kind.at_risk',
  risk_gone: 'post:history.kind.risk_gone',
  held: 'post:history.kind.held',
  live: 'post:history.kind.live',
  delivered: 'post:history.kind.delivered',
  comment_failed: 'post:history.kind.comment_failed',
  mismatch: 'post:history.kind.mismatch',
  resolved: 'post:history.kind.resolved',
  figures: 'post:history.kind.figures',
};

type Outcome = NonNullable<HistoryEntry['attempt']>['outcome'];

const attemptTitles: Record<Outcome, WordKey> = {
  live: 'post:history.attempt.live',
  delivered: 'post:history.attempt.delivered',
  waiting: 'post:history.attempt.waiting',
  refused: 'post:history.attempt.refused',
  not_sent: 'post:history.attempt.not_sent',
  unclear: 'post:history.attempt.unclear',
};

const commentTitles: Record<Outcome, WordKey> = {
  live: 'post:history.comment.live',
  delivered: 'post:history.comment.delivered',
  waiting: 'post:history.comment.waiting',
  refused: 'post:history.comment.refused',
  not_sent: 'post:history.comment.not_sent',
  unclear: 'post:history.comment.unclear',
};

const parts: Record<PostPart, WordKey> = {
  caption: 'post:history.part.caption',
  hashtags: 'post:history.part.hashtags',
  media: 'post:history.part.media',
  firstComment: 'post:history.part.firstComment',
  altText: 'post:history.part.altText',
  accounts: 'post:history.part.accounts',
  options: 'post:history.part.options',
  time: 'post:history.part.time',
};

const steps: Partial<Record<string, WordKey>> = {
  intent: 'post:history.step.intent',
  handle: 'post:history.step.handle',
  prepared: 'post:history.step.prepared',
  sending: 'post:history.step.sending',
  published: 'post:history.step.published',
  delivered: 'post:history.step.delivered',
  absent: 'post:history.step.absent',
  followed_up: 'post:history.step.followed_up',
  cleared: 'post:history.step.cleared',
  failed: 'post:history.step.failed',
  unknown: 'post:history.step.unknown',
  look_up_failed: 'post:history.step.look_up_failed',
  needs_human: 'post:history.step.needs_human',
  not_sent: 'post:history.step.not_sent',
  mismatch: 'post:history.step.mismatch',
  resolved: 'post:history.step.resolved',
};

/** Steps whose name alone does not say why. */
const telling: ReadonlySet<string> = new Set([
  'failed',
  'unknown',
  'look_up_failed',
  'needs_human',
  'not_sent',
  'mismatch',
  'resolved',
  'followed_up',
]);
