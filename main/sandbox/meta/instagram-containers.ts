import type { Call } from './call.ts';
import { GraphFailure, badParameter, instagramFailure, missingObject } from './errors.ts';
import { type NodeType, type NodeView, parseFields, project } from './fields.ts';
import { fetchMedia } from './fetch-media.ts';
import { checkContainer, checkLocation, containerKind, listOf } from './instagram-rules.ts';
import { acceptInstagramImage, acceptVideo, type VideoUse } from './media-checks.ts';
import { booleanParameter } from './request.ts';
import { type Container, nextId, type World } from './state.ts';
import { managedInstagram } from './tokens.ts';
import { newUpload } from './uploads.ts';

const day = 24 * 3_600_000;
const containerType: NodeType = { name: 'IGMediaBuilder', defaults: ['id'] };

/** `POST /{ig}/media`: images are fetched and judged at once, videos show a refusal in their status. */
export async function createContainer(call: Call): Promise<object> {
  const { world, request, session, detail } = call;
  const account = managedInstagram(world, session, request, call.id, 'publish');
  const kind = containerKind(request);
  checkContainer(request, kind, call.product);
  checkLocation(world, request.parameters.location_id);
  const container = newContainer(call, account.id, kind);
  if (kind === 'carousel') container.children = checkChildren(call, account.id);
  else await takeMedia(call, container);

  const slow = world.faults.take('instagram.media.create', 'slow-processing');
  if (slow !== undefined) container.pollsLeft = Number(slow.value);
  const broken = world.faults.take('instagram.media.create', 'container-error');
  if (broken !== undefined) container.failure = String(broken.value);
  container.id = `179${nextId(world, '18').slice(1)}`;
  world.store.value.containers[container.id] = container;
  const { user_tags: userTags, collaborators, location_id: locationId } = request.parameters;
  Object.assign(detail, {
    instagramId: account.id,
    containerId: container.id,
    kind,
    userTags,
    collaborators,
    locationId,
  });
  if (container.upload === null) return { id: container.id };
  return { id: container.id, uri: `${world.origins.rupload}/ig-api-upload/${request.version}/${container.id}` };
}

function newContainer(call: Call, instagramId: string, kind: Container['kind']): Container {
  const { caption = '', alt_text: altText = null } = call.request.parameters;
  return {
    id: '',
    instagramId,
    kind,
    file: null,
    upload: null,
    caption,
    altText,
    aiGenerated: booleanParameter(call.request, 'is_ai_generated', false),
    children: [],
    createdAt: call.world.now(),
    pollsLeft: call.world.settings.containerPolls,
    failure: null,
    mediaId: null,
  };
}

async function takeMedia(call: Call, container: Container): Promise<void> {
  const { parameters } = call.request;
  const { image_url: image, video_url: video, upload_type: upload } = parameters;
  const video_only = container.kind === 'reel' || parameters.media_type === 'VIDEO';
  if (upload !== undefined) {
    if (upload !== 'resumable') throw badParameter('Param upload_type must be resumable');
    // Seen refused on graph.instagram.com, where only hosted media is documented.
    if (call.product === 'instagram') throw badParameter('The parameter video_url is required');
    container.upload = newUpload();
  } else if (video !== undefined) await takeVideo(call.world, container, video);
  else if (image !== undefined && !video_only) {
    container.file = await acceptInstagramImage(call.world, image, container.kind === 'story');
  } else throw badParameter(`The parameter ${video_only ? 'video_url' : 'image_url'} is required`);
}

async function takeVideo(world: World, container: Container, url: string): Promise<void> {
  const fetched = await fetchMedia(url, 300 * 1024 * 1024);
  if ('bytes' in fetched) return processVideo(world, container, fetched.bytes);
  const subcode = fetched.failure === 'slow' ? 2207003 : 2207052;
  container.failure = `Error: Media upload has failed with error code ${subcode}`;
}

const uses: Partial<Record<Container['kind'], VideoUse>> = { story: 'instagram-story', item: 'instagram-item' };

