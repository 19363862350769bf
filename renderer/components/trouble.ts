import type { Post, Target } from '../../shared/contract/pipeline.ts';
import { platformNames } from '../../shared/domain/platform.ts';
import { maxTries } from '../../shared/domain/post.ts';
import { t } from '../i18n/i18n.ts';
import { formatDayTime, formatRelative, formatTime, withLocalTimes } from './format.ts';
import {
  type AboutPost,
  afterwards,
  failedWords,
  heldWords,
  late,
  saidOf,
  unfinished,
  waitingLabels,
  type Words,
} from './trouble-words.ts';
import { ownZone, wallTimeAt } from './zoned-time.ts';

/**
 * What a person has to do with it. The first five wait for a person:
 * - `unclear`: say whether it is live
 * - `missed`: its time has passed; say whether it still goes out
 * - `account`: mend the account or the app's registration
 * - `content`: change it or approve it anew
 * - `failed`: refused or given up
 * `risk` waits for its time and would not go out then as things stand.
 * The others go on by themselves: `retrying`, `confirming`, `waiting` for what stops it.
 */
export type TroubleKind =
  | 'unclear'
  | 'missed'
  | 'account'
  | 'content'
  | 'failed'
  | 'risk'
  | 'retrying'
  | 'confirming'
  | 'waiting';

/** What a person can do about it; the likeliest first. */
export type Remedy =
  | 'answer'
  | 'publish_now'
  | 'retry'
  | 'reschedule'
  | 'reconnect'
  | 'approve'
  | 'edit'
  | 'settings'
  | 'drop';

/** Why a target is not simply on its way or there, in words for a person. */
export interface Trouble {
  kind: TroubleKind;
  /** Two or three words. */
  label: string;
  /** What happened. */
  happened: string;
  /** What the app did about it, and does next. */
  did: string;
  remedies: readonly Remedy[];
}

/** The trouble of one target at the time `now` (UTC ms); null when there is none. */
export function troubleOf(post: AboutPost, target: Target, now: number): Trouble | null {
  switch (target.status) {
    case 'confirming':
      return confirming(target, now);
    case 'pending':
      return target.error === null ? atRisk(target) : pending(target, target.error, now);
    case 'held':
      return inWords(heldWords(target), post, target, now);
    case 'failed':
      return inWords(failedWords(target), post, target, now);
    default:
      return null;
  }
}

/** The most pressing trouble of a whole post; null when there is none. */
export function worstTroubleOf(
  post: AboutPost & Pick<Post, 'targets' | 'status' | 'heldReason'>,
  now: number,
): Trouble | null {
  const troubles = post.targets.flatMap((target) => troubleOf(post, target, now) ?? []);
  if (post.status === 'held' && !post.targets.some(({ status }) => status === 'held')) {
    troubles.push({
      ...said(unfinished),
      happened: post.heldReason === null ? t('common:trouble.happened.undecided') : withLocalTimes(post.heldReason),
    });
  }
  troubles.sort((a, b) => pressing.indexOf(a.kind) - pressing.indexOf(b.kind));
  return troubles[0] ?? null;
}

/** It goes no further without a person. */
export function needsPerson({ kind }: Trouble): boolean {
  return kind !== 'retrying' && kind !== 'confirming' && kind !== 'waiting';
}

/** `18 min late`, for what went live more than two minutes after its time; null when it was on time. */
export function lateness(scheduledFor: string, publishedAt: string): string | null {
  const minutes = Math.floor((Date.parse(publishedAt) - Date.parse(scheduledFor)) / 60_000);
  return minutes < 2 ? null : late(minutes);
}

const pressing: readonly TroubleKind[] = [
  'unclear',
  'account',
  'content',
  'missed',
  'failed',
  'risk',
  'retrying',
  'confirming',
  'waiting',
];

function inWords(words: Words, post: AboutPost, target: Target, now: number): Trouble {
  return { ...said(words), happened: words.happened?.(post, target, now) ?? saidOf(target) };
}

function said({ kind, label, did, told = { count: 0 }, remedies }: Words): Omit<Trouble, 'happened'> {
  return { kind, label: t(label), did: t(did, told), remedies };
}

function confirming({ platform, error, nextAttemptAt }: Target, now: number): Trouble {
  const network = platformNames[platform];
  return {
    kind: 'confirming',
    label: t('common:trouble.label.confirming'),
    happened:
      error === null
        ? t('common:trouble.happened.working', { network })
        : t('common:trouble.happened.noClearAnswer', { network }),
    did:
      nextAttemptAt === null
        ? t('common:trouble.did.asked', { network })
        : t('common:trouble.did.askedAndAsks', { network, moment: moment(nextAttemptAt, now) }),
    remedies: [],
  };
}

function atRisk({ risk }: Target): Trouble | null {
  if (risk === null) return null;
  return {
    kind: 'risk',
    label: t('common:trouble.label.atRisk'),
    happened: withLocalTimes(risk.message),
    did: t('common:trouble.did.atRisk', { remedy: withLocalTimes(risk.remedy) }),
    remedies: riskRemedies[risk.code],
  };
}

const riskRemedies: Record<NonNullable<Target['risk']>['code'], readonly Remedy[]> = {
  account: ['reconnect', 'reschedule'],
  quota: ['reschedule'],
  media: ['edit'],
  content: ['edit'],
  config: ['settings'],
};

function pending({ tries, nextAttemptAt }: Target, error: NonNullable<Target['error']>, now: number): Trouble | null {
  if (error.code === 'early') return null;
  const next = nextAttemptAt === null || Date.parse(nextAttemptAt) <= now ? null : moment(nextAttemptAt, now);
  const happened = withLocalTimes(error.message);
  if (error.class === 'rate' || error.code === 'rate') {
    return {
      kind: 'waiting',
      label: t('common:trouble.label.askedToWait'),
      happened,
      did:
        next === null ? t('common:trouble.did.waitsAsked') : t('common:trouble.did.waitsAskedUntil', { moment: next }),
      remedies: [],
    };
  }
  if (error.class !== null) {
    const told = { number: Math.max(tries, 1), most: maxTries };
    return {
      kind: 'retrying',
      label: t('common:trouble.label.retrying'),
      happened,
      did:
        next === null
          ? t('common:trouble.did.retriesNow', told)
          : t('common:trouble.did.retriesAt', { ...told, moment: next }),
      remedies: ['retry'],
    };
  }
  return {
    kind: 'waiting',
    label: t(waitingLabels[error.code] ?? 'common:trouble.label.waiting'),
    happened,
    did:
      next === null
        ? t('common:trouble.did.nothingSent', { afterwards: afterwards(error.code) })
        : t('common:trouble.did.itsTurnAt', { moment: next }),
    remedies: [],
  };
}

/** `at 09:03 (in 2 minutes)`, on this computer's clock; with the day when that is not today. */
function moment(instant: string, now: number): string {
  if (Date.parse(instant) <= now) return t('common:time.now');
  const isToday = wallTimeAt(instant, ownZone).slice(0, 10) === wallTimeAt(now, ownZone).slice(0, 10);
  const relative = formatRelative(instant, now);
  return isToday
    ? t('common:time.momentToday', { time: formatTime(instant), relative })
    : t('common:time.momentLater', { when: formatDayTime(instant), relative });
}
