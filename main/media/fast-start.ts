import { open, type FileHandle } from 'node:fs/promises';

/** A box of an ISO base media file (ISO/IEC 14496-12), without its content. */
interface Box {
  type: string;
  start: number;
  /** Of the whole box. */
  size: number;
}

/** Movie indexes above this are not ours to move: a 300 MB video has one of a few megabytes. */
const maxIndexBytes = 64 * 1024 * 1024;
const maxBoxes = 10_000;

/** Whether an MP4 or MOV has its index (`moov`) before its media, as streaming needs it. */
export async function hasIndexFirst(path: string): Promise<boolean> {
  const types = (await boxesOf(path)).map(({ type }) => type);
  return types.indexOf('moov') < types.indexOf('mdat');
}

/** The index (`moov`) of an MP4 or MOV. @throws {RangeError} when it has none that can be read */
export async function readIndex(path: string): Promise<Buffer> {
  const { index } = indexAndMedia(await boxesOf(path));
  const source = await open(path, 'r');
  try {
    return await readExactly(source, index.start, index.size);
  } finally {
    await source.close();
  }
}

function indexAndMedia(boxes: readonly Box[]): { index: Box; media: Box } {
  const index = boxes.find(({ type }) => type === 'moov');
  const media = boxes.find(({ type }) => type === 'mdat');
  if (index === undefined || media === undefined || index.size > maxIndexBytes) {
    throw new RangeError('The file has no index that can be moved.');
  }
  return { index, media };
}

/**
 * Copies an MP4 or MOV with its index before its media; no frame is touched.
 * @param change what else becomes of the index, in place
 * @throws {RangeError} when the index is not one that can be moved
 */
export async function copyIndexFirst(
  from: string,
  to: string,
  change: (index: Buffer) => void = () => undefined,
): Promise<void> {
  const boxes = await boxesOf(from);
  const { index, media } = indexAndMedia(boxes);
  const source = await open(from, 'r');
  const target = await open(to, 'wx', 0o600);
  try {
    const written = await readExactly(source, index.start, index.size);
    if (index.start > media.start) shiftOffsets(written, { by: index.size, from: media.start, to: index.start });
    change(written);
    const isBefore = ({ start }: Box): boolean => start < Math.min(media.start, index.start);
    for (const box of boxes.filter(isBefore)) await copy(source, target, box);
    await target.writeFile(written);
    for (const box of boxes.filter((other) => !isBefore(other) && other !== index)) {
      await copy(source, target, box);
    }
    await target.sync();
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
}

/** The boxes at the top of a file. @throws {RangeError} when they do not fill it */
async function boxesOf(path: string): Promise<Box[]> {
  const file = await open(path, 'r');
  try {
    const { size: end } = await file.stat();
    const boxes: Box[] = [];
    for (let start = 0; start + 8 <= end; ) {
      const header = await readExactly(file, start, Math.min(16, end - start));
      const box = boxAt(header, 0, start, end - start);
      boxes.push(box);
      if (boxes.length > maxBoxes) throw new RangeError('The file has too many boxes.');
      start += box.size;
    }
    return boxes;
  } finally {
    await file.close();
  }
}

/** A box's header: 32 bits of size, four letters, and 64 bits of size where the first are 1; 0 means up to the end. */
export function boxAt(bytes: Buffer, at: number, start: number, room: number): Box {
  const short = bytes.readUInt32BE(at);
  const type = bytes.toString('latin1', at + 4, at + 8);
  const size = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? room : short;
  if (size < 8 || size > room) throw new RangeError('The file has a box of an impossible size.');
  return { type, start, size };
}

const containers = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl']);

/** Bytes of a file from `from` up to but not including `to`, and how far they move. */
interface Move {
  by: number;
  from: number;
  to: number;
}

/** Corrects the chunk offsets of an index for a move, in place. */
function shiftOffsets(index: Buffer, move: Move, start = 8, end = index.length): void {
  for (let at = start; at + 8 <= end; ) {
    const { type, size } = boxAt(index, at, at, end - at);
    if (containers.has(type)) shiftOffsets(index, move, at + 8, at + size);
    if (type === 'cmov') throw new RangeError('The index is compressed.');
    if (type === 'stco' || type === 'co64') shiftTable(index, at, size, type === 'co64' ? 8 : 4, move);
    at += size;
  }
}

function shiftTable(index: Buffer, at: number, size: number, width: 4 | 8, { by, from, to }: Move): void {
  const count = index.readUInt32BE(at + 12);
  if (16 + count * width > size) throw new RangeError('The index is cut off.');
  for (let entry = at + 16; entry < at + 16 + count * width; entry += width) {
    const offset = width === 8 ? Number(index.readBigUInt64BE(entry)) : index.readUInt32BE(entry);
    if (offset < from || offset >= to) continue;
    if (width === 8) index.writeBigUInt64BE(BigInt(offset + by), entry);
    else index.writeUInt32BE(offset + by, entry);
  }
}

const pieceBytes = 1024 * 1024;

async function copy(source: FileHandle, target: FileHandle, { start, size }: Box): Promise<void> {
  for (let done = 0; done < size; done += pieceBytes) {
    await target.writeFile(await readExactly(source, start + done, Math.min(pieceBytes, size - done)));
  }
}

async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  if (bytesRead < length) throw new RangeError('The file ends too early.');
  return bytes;
}
