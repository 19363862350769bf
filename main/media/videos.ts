import { EncodedPacketSink, FilePathSource, Input, type InputVideoTrack, MP4, QTFF, WEBM } from 'mediabunny';
import type { VideoFacts } from '../../shared/contract/media.ts';
import type { Size } from '../../shared/domain/crop.ts';
import { MediaRefused } from '../core/ports/files.ts';
import { editsIn, takeOutEdits } from './edit-lists.ts';
import { copyIndexFirst, hasIndexFirst, readIndex } from './fast-start.ts';

/* Runs in a worker, see `decoder.ts`: a hostile file may keep a parser busy for long. */

export interface InspectedVideo extends Size {
  durationMs: number;
  video: VideoFacts;
}

/** Enough frames to know how many come in a second. */
const countedFrames = 300;

/** Size as it is seen, length and what is inside of an MP4, MOV or WebM file. @throws {MediaRefused} */
export async function inspectVideo(path: string): Promise<InspectedVideo> {
  const input = new Input({ formats: [MP4, QTFF, WEBM], source: new FilePathSource(path) });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (track === null) throw new MediaRefused('no_video', 'The file has no video in it.');
    const seconds = await input.computeDuration();
    const last = await new EncodedPacketSink(track).getPacket(seconds);
    if (last === null || last.data.length === 0 || seconds <= 0) throw damaged();
    const [width, height] = await Promise.all([track.getDisplayWidth(), track.getDisplayHeight()]);
    const video = { ...(await factsOf(input, track)), isCut: await isCut(input, path) };
    return { width, height, durationMs: Math.round(seconds * 1_000), video };
  } catch (error) {
    if (error instanceof MediaRefused) throw error;
    throw damaged();
  } finally {
    input.dispose();
  }
}

/**
 * Writes a copy with the index at the front, and without edit lists where they are not taken, when that is not so already;
 * no frame is touched.
 * @returns whether there is a copy, or that only a new encoding can do without the edit list: it leaves parts out
 */
export async function indexFirst(from: string, to: string, takesEdits: boolean): Promise<'same' | 'copied' | 'cut'> {
  const edits = takesEdits ? 'none' : editsIn(await readIndex(from));
  if (edits === 'cut') return 'cut';
  if (edits === 'none' && (await hasIndexFirst(from))) return 'same';
  await copyIndexFirst(from, to, edits === 'none' ? undefined : takeOutEdits);
  return 'copied';
}

async function isCut(input: Input, path: string): Promise<boolean> {
  if ((await input.getFormat()) === WEBM) return false;
  return editsIn(await readIndex(path)) === 'cut';
}

async function factsOf(input: Input, track: InputVideoTrack): Promise<Omit<VideoFacts, 'isCut'>> {
  const sound = await input.getPrimaryAudioTrack();
  const { averagePacketRate } = await track.computePacketStats(countedFrames);
  return {
    codec: await track.getCodec(),
    audioCodec: (await sound?.getCodec()) ?? null,
    audioSampleRate: (await sound?.getSampleRate()) ?? null,
    frameRate: Math.round(averagePacketRate * 100) / 100,
  };
}

function damaged(): MediaRefused {
  return new MediaRefused('damaged', 'The video is damaged or cut off.');
}
