import type { TargetOptions } from '../../../shared/contract/pipeline.ts';
import { clipMs, clipSize } from '../../../shared/domain/crop.ts';
import { mediaFor } from '../../../shared/domain/media.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import { type MediaToSend, mediaToSend } from '../media/renditions.ts';
import { standingOptions } from '../pipeline/consent.ts';
import { textFor } from '../pipeline/content.ts';
import type { MediaFiles, MediaRecord, OutgoingMedia, PreparedMedia, Publication } from '../ports/index.ts';
import type { Situation } from './situation.ts';

/**
 * A publication with its files' facts but not their bytes, for checks that need no upload.
 * @param files tells whether pictures become videos here; without it they do
 */
export function sketchPublication(
  situation: Pick<Situation, 'post' | 'target' | 'media'>,
  files?: Pick<MediaFiles, 'makesClips'>,
): Publication {
  const { post, target, media } = situation;
  return {
    text: textFor(post, target),
    options: standingOptions(situation),
    media: sketchMedia({ platform: target.platform, media, options: target.options, altText: post.altText }, files),
  };
}

/** The media part of {@link sketchPublication}. */
export function sketchMedia(
  {
    platform,
    media,
    options = {},
    altText,
  }: { platform: Platform; media: readonly MediaRecord[]; options?: TargetOptions; altText: string | null },
  files?: Pick<MediaFiles, 'makesClips'>,
): OutgoingMedia[] {
  return mediaToSend(platform, media, options).map((item) => {
    const isMade = files?.makesClips() ?? true;
    return outgoing(item, sketchOf(item, isMade), altText, isMade);
  });
}

/** How much memory the media take, about: images go out converted. */
export function bytesOf({ target, media }: Pick<Situation, 'target' | 'media'>): number {
  return mediaFor(target.platform, media, target.options).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The publication with the bytes as this network takes them. @throws {MediaRefused} */
export async function loadPublication(situation: Situation, files: MediaFiles): Promise<Publication> {
  const { post, target } = situation;
  const media: OutgoingMedia[] = [];
  for (const item of mediaToSend(target.platform, situation.media, target.options)) {
    const prepared = await files.prepare(item.record.sha256, item.rendition);
    media.push(outgoing(item, prepared, post.altText, true));
  }
  return { text: textFor(post, target), options: standingOptions(situation), media };
}

/** What a file goes out as. Its own format and ratio say nothing where it is converted on the way. */
function sketchOf({ record, rendition }: MediaToSend, isMade: boolean): PreparedMedia {
  const bytes = new Uint8Array();
  if (rendition.kind === 'jpeg') {
    return { kind: 'image', mime: 'image/jpeg', bytes, ...rendition.crop.out, durationMs: null };
  }
  if (rendition.kind === 'story') {
    return { kind: 'image', mime: 'image/jpeg', bytes, ...clipSize, durationMs: null };
  }
  if (rendition.kind === 'clip' && isMade) {
    return { kind: 'video', mime: 'video/mp4', bytes, ...clipSize, durationMs: clipMs };
  }
  const { kind, mime, width, height, durationMs } = record;
  return { kind, mime, bytes, width, height, durationMs };
}

/** @param isMade whether what needs ffmpeg is made here */
function outgoing(
  { record, rendition, tags }: MediaToSend,
  media: PreparedMedia,
  altText: string | null,
  isMade: boolean,
): OutgoingMedia {
  const isVideo = rendition.kind === 'video';
  const isEncodedAnew = isVideo && rendition.withoutEdits === true && record.video?.isCut === true && isMade;
  return {
    ...media,
    video: isVideo && record.video !== null ? { ...record.video, ...(isEncodedAnew ? { isCut: false } : {}) } : null,
    fileBytes: isVideo && !isEncodedAnew ? record.bytes : null,
    altText: altText ?? record.altText,
    aiMade: record.aiMade,
    tags,
  };
}
