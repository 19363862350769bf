import type { LibraryItem, Media } from '../../../shared/contract/media.ts';

/** What a file is called where it has no name of its own. */
export function titleOf({ name, altText, kind, origin }: Media): string {
  if (name !== null) return name;
  const noun = kind === 'image' ? 'picture' : 'video';
  return altText ?? (origin === 'ai' ? `AI ${noun}` : `Unnamed ${noun}`);
}

const containers: Record<string, string> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'video/mp4': 'MP4',
  'video/quicktime': 'MOV',
  'video/webm': 'WebM',
};
const codecs: Record<string, string> = { avc: 'H.264', hevc: 'H.265', vp8: 'VP8', vp9: 'VP9', av1: 'AV1' };

/** `JPEG · 1200 × 900 · 340 kB`, for a video with its length and what it holds. */
export function factsOf({ mime, width, height, bytes, durationMs, video }: Media): string {
  return [
    containers[mime] ?? mime,
    `${width} × ${height}`,
    ...(durationMs === null ? [] : [lengthOf(durationMs)]),
    ...(video?.codec == null ? [] : [codecs[video.codec] ?? video.codec]),
    ...(video === null ? [] : [`${Math.round(video.frameRate * 10) / 10} fps`]),
    sizeOf(bytes),
  ].join(' · ');
}

/** `0:06`. */
export function lengthOf(durationMs: number): string {
  const seconds = Math.round(durationMs / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `In 2 posts`; empty when it is in none. */
export function useOf({ usedIn }: LibraryItem): string {
  if (usedIn.length === 0) return '';
  return usedIn.length === 1 ? 'In 1 post' : `In ${usedIn.length} posts`;
}

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
