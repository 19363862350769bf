import type { Platform } from '../../shared/domain/platform.ts';
import { MediaRefused, type PreparedMedia } from '../core/ports/index.ts';
import { createWorker, WorkerError } from '../workers/worker.ts';
import type { Size } from './crop.ts';
import type * as images from './images.ts';

const worker = createWorker<typeof images>('images-worker', import.meta.url);

/** Size of an image as it is seen, after decoding all of it. @throws {MediaRefused} */
export function inspectImage(bytes: Uint8Array): Promise<Size> {
  return worker.call('inspectImage', bytes).catch(refused);
}

/** The image as a network takes it, a JPEG. @throws {MediaRefused} */
export function toJpeg(bytes: Uint8Array, platform: Platform): Promise<PreparedMedia> {
  return worker.call('toJpeg', bytes, platform).catch(refused);
}

/** A worker that crashed says nothing about the picture, so only a refusal becomes one. */
function refused(error: unknown): never {
  if (error instanceof WorkerError && error.name === 'MediaRefused') {
    throw new MediaRefused(error.code ?? 'damaged', error.message);
  }
  throw error;
}
