import { inspectVideo } from './media-file.ts';
import { shareUrl } from './posts.ts';
import { newPostId } from './publish.ts';
import type { World } from './world.ts';
import { randomHex } from './world.ts';

/** A video that the creator posted before the sandbox was there. */
export interface PastVideo {
  creatorId: string;
  text: string;
  /** An MP4. */
  video: Uint8Array;
  /** UTC ms. */
  publishedAt: number;
}

/** Puts a video of the past where followers, the API and the ledger have it. @throws Error for an unknown creator */
export function addPastVideo(
  world: World,
  { creatorId, text, video, publishedAt }: PastVideo,
): { remoteId: string; permalink: string } {
  const creator = world.store.value.creators[creatorId];
  const file = inspectVideo(video);
  if (creator === undefined || file === null) throw new Error(`No video of ${creatorId} can be added.`);
  const id = `v_pub_file~v2-1.${randomHex(8)}`;
  const postId = newPostId();
  world.store.value.publishes[id] = {
    id,
    clientKey: Object.keys(world.store.value.apps)[0] ?? '',
    creatorId,
    destination: 'inbox',
    media: 'video',
    text,
    privacy: 'PUBLIC_TO_EVERYONE',
    aiLabel: false,
    createdAt: publishedAt,
    upload: null,
    pullUrls: [],
    phase: 'published',
    failReason: null,
    files: [{ sha256: world.blobs.put(video), ...file }],
    polls: 0,
    completePolls: 0,
    post: { id: postId, publishedAt },
  };
  const detail = { creatorId, publishId: id, text, postId, privacy: 'PUBLIC_TO_EVERYONE' };
  world.ledger.append({ at: publishedAt, operation: 'tiktok.published', status: 200, detail });
  return { remoteId: postId, permalink: shareUrl(world, creator, postId) };
}
