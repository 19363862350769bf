import { z } from 'zod';
import type { Via } from '../../shared/domain/platform.ts';
import { isSameText } from '../../shared/domain/same-text.ts';
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
import { brokenContainer, type InstagramHandle, instagramHandleSchema } from './instagram-containers.ts';
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
      return lookUp(of(account), account, publication, known, sentAt);
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

async function lookUp(
  { containers, graph }: InstagramWay,
  account: AccountAccess,
  publication: Publication,
  handle: InstagramHandle,
  sentAt: number,
): Promise<LookUp> {
  const status = await containers.status(account, handle.container?.id ?? '');
  switch (status.code) {
    case 'PUBLISHED':
      return findMedia(graph, account, publication, sentAt);
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
  const among = data
    .filter((media) => Date.parse(media.timestamp) >= sentAt - clockSkewMs)
    .filter((media) => isSameText(media.caption, publication.text))
    .map(({ id, permalink }) => ({ remoteId: id, permalink: permalink ?? null }));
  return { kind: 'published', remoteId: null, permalink: null, among };
}

const mediaSchema = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      caption: z.string().nullish(),
      timestamp: z.string(),
      permalink: z.string().nullish(),
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
