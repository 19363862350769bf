import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chooseMotif, type Motif } from './drawing/motif.ts';

const fileOf: Partial<Record<Motif, string>> = {
  coffee: 'coffee.mp4',
  pastry: 'coffee.mp4',
  bouquet: 'flowers.mp4',
  garden: 'flowers.mp4',
  yoga: 'yoga.mp4',
  weights: 'yoga.mp4',
  storefront: 'landscape.mp4',
  landscape: 'landscape.mp4',
};

/** The ready-made clips: 9:16, four seconds, H.264 with a silent track. */
export class VideoAssets {
  readonly #folder: string;
  readonly #files: string[];

  /** @throws Error when the folder holds no MP4 file. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#files = readdirSync(folder)
      .filter((name) => name.endsWith('.mp4'))
      .sort();
    if (this.#files.length === 0) throw new Error(`No .mp4 file in ${folder}`);
  }

  /** Path of the clip that suits a prompt. */
  fileFor(prompt: string, variation: string): string {
    const wanted = fileOf[chooseMotif(prompt)];
    const hash = createHash('sha256').update(`${prompt}\n${variation}`).digest().readUInt32BE(0);
    const file = wanted !== undefined && this.#files.includes(wanted) ? wanted : this.#files[hash % this.#files.length];
    return join(this.#folder, file as string);
  }
}