/** Judges the bytes of a video container; the result is read from its status. */
export function processVideo(world: World, container: Container, bytes: Uint8Array): void {
  const checked = acceptVideo(world, bytes, uses[container.kind] ?? 'instagram-reel');
  if ('file' in checked) container.file = checked.file;
  else container.failure = `Error: Media upload has failed with error code ${checked.subcode}: ${checked.reason}`;
}

/** @throws GraphFailure 100/2207028 unless there are 2 to 10 living items of this account */
function checkChildren(call: Call, instagramId: string): string[] {
  const ids = listOf(call.request.parameters.children ?? '');
  if (ids.length < 2 || ids.length > 10) {
    const text = `Your post won't work as a carousel. Carousels need at least 2 photos/videos and no more than 10 photos/videos. (${ids.length})`;
    throw instagramFailure(100, 2207028, 'Carousel count', text);
  }
  for (const id of ids) {
    const child = call.world.store.value.containers[id];
    if (child?.instagramId !== instagramId || child.kind !== 'item' || isExpired(call.world, child)) {
      throw instagramFailure(24, 2207006, 'Media not found', `The carousel item ${id} cannot be found.`);
    }
  }
  return ids;
}

/** `GET /{container-id}`: each read of `status_code` or `status` brings processing one step on. */
export function readContainer(call: Call): object {
  const container = call.world.store.value.containers[call.id];
  if (container === undefined) throw missingObject('GET', call.id);
  managedInstagram(call.world, call.session, call.request, container.instagramId, 'basic');
  const fields = parseFields(call.request.parameters.fields);
  const status = containerStatus(call.world, container);
  const view: NodeView = {
    id: container.id,
    status_code: status.code,
    status: status.text,
    copyright_check_status: { status: 'completed', matches_found: false },
  };
  const answer = project(containerType, view, fields);
  if (fields.some((field) => field.name.startsWith('status'))) advance(call.world, container);
  call.world.store.save();
  return answer;
}

export interface ContainerStatus {
  code: 'IN_PROGRESS' | 'FINISHED' | 'ERROR' | 'EXPIRED' | 'PUBLISHED';
  text: string;
}

/** Where a container stands; a carousel is ready when all its items are. */
export function containerStatus(world: World, container: Container): ContainerStatus {
  if (container.mediaId !== null)
    return { code: 'PUBLISHED', text: 'Published: Media has been successfully published.' };
  if (isExpired(world, container))
    return { code: 'EXPIRED', text: 'Expired: Media was not published within 24 hours.' };
  const failure = container.failure ?? childrenOf(world, container).find((child) => child.failure !== null)?.failure;
  const waiting = isWaiting(container) || childrenOf(world, container).some(isWaiting);
  if (failure != null && container.pollsLeft === 0) return { code: 'ERROR', text: failure };
  if (waiting) return { code: 'IN_PROGRESS', text: 'In Progress: Media is still being processed.' };
  return { code: 'FINISHED', text: 'Finished: Media has been uploaded and it is ready to be published.' };
}

/** Time passes for the container: one step of processing for it and its items. */
export function advance(world: World, container: Container): void {
  for (const item of [container, ...childrenOf(world, container)]) item.pollsLeft = Math.max(0, item.pollsLeft - 1);
}

function isWaiting(container: Container): boolean {
  return (
    container.pollsLeft > 0 || (container.kind !== 'carousel' && container.file === null && container.failure === null)
  );
}

export function childrenOf(world: World, container: Container): Container[] {
  return container.children.flatMap((id) => world.store.value.containers[id] ?? []);
}

function isExpired(world: World, container: Container): boolean {
  return container.mediaId === null && container.createdAt + day <= world.now();
}

/** The container for publishing. @throws GraphFailure 24/2207006 when there is none of this account */
export function ownContainer(call: Call, instagramId: string, id: string): Container {
  const container = call.world.store.value.containers[id];
  if (container?.instagramId !== instagramId || container.kind === 'item') {
    throw instagramFailure(24, 2207006, 'Media not found', 'The media cannot be found or may not be published.');
  }
  return container;
}

/** 9007/2207027: published too early, or without bytes. */
export function notReady(): GraphFailure {
  const text = 'The media is not ready for publishing. Please wait for a moment.';
  return instagramFailure(9007, 2207027, '(#9007) Media ID is not available', text);
}
