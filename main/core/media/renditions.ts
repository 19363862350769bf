import { carouselRatio, cropFor, focalFor } from '../../../shared/domain/crop.ts';
import { type MediaChoice, mediaFor } from '../../../shared/domain/media.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import { isStory } from '../../../shared/domain/story.ts';
import { type UserTag, tagsOn } from '../../../shared/domain/tagging.ts';
import type { TargetOptions } from '../../../shared/contract/pipeline.ts';
import type { MediaRecord, Rendition } from '../ports/index.ts';

/** One file of a post on its way to a network. */
export interface MediaToSend {
  record: MediaRecord;
  rendition: Rendition;
  /** Who is tagged on it; Instagram only. */
  tags: readonly UserTag[];
}

/**
 * Which of a post's files a network gets, and as what. Instagram cuts every picture of a carousel to the
 * ratio of the first, so they are cut to it here, each around the point that matters in it.
 * @param options which of them a person chose for this network, whether as a story, and who is tagged on them
 */
export function mediaToSend(
  platform: Platform,
  media: readonly MediaRecord[],
  options: MediaChoice & Pick<TargetOptions, 'userTags' | 'tagPlaces'> = {},
): MediaToSend[] {
  const chosen = mediaFor(platform, media, options);
  if (isStory(options)) return chosen.map((record) => ({ record, rendition: storyOf(record), tags: [] }));
  const tags = platform === 'instagram' ? tagsOn(options, chosen) : [];
  const ratio = platform === 'instagram' ? carouselRatio(chosen) : undefined;
  return chosen.map((record, index) => ({
    record,
    rendition: renditionOf(platform, record, ratio),
    tags: tags[index] ?? [],
  }));
}

function renditionOf(platform: Platform, record: MediaRecord, ratio: number | undefined): Rendition {
  // Instagram takes no edit lists, by its reference of reels.
  if (record.kind === 'video') {
    return platform === 'instagram' ? { kind: 'video', withoutEdits: true } : { kind: 'video' };
  }
  if (platform === 'tiktok') return { kind: 'clip', focal: focalFor(platform, record) };
  const crop = cropFor(platform, record, { focal: focalFor(platform, record), ratio });
  return { kind: 'jpeg', crop, aiMade: record.aiMade };
}

function storyOf(record: MediaRecord): Rendition {
  const { kind, aiMade } = record;
  return kind === 'video'
    ? { kind, withoutEdits: true }
    : { kind: 'story', focal: focalFor('instagram', record), aiMade };
}
