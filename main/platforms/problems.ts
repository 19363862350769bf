import type { VideoFacts } from '../../shared/contract/media.ts';
import { captionProblems } from '../../shared/domain/captions.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { phrase } from '../../shared/domain/phrase.ts';
import { type StoryFault, isStory, storyFaults, storyLimits } from '../../shared/domain/story.ts';
import { isCutOff, taggingProblems } from '../../shared/domain/tagging.ts';
import { NetworkFailure, type OutgoingMedia, type Publication } from '../core/ports/networks.ts';

export interface Problem {
  field: string;
  code: string;
  message: string;
}

/** What Facebook would refuse. Limits from its Page Photos reference and Reels publishing guide. */
export function facebookProblems({ text, media }: Publication): Problem[] {
  const problems = textProblems('facebook', text);
  const videos = media.filter(({ kind }) => kind === 'video');
  if (text.trim() === '' && media.length === 0) {
    problems.push({ field: 'caption', code: 'empty', message: 'A Facebook post needs a text or media.' });
  }
  if (videos.length > 1 || (videos.length === 1 && media.length > 1)) {
    problems.push(mediaProblem('mixed', 'A Facebook post carries either photos or one video.'));
  }
  if (media.length > 10) problems.push(mediaProblem('too_many', 'A Facebook post carries at most 10 photos.'));
  for (const video of videos) problems.push(...reelProblems(video));
  if (media.some(isTooLarge)) problems.push(mediaProblem('too_large', 'A photo for Facebook has at most 4 MB.'));
  return problems;
}

function reelProblems(video: OutgoingMedia): Problem[] {
  const problems = [
    ...durationProblems(video, 3, 90, phrase`A Facebook reel`),
    ...encodingProblems(video, metaReel, phrase`A Facebook reel`),
  ];
  const ratio = video.width / video.height;
  // Meta asks for 9:16; a little tolerance for sizes that do not divide.
  if (ratio < 0.5 || ratio > 0.6 || video.width < 540 || video.height < 960) {
    const message = 'A Facebook reel is upright (9:16) and has at least 540 x 960 pixels.';
    problems.push(mediaProblem('size', message));
  }
  return problems;
}

/** Meta names 10 MB and, in its error texts, 4 MB. Instagram's images pass through a Page photo too. */
function isTooLarge({ kind, bytes }: OutgoingMedia): boolean {
  return kind === 'image' && bytes.byteLength > 4_000_000;
}

/** What Instagram would refuse. Limits from its content publishing guide and IG User media reference. */
export function instagramProblems(publication: Publication): Problem[] {
  const { text, media, options } = publication;
  if (isStory(options)) return storyProblems(media);
  const problems = textProblems('instagram', text);
  for (const message of taggingProblems(options)) problems.push({ field: 'options', code: 'tagging', message });
  const hidden = media.flatMap(({ tags }) => tags).find(isCutOff);
  if (hidden !== undefined) {
    const message = `“${hidden.username}” is tagged where Instagram cuts the picture off. Move the tag, or what is cut.`;
    problems.push({ field: 'options', code: 'tagging', message });
  }
  if (media.length === 0) problems.push(mediaProblem('missing', 'Instagram needs an image or a video.'));
  if (media.length > 10) problems.push(mediaProblem('too_many', 'An Instagram carousel has at most 10 items.'));
  for (const item of media) {
    problems.push(...(item.kind === 'video' ? instagramReelProblems(item) : instagramImageProblems(item)));
  }
  return problems;
}

/** Of a story only its file is sent, so nothing else of the post can be wrong. */
function storyProblems(media: readonly OutgoingMedia[]): Problem[] {
  const files = media.map(({ fileBytes, ...file }) => ({ ...file, bytes: fileBytes }));
  const problems = storyFaults(files).map((fault) => mediaProblem(fault.kind, storySentence(fault)));
  const [file] = media;
  if (file === undefined || media.length > 1) return problems;
  if (file.kind === 'video') return [...problems, ...instagramVideoProblems(file, phrase`A story`)];
  if (isTooLarge(file)) problems.push(mediaProblem('too_large', 'An image for Instagram has at most 4 MB.'));
  return problems;
}

function storySentence(fault: StoryFault): string {
  const { shortest, longest, maxBytes } = storyLimits;
  switch (fault.kind) {
    case 'missing':
      return 'A story needs a picture or a video.';
    case 'several':
      return `A story has exactly one picture or video; this one has ${fault.is}. Choose one, or make a post of each.`;
    case 'duration':
      return `The video of a story lasts ${shortest} to ${longest} seconds; this one has ${Math.round(fault.is)}.`;
    case 'too_large':
      return `The video of a story has at most ${maxBytes / megabyte} MB; this one has ${Math.ceil(fault.is / megabyte)}.`;
  }
}

