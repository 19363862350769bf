import type { Platform } from './platform.ts';

/**
 * Which of a post's files go to a network: TikTok takes one video, which is made of the first picture
 * where there is none; Facebook and Instagram take the pictures and, only where there are none, the video.
 */
export function mediaFor<T extends { kind: 'image' | 'video' }>(platform: Platform, media: readonly T[]): T[] {
  const images = media.filter((item) => item.kind === 'image');
  const videos = media.filter((item) => item.kind === 'video');
  if (platform === 'tiktok') return (videos.length > 0 ? videos : images).slice(0, 1);
  return images.length > 0 ? images : videos.slice(0, 1);
}
