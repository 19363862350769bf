import { EncodedPacketSink, FilePathSource, Input, type InputVideoTrack, MP4, QTFF, WEBM } from 'mediabunny';
import type { VideoFacts } from '../../shared/contract/media.ts';
import type { Size } from '../../shared/domain/crop.ts';
import { MediaRefused } from '../core/ports/files.ts';
import { hasIndexFirst, moveIndexFirst } from './fast-start.ts';

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
    return { width, height, durationMs: Math.round(seconds * 1_000), video: await factsOf(input, track) };
  } catch (error) {
    if (error instanceof MediaRefused) throw error;
    throw damaged();
  } finally {
    input.dispose();
  }
}

/**
 * Writes a copy with the index at the front, where Instagram wants it, when that is not so already.
 * @returns whether there is a copy
 */
export async function indexFirst(from: string, to: string): Promise<boolean> {
  if (await hasIndexFirst(from)) return false;
  await moveIndexFirst(from, to);
  return true;
}

async function factsOf(input: Input, track: InputVideoTrack): Promise<VideoFacts> {
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
