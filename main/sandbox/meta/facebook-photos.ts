import type { Call } from './call.ts';
import { mediaUrl } from './cdn.ts';
import { badParameter, GraphFailure, missingObject } from './errors.ts';
import { type NodeType, type NodeView, parseFields, project } from './fields.ts';
import { checkMessage, createPost } from './facebook-publish.ts';
import { fetchMedia } from './fetch-media.ts';
import { graphTime } from './listing.ts';
import { acceptPagePhoto } from './media-checks.ts';
import { booleanParameter } from './request.ts';
import { nextId, type Photo, type World } from './state.ts';
import { managedPage, readablePage } from './tokens.ts';

const day = 24 * 3_600_000;
const photoType: NodeType = { name: 'Photo', defaults: ['id', 'created_time'] };
const publish = { scope: 'pages_manage_posts', task: 'CREATE_CONTENT' };

/** `POST /{page}/photos`: published makes a post at once, unpublished waits 24 h to be attached. */
export async function createPhoto(call: Call): Promise<object> {
  const { world, request, session } = call;
  const page = managedPage(world, session, request, call.id, publish);
  const published = booleanParameter(request, 'published', true);
  const temporary = booleanParameter(request, 'temporary', false);
  if (published && temporary) throw badParameter('A temporary photo cannot be published');
  const caption = request.parameters.caption ?? request.parameters.message ?? '';
  if (published) checkMessage(world, page.id, caption);
  const file = await acceptPagePhoto(world, await sourceBytes(call));
  const photo: Photo = {
    id: nextId(world, '12'),
    pageId: page.id,
    file,
    altText: request.parameters.alt_text_custom ?? null,
    caption,
    createdAt: world.now(),
    postId: null,
  };
  world.store.value.photos[photo.id] = photo;
  Object.assign(call.detail, { pageId: page.id, photoId: photo.id, published });
  if (!published) return { id: photo.id };
  const post = createPost(call, { message: caption, photoIds: [photo.id], published: true });
  return { id: photo.id, post_id: post.id };
}

async function sourceBytes(call: Call): Promise<Uint8Array> {
  const source = call.request.files.source;
  if (source !== undefined) return new Uint8Array(await source.arrayBuffer());
  const { url } = call.request.parameters;
  if (url === undefined) throw badParameter('You must upload a photo: one of source, url is required');
  const fetched = await fetchMedia(url, 16 * 1024 * 1024);
  if ('bytes' in fetched) return fetched.bytes;
  throw new GraphFailure({ code: 324, subcode: 2069019, message: '(#324) Missing or invalid image file' });
}

/** `GET /{photo-id}`: `images` lists the sizes, largest first, as CDN addresses that expire. */
export function readPhoto(call: Call): object {
  const photo = ownPhoto(call);
  return project(photoType, photoView(call.world, photo), parseFields(call.request.parameters.fields));
}

/** `DELETE /{photo-id}`: only a photo that no post holds. */
export function deletePhoto(call: Call): object {
  const photo = ownPhoto(call);
  managedPage(call.world, call.session, call.request, photo.pageId, publish);
  if (photo.postId !== null) throw missingObject('DELETE', photo.id);
  delete call.world.store.value.photos[photo.id];
  Object.assign(call.detail, { photoId: photo.id });
  return { success: true };
}

function ownPhoto(call: Call): Photo {
  const photo = livingPhoto(call.world, call.id);
  if (photo === undefined) throw missingObject(call.request.method, call.id);
  readablePage(call.world, call.session, call.request, photo.pageId);
  return photo;
}

/** The photo, unless it was left unattached for 24 h. */
export function livingPhoto(world: World, id: string): Photo | undefined {
  const photo = world.store.value.photos[id];
  const dropped = photo?.postId === null && photo.createdAt + day <= world.now();
  return dropped ? undefined : photo;
}

function photoView(world: World, photo: Photo): NodeView {
  return {
    id: photo.id,
    created_time: graphTime(photo.createdAt),
    updated_time: graphTime(photo.createdAt),
    name: photo.caption === '' ? undefined : photo.caption,
    alt_text_custom: photo.altText ?? undefined,
    width: photo.file.width,
    height: photo.file.height,
    images: () => sizes(world, photo),
    picture: () => mediaUrl(world, photo.file, 130),
    link: `${world.origins.www}/photo.php?fbid=${photo.id}`,
    page_story_id: photo.postId ?? undefined,
    from: { id: photo.pageId, name: world.store.value.pages[photo.pageId]?.name },
  };
}

function sizes(world: World, photo: Photo): object[] {
  const { width, height } = photo.file;
  const smaller = [720, 320, 130].filter((size) => size < width);
  return [
    { height, source: mediaUrl(world, photo.file), width },
    ...smaller.map((size) => ({
      height: Math.round((height * size) / width),
      source: mediaUrl(world, photo.file, size),
      width: size,
    })),
  ];
}
