/** What the boxes of an MP4 or MOV file say. */
export interface Mp4 {
  durationMs: number;
  width: number;
  height: number;
  /** Sample entry of the video track, e.g. `avc1`. */
  codec: string;
  /** Whether the index comes before the media data ("faststart"). */
  moovFirst: boolean;
  /** Whether a track has an edit list. */
  edited: boolean;
}

interface Box {
  type: string;
  start: number;
  end: number;
}

/** Reads duration, dimensions and codec after ISO 14496-12; null when the bytes are no playable MP4. */
export function readMp4(bytes: Uint8Array): Mp4 | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const top = boxes(view, 0, bytes.length);
  const moov = top.find((box) => box.type === 'moov');
  const mdat = top.find((box) => box.type === 'mdat');
  if (top[0]?.type !== 'ftyp' || moov === undefined || mdat === undefined) return null;
  const header = boxes(view, moov.start, moov.end).find((box) => box.type === 'mvhd');
  if (header === undefined) return null;
  const durationMs = movieDuration(view, header);
  const tracks = boxes(view, moov.start, moov.end).filter((box) => box.type === 'trak');
  const edited = tracks.some((track) => descend(view, track, ['edts', 'elst']) !== undefined);
  for (const track of tracks) {
    const video = readVideoTrack(view, track);
    if (video !== null) return { ...video, durationMs, moovFirst: moov.start < mdat.start, edited };
  }
  return null;
}

function readVideoTrack(view: DataView, track: Box): { width: number; height: number; codec: string } | null {
  const handler = descend(view, track, ['mdia', 'hdlr']);
  if (handler === undefined || text(view, handler.start + 8) !== 'vide') return null;
  const header = descend(view, track, ['tkhd']);
  const samples = descend(view, track, ['mdia', 'minf', 'stbl', 'stsd']);
  if (header === undefined || samples === undefined) return null;
  // Width and height are the last two 16.16 numbers of the track header.
  const width = view.getUint32(header.end - 8) >>> 16;
  const height = view.getUint32(header.end - 4) >>> 16;
  return width > 0 && height > 0 ? { width, height, codec: text(view, samples.start + 12) } : null;
}

function movieDuration(view: DataView, header: Box): number {
  const long = view.getUint8(header.start) === 1;
  const timescale = view.getUint32(header.start + (long ? 20 : 12));
  const duration = long ? Number(view.getBigUint64(header.start + 24)) : view.getUint32(header.start + 16);
  return timescale === 0 ? 0 : (duration / timescale) * 1000;
}

function descend(view: DataView, from: Box, path: string[]): Box | undefined {
  let box: Box | undefined = from;
  for (const type of path) box = box && boxes(view, box.start, box.end).find((child) => child.type === type);
  return box;
}

/** The boxes between two offsets, as ranges of their content. A broken size ends the list. */
function boxes(view: DataView, from: number, to: number): Box[] {
  const found: Box[] = [];
  let at = from;
  while (at + 8 <= to) {
    const short = view.getUint32(at);
    const header = short === 1 ? 16 : 8;
    if (at + header > to) break;
    const size = short === 0 ? to - at : short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (size < header || at + size > to) break;
    found.push({ type: text(view, at + 4), start: at + header, end: at + size });
    at += size;
  }
  return found;
}

function text(view: DataView, at: number): string {
  if (at + 4 > view.byteLength) return '';
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}
