import { z } from 'zod';
import type { AccountAccess, RemotePost } from '../core/ports/networks.ts';
import { type Graph, parseBody } from './graph.ts';
import { parseData, type TikTokApi } from './tiktok-api.ts';

/*
 * What an account shows to followers, newest first. One page of each network and no more: a page's `next`
 * is an address that may carry the token.
 */

type Recent = (account: AccountAccess, since: number) => Promise<RemotePost[] | null>;

/** The most that Graph gives on one page. */
const graphLimit = '100';

/** A Page's published posts, reels included; never stories. */
export function facebookRecentPosts(graph: Graph): Recent {
  return async (account, since) => {
    if (!account.scopes.includes('pages_read_engagement')) return null;
    const query = {
      fields: 'id,message,created_time,permalink_url',
      since: String(Math.floor(since / 1000)),
      limit: graphLimit,
    };
    const { data } = parseBody(pagePosts, await graph.get(account, `${account.remoteId}/published_posts`, query));
    const posts = data.map((post) => recent(post.id, post.message, Date.parse(post.created_time), post.permalink_url));
    return inWindow(posts, since);
  };
}

/** An Instagram account's media, reels included; never stories. @param profileScope permission that it needs */
export function instagramRecentPosts(graph: Graph, profileScope: string): Recent {
  return async (account, since) => {
    if (!account.scopes.includes(profileScope)) return null;
    const query = { fields: 'id,caption,timestamp,permalink', limit: graphLimit };
    const { data } = parseBody(media, await graph.get(account, `${account.remoteId}/media`, query));
    const posts = data.map((post) => recent(post.id, post.caption, Date.parse(post.timestamp), post.permalink));
    return inWindow(posts, since);
  };
}

/** The most that TikTok gives on one page. */
const tiktokLimit = 20;
/** TikTok's video object: titles and descriptions are given back up to this length. */
const tiktokTextLength = 150;

/** A creator's public videos; TikTok shows no others. */
export function tiktokRecentPosts(api: TikTokApi): Recent {
  return async (account, since) => {
    if (!account.scopes.includes('video.list')) return null;
    const path = '/v2/video/list/?fields=id,create_time,title,video_description,share_url';
    const { data } = await api.post(account, path, { max_count: tiktokLimit });
    const posts = parseData(videos, data).videos.map((video) => {
      const text = video.video_description || video.title || '';
      const post = recent(video.id, text, video.create_time * 1000, video.share_url);
      return { ...post, isTextCut: text.length >= tiktokTextLength };
    });
    return inWindow(posts, since);
  };
}

const pagePosts = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      message: z.string().nullish(),
      created_time: z.string(),
      permalink_url: z.string().nullish(),
    }),
  ),
});

const media = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      caption: z.string().nullish(),
      timestamp: z.string(),
      permalink: z.string().nullish(),
    }),
  ),
});

const videos = z.object({
  videos: z.array(
    z.object({
      id: z.string().min(1),
      create_time: z.number(),
      title: z.string().nullish(),
      video_description: z.string().nullish(),
      share_url: z.string().nullish(),
    }),
  ),
});

function recent(remoteId: string, text: string | null | undefined, at: number, link: string | null | undefined) {
  return { remoteId, text: text ?? '', isTextCut: false, at, permalink: link ?? null };
}

/** Newest first. Times are whole seconds, so the second that `since` lies in counts. */
function inWindow(posts: RemotePost[], since: number): RemotePost[] {
  const from = Math.floor(since / 1000) * 1000;
  return posts.filter(({ at }) => at >= from).sort((a, b) => b.at - a.at);
}
