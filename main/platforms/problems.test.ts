import { describe, expect, it } from 'vitest';
import type { OutgoingMedia } from '../core/ports/networks.ts';
import { image, publication, video } from '../../test/networks.ts';
import { facebookProblems, instagramProblems, tiktokProblems } from './problems.ts';

const house = { codec: 'avc', audioCodec: 'aac', audioSampleRate: 48_000, frameRate: 30 };
const file = (
  change: Partial<OutgoingMedia> = {},
  facts: Partial<typeof house> | { audioCodec: null } = {},
): OutgoingMedia => video({ fileBytes: 20_000_000, video: { ...house, ...facts }, ...change });

const problemsOf = {
  facebook: (media: OutgoingMedia) => facebookProblems(publication('Hello', [media])),
  instagram: (media: OutgoingMedia) => instagramProblems(publication('Hello', [media])),
  tiktok: (media: OutgoingMedia) => tiktokProblems(publication('Hello', [media]), { audited: true }),
};

describe('a video', () => {
  it.each(['facebook', 'instagram', 'tiktok'] as const)('in the house format is taken by %s', (platform) => {
    expect(problemsOf[platform](file())).toEqual([]);
    expect(problemsOf[platform](file({}, { frameRate: 23.98 + (platform === 'facebook' ? 0 : -0.98) }))).toEqual([]);
    expect(problemsOf[platform](file({ mime: 'video/quicktime' }, { codec: 'hevc' }))).toEqual([]);
    expect(
      problemsOf[platform](file({ video: { ...house, audioCodec: null, audioSampleRate: null as never } })),
    ).toEqual([]);
  });

  it.each(['facebook', 'instagram', 'tiktok'] as const)(
    'of which nothing is known is not judged for %s',
    (platform) => {
      expect(problemsOf[platform](video())).toEqual([]);
    },
  );

  const cases: [string, keyof typeof problemsOf, OutgoingMedia, string][] = [
    ['WebM', 'facebook', file({ mime: 'video/webm' }, { codec: 'vp9', audioCodec: 'opus' }), 'format'],
    ['WebM', 'instagram', file({ mime: 'video/webm' }, { codec: 'vp8', audioCodec: 'vorbis' }), 'format'],
    ['AV1 in an MP4', 'tiktok', file({}, { codec: 'av1' }), 'format'],
    ['sound at 96 kHz', 'instagram', file({}, { audioSampleRate: 96_000 }), 'format'],
    ['sound that no one knows', 'facebook', file({}, { audioCodec: null }), 'format'],
    ['12 frames a second', 'tiktok', file({}, { frameRate: 12 }), 'frame_rate'],
    ['23 frames a second', 'facebook', file({}, { frameRate: 23 }), 'frame_rate'],
    ['120 frames a second', 'instagram', file({}, { frameRate: 120 }), 'frame_rate'],
    ['more than 300 MB', 'instagram', file({ fileBytes: 300_000_001, durationMs: 600_000 }), 'too_large'],
    ['80 megabits a second', 'instagram', file({ fileBytes: 100_000_000, durationMs: 10_000 }), 'bit_rate'],
    ['2560 pixels wide', 'instagram', file({ width: 2560, height: 1440 }), 'size'],
    ['two seconds', 'instagram', file({ durationMs: 2_000, fileBytes: 1_000_000 }), 'duration'],
    ['91 seconds', 'facebook', file({ durationMs: 91_000 }), 'duration'],
    ['eleven minutes', 'tiktok', file({ durationMs: 660_000 }), 'duration'],
    ['lying on its side', 'facebook', file({ width: 1920, height: 1080 }), 'size'],
    ['180 by 320 pixels', 'tiktok', file({ width: 180, height: 320 }), 'size'],
  ];
  it.each(cases)('with %s is refused for %s, in a sentence', (_, platform, media, code) => {
    const found = problemsOf[platform](media);
    expect(found.map((problem) => problem.code)).toEqual([code]);
    expect(found[0]?.message).toMatch(/^(?:A|An|Each) .+\.$/);
  });

  it('is described by what it is', () => {
    const [problem] = problemsOf.facebook(file({ mime: 'video/webm' }, { codec: 'vp9', audioCodec: 'opus' }));
    expect(problem?.message).toContain('This one is WebM with VP9 and opus sound at 48 kHz.');
  });
});

it('a picture for TikTok asks for ffmpeg where no video can be made of it', async () => {
  const [problem] = problemsOf.tiktok(await image());
  expect(problem).toMatchObject({ code: 'no_clip', message: expect.stringContaining('ffmpeg') });
});

it('tags that Instagram does not take are told before anything is sent', () => {
  const options = { userTags: ['cafe uno'], collaborators: ['a', 'b', 'c', 'd'] };
  const found = instagramProblems(publication('Hello', [file()], options));
  expect(found.map(({ field, code }) => `${field}/${code}`)).toEqual(['options/tagging', 'options/tagging']);
});

it('a tag where the picture is cut off is told before anything is sent', async () => {
  const tagged = (x: number) => image({ tags: [{ username: 'anna', place: { x, y: 0.5 } }] });
  expect(problemsOf.instagram(await tagged(0.9))).toEqual([]);
  expect(problemsOf.instagram(await tagged(1.2))).toMatchObject([
    { field: 'options', code: 'tagging', message: expect.stringContaining('“anna” is tagged where') },
  ]);
});

it('a video that was cut without being saved anew is none for Instagram, and one for the others', () => {
  const facts = { codec: 'avc', audioCodec: 'aac', audioSampleRate: 48_000, frameRate: 30 };
  const cut = publication('Cut', [video({ video: { ...facts, isCut: true } })]);
  expect(instagramProblems(cut)).toEqual([
    { field: 'media', code: 'edit_list', message: expect.stringMatching(/ffmpeg/) },
  ]);
  expect(facebookProblems(cut)).toEqual([]);
  expect(instagramProblems(publication('Whole', [video({ video: facts })]))).toEqual([]);
});
