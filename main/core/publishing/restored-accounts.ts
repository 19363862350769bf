import { platformNames } from '../../../shared/domain/platform.ts';
import type { PostStatus } from '../../../shared/domain/post.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { textFor } from '../pipeline/content.ts';
import {
  type AccountRecord,
  type DueTarget,
  NetworkFailure,
  type RemotePost,
  type TargetRecord,
} from '../ports/index.ts';
import type { PublishingDeps } from './context.ts';
import type { Wanted } from './restored-match.ts';

/** People approve and publish by hand what was planned for some days before; further back nobody looks. */
const waitingSinceMs = 7 * 24 * 3_600_000;
const allOfThem = 1_000_000;
const postsAtOnce = 200;
const withPeople: readonly PostStatus[] = ['draft', 'in_review', 'rejected', 'held', 'failed', 'partly_published'];

/** Every target that older data may be wrong about, by account. @param since UTC ms; nothing after it is in the data */
export async function wantedByAccount(deps: PublishingDeps, since: number): Promise<Map<string, Wanted[]>> {
  const byAccount = new Map<string, Wanted[]>();
  const seen = new Set<string>();
  const add = ({ target, post }: DueTarget, claim: Wanted['claim']): void => {
    if (seen.has(target.id)) return;
    seen.add(target.id);
    const wanted = byAccount.get(target.accountId) ?? [];
    wanted.push({ targetId: target.id, text: textFor(post, target), claim });
    byAccount.set(target.accountId, wanted);
  };
  const now = deps.clock.now();
  const sent = deps.dataAge.sentSince(since);
  for (const due of await deps.store.targets.due(Number.MAX_SAFE_INTEGER, allOfThem)) {
    // A person may have published early what this data takes for due later.
    const mayBeSent = isDue(due, now) || (sent?.has(due.target.id) ?? false);
    add(due, mayBeSent ? 'due' : sent === null ? 'maybe' : 'later');
  }
  // Sent since, and in this data perhaps not even approved.
  for (const known of await unsentAmong(deps, sent ?? new Set())) add(known, 'due');
  for (const open of await openTargets(deps, since)) add(open, 'open');
  for (const waiting of await waitingTargets(deps, since - waitingSinceMs, now)) add(waiting, 'waiting');
  return byAccount;
}

function isDue({ target, post }: DueTarget, now: number): boolean {
  return post.publishNowAt !== null || post.scheduledFor <= now || (target.nextAttemptAt ?? now + 1) <= now;
}

async function unsentAmong(deps: PublishingDeps, ids: ReadonlySet<string>): Promise<DueTarget[]> {
  const targets = await Promise.all([...ids].map((id) => deps.store.targets.get(id)));
  return withPosts(
    deps,
    targets.filter((target) => isUnsent(target?.status)),
  );
}

/** With an attempt that is not at its end, or live without anyone knowing as which post. */
async function openTargets(deps: PublishingDeps, since: number): Promise<DueTarget[]> {
  const { store } = deps;
  const ids = (await store.attempts.listOpen()).filter(({ kind }) => kind === 'post').map(({ targetId }) => targetId);
  const targets = [
    ...(await Promise.all(ids.map((id) => store.targets.get(id)))),
    ...(await store.targets.withoutLink(since, allOfThem)).filter(({ remoteId }) => remoteId === null),
  ];
  return withPosts(deps, targets);
}

async function withPosts(
  { store }: PublishingDeps,
  targets: readonly (TargetRecord | undefined)[],
): Promise<DueTarget[]> {
  const found: DueTarget[] = [];
  for (const target of targets) {
    const post = target && (await store.posts.get(target.postId));
    if (target !== undefined && post !== undefined) found.push({ target, post });
  }
  return found;
}

/** What a person may have sent since then: it was planned for that time, and a person had to act on it. */
async function waitingTargets({ store }: PublishingDeps, from: number, to: number): Promise<DueTarget[]> {
  const found: DueTarget[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.posts.list({ statuses: withPeople, from, to, limit: postsAtOnce, cursor });
    cursor = page.nextCursor ?? undefined;
    const targets = await store.targets.listOfPosts(page.items.map(({ id }) => id));
    for (const post of page.items) {
      const own = targets.filter(({ postId, status }) => postId === post.id && isUnsent(status));
      found.push(...own.map((target) => ({ target, post })));
    }
  } while (cursor !== undefined);
  return found;
}

/** A target that the data does not believe to have been sent. */
export function isUnsent(status: string | undefined): boolean {
  return status === 'pending' || status === 'held' || status === 'failed';
}

/** What an account shows that is not known to be ours, or why that cannot be told. */
type Shown =
  | { kind: 'shown'; posts: RemotePost[] }
  /** `isFinal`: asking again soon would not help. */
  | { kind: 'silent'; why: string; isFinal: boolean };

/**
 * Asks an account for its posts since `since` (UTC ms). An access that has ended is renewed once, where that
 * is possible without a person.
 */
export async function askAccount(deps: PublishingDeps, account: AccountRecord, since: number): Promise<Shown> {
  let answer = await askOnce(deps, account, since);
  if (answer instanceof NetworkFailure && answer.failure.class === 'token' && account.platform === 'tiktok') {
    const renewal = await deps.renewAccess(account.id);
    const renewed = renewal === 'renewed' ? await deps.store.accounts.get(account.id) : undefined;
    if (renewed !== undefined) answer = await askOnce(deps, renewed, since);
  }
  if (answer === null) {
    return {
      kind: 'silent',
      why: phrase`${platformNames[account.platform]} does not show its posts to this app`,
      isFinal: true,
    };
  }
  if (answer instanceof Error) return silentBecause(deps, account, answer);
  const ours = await deps.store.attempts.boundPosts(
    account.remoteId,
    answer.map(({ remoteId }) => remoteId),
  );
  return { kind: 'shown', posts: answer.filter(({ remoteId }) => !ours.has(remoteId)) };
}

/** Whatever goes wrong is an answer: it says nothing about the posts. */
async function askOnce(
  deps: PublishingDeps,
  account: AccountRecord,
  since: number,
): Promise<RemotePost[] | null | Error> {
  try {
    return await deps.networks[account.platform].recentPosts(deps.openAccess(account), since);
  } catch (error) {
    return error instanceof Error ? error : new Error('The account could not be asked.');
  }
}

function silentBecause({ log }: PublishingDeps, account: AccountRecord, error: Error): Shown {
  const failure = error instanceof NetworkFailure ? error.failure : null;
  log.warn('an account could not be asked for its posts', { account: account.id, code: failure?.code ?? error.name });
  return {
    kind: 'silent',
    why: failure?.message ?? phrase`its stored access could not be used`,
    isFinal: failure?.class !== 'transient',
  };
}
