import { expect, it } from 'vitest';
import { mediaToSend } from '../media/renditions.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import { media } from '../../store/sample.ts';
import type { MediaRecord, PostRecord, TargetRecord } from '../ports/index.ts';
import { sketchPublication } from './publication.ts';

const file = media({ mime: 'image/png', width: 4000, height: 300 });
const clip: MediaRecord = { ...file, kind: 'video', mime: 'video/mp4', bytes: 5_000_000 };
const post = { caption: 'Fresh bread', hashtags: ['bakery'], altText: null } as unknown as PostRecord;
const target = { platform: 'instagram', caption: null, options: {} } as TargetRecord;
const tiktok = { ...target, platform: 'tiktok' } as const;

it('sketches images as they will be sent: cropped, as JPEG', () => {
  const { text, media: sketched } = sketchPublication({ post, target, media: [file] });
  expect(text).toBe('Fresh bread\n\n#bakery');
  expect(sketched).toMatchObject([{ mime: 'image/jpeg', width: 573, height: 300, fileBytes: null, aiMade: true }]);
});

it('cuts all pictures of a carousel to the ratio of the first, as Instagram would', () => {
  const pictures = [
    { width: 1200, height: 1500 },
    { width: 1500, height: 1000 },
    { width: 800, height: 2000 },
  ];
  const sizes = sketchPublication({ post, target, media: pictures.map((size) => media(size)) }).media;
  expect(sizes.map(({ width, height }) => [width, height])).toEqual(Array(3).fill([1080, 1350]));
});

it('cuts a picture around the point of the network, also in a carousel', () => {
  const wide = { width: 2_400, height: 1_000, focal: { x: 0, y: 0 }, focalOn: { instagram: { x: 1, y: 1 } } };
  const pictures = [media({ id: 'first', width: 1_000, height: 1_000 }), media({ id: 'second', ...wide })];
  const leftOf = (platform: Platform, files: MediaRecord[]) =>
    mediaToSend(platform, files).map(({ rendition }) => rendition.kind === 'jpeg' && rendition.crop.left);
  expect(leftOf('facebook', pictures.slice(1))).toEqual([0]);
  expect(leftOf('instagram', pictures.slice(1))).toEqual([490]);
  expect(leftOf('instagram', pictures)).toEqual([0, 1_400]);
  expect(mediaToSend('tiktok', [media({ focalOn: { tiktok: { x: 0.1, y: 0.2 } } })])).toMatchObject([
    { rendition: { kind: 'clip', focal: { x: 0.1, y: 0.2 } } },
  ]);
});

it('sketches videos as they are, since they are sent so', () => {
  const [sketched] = sketchPublication({ post, target, media: [clip] }).media;
  expect(sketched).toMatchObject({ mime: 'video/mp4', width: 4000, fileBytes: 5_000_000 });
});

it('sketches a picture for TikTok as the video that will be made of it, where one can be made', () => {
  const situation = { post, target: tiktok, media: [file] };
  const made = { kind: 'video', mime: 'video/mp4', width: 1080, height: 1920, durationMs: 6_000 };
  expect(sketchPublication(situation).media).toMatchObject([made]);
  expect(sketchPublication(situation, { makesClips: () => true }).media).toMatchObject([made]);
  expect(sketchPublication(situation, { makesClips: () => false }).media).toMatchObject([{ kind: 'image' }]);
});
