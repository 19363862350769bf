import { MediaRefused } from '../core/ports/files.ts';
import { createWorker, WorkerError } from '../workers/worker.ts';
import type * as images from './images.ts';
import type * as videos from './videos.ts';

type Decoding = Pick<typeof images, 'inspectImage' | 'toJpeg' | 'toStory' | 'thumbnail' | 'logo' | 'clipStill'> &
  Pick<typeof videos, 'inspectVideo' | 'indexFirst'>;

/** Everything that opens other people's files, in a process of its own with limits on time and memory. */
const worker = createWorker<Decoding>('media-worker', import.meta.url);

/**
 * Runs one task on a file.
 * @throws {MediaRefused} what the task says of the file, or that it takes too much time or memory.
 * A worker that crashed otherwise says nothing about the file.
 */
export function decode<N extends keyof Decoding>(
  task: N,
  ...input: Parameters<Decoding[N]>
): ReturnType<typeof worker.call<N>> {
  return worker.call(task, ...input).catch(refused);
}

function refused(error: unknown): never {
  if (!(error instanceof WorkerError)) throw error;
  if (error.name === 'MediaRefused') throw new MediaRefused(error.code ?? 'damaged', error.message);
  if (error.code === 'limit') {
    throw new MediaRefused('too_heavy', 'The file takes too much memory or time to open. Save it in a simpler form.');
  }
  throw error;
}
