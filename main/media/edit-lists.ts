import { boxAt } from './fast-start.ts';

/*
 * Edit lists of MP4 and MOV files (ISO/IEC 14496-12, 8.6.6), which tell a player to begin later in what a track holds, to
 * stop earlier or to play it in another order. Instagram takes no video with one. Nearly every file has one that only
 * undoes the delay of its codec: that is taken out without touching a frame.
 */

/** What a sound's codec puts in front is heard as silence then: this much delay is not noticed. */
const unheardMs = 100;
/** An edit that ends a track by so little earlier leaves out no more than a codec's padding. */
const paddingMs = 100;

/** A box within an index: where it starts, where its content does, and its end. */
interface Inner {
  type: string;
  start: number;
  content: number;
  end: number;
}

interface Edit {
  /** In the movie's units. */
  duration: number;
  /** In the track's units; -1 for a pause. */
  from: number;
  rate: number;
}

/** What an index's edit lists do. `none`: there is none; `plain`: they leave everything as it is; `cut`: they change what is seen. */
export type Edits = 'none' | 'plain' | 'cut';

/** @param index the whole `moov` box @throws {RangeError} when it is damaged */
export function editsIn(index: Buffer): Edits {
  const edited = tracksOf(index).filter(({ list }) => list !== null);
  if (edited.length === 0) return 'none';
  return edited.every((track) => shiftOf(index, track) !== null) ? 'plain' : 'cut';
}

/** Takes plain edit lists out of an index, in place: it keeps its length. Pictures keep their moments. */
export function takeOutEdits(index: Buffer): void {
  for (const track of tracksOf(index)) {
    if (track.list === null) continue;
    const shift = shiftOf(index, track);
    if (shift === null) throw new RangeError('This edit list changes what is seen.');
    if (track.offsets !== null && shift > 0) shiftCompositions(index, track.offsets, shift);
    index.write('free', track.list.start + 4, 'latin1');
  }
}

interface Track {
  /** The `edts` box. */
  list: Inner | null;
  /** The `ctts` box: how much later than it is decoded each picture is shown. */
  offsets: Inner | null;
  isSound: boolean;
  /** Units a second, of the movie and of the track. */
  movieScale: number;
  scale: number;
  /** In the track's units. */
  duration: number;
}

function tracksOf(index: Buffer): Track[] {
  const movie = find(index, root(index), 'mvhd');
  if (movie === null) return [];
  const { scale: movieScale } = timesOf(index, movie);
  return within(index, root(index))
    .filter(({ type }) => type === 'trak')
    .flatMap((trak) => {
      const media = find(index, trak, 'mdia');
      const header = media && find(index, media, 'mdhd');
      const handler = media && find(index, media, 'hdlr');
      if (media === null || header === null || handler === null) return [];
      const kind = index.toString('latin1', handler.content + 8, handler.content + 12);
      const table = ['minf', 'stbl'].reduce<Inner | null>((box, name) => box && find(index, box, name), media);
      const track = { list: find(index, trak, 'edts'), offsets: table && find(index, table, 'ctts'), movieScale };
      return [{ ...track, isSound: kind === 'soun', ...timesOf(index, header) }];
    });
}

/** By how many of its units the first moment of a track is delayed without its edit list; null when the list cuts. */
function shiftOf(index: Buffer, track: Track): number | null {
  const edits = editsOf(index, track);
  const [edit] = edits;
  if (edit === undefined) return 0;
  if (edits.length > 1 || edit.rate !== 1 || edit.from < 0) return null;
  const shownMs = (edit.duration / track.movieScale) * 1_000;
  const heldMs = ((track.duration - edit.from) / track.scale) * 1_000;
  // No duration means all that follows.
  if (edit.duration > 0 && heldMs - shownMs > paddingMs) return null;
  if (track.isSound) return (edit.from / track.scale) * 1_000 <= unheardMs ? edit.from : null;
  return edit.from <= firstOffset(index, track) ? edit.from : null;
}

/** When the first picture is shown, in the track's units after the beginning of what it holds. */
function firstOffset(index: Buffer, { offsets }: Track): number {
  if (offsets === null || index.readUInt32BE(offsets.content + 4) === 0) return 0;
  return index.readInt32BE(offsets.content + 12);
}

/** Lets every picture be shown earlier. Later ones may then be shown before they would be decoded, which version 1 can say. */
function shiftCompositions(index: Buffer, { content, end }: Inner, by: number): void {
  const count = index.readUInt32BE(content + 4);
  if (content + 8 + count * 8 > end) throw new RangeError('The index is cut off.');
  index.writeUInt8(1, content);
  for (let at = content + 12; at < content + 8 + count * 8; at += 8) {
    index.writeInt32BE(index.readInt32BE(at) - by, at);
  }
}

function editsOf(index: Buffer, { list }: Track): Edit[] {
  const table = list && find(index, list, 'elst');
  if (table === null) return [];
  const isLong = index.readUInt8(table.content) === 1;
  const count = index.readUInt32BE(table.content + 4);
  const width = isLong ? 20 : 12;
  if (table.content + 8 + count * width > table.end) throw new RangeError('The index is cut off.');
  return Array.from({ length: Math.min(count, 2) }, (_, entry) => {
    const at = table.content + 8 + entry * width;
    const rate = index.readInt16BE(at + width - 4) + index.readUInt16BE(at + width - 2) / 65_536;
    return isLong
      ? { duration: Number(index.readBigUInt64BE(at)), from: Number(index.readBigInt64BE(at + 8)), rate }
      : { duration: index.readUInt32BE(at), from: index.readInt32BE(at + 4), rate };
  });
}

/** Units a second and length, of `mvhd` and `mdhd` alike. */
function timesOf(index: Buffer, { content }: Inner): { scale: number; duration: number } {
  const isLong = index.readUInt8(content) === 1;
  const scale = Math.max(index.readUInt32BE(content + (isLong ? 20 : 12)), 1);
  return { scale, duration: isLong ? Number(index.readBigUInt64BE(content + 24)) : index.readUInt32BE(content + 16) };
}

function root(index: Buffer): Inner {
  return { type: 'moov', start: 0, content: 8, end: index.length };
}

function find(index: Buffer, box: Inner, type: string): Inner | null {
  return within(index, box).find((inner) => inner.type === type) ?? null;
}

function within(index: Buffer, { content, end }: Inner): Inner[] {
  const found: Inner[] = [];
  for (let at = content; at + 8 <= end; ) {
    const { type, size } = boxAt(index, at, at, end - at);
    found.push({ type, start: at, content: at + 8, end: at + size });
    at += size;
  }
  return found;
}
