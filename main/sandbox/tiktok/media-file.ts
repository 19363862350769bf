import type { MediaFile } from './world.ts';

type Inspected = Omit<MediaFile, 'sha256'>;

const shortestSide = 360;
const longestSide = 4096;

/**
 * Recognises a video by its bytes: MP4 and MOV by their first box, WebM by the EBML mark. Reads
 * length and picture size of MP4 and MOV when the movie header is there.
 *
 * @returns null for any other file.
 */
export function inspectVideo(bytes: Uint8Array): Inspected | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length >= 4 && view.readUInt32BE(0) === 0x1a45dfa3) {
    return { mime: 'video/webm', seconds: null, width: null, height: null };
  }
  if (view.toString('latin1', 4, 8) !== 'ftyp') return null;
  const mime = view.toString('latin1', 8, 10) === 'qt' ? 'video/quicktime' : 'video/mp4';
  const movie = boxes(view).find(({ type }) => type === 'moov')?.body;
  return movie === undefined ? { mime, seconds: null, width: null, height: null } : { mime, ...readMovie(movie) };
}

/** Recognises the photo formats TikTok takes: JPEG and WebP, by their bytes. */
export function inspectPhoto(bytes: Uint8Array): Inspected | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isJpeg = view.length > 3 && view.readUIntBE(0, 3) === 0xffd8ff;
  const isWebp = view.toString('latin1', 0, 4) === 'RIFF' && view.toString('latin1', 8, 12) === 'WEBP';
  if (!isJpeg && !isWebp) return null;
  return { mime: isJpeg ? 'image/jpeg' : 'image/webp', seconds: null, width: null, height: null };
}

/** The `fail_reason` TikTok gives for a video that breaks its rules, or null. Unknown values pass. */
export function videoFailReason(video: Inspected, maxSeconds: number): string | null {
  if (video.seconds !== null && video.seconds > maxSeconds) return 'duration_check_failed';
  const sides = [video.width, video.height].filter((side) => side !== null);
  return sides.some((side) => side < shortestSide || side > longestSide) ? 'picture_size_check_failed' : null;
}

interface Box {
  type: string;
  body: Buffer;
}

/** The boxes of an ISO base media file, one level deep; stops at the first that is cut off. */
function boxes(buffer: Buffer): Box[] {
  const found: Box[] = [];
  let at = 0;
  while (at + 8 <= buffer.length) {
    const short = buffer.readUInt32BE(at);
    const isLong = short === 1 && at + 16 <= buffer.length;
    const size = isLong ? Number(buffer.readBigUInt64BE(at + 8)) : short === 0 ? buffer.length - at : short;
    const header = isLong ? 16 : 8;
    if (size < header || at + size > buffer.length) break;
    found.push({ type: buffer.toString('latin1', at + 4, at + 8), body: buffer.subarray(at + header, at + size) });
    at += size;
  }
  return found;
}

function readMovie(movie: Buffer): Pick<MediaFile, 'seconds' | 'width' | 'height'> {
  const children = boxes(movie);
  const header = children.find(({ type }) => type === 'mvhd')?.body;
  const sizes = children
    .filter(({ type }) => type === 'trak')
    .map(({ body }) => boxes(body).find(({ type }) => type === 'tkhd')?.body)
    .map((track) => (track === undefined ? null : trackSize(track)));
  const picture = sizes.find((size) => size !== null && size.width > 0);
  return {
    seconds: header === undefined ? null : movieSeconds(header),
    width: picture?.width ?? null,
    height: picture?.height ?? null,
  };
}

/** Duration over time scale; version 1 of the box has 64-bit times. */
function movieSeconds(header: Buffer): number | null {
  const isLong = header[0] === 1;
  if (header.length < (isLong ? 32 : 20)) return null;
  const scale = header.readUInt32BE(isLong ? 20 : 12);
  const duration = isLong ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
  return scale === 0 ? null : duration / scale;
}

/** Width and height close the track header as 16.16 fixed-point numbers. */
function trackSize(track: Buffer): { width: number; height: number } | null {
  if (track.length < 84) return null;
  return { width: track.readUInt16BE(track.length - 8), height: track.readUInt16BE(track.length - 4) };
}
