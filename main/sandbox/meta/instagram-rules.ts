import { z } from 'zod';
import { badParameter, GraphFailure, instagramFailure } from './errors.ts';
import { type GraphRequest, parseJson } from './request.ts';
import type { Container, InstagramMedia, World } from './state.ts';

const day = 24 * 3_600_000;
const longestCaption = 2200;
const longestAltText = 1000;
const mostHashtags = 30;
const mostMentions = 20;
const mostCollaborators = 3;

/** Parameters of `POST /{ig}/media` by kind of container, from the IG User media reference. */
const allowed: Record<Container['kind'], string[]> = {
  image: ['image_url', 'caption', 'alt_text', 'user_tags', 'collaborators', 'location_id', 'is_ai_generated'],
  reel: [
    'media_type',
    'video_url',
    'upload_type',
    'caption',
    'cover_url',
    'thumb_offset',
    'share_to_feed',
    'audio_name',
    'user_tags',
    'collaborators',
    'location_id',
    'is_ai_generated',
  ],
  story: ['media_type', 'image_url', 'video_url', 'upload_type', 'is_ai_generated'],
  item: ['media_type', 'image_url', 'video_url', 'upload_type', 'is_carousel_item', 'alt_text', 'user_tags'],
  carousel: ['media_type', 'children', 'caption', 'collaborators', 'location_id', 'is_ai_generated'],
};

/** Every parameter that some container takes. */
export const containerParameters = [...new Set(Object.values(allowed).flat())];

/** The kind of container that the parameters describe. @throws GraphFailure 100/2207023 for an unknown media_type */
export function containerKind(request: GraphRequest): Container['kind'] {
  const { media_type: type, is_carousel_item: item } = request.parameters;
  if (item === 'true' || item === '1') {
    if (type === undefined || type === 'VIDEO') return 'item';
  } else if (type === undefined) return 'image';
  else if (type === 'REELS') return 'reel';
  else if (type === 'STORIES') return 'story';
  else if (type === 'CAROUSEL') return 'carousel';
  throw instagramFailure(100, 2207023, 'Unknown media type', `The media type ${type} is unknown.`);
}

/** Refuses what does not belong to the kind, and texts that are too long. */
export function checkContainer(
  request: GraphRequest,
  kind: Container['kind'],
  product: 'facebook' | 'instagram',
): void {
  const { parameters } = request;
  for (const name of Object.keys(parameters)) {
    if (name.startsWith('appsecret_') || allowed[kind].includes(name)) continue;
    throw badParameter(`The parameter ${name} is not allowed for this kind of media`);
  }
  if (product === 'instagram' && parameters.location_id !== undefined) {
    throw badParameter('The parameter location_id needs Facebook Login');
  }
  checkCaption(parameters.caption ?? '');
  if ((parameters.alt_text ?? '').length > longestAltText) throw badParameter('Param alt_text is longer than 1000');
  checkUserTags(parameters.user_tags, parameters.image_url !== undefined);
  const collaborators = parameters.collaborators === undefined ? [] : listOf(parameters.collaborators);
  if (collaborators.length > mostCollaborators) throw badParameter('No more than 3 collaborators are allowed');
}

function checkCaption(caption: string): void {
  if (caption.length > longestCaption) {
    throw instagramFailure(36004, 2207010, 'The caption is too long', 'The caption is longer than 2,200 characters.');
  }
  if ((caption.match(/#[\p{L}\p{N}_]+/gu) ?? []).length > mostHashtags) {
    throw badParameter('No more than 30 hashtags are allowed');
  }
  if ((caption.match(/@[\w.]+/g) ?? []).length > mostMentions) {
    throw instagramFailure(100, 2207040, 'Too many tags', 'You cannot use more than 20 tags for this post.');
  }
}

/** On a picture a tag has a place, counted from the top left. */
function checkUserTags(text: string | undefined, isImage: boolean): void {
  if (text === undefined) return;
  const tags = tagsSchema.safeParse(parseJson(text)).data;
  if (tags === undefined) throw badParameter('Param user_tags must be an array of {username, x, y}');
  if (isImage && tags.some(({ x, y }) => x === undefined || y === undefined)) {
    throw badParameter('Param user_tags must have x and y between 0.0 and 1.0 for each user');
  }
  if (tags.length > mostMentions) {
    throw instagramFailure(100, 2207040, 'Too many tags', 'You cannot use more than 20 tags for this post.');
  }
}

const share = z.number().min(0).max(1).optional();
const tagsSchema = z.array(z.strictObject({ username: z.string().regex(/^[\w.]{1,30}$/), x: share, y: share }));

/** A place is a Page with an address; all simulated Pages have one. */
export function checkLocation(world: World, id: string | undefined): void {
  if (id === undefined || id in world.store.value.pages) return;
  throw badParameter('INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID');
}

/** A list sent as `a,b` or as a JSON array of texts. */
export function listOf(text: string): string[] {
  const parsed = text.startsWith('[') ? parseJson(text) : text.split(',').map((item) => item.trim());
  if (!Array.isArray(parsed)) throw badParameter('Expected a list');
  return parsed.map(String).filter((item) => item !== '');
}

/** Nobody sees a story any more after a day, and Graph tells nothing of it. */
export function isOver(world: World, { productType, publishedAt }: InstagramMedia): boolean {
  return productType === 'STORY' && publishedAt + day <= world.now();
}

/** 24/2207008: the container is gone, or was published before. */
export function containerExpired(id: string): GraphFailure {
  const text = `The media builder with creation id = ${id} does not exist or has been expired.`;
  return instagramFailure(24, 2207008, 'The requested resource does not exist', text);
}
