import { captionProblems } from '../../shared/domain/captions.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { NetworkFailure, type OutgoingMedia, type Publication } from '../core/ports/networks.ts';

interface Problem {
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
  const problems = durationProblems(video, 3, 90, 'A Facebook reel');
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
export function instagramProblems({ text, media }: Publication): Problem[] {
  const problems = textProblems('instagram', text);
  if (media.length === 0) problems.push(mediaProblem('missing', 'Instagram needs an image or a video.'));
  if (media.length > 10) problems.push(mediaProblem('too_many', 'An Instagram carousel has at most 10 items.'));
  for (const item of media) {
    if (item.kind === 'video') problems.push(...durationProblems(item, 3, 900, 'An Instagram reel'));
    else problems.push(...instagramImageProblems(item));
  }
  return problems;
}

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
  if (media.length !== 1 || video?.kind !== 'video') {
    problems.push(mediaProblem('one_video', 'TikTok needs exactly one video; photos cannot be uploaded from here.'));
  } else {
    problems.push(...durationProblems(video, 1, 600, 'A TikTok video'));
    if (Math.min(video.width, video.height) < 360 || Math.max(video.width, video.height) > 4096) {
      problems.push(mediaProblem('size', 'Each side of a TikTok video must have 360 to 4096 pixels.'));
    }
    if (!['video/mp4', 'video/quicktime', 'video/webm'].includes(video.mime)) {
      problems.push(mediaProblem('format', 'TikTok takes MP4, MOV and WebM videos only.'));
    }
  }
  if (options.mode === 'direct') problems.push(...directPostProblems(options, account));
  return problems;
}

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

function mediaProblem(code: string, message: string): Problem {
  return { field: 'media', code, message };
}
