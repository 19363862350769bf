import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { cropFor } from '../../shared/domain/crop.ts';
import { hostileFiles } from '../../test/doubles/hostile-media.ts';
import { createMediaFiles } from './files.ts';

const dir = mkdtempSync(join(tmpdir(), 'hostile-'));
const files = createMediaFiles({ dir });
afterAll(() => rmSync(dir, { recursive: true }));

function left(): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

describe('files from outside', () => {
  it('are at least 40 kinds', () => expect(new Set(hostileFiles.map(({ name }) => name)).size).toBeGreaterThan(40));

  it.each(hostileFiles.filter(({ expected }) => expected !== 'taken'))(
    '$name is refused as $expected',
    async ({ make, expected }) => {
      const before = left();
      const error = await files.put((await make()) as Uint8Array).catch((refusal: unknown) => refusal);
      expect(error).toMatchObject({ name: 'MediaRefused', code: expected, message: expect.stringMatching(/\w/) });
      expect(left()).toEqual(before);
    },
    60_000,
  );

  it.each(hostileFiles.filter(({ expected }) => expected === 'taken'))(
    '$name goes out as a clean JPEG',
    async ({ make }) => {
      const { sha256, facts } = await files.put((await make()) as Uint8Array);
      const crop = cropFor('instagram', facts);
      const { bytes } = await files.prepare(sha256, { kind: 'jpeg', crop, aiMade: false });
      const { exif, xmp, icc, iptc, ...metadata } = await sharp(bytes).metadata();
      expect(metadata).toMatchObject({ format: 'jpeg', space: 'srgb', channels: 3, depth: 'uchar', hasAlpha: false });
      expect([exif, xmp, icc, iptc]).toEqual([undefined, undefined, undefined, undefined]);
      expect(Buffer.from(bytes).includes('script')).toBe(false);
      expect(bytes.length).toBeLessThanOrEqual(4_000_000);
    },
    60_000,
  );
});
