import { expect, it } from 'vitest';
import type { MediaRecord, PostRecord, TargetRecord } from '../ports/index.ts';
import { sketchPublication } from './publication.ts';

const file = {
  sha256: 'x',
  kind: 'image',
  mime: 'image/png',
  width: 4000,
  height: 300,
  durationMs: null,
} as MediaRecord;
const clip = { ...file, kind: 'video', mime: 'video/mp4' } as MediaRecord;
const post = { caption: 'Fresh bread', hashtags: ['bakery'], altText: null } as unknown as PostRecord;
const target = { platform: 'instagram', caption: null, options: {} } as TargetRecord;

it('sketches images as they will be sent: cropped, as JPEG', () => {
  const { text, media } = sketchPublication({ post, target, media: [file] });
  expect(text).toBe('Fresh bread\n\n#bakery');
  expect(media).toMatchObject([{ mime: 'image/jpeg', width: 1080, height: 1350 }]);
});

it('sketches videos as they are, since they are sent so', () => {
  expect(sketchPublication({ post, target, media: [clip] }).media).toMatchObject([{ mime: 'video/mp4', width: 4000 }]);
});
