import { type PostStatus, statusFromTargets } from '../../../shared/domain/post.ts';
import { startAfresh } from '../pipeline/deps.ts';
import type { AccountRecord, PostRecord, Repositories, TargetRecord } from '../ports/index.ts';
import { disconnectedWords } from '../publishing/reasons.ts';

/** Codes under which a post is held until its account is connected again. */
const lostCodes: ReadonlySet<string | null> = new Set(['reconnect', 'disconnected']);

/** Approved posts that still wait for this account are held; others show it as a problem. @returns ids of held posts */
export function holdPosts(repositories: Repositories, account: AccountRecord, now: number): Promise<string[]> {
  const reason = disconnectedWords(account);
  return changeTargets(repositories, account, now, {
    statuses: ['approved', 'publishing', 'held'],
    isMeant: ({ status }) => status === 'pending',
    change: { status: 'held', errorCode: 'disconnected', errorMessage: reason, nextAttemptAt: null },
  });
}

/**
 * Approved posts that were held because the account was lost wait for their time again. One whose time
 * has passed then goes out late, or is held, as any post that was missed. @returns ids of these posts
 */
export function resumePosts(repositories: Repositories, account: AccountRecord, now: number): Promise<string[]> {
  return changeTargets(repositories, account, now, {
    statuses: ['held'],
    isMeant: ({ status, errorCode }) => status === 'held' && lostCodes.has(errorCode),
    change: startAfresh,
  });
}

interface Work {
  statuses: readonly PostStatus[];
  isMeant(target: TargetRecord): boolean;
  change: Pick<TargetRecord, 'status' | 'errorCode' | 'errorMessage' | 'nextAttemptAt'>;
}

async function changeTargets(
  repositories: Repositories,
  { id, clientId }: AccountRecord,
  now: number,
  { statuses, isMeant, change }: Work,
): Promise<string[]> {
  const changed: string[] = [];
  for (const post of await postsOf(repositories, clientId, statuses)) {
    const targets = await repositories.targets.listOfPost(post.id);
    const meant = targets.find((target) => target.accountId === id && isMeant(target));
    if (meant === undefined || post.approvedHash === null) continue;
    await repositories.targets.update(meant.id, { ...change, updatedAt: now });
    const after = targets.map((target) => (target === meant ? { ...target, ...change } : target));
    const status = statusFromTargets(after.map((target) => target.status));
    const heldReason = after.find((target) => target.status === 'held')?.errorMessage ?? null;
    await repositories.posts.update(post.id, { status, heldReason, updatedAt: now });
    changed.push(post.id);
  }
  return changed;
}

async function postsOf(
  repositories: Repositories,
  clientId: string,
  statuses: readonly PostStatus[],
): Promise<PostRecord[]> {
  const posts: PostRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await repositories.posts.list({ clientIds: [clientId], statuses, limit: 200, cursor });
    posts.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return posts;
}
