import { contentHash, contentOf } from '../../main/core/pipeline/content.ts';
import type { PostRecord, Store, TargetRecord } from '../../main/core/ports/index.ts';
import { systemDigest } from '../../main/host/chance.ts';
import { type Platform, usualVia } from '../../shared/domain/platform.ts';
import type { Chance } from './chance.ts';

/** When every scenario begins, UTC ms. */
export const beginning = Date.UTC(2026, 10, 24, 9);

const accounts: readonly { id: string; platform: Platform; remoteId: string }[] = [
  { id: 'account-1', platform: 'facebook', remoteId: 'page-1' },
  { id: 'account-2', platform: 'instagram', remoteId: 'gram-1' },
  { id: 'account-3', platform: 'tiktok', remoteId: 'tok-1' },
];

export interface Planned {
  post: PostRecord;
  targets: TargetRecord[];
}

/** The account's id on its network. */
export function remoteIdOf(accountId: string): string {
  return accounts.find(({ id }) => id === accountId)?.remoteId ?? '';
}

/** Some approved posts within the first half hour, some with the same words, drawn from the seed. */
export function planPosts(chance: Chance, seed: number): Planned[] {
  return Array.from({ length: chance.between(3, 5) }, (_, index) => {
    const isTwin = index > 0 && chance.happens(0.15);
    const wanted = accounts.filter(() => chance.happens(0.6));
    const chosen = wanted.length > 0 ? wanted : accounts.slice(0, 1);
    return planned(
      index,
      `Offer ${seed}.${isTwin ? index - 1 : index}`,
      chosen,
      beginning + chance.between(10, 30 * 60) * 1_000,
      chance.happens(0.5),
    );
  });
}

function planned(index: number, caption: string, on: typeof accounts, dueAt: number, hasComment: boolean): Planned {
  const id = `post-${index + 1}`;
  const targets = on.map(
    ({ id: accountId, platform }, place): TargetRecord => ({
      id: `target-${index + 1}-${place + 1}`,
      postId: id,
      accountId,
      platform,
      status: 'pending',
      caption: null,
      options: {},
      consent: null,
      remoteId: null,
      permalink: null,
      publishedAt: null,
      tries: 0,
      nextAttemptAt: null,
      errorCode: null,
      errorMessage: null,
      updatedAt: beginning,
    }),
  );
  const post: PostRecord = {
    id,
    clientId: 'client-1',
    status: 'approved',
    source: 'manual',
    caption,
    hashtags: [],
    firstComment: hasComment ? `Order here ${id}` : null,
    altText: null,
    mediaIds: [],
    scheduledFor: dueAt,
    wallTime: '2026-11-24T10:00',
    timezone: 'Europe/Berlin',
    slot: null,
    approvedHash: null,
    approvedBy: 'owner',
    approvedAt: beginning,
    heldReason: null,
    rejectedReason: null,
    publishNowAt: null,
    createdAt: beginning,
    updatedAt: beginning,
    deletedAt: null,
  };
  return { post: { ...post, approvedHash: contentHash(contentOf(post, targets, []), systemDigest) }, targets };
}

/** Puts the agency's only client, its accounts and the posts into the store. */
export async function seed(store: Store, planned: readonly Planned[]): Promise<void> {
  await store.clients.insert({
    id: 'client-1',
    name: 'Corner Bakery',
    status: 'active',
    timezone: 'Europe/Berlin',
    language: 'en',
    brandVoice: '',
    createdAt: beginning,
    updatedAt: beginning,
    deletedAt: null,
  });
  for (const { id, platform, remoteId } of accounts) {
    await store.accounts.insert({
      id,
      clientId: 'client-1',
      platform,
      via: usualVia(platform),
      remoteId,
      displayName: remoteId,
      username: null,
      pageId: null,
      status: 'connected',
      statusReason: null,
      sealedAccessToken: 'sealed',
      sealedRefreshToken: null,
      sealedUserToken: null,
      expiresAt: null,
      refreshExpiresAt: null,
      scopes: [],
      audited: false,
      loginId: null,
      pausedUntil: null,
      connectedAt: beginning,
      updatedAt: beginning,
      disconnectedAt: null,
    });
  }
  for (const { post, targets } of planned) {
    await store.posts.insert(post);
    for (const target of targets) await store.targets.insert(target);
  }
}
