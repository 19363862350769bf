import type { Platform } from './platform.ts';

export interface Size {
  width: number;
  height: number;
}

/** A place in an image, each from 0 (left, top) to 1. */
export interface Point {
  x: number;
  y: number;
}

/** What of an image stays in sight when it is cut. */
export interface Focals {
  /** On every network that has none of its own; null: the middle. */
  focal: Point | null;
  focalOn: Readonly<Partial<Record<Platform, Point>>>;
}

/** The point that an image is cut around for a network; null: the middle. */
export function focalFor(platform: Platform, { focal, focalOn }: Focals): Point | null {
  return focalOn[platform] ?? focal;
}

/** Which part of an image is kept and the size it goes out in; all in pixels. */
export interface Crop {
  left: number;
  top: number;
  width: number;
  height: number;
  out: Size;
}

/** The size feeds are made for. */
const portrait: Size = { width: 1080, height: 1350 };

/** Full-screen videos: reels and TikTok. */
export const clipSize: Size = { width: 1080, height: 1920 };
/** How long a clip of a still lasts; Instagram and Facebook take no reel below three seconds. */
export const clipMs = 6_000;

/** Ratios are width by height, as the networks' guides for feed images give them; sides in pixels. */
const rules: Record<
  Exclude<Platform, 'tiktok'>,
  { narrowest: number; widest: number; minWidth: number; maxWidth: number; maxSide: number }
> = {
  facebook: { narrowest: 4 / 5, widest: 1.91, minWidth: 320, maxWidth: 2048, maxSide: 2048 },
  instagram: { narrowest: 4 / 5, widest: 1.91, minWidth: 320, maxWidth: 1440, maxSide: 1800 },
};

/**
 * Cuts an image to a ratio the network shows, around the point that matters, and fits it into the
 * network's sizes. An image within the network's range of ratios is not cut. TikTok shows images as
 * upright videos only.
 * @param ratio width by height to cut to, such as that of a carousel
 */
export function cropFor(
  platform: Platform,
  size: Size,
  { focal = null, ratio }: { focal?: Point | null; ratio?: number } = {},
): Crop {
  if (platform === 'tiktok') return { ...cut(size, 9 / 16, 9 / 16, focal), out: clipSize };
  const { narrowest, widest } = rules[platform];
  const kept = cut(size, ratio ?? narrowest, ratio ?? widest, focal);
  return { ...kept, out: outSize(platform, kept) };
}

/**
 * The ratio that Instagram cuts all pictures of a carousel to, width by height: that of the first. Undefined where there
 * is no carousel.
 */
export function carouselRatio([first, ...others]: readonly Size[]): number | undefined {
  if (first === undefined || others.length === 0) return undefined;
  const { width, height } = cropFor('instagram', first);
  return width / height;
}

/**
 * Whether a clip of an image this size is filled by it. It loses little then; any other is shown whole,
 * before a blurred copy of itself.
 */
export function fillsClip(size: Size): boolean {
  const { width, height } = cropFor('tiktok', size);
  return (width * height) / (size.width * size.height) > 0.85;
}

/** The largest part within a range of ratios whose middle is as close to the point as it can be. */
function cut({ width, height }: Size, narrowest: number, widest: number, focal: Point | null): Omit<Crop, 'out'> {
  const kept: Size = {
    width: Math.max(1, Math.min(width, Math.floor(height * widest))),
    height: Math.max(1, Math.min(height, Math.floor(width / narrowest))),
  };
  return {
    left: placeOf(kept.width, width, focal?.x ?? 0.5),
    top: placeOf(kept.height, height, focal?.y ?? 0.5),
    ...kept,
  };
}

/**
 * The point around which a network's part of an image lies where it was moved to, as far as the image reaches. Along a
 * side that is not cut the point stays, because it still counts where another ratio cuts there.
 * @param by in pixels of the image
 */
export function movedFocal(size: Size, crop: Crop, focal: Point | null, by: Point): Point {
  return {
    x: movedAlong(size.width, crop.left, crop.width, focal?.x ?? 0.5, by.x),
    y: movedAlong(size.height, crop.top, crop.height, focal?.y ?? 0.5, by.y),
  };
}

function movedAlong(of: number, start: number, kept: number, focal: number, by: number): number {
  if (kept >= of) return focal;
  const middle = Math.min(Math.max(start + by, 0), of - kept) + kept / 2;
  return Math.round((middle / of) * 10_000) / 10_000;
}

function placeOf(kept: number, of: number, focal: number): number {
  return Math.floor(Math.min(Math.max(focal * of - kept / 2, 0), of - kept));
}

function outSize(platform: keyof typeof rules, kept: Size): Size {
  const { narrowest, widest, minWidth, maxWidth, maxSide } = rules[platform];
  const ratio = kept.width / kept.height;
  if (Math.abs(ratio - 4 / 5) < 0.008) return { ...portrait };
  const largest = Math.min(maxWidth, Math.floor(maxSide * Math.min(1, ratio)));
  const width = Math.min(largest, Math.max(minWidth, kept.width));
  const height = Math.round(width / ratio);
  return { width, height: Math.min(Math.floor(width / narrowest), Math.max(Math.ceil(width / widest), height)) };
}
