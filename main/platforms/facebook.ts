import { scopesOf } from '../../shared/domain/permissions.ts';
import { type Handle, NetworkFailure, type SocialNetwork } from '../core/ports/networks.ts';
import type { Context } from './context.ts';
import { facebookInsights } from './facebook-insights.ts';
import { FacebookPosts, postHandleSchema } from './facebook-post.ts';
import { FacebookReels, reelHandleSchema } from './facebook-reel.ts';
import type { Graph } from './graph.ts';
import { metaComments } from './meta-comments.ts';
import { accountBehind, type FacebookLogin } from './meta-login.ts';
import { facebookProblems, refuse } from './problems.ts';
import { facebookRecentPosts } from './recent-posts.ts';

const way = { platform: 'facebook', via: 'facebook' } as const;

/** Facebook Pages. */
export function createFacebook(context: Context, graph: Graph, login: FacebookLogin): SocialNetwork {
  const posts = new FacebookPosts(context, graph);
  const reels = new FacebookReels(context, graph);
  return {
    platform: 'facebook',
    // With an unpublished post as handle two minutes would do; a plain text post needs five.
    settleMs: 300_000,
    preparesAhead: false,
    startsPerMinute: null,
    lookUpsFrom: () => null,

    authorizeUrl: (input) => login.authorizeUrl(input, scopesOf(way)),
    exchangeCode: async (input) => {
      const found = await login.exchangeCode(input);
      return found.pages.map((page) =>
        accountBehind(page, found, way, { remoteId: page.id, displayName: page.name, username: page.username }),
      );
    },
    renew: (tokens) => login.renew(tokens, tokens.remoteId),
    revoke: (tokens, loginId) => login.revoke(tokens, loginId),

    readiness: async (account) => {
      await graph.get(account, account.remoteId, { fields: 'id' });
      const page = { id: account.remoteId, instagramId: null };
      return { scopes: await login.scopesNow(account.token, page), postsLeft: null, creator: null };
    },

    problems: facebookProblems,
    prepare: async (account, publication, handle, keep, signal) => {
      refuse(facebookProblems(publication));
      const [video] = publication.media.filter(({ kind }) => kind === 'video');
      if (video === undefined) {
        return posts.prepare(account, publication, postHandleSchema.safeParse(handle).data ?? null, keep, signal);
      }
      return reels.prepare(account, video, reelHandleSchema.safeParse(handle).data ?? null, keep, signal);
    },
    commit: async (account, publication, handle, send) => {
      const known = readHandle(handle);
      if (known === null) return { kind: 'refused', failure: unknownHandle };
      if (known.kind === 'reel') return reels.commit(account, publication, known, send);
      return posts.commit(account, publication, known, send);
    },
    lookUp: async (account, publication, handle, sentAt) => {
      const known = readHandle(handle);
      if (known === null) throw new NetworkFailure(unknownHandle);
      if (known.kind === 'reel') return reels.lookUp(account, known);
      return posts.lookUp(account, publication, known, sentAt);
    },
    permalink: (account, remoteId) => posts.permalink(account, remoteId),
    staging: {
      of: (handle) => {
        const known = postHandleSchema.safeParse(handle).data;
        if (known === undefined) return { parts: [], spare: [] };
        const { photos, post, leftover } = known;
        return { parts: [...(post === null ? [] : [post.id]), ...photos.map(({ id }) => id)], spare: leftover };
      },
      remove: (account, id) => posts.remove(account, id),
    },
    recentPosts: facebookRecentPosts(graph),
    insights: facebookInsights(context, graph),
    comments: metaComments(graph),
  };
}

const unknownHandle = {
  class: 'transient',
  code: 'handle',
  message: 'What was prepared at Facebook is no longer known here.',
} as const;

function readHandle(handle: Handle) {
  return postHandleSchema.safeParse(handle).data ?? reelHandleSchema.safeParse(handle).data ?? null;
}
