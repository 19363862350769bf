import { findBannedTerms } from '../../../shared/domain/banned-terms.ts';
import type { KillSwitchRecord } from '../ports/index.ts';
import { publishableFields } from '../pipeline/content.ts';
import { tooLate } from './decide.ts';
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
  /** Null when the clock can be trusted, else why not. */
  clockDoubt: string | null;
  /** An attempt of this target was made before. */
  begun: boolean;
  /** Content hash and network identity of the attempt under way; null before there is one. */
  attempt: { contentHash: string; remoteAccountId: string } | null;
}

/** The gate: every condition for sending, in one place. Null means open. */
export function closedBecause(facts: GateFacts): Closed | null {
  const { situation, now } = facts;
  const { post, account, client, rules } = situation;

  if (facts.stoppedBy !== null) {
    return wait('stopped', facts.stoppedBy.reason ?? 'Publishing is stopped by the kill switch.');
  }
  if (facts.clockDoubt !== null) return wait('clock', facts.clockDoubt);
  if (client.status === 'paused' || client.status === 'archived') {
    return wait('client_paused', `${client.name} is ${client.status}; nothing is published for this client.`);
  }
  if (account.pausedUntil !== null && account.pausedUntil > now) {
    return {
      effect: 'wait',
      code: 'rate',
      message: 'The network asked us to wait before posting on this account again.',
      until: account.pausedUntil,
    };
  }
  if (account.disconnectedAt !== null) {
    return hold(
      'disconnected',
      `${account.displayName} was disconnected. Connect it again or remove it from the post.`,
    );
  }
  if (account.status === 'reconnect') {
    return hold('reconnect', account.statusReason ?? `${account.displayName} must be connected again.`);
  }
  if (post.approvedHash === null) return hold('not_approved', 'The post has not been approved.');
  if (post.approvedHash !== situation.contentHash) {
    return hold('changed', 'The post was changed after it was approved. Approve it again.');
  }
  if (facts.attempt !== null && facts.attempt.contentHash !== situation.contentHash) {
    return hold('changed', 'The post was changed while it was being published. Approve it again.');
  }
  if (facts.attempt !== null && facts.attempt.remoteAccountId !== account.remoteId) {
    return hold('account_changed', 'The account was connected to another profile meanwhile.');
  }
  const hits = Object.values(publishableFields(post, situation.targets)).flatMap((text) =>
    findBannedTerms(text, situation.bannedTerms),
  );
  const [hit] = hits;
  if (hit !== undefined) return hold('banned', `The post contains the banned term “${hit.term}”.`);
  if (now < post.scheduledFor && post.publishNowAt === null) {
    return { effect: 'wait', code: 'early', message: 'The post is not due yet.', until: post.scheduledFor };
  }
  // "Publish now" sets a new time; like one that began, it may wait an hour for its account.
  const wantedAt = post.publishNowAt ?? post.scheduledFor;
  const begun = facts.begun || post.publishNowAt !== null;
  if (tooLate({ scheduledFor: wantedAt, now, graceMs: rules.graceMinutes * 60_000, begun })) {
    const minutes = Math.round((now - wantedAt) / 60_000);
    return hold('late', `The post missed its time by ${minutes} minutes. Publish it now or choose another time.`);
  }
  return null;
}

function wait(code: string, message: string): Closed {
  return { effect: 'wait', code, message };
}

function hold(code: string, message: string): Closed {
  return { effect: 'hold', code, message };
}
