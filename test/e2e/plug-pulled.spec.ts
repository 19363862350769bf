import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Account } from '../../shared/contract/accounts.ts';
import type { Client } from '../../shared/contract/clients.ts';
import type { Post } from '../../shared/contract/pipeline.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { armFault, type Host, makeDataDir, startHost, until } from './host.ts';

const data = makeDataDir();
let host: Host;
let client: Client;
let sample: Post;

beforeAll(async () => {
  host = await startHost(data.path);
  sample = await until('the sample agency has its first post', async () => {
    const { items } = await host.api<{ items: Post[] }>('GET', '/api/pipeline');
    return items.find(({ source, targets }) => source === 'manual' && targets.length === 3);
  });
  client = await host.api<Client>('GET', `/api/clients/${sample.clientId}`);
});

afterAll(async () => {
  await host.stop();
  data.remove();
});

/** A post on one network with the sample's picture and video, under a text of its own. */
async function publish(platform: Platform, caption: string): Promise<Post> {
  const accounts = await host.api<{ items: Account[] }>('GET', `/api/clients/${client.id}/accounts`);
  const account = accounts.items.find((candidate) => candidate.platform === platform);
  const post = await host.api<Post>('POST', '/api/pipeline', {
    clientId: client.id,
    caption,
    media: sample.media.map(({ id }) => id),
    scheduledFor: new Date(Date.now() + 3_600_000).toISOString(),
    targets: [{ accountId: account?.id }],
  });
  await host.api('POST', `/api/pipeline/${post.id}/approve`, { contentHash: post.contentHash });
  return host.api<Post>('POST', `/api/pipeline/${post.id}/publish-now`, {});
}

async function timesAsked(simulator: string, operation: string): Promise<number> {
  return (await host.requests(simulator)).filter((name) => name === operation).length;
}

/** How often followers, or the creator on the phone, can see it. */
async function timesLive(platform: Platform, caption: string, draftsBefore: number): Promise<number> {
  const { posts, drafts } = await host.feed();
  if (platform === 'tiktok') return drafts.length - draftsBefore;
  return posts.filter((post) => post.platform === platform && post.text.includes(caption)).length;
}

/** In each case the request takes effect, its answer never comes, and the process is killed. */
it.each([
  ['facebook', 'facebook.photos', 'meta-graph'],
  ['facebook', 'facebook.feed', 'meta-graph'],
  ['facebook', 'facebook.post.update', 'meta-graph'],
  ['instagram', 'instagram.media.create', 'meta-graph'],
  ['instagram', 'instagram.media_publish', 'meta-graph'],
  ['tiktok', 'tiktok.inbox.init', 'tiktok-api'],
  ['tiktok', 'tiktok.upload', 'tiktok-api'],
] as const)(
  'a post on %s is live exactly once when the plug is pulled during %s',
  async (platform, operation, simulator) => {
    const draftsBefore = (await host.feed()).drafts.length;
    const askedBefore = await timesAsked(simulator, operation);
    const caption = `Pulled during ${operation}.`;
    await armFault(host.simulator(simulator), { operation, kind: 'hang' });
    const post = await publish(platform, caption);
    await until(operation, async () => (await timesAsked(simulator, operation)) > askedBefore);
    await host.pullThePlug();

    host = await startHost(data.path);
    const ended = await until(
      `the post ends after ${operation}`,
      async () => {
        const current = await host.api<Post>('GET', `/api/pipeline/${post.id}`);
        return current.status !== 'approved' && current.status !== 'publishing' && current;
      },
      60_000,
    );
    expect(ended.status).toBe('published');
    expect(await timesLive(platform, caption, draftsBefore)).toBe(1);
  },
);
