import type { LibraryItem, Media } from '../../../shared/contract/media.ts';
import { formatBytes, formatNumber } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';

/** What a file is called where it has no name of its own. */
export function titleOf({ name, altText, kind, origin }: Media): string {
  return name ?? altText ?? t(`media:unnamed.${kind}.${origin}`);
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
    t('media:size', { width, height }),
    ...(durationMs === null ? [] : [lengthOf(durationMs)]),
    ...(video?.codec == null ? [] : [codecs[video.codec] ?? video.codec]),
    ...(video === null
      ? []
      : [t('media:frames', { rate: formatNumber(video.frameRate, { maximumFractionDigits: 1 }) })]),
    formatBytes(bytes),
  ].join(' · ');
}

/** `0:06`. */
export function lengthOf(durationMs: number): string {
  const seconds = Math.round(durationMs / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `In 2 posts`, `In 1 draft`, `In no post`. */
export function useOf({ usedIn, draftedIn }: LibraryItem): string {
  if (usedIn.length > 0) return t('media:use.posts', { count: usedIn.length });
  return draftedIn.length > 0 ? t('media:use.drafts', { count: draftedIn.length }) : t('media:use.noPost');
}