function instagramReelProblems(video: OutgoingMedia): Problem[] {
  const what = phrase`An Instagram reel`;
  return [...durationProblems(video, 3, 900, what), ...instagramVideoProblems(video, what)];
}

/** What Instagram asks of every video. @param what whose it is, for a person */
function instagramVideoProblems(video: OutgoingMedia, what: string): Problem[] {
  const problems = encodingProblems(video, { ...metaReel, slowest: 23 }, what);
  const ratio = video.width / video.height;
  if (video.width > 1920 || ratio < 0.01 || ratio > 10) {
    problems.push(mediaProblem('size', `${what} is at most 1920 pixels wide.`));
  }
  if (video.video?.isCut === true) problems.push(mediaProblem('edit_list', cutVideo));
  const { fileBytes, durationMs } = video;
  if (
    fileBytes !== null &&
    durationMs !== null &&
    durationMs > 0 &&
    (fileBytes * 8_000) / durationMs > maxReelBitRate
  ) {
    problems.push(mediaProblem('bit_rate', `${what} has at most 25 megabits a second. Export it smaller.`));
  }
  return problems;
}

const cutVideo =
  'The video was cut without being saved anew, and Instagram takes no such file. Export it again, or install ffmpeg on the computer that this app runs on: then it is saved anew by itself.';

/** Bits a second, of sound and picture together. */
const maxReelBitRate = 25_128_000;

function instagramImageProblems(image: OutgoingMedia): Problem[] {
  const { mime, width, height, altText } = image;
  const problems: Problem[] = [];
  const ratio = width / height;
  if (mime !== 'image/jpeg') problems.push(mediaProblem('format', 'Instagram takes JPEG images only.'));
  if (isTooLarge(image)) problems.push(mediaProblem('too_large', 'An image for Instagram has at most 4 MB.'));
  // A pixel of tolerance: 4:5 and 1.91:1 rarely come out in whole pixels.
  if (ratio < 0.798 || ratio > 1.915) {
    problems.push(mediaProblem('ratio', 'An Instagram image must be between 4:5 (upright) and 1.91:1 (wide).'));
  }
  if ((altText?.length ?? 0) > 1_000) {
    problems.push({
      field: 'altText',
      code: 'too_long',
      message: 'Instagram takes at most 1000 characters of alt text.',
    });
  }
  return problems;
}

/** What TikTok would refuse. Limits from its Content Posting API and its content sharing guidelines. */
export function tiktokProblems({ text, media, options }: Publication, account: { audited: boolean }): Problem[] {
  const problems = textProblems('tiktok', text);
  const [video] = media;
  if (media.length === 1 && video?.kind === 'image') {
    problems.push(mediaProblem('no_clip', noClip));
  } else if (media.length !== 1 || video === undefined) {
    problems.push(mediaProblem('one_video', 'TikTok needs exactly one video, or a picture that one is made of.'));
  } else {
    problems.push(
      ...durationProblems(video, 1, 600, phrase`A TikTok video`),
      ...encodingProblems(video, tiktokVideo, phrase`A TikTok video`),
    );
    if (Math.min(video.width, video.height) < 360 || Math.max(video.width, video.height) > 4096) {
      problems.push(mediaProblem('size', 'Each side of a TikTok video must have 360 to 4096 pixels.'));
    }
  }
  if (options.mode === 'direct') problems.push(...directPostProblems(options, account));
  return problems;
}

const noClip =
  'TikTok takes videos only from here. This computer makes one of a picture when ffmpeg is installed; ' +
  'install it, or add a video.';

function directPostProblems(options: Publication['options'], account: { audited: boolean }): Problem[] {
  const problems: Problem[] = [];
  const add = (code: string, message: string) => problems.push({ field: 'options', code, message });
  if (!account.audited) {
    add('not_audited', 'Direct posts need a TikTok app that has passed the audit. Send it to the inbox instead.');
  }
  if (options.privacyLevel === undefined) add('privacy', 'Choose who can see this TikTok video.');
  if (options.consent !== true) add('consent', "Agree to TikTok's Music Usage Confirmation for this post.");
  if (options.brandContent === true && options.privacyLevel === 'SELF_ONLY') {
    add('branded_private', 'Branded content visibility cannot be set to private.');
  }
  return problems;
}

/** Stops a publication that the network would refuse. @throws {NetworkFailure} of class `content` */
export function refuse(problems: Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new NetworkFailure({ class: 'content', code: `check/${first.code}`, message: first.message });
}

