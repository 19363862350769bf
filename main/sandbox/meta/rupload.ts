import { Hono } from 'hono';
import { operation, type SimulatorApp, type SimulatorContext, type SimulatorEnv } from '../simulator.ts';
import { GraphFailure } from './errors.ts';
import { processReel } from './facebook-videos.ts';
import { fetchMedia } from './fetch-media.ts';
import { processVideo } from './instagram-containers.ts';
import type { Upload, World } from './state.ts';
import { managedInstagram, managedPage, sessionOf } from './tokens.ts';
import { appendToUpload, isComplete, uploadedBytes } from './uploads.ts';

type Detail = Record<string, unknown>;

/** An answer of rupload, whose errors are not Graph's. */
class UploadRefusal extends Error {
  readonly status: number;
  readonly type: string;

  constructor(status: number, type: string, message: string) {
    super(message);
    this.name = 'UploadRefusal';
    this.status = status;
    this.type = type;
  }
}

/** rupload.facebook.com: the bytes of Page reels and of resumable Instagram containers. */
export function ruploadApp(world: World): SimulatorApp {
  const app = new Hono<SimulatorEnv>();
  app.post(
    '/video-upload/:version/:id',
    operation(world, 'facebook.video.upload', (c, detail) => guarded(world, () => uploadReel(world, c, detail))),
  );
  app.post(
    '/ig-api-upload/:version/:id',
    operation(world, 'instagram.container.upload', (c, detail) =>
      guarded(world, () => uploadContainer(world, c, detail)),
    ),
  );
  return app;
}

async function guarded(world: World, upload: () => Promise<object>): Promise<Response> {
  try {
    return Response.json(await upload());
  } catch (error) {
    if (!(error instanceof UploadRefusal) && !(error instanceof GraphFailure)) throw error;
    const refusal =
      error instanceof UploadRefusal ? error : new UploadRefusal(error.status, 'NotAuthorizedError', error.message);
    const debug_info = { retriable: false, type: refusal.type, message: refusal.message };
    return Response.json({ debug_info }, { status: refusal.status });
  } finally {
    world.store.save();
  }
}

async function uploadReel(world: World, c: SimulatorContext, detail: Detail): Promise<object> {
  const video = world.store.value.videos[c.req.param('id') ?? ''];
  if (video === undefined) throw new UploadRefusal(404, 'UploadNotFoundError', 'No such upload session');
  const need = { scope: 'pages_manage_posts', task: 'CREATE_CONTENT' };
  managedPage(world, session(world, c), graphRequest(c), video.pageId, need);
  detail.videoId = video.id;
  await receive(world, c, video.upload, { refuseCdn: true });
  if (isComplete(video.upload)) processReel(world, video);
  return { success: true };
}

async function uploadContainer(world: World, c: SimulatorContext, detail: Detail): Promise<object> {
  const container = world.store.value.containers[c.req.param('id') ?? ''];
  if (container === undefined || container.upload === null) {
    throw new UploadRefusal(404, 'UploadNotFoundError', 'No such upload session');
  }
  managedInstagram(world, session(world, c), graphRequest(c), container.instagramId, 'publish');
  detail.containerId = container.id;
  await receive(world, c, container.upload, { refuseCdn: false });
  if (isComplete(container.upload)) processVideo(world, container, uploadedBytes(world, container.upload));
  if (container.failure !== null) throw new UploadRefusal(400, 'ProcessingFailedError', container.failure);
  return { success: true, message: 'Upload successful.' };
}

/** rupload takes the token only as `Authorization: OAuth`. */
function session(world: World, c: SimulatorContext): ReturnType<typeof authorized> {
  const value = /^OAuth (.+)$/.exec(c.req.header('authorization') ?? '')?.[1];
  if (value === undefined) throw new UploadRefusal(401, 'NotAuthorizedError', 'Authorization: OAuth is required');
  return authorized(world, value);
}

function authorized(world: World, value: string): Extract<ReturnType<typeof sessionOf>, { token: object }> {
  const found = sessionOf(world, value, 'facebook');
  if (!('token' in found)) throw new UploadRefusal(401, 'NotAuthorizedError', found.message);
  return found;
}

function graphRequest(c: SimulatorContext): Parameters<typeof managedPage>[2] {
  return { method: c.req.method, version: '', path: [], parameters: {}, files: {}, token: null };
}

async function receive(
  world: World,
  c: SimulatorContext,
  upload: Upload,
  options: { refuseCdn: boolean },
): Promise<void> {
  if (isComplete(upload)) throw new UploadRefusal(400, 'OffsetInvalidError', 'The upload is already complete');
  const fileUrl = c.req.header('file_url');
  if (fileUrl !== undefined) return receiveFromUrl(world, upload, fileUrl, options.refuseCdn);
  const offset = numberHeader(c, 'offset');
  const size = numberHeader(c, 'file_size');
  if (offset !== upload.received) {
    throw new UploadRefusal(400, 'OffsetInvalidError', `The offset must be ${upload.received}`);
  }
  upload.size = size;
  const bytes = await arrivedBytes(c);
  if (offset + bytes.length > size) {
    throw new UploadRefusal(400, 'OffsetInvalidError', 'More bytes than file_size');
  }
  appendToUpload(world, upload, bytes);
  if (!isComplete(upload)) {
    throw new UploadRefusal(400, 'PartialRequestError', `Partial request (did not match length of file)`);
  }
}

async function receiveFromUrl(world: World, upload: Upload, url: string, refuseCdn: boolean): Promise<void> {
  const fetched = refuseCdn && url.startsWith(world.origins.cdn) ? null : await fetchMedia(url, 2 ** 30);
  if (fetched === null || !('bytes' in fetched)) {
    throw new UploadRefusal(400, 'ProcessingFailedError', 'The file_url could not be fetched');
  }
  upload.size = fetched.bytes.length;
  appendToUpload(world, upload, fetched.bytes);
}

function numberHeader(c: SimulatorContext, name: string): number {
  const value = c.req.header(name) ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  const shown = name === 'offset' ? 'Offset' : 'File_size';
  throw new UploadRefusal(400, 'HeaderValuePredicate', `Header ${shown} not convertable to unsigned long`);
}

/** The body as far as it came: a connection cut half-way leaves a beginning that can be resumed. */
async function arrivedBytes(c: SimulatorContext): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of c.env.incoming) chunks.push(chunk as Uint8Array);
  } catch (error) {
    if (!c.env.incoming.destroyed) throw error;
  }
  return Buffer.concat(chunks);
}
