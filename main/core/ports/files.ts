import type { Platform } from '../../../shared/domain/platform.ts';

/** What bytes turned out to be after looking at them, whatever their name said. */
export interface MediaFacts {
  kind: 'image' | 'video';
  mime: 'image/jpeg' | 'image/png' | 'image/webp' | 'video/mp4' | 'video/quicktime' | 'video/webm';
  width: number;
  height: number;
  durationMs: number | null;
  bytes: number;
}

/** A file ready for a network. */
export interface PreparedMedia {
  mime: string;
  bytes: Uint8Array;
  width: number;
  height: number;
}

/** Media files on disk, named by the SHA-256 of their bytes. */
export interface MediaFiles {
  /**
   * Looks at the bytes and keeps them.
   * @throws {MediaRefused} when they are not an image or video we can use.
   */
  put(bytes: Uint8Array): Promise<{ sha256: string; facts: MediaFacts }>;
  /** The stored bytes. @throws {MediaRefused} when the file is gone or its bytes changed. */
  read(sha256: string): Promise<Uint8Array>;
  /** Images as JPEG (sRGB, cropped to a ratio the network takes, no metadata but origin), videos as they are. */
  prepare(sha256: string, platform: Platform): Promise<PreparedMedia>;
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
