import { z } from 'zod';
import type { Via } from '../../shared/domain/platform.ts';
import { isSameText } from '../../shared/domain/same-text.ts';
import { isStory, storyLivesMs } from '../../shared/domain/story.ts';
import {
  type AccountAccess,
  type CommitOutcome,
  type IrrevocableSend,
  type LookUp,
  NetworkFailure,
  type Publication,
  type SocialNetwork,
} from '../core/ports/networks.ts';
import { clockSkewMs } from './clock-skew.ts';
import type { Context } from './context.ts';
import { type Graph, type GraphBody, idSchema, parseBody } from './graph.ts';
import { provenInstagramRefusal } from './graph-failures.ts';
import { brokenContainer, type ContainerStatus, instagramHandleSchema } from './instagram-containers.ts';
import { instagramInsights } from './instagram-insights.ts';
import { type InstagramWay, wayOf } from './instagram-ways.ts';
import { metaComments } from './meta-comments.ts';
import { instagramProblems, refuse } from './problems.ts';
import { instagramRecentPosts } from './recent-posts.ts';

/**
 * Instagram professional accounts, reached through the Facebook Page that they are linked to or by Instagram's own login:
 * two hosts, two kinds of token and two ways to hand media over, and the same calls.
 */
export function createInstagram(context: Context, ways: Record<'facebook' | 'instagram', InstagramWay>): SocialNetwork {
  const of = ({ via }: { via: Via }): InstagramWay => wayOf(ways, via);
  const problems: SocialNetwork['problems'] = (publication, account) => [
    ...instagramProblems(publication),
    ...of(account).problems(publication),
  ];
  return {
    platform: 'instagram',
    settleMs: 60_000,
    preparesAhead: true,
    startsPerMinute: null,
    lookUpsFrom: () => null,

    authorizeUrl: (input) => of(input).authorizeUrl(input),
    exchangeCode: (input) => of(input).exchangeCode(input),
    renew: (tokens) => of(tokens).renew(tokens),
    revoke: (tokens, loginId) => of(tokens).revoke(tokens, loginId),

    readiness: async (account) => {
      const { graph, scopes: names, scopesNow } = of(account);
      const scopes = await scopesNow(account);
      if (scopes !== null && !scopes.includes(names.publish)) return { scopes, postsLeft: null, creator: null };
      const quota = await readQuota(graph, account);
      return { scopes, postsLeft: quota === null ? null : quota.total - quota.used, creator: null };
    },

    problems,
    prepare: async (account, publication, handle, keep, signal) => {
      refuse(problems(publication, account));
      const { graph, containers } = of(account);
      await checkQuota(context, graph, account);
      const known = instagramHandleSchema.safeParse(handle).data ?? null;
      return containers.build({ account, signal }, publication, known, keep);
    },
    commit: async (account, _publication, handle, send) => {
      const known = instagramHandleSchema.safeParse(handle).data;
      if (known?.container == null) return { kind: 'refused', failure: unknownHandle };
      return publish(of(account).graph, account, known.container.id, send);
    },
    lookUp: async (account, publication, handle, sentAt) => {
      const known = instagramHandleSchema.safeParse(handle).data;
      if (known?.container == null) throw new NetworkFailure(unknownHandle);
      const { containers, graph } = of(account);
      const status = await containers.status(account, known.container.id);
      return whatBecameOf(status, () =>
        isStory(publication.options)
          ? findStory(graph, account, publication, { sentAt, now: context.clock.now() })
          : findMedia(graph, account, publication, sentAt),
      );
    },
    permalink: async (account, remoteId) =>
      permalinkIn(await of(account).graph.getSparingly(account, remoteId, permalinkFields)),
    // Containers cannot be removed; they end after a day.
    staging: {
      of: (handle) => ({ parts: [], spare: instagramHandleSchema.safeParse(handle).data?.hosts ?? [] }),
      remove: async (account, id) => {
        // They are photos of the Page, which Instagram's own login knows nothing of.
        if (account.via === 'facebook') await of(account).graph.delete(account, id);
      },
    },
    recentPosts: (account, since) => {
      const { graph, scopes } = of(account);
      return instagramRecentPosts(graph, scopes.profile)(account, since);
    },
    insights: instagramInsights(context, of),
    comments: {
      commit: (account, ...rest) => metaComments(of(account).graph).commit(account, ...rest),
      lookUp: (account, ...rest) => metaComments(of(account).graph).lookUp(account, ...rest),
    },
  };
}

const unknownHandle = {
  class: 'transient',
  code: 'handle',
  message: 'What was prepared at Instagram is no longer known here.',
} as const;

