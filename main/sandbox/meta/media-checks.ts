import { badParameter, GraphFailure, instagramFailure } from './errors.ts';
import { type Fetched, fetchMedia } from './fetch-media.ts';
import { readMp4 } from './mp4.ts';
import type { StoredFile, World } from './state.ts';

const megabyte = 1024 * 1024;
const pagePhotoBytes = 4 * megabyte;
const instagramImageBytes = 8 * megabyte;
const pagePhotoFormats = ['jpeg', 'png', 'gif', 'tiff', 'webp'];
const largestSide = 2048;
const h264AndHevc = ['avc1', 'avc3', 'hvc1', 'hev1'];

/**
 * Takes a Page photo in: JPEG, PNG, GIF, TIFF or WebP up to 4 MB (the limit that error 1366046 names).
 * The network keeps a JPEG of at most 2048 pixels, whatever came.
 * @throws GraphFailure 324/2069019 for no image, 100/1366046 for size or format
 */
export async function acceptPagePhoto(world: World, bytes: Uint8Array): Promise<StoredFile> {
  const format = await imageFormat(bytes);
  if (format === null) {
    throw new GraphFailure({ code: 324, subcode: 2069019, message: '(#324) Missing or invalid image file' });
  }
  if (bytes.length > pagePhotoBytes || !pagePhotoFormats.includes(format.name)) {
    const text = 'Photos should be smaller than 4 MB and saved as JPG, PNG, GIF or TIFF files.';
    throw badParameter('Invalid parameter', 1366046, text);
  }
  const keep = format.name === 'jpeg' && Math.max(format.width, format.height) <= largestSide;
  const jpeg = keep ? bytes : await toJpeg(bytes);
  const size = keep ? format : ((await imageFormat(jpeg)) ?? format);
  return { sha256: world.blobs.put(jpeg), kind: 'image', width: size.width, height: size.height };
}

/**
 * Fetches and checks an image for Instagram: JPEG only, at most 8 MB, 4:5 to 1.91:1 unless it is a story.
 * @throws GraphFailure 9004/2207052, -2/2207003, 36000/2207004, 36001/2207005, 36003/2207009
 */
export async function acceptInstagramImage(world: World, url: string, story: boolean): Promise<StoredFile> {
  const bytes = bytesOf(await fetchMedia(url, instagramImageBytes));
  const format = await imageFormat(bytes);
  if (format?.name !== 'jpeg') {
    const text = 'The image format is not supported. Supported format is: JPEG.';
    throw instagramFailure(36001, 2207005, 'The image format is not supported', text);
  }
  const ratio = format.width / format.height;
  if (!story && (ratio < 0.8 - 0.005 || ratio > 1.91 + 0.005)) {
    const text = `The submitted image with aspect ratio (${format.width}/${format.height}) cannot be published. Please submit an image with a valid aspect ratio.`;
    throw instagramFailure(36003, 2207009, 'The aspect ratio is not supported', text);
  }
  return { sha256: world.blobs.put(bytes), kind: 'image', width: format.width, height: format.height };
}

function bytesOf(fetched: Fetched): Uint8Array {
  if ('bytes' in fetched) return fetched.bytes;
  switch (fetched.failure) {
    case 'too-large':
      throw instagramFailure(36000, 2207004, 'The image size is too large', 'The image is larger than 8 MB.');
    case 'slow':
      throw instagramFailure(-2, 2207003, 'Timeout', 'It takes too long to download the media.');
    case 'unreachable':
      throw instagramFailure(
        9004,
        2207052,
        'Only photo or video can be accepted as media type.',
        'The media could not be fetched from this URI.',
      );
  }
}

/** A video after processing: stored, or the reason why it was refused. */
export type CheckedVideo = { file: StoredFile; durationMs: number } | { subcode: number; reason: string };

export type VideoUse = 'facebook-reel' | 'facebook-video' | 'instagram-reel' | 'instagram-story' | 'instagram-item';

interface VideoRule {
  bytes: number;
  /** Seconds. */
  shortest: number;
  longest: number;
  /** Index first, and no edit lists. */
  moovFirst: boolean;
  ratio: [number, number];
}

const instagramReel: VideoRule = {
  bytes: 300 * megabyte,
  shortest: 3,
  longest: 900,
  moovFirst: true,
  ratio: [0.01, 10],
};
const videoRules: Record<VideoUse, VideoRule> = {
  'facebook-reel': { bytes: 1024 * megabyte, shortest: 3, longest: 90, moovFirst: false, ratio: [0.5, 0.6] },
  'facebook-video': { bytes: 2048 * megabyte, shortest: 1, longest: 2400, moovFirst: false, ratio: [0.01, 10] },
  'instagram-reel': instagramReel,
  'instagram-story': { ...instagramReel, bytes: 100 * megabyte, longest: 60 },
  'instagram-item': { ...instagramReel, longest: 60 },
};

/** Checks a video by its bytes, with the subcodes of Meta's video and Instagram error tables. */
export function acceptVideo(world: World, bytes: Uint8Array, use: VideoUse): CheckedVideo {
  const facebook = use.startsWith('facebook');
  const rule = videoRules[use];
  const refuse = (subcode: number, reason: string): CheckedVideo => ({ subcode: facebook ? subcode : 2207026, reason });
  const video = readMp4(bytes);
  if (video === null || !h264AndHevc.includes(video.codec)) return refuse(1363024, 'Unsupported video format');
  if (bytes.length > rule.bytes) return refuse(1363023, 'The video file is too large');
  if (rule.moovFirst && !video.moovFirst) return refuse(1363024, 'The moov atom must be at the front of the file');
  if (rule.moovFirst && video.edited) return refuse(1363024, 'The file must not contain edit lists');
  const seconds = video.durationMs / 1000;
  if (seconds < rule.shortest || seconds > rule.longest) {
    return refuse(1363128, `The video must be ${rule.shortest} to ${rule.longest} seconds long`);
  }
  const ratio = video.width / video.height;
  if (ratio < rule.ratio[0] || ratio > rule.ratio[1]) return refuse(1363040, 'Unsupported aspect ratio');
  if (use === 'facebook-reel' && (video.width < 540 || video.height < 960)) {
    return refuse(1363127, 'The video must be at least 540 x 960 pixels');
  }
  const file: StoredFile = { sha256: world.blobs.put(bytes), kind: 'video', width: video.width, height: video.height };
  return { file, durationMs: video.durationMs };
}

async function imageFormat(bytes: Uint8Array): Promise<{ name: string; width: number; height: number } | null> {
  const { default: sharp } = await import('sharp');
  try {
    const { format, autoOrient } = await sharp(bytes).metadata();
    return { name: format, width: autoOrient.width, height: autoOrient.height };
  } catch {
    // sharp throws on bytes that are no image at all, which is exactly the answer.
    return null;
  }
}

async function toJpeg(bytes: Uint8Array): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const side = { width: largestSide, height: largestSide, fit: 'inside', withoutEnlargement: true } as const;
  return sharp(bytes).autoOrient().flatten({ background: '#fff' }).resize(side).jpeg({ quality: 88 }).toBuffer();
}
