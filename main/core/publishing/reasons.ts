import { platformNames } from '../../../shared/domain/platform.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { isoOf, zonedOf } from '../instants.ts';
import type {
  AccountRecord,
  AttemptRecord,
  ClientRecord,
  Failure,
  KillSwitchRecord,
  PostRecord,
} from '../ports/index.ts';
import type { AfterFailure } from './decide.ts';
import { keptUntil, punctualMs, rateCode } from './missed.ts';
import type { Situation } from './situation.ts';

/*
 * Why a post waits, is held or has failed, for the person who reads it: what happened, what the app did
 * about it, and what can be done. Instants are in ISO, for a dashboard to show on its own clock.
 */

/** Actors that have no name a person would know. */
const byWhom: Partial<Record<string, string>> = { owner: '', api: phrase` over REST`, app: phrase` by the app` };

/** Which stop is in force, by whom and since when. */
export function stoppedWords({ scope, reason, changedBy, changedAt }: KillSwitchRecord): string {
  const because = reason === null || reason === '' ? '' : ` (“${reason}”)`;
  if (changedAt === 0) return stopped[scope](because);
  const by = byWhom[changedBy] ?? phrase` by ${changedBy}`;
  return stoppedAt[scope](by, `${isoOf(changedAt)}${because}`);
}

const stopped: Record<KillSwitchRecord['scope'], (because: string) => string> = {
  global: (because) => `All publishing is stopped${because}.`,
  client: (because) => `This client's publishing is stopped${because}.`,
  account: (because) => `Publishing on this account is stopped${because}.`,
};
const stoppedAt: Record<KillSwitchRecord['scope'], (by: string, at: string) => string> = {
  global: (by, at) => `All publishing was stopped${by} at ${at}.`,
  client: (by, at) => `This client's publishing was stopped${by} at ${at}.`,
  account: (by, at) => `Publishing on this account was stopped${by} at ${at}.`,
};

export function pausedClientWords({ name, status }: Pick<ClientRecord, 'name' | 'status'>): string {
  switch (status) {
    case 'archived':
      return `${name} is archived; nothing is published for this client.`;
    case 'paused':
      return `${name} is paused; nothing is published for this client.`;
    default:
      return `${name} is being set up; nothing is published for this client yet.`;
  }
}

/**
 * @param until UTC ms
 * @param more.said the network's own words, where they are known
 * @param more.isTooLate by then the post does not go out by itself any more
 */
export function rateWords(
  account: AccountRecord,
  until: number,
  { said, isTooLate = false }: { said?: string; isTooLate?: boolean } = {},
): string {
  const network = platformNames[account.platform];
  const quoted = said === undefined ? '' : ` ${phrase`${network} said: “${said}”`}`;
  const end = isTooLate
    ? `The wait ends at ${isoOf(until)}: too late for this to go out by itself, so you are asked then.`
    : `It goes on by itself at ${isoOf(until)}.`;
  return phrase`${network} asked us to wait before anything more is posted on ${account.displayName}. ${end}${quoted}`;
}

const overdue = 'Publish it now, choose another time, or leave it out.';

/** A post as far as it says when it was to go out. */
type Due = Pick<PostRecord, 'publishNowAt' | 'scheduledFor' | 'timezone'>;

/** When it was to go out, on the client's clock. */
function dueTime(post: Due): string {
  return zonedOf(wantedAt(post), post.timezone);
}

/** @param now UTC ms */
export function lateWords(
  post: Due,
  { name, graceMinutes }: { name: string; graceMinutes: number },
  now: number,
): string {
  const minutes = Math.round((now - wantedAt(post)) / 60_000);
  return phrase`This was due at ${dueTime(post)} and missed its time by ${minutes} min; ${name} allows ${graceMinutes}. It was not sent. ${overdue}`;
}

export function crowdedWords(post: Due, { displayName }: Pick<AccountRecord, 'displayName'>): string {
  return phrase`This was due at ${dueTime(post)}, and several posts for ${displayName} were overdue at once. The first of them go out by themselves with five minutes between; this one was not sent, so that followers are not flooded. ${overdue}`;
}

/** @param stop what stopped it, in a sentence */
export function afterStopWords(post: Due, stop: string): string {
  return phrase`This was due at ${dueTime(post)}, when nothing could be sent. ${stop} It was not sent: after a stop nothing overdue goes out by itself. ${overdue}`;
}