async function publish(
  graph: Graph,
  account: AccountAccess,
  containerId: string,
  send: IrrevocableSend,
): Promise<CommitOutcome> {
  const request = await graph.postRequest(account, `${account.remoteId}/media_publish`, { creation_id: containerId });
  const outcome = await graph.commit(account, request, send, {
    refuses: provenInstagramRefusal,
    judge: (body) => {
      const id = idSchema.safeParse(body).data?.id;
      return id === undefined ? null : { kind: 'published', remoteId: id, permalink: null };
    },
  });
  if (outcome.kind !== 'published') return outcome;
  return { ...outcome, permalink: permalinkIn(await graph.tryGet(account, outcome.remoteId, permalinkFields)) };
}

const permalinkFields = { fields: 'id,permalink' };

function permalinkIn(media: GraphBody | null): string | null {
  return typeof media?.permalink === 'string' ? media.permalink : null;
}

async function whatBecameOf(status: ContainerStatus, find: () => Promise<LookUp>): Promise<LookUp> {
  switch (status.code) {
    case 'PUBLISHED':
      return find();
    case 'FINISHED':
      return { kind: 'absent' };
    case 'IN_PROGRESS':
      return { kind: 'processing' };
    default:
      return { kind: 'refused', failure: brokenContainer(status) };
  }
}

/** A published container does not tell its media id: it is one of those with this caption since it was sent. */
async function findMedia(
  graph: Graph,
  account: AccountAccess,
  publication: Publication,
  sentAt: number,
): Promise<LookUp> {
  const query = { fields: 'id,caption,timestamp,permalink,media_product_type', limit: '25' };
  const { data } = parseBody(mediaSchema, await graph.get(account, `${account.remoteId}/media`, query));
  const oneOf = data
    .filter((media) => Date.parse(media.timestamp) >= sentAt - clockSkewMs)
    .filter((media) => isSameText(media.caption, publication.text))
    .map(({ id, permalink }) => ({ remoteId: id, permalink: permalink ?? null }));
  return { kind: 'published', remoteId: null, permalink: null, oneOf };
}

/** Instagram shows a story in its list a while after it has taken it; before, another one may stand there alone. */
const storyListedMs = 10 * 60_000;
/** How much later than it was sent a story may still be taken: the call's deadline, and what {@link SocialNetwork.settleMs} adds. */
const storyTakenMs = 2 * 60_000;

/**
 * A story has no words to know it by. It is one of those of the same kind that appeared while it was sent; where there is
 * more than one, or it is too early to tell, its link stays unknown.
 * @param when UTC ms
 */
async function findStory(
  graph: Graph,
  account: AccountAccess,
  { media: [sent] }: Publication,
  { sentAt, now }: { sentAt: number; now: number },
): Promise<LookUp> {
  const unnamed: LookUp = { kind: 'published', remoteId: null, permalink: null };
  if (now - sentAt < storyListedMs || now - sentAt > storyLivesMs) return unnamed;
  const query = { fields: 'id,timestamp,permalink,media_type', limit: '100' };
  const { data } = parseBody(mediaSchema, await graph.get(account, `${account.remoteId}/stories`, query));
  const kind = sent?.kind === 'video' ? 'VIDEO' : 'IMAGE';
  const oneOf = data
    .filter(({ media_type: type }) => type === kind)
    .filter(({ timestamp }) => Date.parse(timestamp) >= sentAt - clockSkewMs)
    .filter(({ timestamp }) => Date.parse(timestamp) <= sentAt + storyTakenMs + clockSkewMs)
    .map(({ id, permalink }) => ({ remoteId: id, permalink: permalink ?? null }));
  return { ...unnamed, oneOf };
}

const mediaSchema = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      caption: z.string().nullish(),
      timestamp: z.string(),
      permalink: z.string().nullish(),
      media_type: z.string().nullish(),
    }),
  ),
});

const quotaSchema = z.object({
  data: z.array(z.object({ quota_usage: z.number(), config: z.object({ quota_total: z.number() }).nullish() })),
});
const quotaWaitMs = 60 * 60_000;

/** Posts of the last 24 hours, and how many there may be; null where Instagram does not tell. @throws {NetworkFailure} */
async function readQuota(graph: Graph, account: AccountAccess): Promise<{ used: number; total: number } | null> {
  const path = `${account.remoteId}/content_publishing_limit`;
  const [quota] = parseBody(quotaSchema, await graph.get(account, path, { fields: 'config,quota_usage' })).data;
  const total = quota?.config?.quota_total;
  return quota === undefined || total === undefined ? null : { used: quota.quota_usage, total };
}

/** The quota is of a rolling day and differs by account, so it is asked for. @throws {NetworkFailure} `rate` */
async function checkQuota(context: Context, graph: Graph, account: AccountAccess): Promise<void> {
  const quota = await readQuota(graph, account);
  if (quota === null || quota.used < quota.total) return;
  throw new NetworkFailure({
    class: 'rate',
    code: 'quota',
    message: `Instagram lets this account publish ${quota.total} posts in 24 hours, and they are used up.`,
    retryAt: context.clock.now() + quotaWaitMs,
  });
}
