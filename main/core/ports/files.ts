import type { VideoFacts } from '../../../shared/contract/media.ts';
import type { Crop, Point } from '../../../shared/domain/crop.ts';

/** What bytes turned out to be after looking at them, whatever their name said. */
export interface MediaFacts {
  kind: 'image' | 'video';
  mime: 'image/jpeg' | 'image/png' | 'image/webp' | 'video/mp4' | 'video/quicktime' | 'video/webm';
  /** As it is seen, in pixels. */
  width: number;
  height: number;
  durationMs: number | null;
  bytes: number;
  /** Null for images. */
  video: VideoFacts | null;
  /** The file says of itself that a trained model made it, by IPTC's digital source type. */
  aiMarked: boolean;
}

/** What is made of a kept file before it goes out. */
export type Rendition =
  /** An upright sRGB JPEG without metadata but the mark that AI made it. */
  | { kind: 'jpeg'; crop: Crop; aiMade: boolean }
  /** The same at full screen: an image that is about as upright fills it, any other stands whole before a blurred copy. */
  | { kind: 'story'; focal: Point | null; aiMade: boolean }
  /** A short upright video of an image, around the point that matters in it. */
  | { kind: 'clip'; focal: Point | null }
  /** A video as it is, with its index where the networks look for it; `withoutEdits`: and without any edit list. */
  | { kind: 'video'; withoutEdits?: true };

/** A file ready for a network. */
export interface PreparedMedia {
  kind: 'image' | 'video';
  mime: string;
  bytes: Uint8Array;
  width: number;
  height: number;
  durationMs: number | null;
}

/** A kept file, read piece by piece. */
export interface StoredFile {
  bytes: number;
  /** The bytes from `start` up to but not including `end`; all of them without a range. */
  stream(range?: { start: number; end: number }): ReadableStream<Uint8Array>;
}

/** Media files on disk, named by the SHA-256 of their bytes. */
export interface MediaFiles {
  /**
   * Looks at the content and keeps it. It stops reading where a limit is passed.
   * @throws {MediaRefused} when it is not an image or video we can use.
   */
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<{ sha256: string; facts: MediaFacts }>;
  /** The stored file. @throws {MediaRefused} when it is gone. */
  open(sha256: string): Promise<StoredFile>;
  /** A small picture of a stored image, a JPEG. @throws {MediaRefused} */
  thumbnail(sha256: string): Promise<Uint8Array>;
  /**
   * What goes out of a stored file; made once and kept.
   * @throws {MediaRefused} when the file is gone or its bytes changed, or when a clip cannot be made here
   */
  prepare(sha256: string, rendition: Rendition): Promise<PreparedMedia>;
  /**
   * A picture (its bytes in base64) as a PNG of at most 600 by 240 pixels that keeps what can be seen through, in base64
   * too; nothing is kept.
   * @throws {MediaRefused} when it is none we can use
   */
  logo(picture: string): Promise<string>;
  /** Whether this computer can make clips of images. */
  makesClips(): boolean;
  /** Removes the file and all that was made of it. Nothing happens when it is not there. */
  erase(sha256: string): Promise<void>;
}

/** The message is for a person. */
export class MediaRefused extends Error {
  override name = 'MediaRefused';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
