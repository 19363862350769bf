import { createWorker } from '../../../workers/worker.ts';
import type * as drawing from './draw-picture.ts';

const worker = createWorker<Pick<typeof drawing, 'drawPicture'>>('draw-worker', import.meta.url);

/** Paints an illustration for a prompt, in another process, and returns it encoded; `mp4` gives PNG, a single frame. */
export function drawPicture(picture: drawing.Picture): Promise<Uint8Array> {
  return worker.call('drawPicture', picture);
}
