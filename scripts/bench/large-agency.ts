import { systemClock } from '../../main/host/time.ts';
import { placesOf } from '../../main/places.ts';
import type { PostRecord, Repositories } from '../../main/core/ports/index.ts';
import { openStore } from '../../main/store/open.ts';
import type { PostStatus, TargetStatus } from '../../shared/domain/post.ts';
import { startHost } from '../../test/e2e/host.ts';
import type { Services } from '../../test/e2e/services.ts';
import { type Customer, makeCustomers } from '../../test/reliability/customers.ts';

export interface LargeAgency {
  customers: Customer[];
  posts: number;
}

const day = 86_400_000;
/** Posts lie between so many days ago and so many days ahead; nothing is due while it is measured. */
const [before, ahead, still] = [120, 60, 2];
const words =
  'fresh morning summer garden market new opening today weekend offer coffee bread flowers yoga class river city friends table light'.split(
    ' ',
  );

/**
 * Clients with two accounts each, connected as a person would, and their posts of half a year with a set of figures for
 * each that is live, put straight into the store while no host has it open.
 */
export async function makeLargeAgency(
  dataDir: string,
  services: Services,
  counts: { clients: number; posts: number },
): Promise<LargeAgency> {
  const preparing = await startHost(dataDir, services.environment);
  const customers = await makeCustomers(preparing, services, counts.clients);
  for (const { client } of customers) await preparing.api('PATCH', `/api/clients/${client.id}`, { status: 'active' });
  await preparing.stop();
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const store = await openStore({ file: placesOf(dataDir, 'live').store, clock: systemClock, log: silent });
  const now = Date.now();
  await store.transaction(async (rows) => {
    for (let number = 0; number < counts.posts; number += 1) {
      await insertPost(rows, customers[number % customers.length] as Customer, number, counts.posts, now);
    }
    for (const { accounts } of customers) {
      for (const { id } of accounts) {
        for (let ago = 0; ago < 90; ago += 1) {
          await rows.metrics.putOfAccount({
            accountId: id,
            day: dayOf(now - ago * day),
            metrics: { followers: 4_000 - ago * 7, views: 300 + (ago % 7) * 40, interactions: 30 + (ago % 5) * 6 },
            takenAt: now - ago * day,
          });
        }
      }
    }
  });
  await store.close();
  return { customers, posts: counts.posts };
}

async function insertPost(
  { posts, targets, metrics }: Repositories,
  { client, accounts, mediaId }: Customer,
  number: number,
  of: number,
  now: number,
): Promise<void> {
  const offset = (number / of) * (before + ahead) * day - before * day;
  const scheduledFor = Math.round((now + offset + (offset > 0 ? still * day : 0)) / 60_000) * 60_000;
  const status = statusOf(number, scheduledFor < now);
  const id = `large-${String(number).padStart(6, '0')}`;
  const isLive = status === 'published';
  await posts.insert({ ...postOf(number, now), id, clientId: client.id, status, mediaIds: [mediaId], scheduledFor });
  for (const account of accounts) {
    const targetId = `${id}/${account.id}`;
    await targets.insert({
      id: targetId,
      postId: id,
      accountId: account.id,
      platform: account.platform,
      status: targetStatuses[status] ?? 'pending',
      caption: null,
      options: {},
      consent: null,
      remoteId: isLive ? `remote-${targetId}` : null,
      permalink: null,
      publishedAt: isLive ? scheduledFor + 900 : null,
      tries: status === 'failed' ? 5 : 0,
      nextAttemptAt: null,
      errorCode: status === 'failed' ? 'server_error' : status === 'held' ? 'late' : null,
      errorMessage: status === 'failed' || status === 'held' ? 'It could not be sent in time.' : null,
      updatedAt: now,
    });
    if (!isLive) continue;
    const views = 200 + ((number * 37) % 900);
    await metrics.putOfTarget({
      targetId,
      day: dayOf(now),
      metrics: { views, likes: Math.round(views / 11), comments: number % 9, shares: number % 4 },
      takenAt: now,
    });
  }
}

const targetStatuses: Partial<Record<PostStatus, TargetStatus>> = {
  published: 'published',
  failed: 'failed',
  held: 'held',
};

function statusOf(number: number, isPast: boolean): PostStatus {
  if (isPast) return number % 97 === 0 ? 'failed' : number % 89 === 0 ? 'held' : 'published';
  if (number % 11 === 0) return 'draft';
  return number % 3 === 0 ? 'in_review' : 'approved';
}

function postOf(
  number: number,
  now: number,
): Omit<PostRecord, 'id' | 'clientId' | 'status' | 'mediaIds' | 'scheduledFor'> {
  const caption = Array.from({ length: 24 }, (_, index) => words[(number * 7 + index * index) % words.length]).join(
    ' ',
  );
  return {
    source: number % 2 === 0 ? 'ai' : 'manual',
    caption: `${caption} ${number}`,
    hashtags: ['#local', `#${words[number % words.length]}`],
    firstComment: null,
    altText: null,
    wallTime: '2026-11-24T09:00',
    timezone: 'Europe/Lisbon',
    slot: null,
    approvedHash: null,
    approvedBy: null,
    approvedAt: null,
    heldReason: null,
    rejectedReason: null,
    publishNowAt: null,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  };
}

/** The calendar day in UTC. */
function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
