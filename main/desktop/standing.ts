/** What the tray tells, at a glance. */
export type Mood = 'starting' | 'idle' | 'publishing' | 'needs_you' | 'stopped' | 'offline';

/** What is known of the app. */
export interface Standing {
  phase: 'starting' | 'working' | 'locked' | 'rescue' | 'failed' | 'quitting';
  isOnline: boolean;
  /** The kill switch for everything is engaged. */
  isKilled: boolean;
  /** Why nothing is sent for another reason; null when nothing is in the way. */
  halt: string | null;
  /** Posts that are being sent. */
  publishing: number;
  /** Posts that wait for a person's decision, and accounts that must be connected again. */
  needsYou: number;
  toReview: number;
  /** UTC ms. */
  nextDueAt: number | null;
}

export const nothingKnown: Standing = {
  phase: 'starting',
  isOnline: true,
  isKilled: false,
  halt: null,
  publishing: 0,
  needsYou: 0,
  toReview: 0,
  nextDueAt: null,
};

/** The worst comes first: what sends nothing, then what waits for a person. */
export function moodOf({ phase, isOnline, isKilled, halt, publishing, needsYou }: Standing): Mood {
  if (phase === 'starting' || phase === 'quitting') return 'starting';
  if (phase !== 'working') return 'needs_you';
  if (isKilled || halt !== null) return 'stopped';
  if (!isOnline) return 'offline';
  if (needsYou > 0) return 'needs_you';
  return publishing > 0 ? 'publishing' : 'idle';
}

/** One line for a person. */
export function headlineOf(standing: Standing): string {
  const { phase, halt, isKilled, publishing, needsYou } = standing;
  switch (phase) {
    case 'starting':
      return 'Starting …';
    case 'quitting':
      return publishing > 0 ? `Finishing ${counted(publishing, 'post')}, then quitting …` : 'Quitting …';
    case 'rescue':
      return 'Your data cannot be opened';
    case 'locked':
      return 'Locked: the key is missing or changed';
    case 'failed':
      return 'AutoSocial AI cannot start';
    case 'working':
      break;
  }
  switch (moodOf(standing)) {
    case 'stopped':
      return isKilled ? 'Stopped: nothing is sent' : `Nothing is sent: ${firstSentence(halt ?? '')}`;
    case 'offline':
      return 'Offline: posts go out when the connection is back';
    case 'needs_you':
      return `${counted(needsYou, 'thing')} ${needsYou === 1 ? 'needs' : 'need'} you`;
    case 'publishing':
      return `Publishing ${counted(publishing, 'post')} …`;
    case 'starting':
    case 'idle':
      return 'All in order';
  }
}

/**
 * When the next post goes out, e.g. `today at 14:30`.
 * @param now UTC ms
 * @param zone IANA name
 */
export function nextDueText(dueAt: number | null, now: number, zone: string): string {
  if (dueAt === null) return 'Nothing is planned';
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: zone }).format(dueAt);
  const dayOf = (at: number): string =>
    new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: zone }).format(at);
  const day = dayOf(dueAt);
  if (dueAt <= now) return 'Next post: now';
  if (day === dayOf(now)) return `Next post: today at ${time}`;
  if (day === dayOf(now + 86_400_000)) return `Next post: tomorrow at ${time}`;
  const date = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone });
  return `Next post: ${date.format(dueAt)} at ${time}`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}
