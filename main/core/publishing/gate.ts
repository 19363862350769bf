import { findBannedTerms } from '../../../shared/domain/banned-terms.ts';
import type { Halt } from '../control/halts.ts';
import type { KillSwitchRecord } from '../ports/index.ts';
import { publishableFields } from '../pipeline/content.ts';
import { keptUntil, rateCode } from './missed.ts';
import {
  bannedWords,
  changedWords,
  disconnectedWords,
  lateWords,
  notApprovedWords,
  otherProfileWords,
  pausedClientWords,
  rateWords,
  reconnectWords,
  stoppedWords,
  wantedAt,
} from './reasons.ts';
import type { Situation } from './situation.ts';

/**
 * Why nothing may be sent now.
 * - `wait`: the target stays pending and is looked at again when the reason is gone
 * - `hold`: a person must decide
 */
export interface Closed {
  effect: 'wait' | 'hold';
  code: string;
  /** For a person. */
  message: string;
  /** UTC ms at which waiting ends by itself, where that is known. */
  until?: number;
}

export interface GateFacts {
  situation: Situation;
  now: number;
  stoppedBy: KillSwitchRecord | null;
  /** Why nothing is sent at all now, or null. */
  halt: Halt | null;
  /** Content hash and network identity of the attempt under way; null before there is one. */
  attempt: { contentHash: string; remoteAccountId: string } | null;
}

/** The gate: every condition for sending, in one place. Null means open. */
export function closedBecause(facts: GateFacts): Closed | null {
  return barredBecause(facts) ?? closedByTime(facts);
}

/** All of the gate but the time. */
export function barredBecause(facts: GateFacts): Closed | null {
  const { situation, now } = facts;
  const { post, account, client, rules } = situation;

  const stop = closedByStop(facts);
  if (stop !== null) return stop;
  if (client.status === 'paused' || client.status === 'archived')
    return wait('client_paused', pausedClientWords(client));
  if (account.pausedUntil !== null && account.pausedUntil > now) {
    const until = account.pausedUntil;
    return {
      effect: 'wait',
      code: rateCode,
      message: rateWords(account, until, { isTooLate: until >= keptUntil(wantedAt(post), rules.graceMinutes) }),
      until,
    };
  }
  if (account.disconnectedAt !== null) return hold('disconnected', disconnectedWords(account));
  if (account.status === 'reconnect') return hold('reconnect', reconnectWords(account, account.statusReason));
  if (post.approvedHash === null) return hold('not_approved', notApprovedWords);
  if (post.approvedHash !== situation.contentHash) return hold('changed', changedWords);
  if (facts.attempt !== null && facts.attempt.contentHash !== situation.contentHash)
    return hold('changed', changedWords);
  if (facts.attempt !== null && facts.attempt.remoteAccountId !== account.remoteId) {
    return hold('account_changed', otherProfileWords);
  }
  const hits = Object.values(publishableFields(post, situation.targets)).flatMap((text) =>
    findBannedTerms(text, situation.bannedTerms),
  );
  const [hit] = hits;
  return hit === undefined ? null : hold('banned', bannedWords(hit.term));
}

/** What stops all sending, everywhere or here. */
export function closedByStop({ stoppedBy, halt }: Pick<GateFacts, 'stoppedBy' | 'halt'>): Closed | null {
  if (stoppedBy !== null) return wait('stopped', stoppedWords(stoppedBy));
  return halt === null ? null : wait(halt.code, halt.message);
}

/** What was missed is sorted out before it gets here; the gate holds only what has been under way for too long. */
function closedByTime({ situation: { post, client, rules }, now }: GateFacts): Closed | null {
  if (now < post.scheduledFor && post.publishNowAt === null) {
    return { effect: 'wait', code: 'early', message: 'The post is not due yet.', until: post.scheduledFor };
  }
  const { graceMinutes } = rules;
  if (now <= keptUntil(wantedAt(post), graceMinutes)) return null;
  return hold('late', lateWords(post, { name: client.name, graceMinutes }, now));
}

function wait(code: string, message: string): Closed {
  return { effect: 'wait', code, message };
}

function hold(code: string, message: string): Closed {
  return { effect: 'hold', code, message };
}
