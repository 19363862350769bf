import type { Platform } from './platform.ts';
import { type formats, isStory } from './story.ts';

/** What a target's options say of the files that it gets. */
export interface MediaChoice {
  /** Ids of those that a person chose for this network, in order; left out, all of the post's. */
  media?: readonly string[] | undefined;
  format?: (typeof formats)[number] | undefined;
}

/**
 * Which of a post's files go to a network: TikTok takes one video, which is made of the first picture
 * where there is none; Facebook and Instagram take the pictures and, only where there are none, the video. A story
 * takes one file, and nobody but a person says which: it gets all that there are.
 */
export function mediaFor<T extends { id: string; kind: 'image' | 'video' }>(
  platform: Platform,
  media: readonly T[],
  { media: only, format }: MediaChoice = {},
): T[] {
  const chosen = only === undefined ? [...media] : only.flatMap((id) => media.filter((item) => item.id === id));
  if (isStory({ format })) return chosen;
  const images = chosen.filter((item) => item.kind === 'image');
  const videos = chosen.filter((item) => item.kind === 'video');
  if (platform === 'tiktok') return (videos.length > 0 ? videos : images).slice(0, 1);
  return images.length > 0 ? images : videos.slice(0, 1);
}
