import type { Halt } from '../../main/core/control/halts.ts';
import type { WorldStore } from './world-store.ts';
import type { ScenarioAccount } from './scenario.ts';

/** An irrevocable request the moment the app lets it go. */
export interface Leaving {
  account: ScenarioAccount;
  text: string;
  isComment: boolean;
  /** UTC ms. */
  now: number;
}

/** What people want at that moment, told by themselves. */
export interface Wishes {
  /** The scopes that are durably stopped. */
  isStopped(account: ScenarioAccount): boolean;
  /** A term that the account's client banned before `now`, and that stands in the text. */
  bannedIn(text: string, account: ScenarioAccount, now: number): string | null;
  /** These words of a post were approved by a person. */
  isApproved(text: string): boolean;
  /** Why nothing may leave at all, or null. */
  halt(): Halt | null;
  /** The account was disconnected before `now`. */
  isDisconnected(account: ScenarioAccount, now: number): boolean;
}

interface SendingRow {
  kind: 'post' | 'first_comment';
  content_hash: string;
  caption: string;
  first_comment: string | null;
  approved_hash: string | null;
  scheduled_for: number;
  publish_now_at: number | null;
  deleted_at: number | null;
  removed_at: number | null;
}

/** Whether it may leave, by what is committed and by what people want. Answers what is wrong, in words. */
export function judgeAtGate(leaving: Leaving, store: Pick<WorldStore, 'askAll'>, wishes: Wishes): string[] {
  const { account, text, isComment, now } = leaving;
  const wrong: string[] = [];
  if (wishes.isStopped(account)) wrong.push(`I4 a request for ${account.id} passed the gate after the kill switch`);
  const halt = wishes.halt();
  if (halt !== null) wrong.push(`I4 “${text}” left although: ${halt.message}`);
  if (!isComment && !wishes.isApproved(text)) wrong.push(`I9 nobody approved “${text}”`);
  const term = wishes.bannedIn(text, account, now);
  if (term !== null) wrong.push(`I6 “${text}” left with the banned term “${term}”`);
  if (wishes.isDisconnected(account, now)) wrong.push(`I7 “${text}” left for ${account.id}, which is disconnected`);
  const row = store
    .askAll<SendingRow>(sendingNow, account.id)
    .find(({ kind, caption, first_comment: comment }) =>
      isComment ? kind === 'first_comment' && comment === text : kind === 'post' && caption === text,
    );
  if (row === undefined) return [...wrong, `W “${text}” left for ${account.id} before it was written down`];
  if (row.approved_hash === null || row.deleted_at !== null || row.removed_at !== null) {
    wrong.push(`I9 “${text}” left for ${account.id} without an approval`);
  } else if (row.approved_hash !== row.content_hash) {
    wrong.push(`I8 “${text}” left for ${account.id} and is not what was approved`);
  }
  if (!isComment && now < row.scheduled_for && row.publish_now_at === null) {
    wrong.push(`I5 “${text}” left ${row.scheduled_for - now} ms before its time`);
  }
  return wrong;
}

const sendingNow = `
  SELECT a.kind, a.content_hash, p.caption, p.first_comment, p.approved_hash, p.scheduled_for, p.publish_now_at,
    p.deleted_at, t.removed_at
  FROM publish_attempts a JOIN post_targets t ON t.id = a.target_id JOIN content_pipeline p ON p.id = t.post_id
  WHERE a.state = 'sending' AND a.account_id = ?`;
