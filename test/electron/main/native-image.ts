import { readFileSync } from 'node:fs';
import type Electron from 'electron';
import { type PartOf, strict } from './strict.ts';

class Image implements PartOf<Electron.NativeImage> {
  bytes: Buffer;
  /** The file it was read from, or nothing. */
  file: string;
  isTemplate = false;
  isMacTemplateImage = false;

  constructor(bytes: Buffer, file: string) {
    this.bytes = bytes;
    this.file = file;
  }

  isEmpty(): boolean {
    return this.bytes.length === 0;
  }

  getSize(): Electron.Size {
    if (this.isEmpty()) return { width: 0, height: 0 };
    return { width: this.bytes.readUInt32BE(16), height: this.bytes.readUInt32BE(20) };
  }

  setTemplateImage(option: boolean): void {
    this.isTemplate = option;
    this.isMacTemplateImage = option;
  }

  isTemplateImage(): boolean {
    return this.isTemplate;
  }

  resize(): Electron.NativeImage {
    return face(new Image(this.bytes, this.file));
  }

  addRepresentation(): void {}

  toPNG(): Buffer {
    return this.bytes;
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.bytes.toString('base64')}`;
  }
}

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Empty for what is not there or no PNG, as Electron's is. */
export function createFromPath(path: string): Electron.NativeImage {
  try {
    return createFromBuffer(readFileSync(path), path);
  } catch {
    return createFromBuffer(Buffer.alloc(0), path);
  }
}

function createFromBuffer(bytes: Buffer, file = ''): Electron.NativeImage {
  return face(new Image(bytes.subarray(0, 8).equals(pngStart) ? bytes : Buffer.alloc(0), file));
}

export function fileOf(image: Electron.NativeImage): string {
  return (image as unknown as Image).file;
}

function face(image: Image): Electron.NativeImage {
  return strict('NativeImage', image);
}

export const nativeImage = strict<typeof Electron.nativeImage>('nativeImage', {
  createFromPath,
  createFromBuffer: (bytes: Buffer) => createFromBuffer(bytes),
  createEmpty: () => createFromBuffer(Buffer.alloc(0)),
  createFromDataURL: (url: string) => createFromBuffer(Buffer.from(url.split(',')[1] ?? '', 'base64')),
} satisfies Partial<typeof Electron.nativeImage>);
