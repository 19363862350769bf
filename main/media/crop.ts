import type { Platform } from '../../shared/domain/platform.ts';

export interface Size {
  width: number;
  height: number;
}

/** Which part of an image is kept and the size it goes out in; all in pixels. */
export interface Crop {
  left: number;
  top: number;
  width: number;
  height: number;
  out: Size;
}

const portrait: Size = { width: 1080, height: 1350 };

/** Ratios are width by height, as the networks' guides for feed images give them; sides in pixels. */
const rules: Record<
  Platform,
  { narrowest: number; widest: number; minWidth: number; maxWidth: number; maxSide: number }
> = {
  facebook: { narrowest: 4 / 5, widest: 1.91, minWidth: 320, maxWidth: 2048, maxSide: 2048 },
  instagram: { narrowest: 4 / 5, widest: 1.91, minWidth: 320, maxWidth: 1440, maxSide: 1800 },
  tiktok: { narrowest: 9 / 16, widest: 16 / 9, minWidth: 360, maxWidth: 1920, maxSide: 1920 },
};

/**
 * Cuts an image to a ratio the network shows, from the middle, and fits it into the network's sizes.
 * A 4:5 portrait goes out as 1080 by 1350, the size feeds are made for.
 */
export function cropFor(platform: Platform, { width, height }: Size): Crop {
  const rule = rules[platform];
  const kept: Size = {
    width: Math.max(1, Math.min(width, Math.floor(height * rule.widest))),
    height: Math.max(1, Math.min(height, Math.floor(width / rule.narrowest))),
  };
  return {
    left: Math.floor((width - kept.width) / 2),
    top: Math.floor((height - kept.height) / 2),
    ...kept,
    out: outSize(platform, kept),
  };
}

function outSize(platform: Platform, kept: Size): Size {
  const { narrowest, widest, minWidth, maxWidth, maxSide } = rules[platform];
  const ratio = kept.width / kept.height;
  if (platform !== 'tiktok' && Math.abs(ratio - 4 / 5) < 0.008) return { ...portrait };
  const largest = Math.min(maxWidth, Math.floor(maxSide * Math.min(1, ratio)));
  const width = Math.min(largest, Math.max(minWidth, kept.width));
  const height = Math.round(width / ratio);
  return { width, height: Math.min(Math.floor(width / narrowest), Math.max(Math.ceil(width / widest), height)) };
}
