import { MediaRefused } from '../core/ports/index.ts';
import type { Size } from './crop.ts';

const maxBytes = 300 * 1024 * 1024;

/** Size as shown, and length in ms, of an MP4, MOV or WebM file. @throws {MediaRefused} */
export async function inspectVideo(bytes: Uint8Array): Promise<Size & { durationMs: number }> {
  if (bytes.length > maxBytes) throw new MediaRefused('too_large', 'The video is larger than 300 MB.');
  const { BufferSource, EncodedPacketSink, Input, MP4, QTFF, WEBM } = await import('mediabunny');
  const input = new Input({ formats: [MP4, QTFF, WEBM], source: new BufferSource(bytes) });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (track === null) throw new MediaRefused('no_video', 'The file has no video in it.');
    const seconds = await input.computeDuration();
    const last = await new EncodedPacketSink(track).getPacket(seconds);
    if (last === null || last.data.length === 0 || seconds <= 0) throw damaged();
    const [width, height] = await Promise.all([track.getDisplayWidth(), track.getDisplayHeight()]);
    return { width, height, durationMs: Math.round(seconds * 1_000) };
  } catch (error) {
    if (error instanceof MediaRefused) throw error;
    throw damaged();
  } finally {
    input.dispose();
  }
}

function damaged(): MediaRefused {
  return new MediaRefused('damaged', 'The video is damaged or cut off.');
}
