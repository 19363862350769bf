import type { Post, Target } from '../../shared/contract/pipeline.ts';
import { count, formatWhen, withLocalTimes } from './format.ts';
import type { Trouble } from './trouble.ts';

/** What of a post its troubles are told with. */
export type AboutPost = Pick<Post, 'scheduledFor' | 'timezone' | 'clientName'>;
/** Words for a code; what happened is the server's message where none of ours says it better. */
export type Words = Omit<Trouble, 'happened'> & { happened?: (post: AboutPost, target: Target, now: number) => string };

/** Why a post waits that is not its network's doing, by code. */
export const waitingLabels: Record<string, string> = {
  catch_up: 'Catching up',
  stopped: 'Stopped',
  stop_file: 'Stopped',
  client_paused: 'Client paused',
  clock: 'Clock is wrong',
  disk: 'Disk is full',
  lease: 'Another app publishes',
  copied: 'Copied data',
  restored: 'Restored data',
  damaged: 'Damaged data',
  waking: 'Just woken up',
};

/** What passes by itself: what became due meanwhile is late then, and not a person's to release. */
const passing: ReadonlySet<string> = new Set(['disk', 'lease', 'waking']);

/** What becomes of a post that waits under this code, when that ends. */
export function afterwards(code: string): string {
  if (code === 'catch_up') return 'Nothing goes out in a burst. Its turn is now.';
  return passing.has(code)
    ? 'When this ends it goes out late by itself, if that is not later than this client’s rules allow; several go out with pauses between.'
    : 'When this ends it is held, and you decide: nothing overdue goes out by itself.';
}

/** Why a target is held, and what can be done. */
export function heldWords({ error }: Target): Words {
  if (error === null) return unclear;
  return heldByCode[error.code] ?? (error.class === null ? undefined : heldByClass[error.class]) ?? unfinished;
}

/** Why a target was given up. */
export function failedWords(target: Target): Words {
  const { tries, error } = target;
  if (error?.class === 'transient') {
    return {
      kind: 'failed',
      label: 'Gave up',
      did: `We tried ${tries === 1 ? 'once' : `${tries} times, longer apart each time`}, and stopped.`,
      remedies: ['retry', 'reschedule', 'drop'],
    };
  }
  if (error?.class === 'content') {
    return {
      kind: 'failed',
      label: 'Refused',
      did: 'We did not try again by ourselves.',
      remedies: ['edit', 'retry', 'drop'],
    };
  }
  return {
    kind: 'failed',
    label: 'Failed',
    did: 'We stopped, and nothing more goes out by itself.',
    remedies: ['retry', 'reschedule', 'edit', 'drop'],
  };
}

/** Held for a reason that there are no words for here. */
export const unfinished: Words = {
  kind: 'content',
  label: 'Needs a change',
  did: 'Nothing was sent. Change what is wrong and approve it, or leave it out.',
  remedies: ['edit', 'retry', 'drop'],
};

const stoppedLast = 'We stopped it at the last check before sending.';
const overdue = ['publish_now', 'reschedule', 'drop'] as const;
const lostAccount: Omit<Words, 'label'> = {
  kind: 'account',
  did: 'We hold it, and send nothing more to this account until then.',
  remedies: ['reconnect', 'retry', 'drop'],
};

const unclear: Words = {
  kind: 'unclear',
  label: 'Live or not?',
  did: 'We asked the network for as long as it made sense. Compare what was sent with what the account shows.',
  remedies: ['answer'],
};

const heldByCode: Partial<Record<string, Words>> = {
  unclear,
  restored: {
    kind: 'unclear',
    label: 'Live or not?',
    did: 'We hold every post of which older data cannot tell, and send nothing before you answer.',
    remedies: ['answer'],
  },
  late: {
    kind: 'missed',
    label: 'Missed its time',
    happened: missedItsTime,
    did: 'We held it back: it was later than this client’s rules allow. A stale post can be worse than none.',
    remedies: overdue,
  },
  crowded: {
    kind: 'missed',
    label: 'Too many at once',
    happened: (post, target, now) =>
      `${missedItsTime(post, target, now)} Several posts for ${target.accountName} were overdue at the same time.`,
    did: 'We sent the first of them with pauses between, and held this one, so that followers are not flooded.',
    remedies: overdue,
  },
  after_stop: {
    kind: 'missed',
    label: 'Due while stopped',
    happened: (post, target, now) => `${missedItsTime(post, target, now)} Publishing was stopped at that time.`,
    did: 'We held it: after a stop nothing overdue goes out by itself.',
    remedies: overdue,
  },
  reconnect: { ...lostAccount, label: 'Account lost' },
  disconnected: { ...lostAccount, label: 'Disconnected' },
  unreadable: { ...lostAccount, label: 'Account lost' },
  account_changed: {
    kind: 'account',
    label: 'Another profile',
    did: stoppedLast,
    remedies: ['retry', 'edit', 'drop'],
  },
  not_approved: {
    kind: 'content',
    label: 'Not approved',
    did: stoppedLast,
    remedies: ['approve', 'edit', 'drop'],
  },
  changed: {
    kind: 'content',
    label: 'Changed since',
    did: stoppedLast,
    remedies: ['approve', 'edit', 'drop'],
  },
  banned: {
    kind: 'content',
    label: 'Banned words',
    did: stoppedLast,
    remedies: ['edit', 'drop'],
  },
};

const heldByClass: Partial<Record<NonNullable<NonNullable<Target['error']>['class']>, Words>> = {
  token: { ...lostAccount, label: 'Account lost' },
  permission: { ...lostAccount, label: 'Permission missing' },
  config: {
    kind: 'account',
    label: 'App set-up',
    did: 'We hold it, and send nothing more of this post until you say so.',
    remedies: ['settings', 'retry', 'drop'],
  },
  account: {
    kind: 'account',
    label: 'Account restricted',
    did: 'We hold it, and send nothing more of this post until you say so.',
    remedies: ['retry', 'drop'],
  },
};

function missedItsTime({ scheduledFor, timezone }: AboutPost, target: Target, now: number): string {
  // A person had asked for it before its time.
  if (Date.parse(scheduledFor) - now > 60_000) return saidOf(target);
  const minutes = Math.round((now - Date.parse(scheduledFor)) / 60_000);
  return `It was due ${formatWhen(scheduledFor, timezone)}${minutes < 1 ? '' : `, and is ${late(minutes)} by now`}.`;
}

/** What the server says about it; its sentences tell what the app did as well. */
export function saidOf({ error }: Target): string {
  return error === null ? 'A person must decide how to go on.' : withLocalTimes(error.message);
}

/** `18 min late`, `3 days late`. */
export function late(minutes: number): string {
  if (minutes < 120) return `${minutes} min late`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${count(hours, 'hour')} late` : `${count(Math.round(hours / 24), 'day')} late`;
}