function textProblems(platform: Platform, text: string): Problem[] {
  return captionProblems(platform, text).map((message) => ({ field: 'caption', code: 'caption', message }));
}

function durationProblems(video: OutgoingMedia, min: number, max: number, what: string): Problem[] {
  if (video.durationMs === null) return [];
  const seconds = video.durationMs / 1000;
  if (seconds >= min && seconds <= max) return [];
  return [mediaProblem('duration', `${what} lasts ${min} to ${max} seconds; this one has ${Math.round(seconds)}.`)];
}

interface Encoding {
  containers: readonly string[];
  codecs: readonly string[];
  /** Null: whatever it is. */
  audioCodecs: readonly string[] | null;
  /** Frames a second. */
  slowest: number;
  fastest: number;
  maxBytes: number;
  /** For a person. */
  wanted: string;
}

const megabyte = 1_000_000;

/** From Meta's Reels publishing guide and Instagram's IG User media reference; the latter begins at 23 frames. */
const metaReel: Encoding = {
  containers: ['video/mp4', 'video/quicktime'],
  codecs: ['avc', 'hevc'],
  audioCodecs: ['aac'],
  slowest: 24,
  fastest: 60,
  maxBytes: 300 * megabyte,
  wanted: phrase`an MP4 or MOV with H.264 or H.265 picture and AAC sound`,
};

/** From TikTok's media transfer guide; it says nothing of sound. */
const tiktokVideo: Encoding = {
  containers: ['video/mp4', 'video/quicktime', 'video/webm'],
  codecs: ['avc', 'hevc', 'vp8', 'vp9'],
  audioCodecs: null,
  slowest: 23,
  fastest: 60,
  maxBytes: 4_000 * megabyte,
  wanted: phrase`an MP4, MOV or WebM with H.264, H.265, VP8 or VP9 picture`,
};

/** Cameras write 29.97 for 30 and 23.976 for 24. */
const frameTolerance = 0.05;

/** What of a video's insides a network would refuse. What is not known is not judged. */
function encodingProblems({ mime, video, fileBytes }: OutgoingMedia, encoding: Encoding, what: string): Problem[] {
  const problems: Problem[] = [];
  const isReadable =
    encoding.containers.includes(mime) &&
    (video === null || (encoding.codecs.includes(video.codec ?? '') && isSound(video, encoding)));
  if (!isReadable) {
    const message =
      video === null
        ? `${what} must be ${encoding.wanted}. Export it again in that form.`
        : `${what} must be ${encoding.wanted}. This one is ${describe(mime, video)}. Export it again in that form.`;
    problems.push(mediaProblem('format', message));
  }
  const { slowest, fastest, maxBytes } = encoding;
  const rate = video?.frameRate ?? slowest;
  if (rate < slowest - frameTolerance || rate > fastest + frameTolerance) {
    const message = `${what} has ${slowest} to ${fastest} frames a second; this one has ${Math.round(rate * 10) / 10}.`;
    problems.push(mediaProblem('frame_rate', message));
  }
  if (fileBytes !== null && fileBytes > maxBytes) {
    const message = `${what} has at most ${maxBytes / megabyte} MB; this one has ${Math.ceil(fileBytes / megabyte)}.`;
    problems.push(mediaProblem('too_large', message));
  }
  return problems;
}

function isSound({ audioCodec, audioSampleRate }: VideoFacts, { audioCodecs }: Encoding): boolean {
  if (audioSampleRate === null || audioCodecs === null) return true;
  return audioCodecs.includes(audioCodec ?? '') && audioSampleRate <= 48_000;
}

const containerNames: Record<string, string> = { 'video/mp4': 'MP4', 'video/quicktime': 'MOV', 'video/webm': 'WebM' };
const codecNames: Record<string, string> = { avc: 'H.264', hevc: 'H.265', vp8: 'VP8', vp9: 'VP9', av1: 'AV1' };

function describe(mime: string, { codec, audioCodec, audioSampleRate }: VideoFacts): string {
  const picture = codec === null ? phrase`a picture format we do not know` : (codecNames[codec] ?? codec);
  const container = containerNames[mime] ?? mime;
  if (audioSampleRate === null) return phrase`${container} with ${picture} and no sound`;
  const kiloHertz = audioSampleRate / 1_000;
  return audioCodec === null
    ? phrase`${container} with ${picture} and unknown sound at ${kiloHertz} kHz`
    : phrase`${container} with ${picture} and ${audioCodec} sound at ${kiloHertz} kHz`;
}

function mediaProblem(code: string, message: string): Problem {
  return { field: 'media', code, message };
}
