import type { Post, Target } from '../../shared/contract/pipeline.ts';
import { t, type WordKey } from '../i18n/i18n.ts';
import { formatWhen, withLocalTimes } from './format.ts';
import { needOfTarget } from '../../shared/domain/need.ts';
import type { Remedy, TroubleKind } from './trouble.ts';

/** What of a post its troubles are told with. */
export type AboutPost = Pick<Post, 'scheduledFor' | 'timezone' | 'clientName'>;

/** Words for a code; what happened is the server's message where none of ours says it better. */
export interface Words {
  kind: TroubleKind;
  label: WordKey;
  did: WordKey;
  /** What of the target the deed is told with. */
  told?: { count: number };
  happened?: (post: AboutPost, target: Target, now: number) => string;
  remedies: readonly Remedy[];
}

/** What kind of trouble it is, the core tells. */
type HeldWords = Omit<Words, 'kind'>;

/** Why a post waits that is not its network's doing, by code. */
export const waitingLabels: Partial<Record<string, WordKey>> = {
  catch_up: 'common:trouble.label.catchingUp',
  stopped: 'common:trouble.label.stopped',
  stop_file: 'common:trouble.label.stopped',
  client_paused: 'common:trouble.label.clientPaused',
  clock: 'common:trouble.label.clock',
  disk: 'common:trouble.label.disk',
  lease: 'common:trouble.label.lease',
  copied: 'common:trouble.label.copied',
  restored: 'common:trouble.label.restored',
  damaged: 'common:trouble.label.damaged',
  waking: 'common:trouble.label.waking',
};

/** What passes by itself: what became due meanwhile is late then, and not a person's to release. */
const passing: ReadonlySet<string> = new Set(['disk', 'lease', 'waking']);

/** What becomes of a post that waits under this code, when that ends. */
export function afterwards(code: string): string {
  if (code === 'catch_up') return t('common:trouble.afterwards.itsTurn');
  return passing.has(code) ? t('common:trouble.afterwards.goesOutLate') : t('common:trouble.afterwards.isHeld');
}

/** Why a target is held, and what can be done. */
export function heldWords(target: Target): Words {
  return { ...heldSaid(target), kind: needOfTarget(target) ?? unfinished.kind };
}

function heldSaid({ error }: Target): HeldWords {
  if (error === null) return unclear;
  return heldByCode[error.code] ?? (error.class === null ? undefined : heldByClass[error.class]) ?? unfinished;
}

/** Why a target was given up. */
export function failedWords({ tries, error }: Target): Words {
  if (error?.class === 'transient') {
    return {
      kind: 'failed',
      label: 'common:trouble.label.gaveUp',
      did: 'common:trouble.did.gaveUp',
      told: { count: tries },
      remedies: ['retry', 'reschedule', 'drop'],
    };
  }
  if (error?.class === 'content') {
    return {
      kind: 'failed',
      label: 'common:trouble.label.refused',
      did: 'common:trouble.did.refused',
      remedies: ['edit', 'retry', 'drop'],
    };
  }
  return {
    kind: 'failed',
    label: 'common:trouble.label.failed',
    did: 'common:trouble.did.failed',
    remedies: ['retry', 'reschedule', 'edit', 'drop'],
  };
}

/** Held for a reason that there are no words for here. */
export const unfinished: Words = {
  kind: 'content',
  label: 'common:trouble.label.needsChange',
  did: 'common:trouble.did.needsChange',
  remedies: ['edit', 'retry', 'drop'],
};

const overdue = ['publish_now', 'reschedule', 'drop'] as const;
const lostAccount = {
  did: 'common:trouble.did.lostAccount',
  remedies: ['reconnect', 'retry', 'drop'],
} as const satisfies Omit<HeldWords, 'label'>;

const unclear: HeldWords = {
  label: 'common:trouble.label.unclear',
  did: 'common:trouble.did.unclear',
  remedies: ['answer'],
};

const heldByCode: Partial<Record<string, HeldWords>> = {
  unclear,
  restored: {
    label: 'common:trouble.label.unclear',
    did: 'common:trouble.did.restored',
    remedies: ['answer'],
  },
  late: {
    label: 'common:trouble.label.late',
    happened: missedItsTime,
    did: 'common:trouble.did.late',
    remedies: overdue,
  },
  crowded: {
    label: 'common:trouble.label.crowded',
    happened: (post, target, now) =>
      t('common:trouble.happened.crowded', {
        missed: missedItsTime(post, target, now),
        account: target.accountName,
      }),
    did: 'common:trouble.did.crowded',
    remedies: overdue,
  },
  after_stop: {
    label: 'common:trouble.label.afterStop',
    happened: (post, target, now) =>
      t('common:trouble.happened.afterStop', { missed: missedItsTime(post, target, now) }),
    did: 'common:trouble.did.afterStop',
    remedies: overdue,
  },
  reconnect: { ...lostAccount, label: 'common:trouble.label.accountLost' },
  disconnected: { ...lostAccount, label: 'common:trouble.label.disconnected' },
  unreadable: { ...lostAccount, label: 'common:trouble.label.accountLost' },
  account_changed: {
    label: 'common:trouble.label.anotherProfile',
    did: 'common:trouble.did.lastCheck',
    remedies: ['retry', 'edit', 'drop'],
  },
  not_approved: {
    label: 'common:trouble.label.notApproved',
    did: 'common:trouble.did.lastCheck',
    remedies: ['approve', 'edit', 'drop'],
  },
  changed: {
    label: 'common:trouble.label.changed',
    did: 'common:trouble.did.lastCheck',
    remedies: ['approve', 'edit', 'drop'],
  },
  banned: {
    label: 'common:trouble.label.banned',
    did: 'common:trouble.did.lastCheck',
    remedies: ['edit', 'drop'],
  },
};

const heldByClass: Partial<Record<NonNullable<NonNullable<Target['error']>['class']>, HeldWords>> = {
  token: { ...lostAccount, label: 'common:trouble.label.accountLost' },
  permission: { ...lostAccount, label: 'common:trouble.label.permission' },
  config: {
    label: 'common:trouble.label.appSetUp',
    did: 'common:trouble.did.untilYouSay',
    remedies: ['settings', 'retry', 'drop'],
  },
  account: {
    label: 'common:trouble.label.restricted',
    did: 'common:trouble.did.untilYouSay',
    remedies: ['retry', 'drop'],
  },
};

function missedItsTime({ scheduledFor, timezone }: AboutPost, target: Target, now: number): string {
  // A person had asked for it before its time.
  if (Date.parse(scheduledFor) - now > 60_000) return saidOf(target);
  const minutes = Math.round((now - Date.parse(scheduledFor)) / 60_000);
  const when = formatWhen(scheduledFor, timezone);
  return minutes < 1
    ? t('common:trouble.happened.due', { when })
    : t('common:trouble.happened.missed', { when, late: late(minutes) });
}

/** What the server says about it; its sentences tell what the app did as well. */
export function saidOf({ error }: Target): string {
  return error === null ? t('common:trouble.happened.undecided') : withLocalTimes(error.message);
}

/** `18 min late`, `3 days late`. */
export function late(minutes: number): string {
  if (minutes < 120) return t('common:late.minutes', { count: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48
    ? t('common:late.hours', { count: hours })
    : t('common:late.days', { count: Math.round(hours / 24) });
}
