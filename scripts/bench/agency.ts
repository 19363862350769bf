import type { Account } from '../../shared/contract/accounts.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { Media } from '../../shared/contract/media.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import type { Host } from './host.ts';
import type { Meta } from './meta.ts';

/** A client whose Pages are connected, as a person would do it: login, consent, choice. */
export interface Agency {
  clientId: string;
  /** One for each Page, in the order of the Pages. */
  accounts: Account[];
}

export async function connectAgency(host: Host, meta: Meta): Promise<Agency> {
  const client = await host.api<Client>('POST', '/api/clients', {
    name: 'Bench & Co',
    timezone: 'UTC',
    status: 'active',
  });
  const start = await host.send(`/api/auth/facebook/start?clientId=${client.id}`);
  const back = new URL(await meta.consent(start.headers.get('location') ?? ''));
  const page = await (await host.send(back.pathname + back.search)).text();
  const form = new URLSearchParams({ choice: /name="choice" value="([^"]+)"/.exec(page)?.[1] ?? '' });
  for (const pageId of meta.pageIds) form.append('remoteId', pageId);
  const chosen = await host.send('/api/auth/choose', { method: 'POST', body: form });
  if (!chosen.ok) throw new Error(`The Pages were not connected: ${await chosen.text()}`);

  const { items } = await host.api<{ items: Account[] }>('GET', `/api/clients/${client.id}/accounts`);
  const accounts = meta.pageIds.flatMap((pageId) => items.filter(({ remoteId }) => remoteId === pageId));
  return { clientId: client.id, accounts };
}

export interface Plan {
  account: Account;
  /** UTC ms. */
  dueAt: number;
  /** The bytes of a JPEG, or null for text alone. */
  picture: Uint8Array<ArrayBuffer> | null;
}

/**
 * Writes and approves a post for each plan.
 * @throws Error when the first is due before the last is approved: then nothing can be measured
 */
export async function approvePosts(host: Host, { clientId }: Agency, plans: readonly Plan[]): Promise<void> {
  for (const [index, { account, dueAt, picture }] of plans.entries()) {
    const post = await host.api<Post>('POST', '/api/pipeline', {
      clientId,
      caption: `Post ${index + 1} of the benchmark`,
      media: picture === null ? [] : [await upload(host, clientId, picture)],
      scheduledFor: new Date(dueAt).toISOString(),
      targets: [{ accountId: account.id }],
    });
    await host.api('POST', `/api/pipeline/${post.id}/approve`, { contentHash: post.contentHash });
  }
  if (Date.now() > Math.min(...plans.map(({ dueAt }) => dueAt)) - 1_000) {
    throw new Error('This computer was too slow to write the posts before they are due; give it a longer --lead.');
  }
}

async function upload(host: Host, clientId: string, picture: Uint8Array<ArrayBuffer>): Promise<string> {
  const body = new FormData();
  body.set('clientId', clientId);
  body.set('file', new Blob([picture], { type: 'image/jpeg' }), 'picture.jpg');
  const answer = await host.send('/api/media', { method: 'POST', body });
  if (!answer.ok) throw new Error(`The picture was refused: ${await answer.text()}`);
  return ((await answer.json()) as Media).id;
}

/** Waits until every post is live, asking gently. @returns when the last went live, UTC ms */
export async function lastPublishedAt(host: Host, { clientId }: Agency, posts: number): Promise<number> {
  for (;;) {
    const items = await allPosts(host, clientId);
    const published = items.filter(({ status }) => status === 'published');
    if (published.length === posts) {
      return Math.max(
        ...published.flatMap(({ targets }) => targets.map((target) => Date.parse(target.publishedAt ?? ''))),
      );
    }
    const stuck = items.find(({ status }) => status === 'held' || status === 'failed');
    if (stuck !== undefined)
      throw new Error(`A post is ${stuck.status}: ${stuck.heldReason ?? JSON.stringify(stuck.targets)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function allPosts(host: Host, clientId: string): Promise<Post[]> {
  const posts: Post[] = [];
  let cursor: string | null = null;
  do {
    const query: string = new URLSearchParams({
      clientId,
      limit: '100',
      ...(cursor === null ? {} : { cursor }),
    }).toString();
    const page: { items: Post[]; nextCursor: string | null } = await host.api('GET', `/api/pipeline?${query}`);
    posts.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return posts;
}
