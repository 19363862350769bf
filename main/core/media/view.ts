import type { Problem } from '../../../shared/contract/common.ts';
import type { LibraryItem, Media, MediaUse } from '../../../shared/contract/media.ts';
import { platforms, usualVia } from '../../../shared/domain/platform.ts';
import { isoOf } from '../instants.ts';
import type { DraftInShort, MediaFiles, MediaRecord, Networks, PostRecord } from '../ports/index.ts';
import { sketchMedia } from '../publishing/publication.ts';

/** A file as the contract shows it. */
export function mediaView(media: MediaRecord): Media {
  const { id, clientId, name, kind, mime, width, height, durationMs, video, bytes } = media;
  const { origin, aiMade, altText, focal, focalOn, madeFrom, createdBy } = media;
  return {
    id,
    clientId,
    name,
    kind,
    mime,
    width,
    height,
    durationMs,
    video,
    bytes,
    origin,
    model: media.provenance?.model ?? null,
    aiMade,
    altText,
    focal,
    focalOn,
    madeFrom,
    url: `/api/media/${id}/file`,
    thumbnailUrl: kind === 'image' ? `/api/media/${id}/thumbnail` : null,
    createdBy,
    createdAt: isoOf(media.createdAt),
  };
}

/** What may hold files. */
export interface Holders {
  posts: readonly PostRecord[];
  drafts: readonly DraftInShort[];
}

/** @param holders those that hold the file among them count */
export function itemView(
  media: MediaRecord,
  { posts, drafts }: Holders,
  deps: { networks: Networks; files: Pick<MediaFiles, 'makesClips'> },
): LibraryItem {
  const usedIn = posts
    .filter(({ mediaIds }) => mediaIds.includes(media.id))
    .sort((a, b) => a.scheduledFor - b.scheduledFor)
    .map(useOf);
  const draftedIn = drafts
    .filter(({ mediaIds }) => mediaIds.includes(media.id))
    .map(({ id, postId, title, updatedAt }) => ({ id, postId, title, updatedAt: isoOf(updatedAt) }));
  return { ...mediaView(media), usedIn, draftedIn, problems: problemsOf(media, deps) };
}

/** What each network would say to a post with this file alone. */
function problemsOf(
  media: MediaRecord,
  { networks, files }: { networks: Networks; files: Pick<MediaFiles, 'makesClips'> },
): Problem[] {
  return platforms.flatMap((platform) =>
    networks[platform]
      .problems(
        {
          text: 'A post',
          options: {},
          media: sketchMedia({ platform, media: [media], options: {}, altText: null }, files),
        },
        { audited: true, via: usualVia(platform) },
      )
      .filter(({ field }) => field === 'media')
      .map(({ code, message }) => ({ field: platform, code, message })),
  );
}

function useOf({ id, caption, status, scheduledFor }: PostRecord): MediaUse {
  return { postId: id, caption, status, scheduledFor: isoOf(scheduledFor) };
}