/** @param until UTC ms */
export function turnWords(post: Due, until: number): string {
  return `This was due at ${dueTime(post)} and could not be sent then, like others for this account. They go out five minutes apart, this one at ${zonedOf(until, post.timezone)}.`;
}

export function disconnectedWords({ displayName }: Pick<AccountRecord, 'displayName'>): string {
  return `${displayName} was disconnected. Nothing was sent. Connect it again, and what is still in time goes out by itself; or take the account off the post.`;
}

/** @param why as a sentence */
export function reconnectWords({ displayName }: Pick<AccountRecord, 'displayName'>, why: string | null): string {
  const cause = why === null ? '' : `${why} `;
  return `${cause}Nothing was published. Connect ${displayName} again, and what is still in time goes out by itself.`;
}

export const notApprovedWords =
  'Nobody has approved this post as it is. It was not sent. Look at it and approve it, or leave it out.';
export const changedWords =
  'The post was changed after it was approved. It was not sent: only exactly what was approved goes out. Look at it and approve it again.';
export const otherProfileWords =
  'The account was connected to another profile than the one this was approved for. It was not sent. Try again if it is to go out there, or choose another account.';
export const goneWords =
  'The post or its account was removed meanwhile. Nothing was sent. There is nothing left to do.';

export function bannedWords(term: string): string {
  return `The post contains the banned term “${term}”. It was stopped before it was sent. Change the text, or take the term off the client’s list.`;
}

export const unwrittenWords =
  'It could not be written down that this is being sent: the file is held by another program, or the disk cannot be written. It was not sent. It goes on by itself as soon as it can.';

/** @param problem what the network would refuse, as a sentence */
export function unfitWords(problem: string): string {
  return `${problem} It was not sent. Change the post and approve it again.`;
}

/** @param doubt what cannot be told, as a sentence */
export function unclearWords(doubt: string): string {
  return `${doubt} Nothing is sent again before you answer. Look at the account and say whether it is live.`;
}

/** What a failure that ends the tries means. */
function failureWords(failure: Failure, { platform, displayName }: AccountRecord, tries: number): string {
  const network = platformNames[platform];
  switch (failure.class) {
    case 'content':
      return `${network} refused it: ${failure.message} It is not live, and the same would be refused again. Change it and approve it again, or leave it out.`;
    case 'config':
      return `${network} does not accept this app as it is set up: ${failure.message} Nothing was published. Correct the settings of the app, then try again.`;
    case 'account':
      return `${network} does not let ${displayName} post now: ${failure.message} Nothing was published. Look at the account in ${network} itself, then try again.`;
    default:
      return `It did not work after ${tries} tries: ${failure.message} It is not live and is not tried again by itself. Try again, choose another time, or leave it out.`;
  }
}

/** What the target says after a failure, and under which code. */
export function reasonFor(
  decision: Exclude<AfterFailure, { kind: 'renew' }>,
  failure: Failure,
  { account, target, post, rules }: Pick<Situation, 'account' | 'target' | 'post' | 'rules'>,
): { code: string; message: string } {
  if (decision.kind === 'retry' && decision.pauseAccountUntil !== null) {
    const until = decision.pauseAccountUntil;
    const isTooLate = until >= keptUntil(wantedAt(post), rules.graceMinutes);
    return { code: rateCode, message: rateWords(account, until, { said: failure.message, isTooLate }) };
  }
  if (decision.kind === 'retry') return failure;
  if (decision.kind === 'hold' && decision.reconnect) {
    return { code: 'reconnect', message: reconnectWords(account, failure.message) };
  }
  return { code: failure.code, message: failureWords(failure, account, target.tries + 1) };
}

/** `, late by 12 min` for what left more than a minute after its time. */
export function lateness({ sentAt, createdAt }: AttemptRecord, post: PostRecord): string {
  const byMs = (sentAt ?? createdAt) - wantedAt(post);
  return byMs > punctualMs ? phrase`, late by ${Math.round(byMs / 60_000)} min` : '';
}

/** When a post was to go out: as planned, or when a person asked for it. UTC ms. */
export function wantedAt({ publishNowAt, scheduledFor }: Pick<PostRecord, 'publishNowAt' | 'scheduledFor'>): number {
  return publishNowAt ?? scheduledFor;
}
