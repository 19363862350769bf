import type { Speech } from './speech.ts';
import type { Words } from './words/index.ts';

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
export function headlineOf(standing: Standing, { words: { standing: words }, said }: Speech): string {
  const { phase, halt, isKilled, publishing, needsYou } = standing;
  switch (phase) {
    case 'starting':
      return words.starting;
    case 'quitting':
      return publishing > 0 ? words.finishing(publishing) : words.quitting;
    case 'rescue':
      return words.rescue;
    case 'locked':
      return words.locked;
    case 'failed':
      return words.failed;
    case 'working':
      break;
  }
  switch (moodOf(standing)) {
    case 'stopped':
      return isKilled ? words.stopped : words.nothingIsSent(firstSentence(said(halt ?? '')));
    case 'offline':
      return words.offline;
    case 'needs_you':
      return words.needsYou(needsYou);
    case 'publishing':
      return words.publishing(publishing);
    case 'starting':
    case 'idle':
      return words.inOrder;
  }
}

/**
 * When the next post goes out, e.g. `today at 14:30`.
 * @param now UTC ms
 * @param zone IANA name
 */
export function nextDueText(
  dueAt: number | null,
  now: number,
  zone: string,
  { next, locale }: Pick<Words, 'next' | 'locale'>,
): string {
  if (dueAt === null) return next.nothing;
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone }).format(dueAt);
  const dayOf = (at: number): string =>
    new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: zone }).format(at);
  const day = dayOf(dueAt);
  if (dueAt <= now) return next.now;
  if (day === dayOf(now)) return next.today(time);
  if (day === dayOf(now + 86_400_000)) return next.tomorrow(time);
  const date = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone });
  return next.later(date.format(dueAt), time);
}

function firstSentence(text: string): string {
  return /^.*?[.!?؟](?=\s|$)/s.exec(text)?.[0] ?? text;
}
