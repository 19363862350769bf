import { type Crop, cropFor } from '../../../shared/domain/crop.ts';
import { mediaFor } from '../../../shared/domain/media.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import type { MediaRecord, Rendition } from '../ports/index.ts';

/** One file of a post on its way to a network. */
export interface MediaToSend {
  record: MediaRecord;
  rendition: Rendition;
}

/**
 * Which of a post's files a network gets, and as what. Instagram cuts every picture of a carousel to the
 * ratio of the first, so they are cut to it here, each around the point that matters in it.
 * @param only ids of those that a person chose for this network; left out, all of the post's
 */
export function mediaToSend(
  platform: Platform,
  media: readonly MediaRecord[],
  only?: readonly string[],
): MediaToSend[] {
  const chosen = mediaFor(platform, media, only);
  const ratio = platform === 'instagram' && chosen.length > 1 ? ratioOf(chosen[0]) : undefined;
  return chosen.map((record) => ({ record, rendition: renditionOf(platform, record, ratio) }));
}

function renditionOf(platform: Platform, record: MediaRecord, ratio: number | undefined): Rendition {
  // Instagram takes no edit lists, by its reference of reels.
  if (record.kind === 'video')
    return platform === 'instagram' ? { kind: 'video', withoutEdits: true } : { kind: 'video' };
  if (platform === 'tiktok') return { kind: 'clip', focal: record.focal };
  const crop = cropFor(platform, sizeOf(record), { focal: record.focal, ratio });
  return { kind: 'jpeg', crop, aiMade: record.aiMade };
}

function ratioOf(first: MediaRecord | undefined): number | undefined {
  if (first === undefined) return undefined;
  const { width, height }: Crop = cropFor('instagram', sizeOf(first));
  return width / height;
}

function sizeOf({ width, height }: MediaRecord): { width: number; height: number } {
  return { width, height };
}
