import { z } from 'zod';
import {
  type AccountAccess,
  AlreadyLive,
  type Failure,
  NetworkFailure,
  type OutgoingMedia,
  type Publication,
} from '../core/ports/networks.ts';
import type { Context } from './context.ts';
import { type Graph, idSchema, type Parameters, parseBody } from './graph.ts';
import { classOfSubcode } from './graph-failures.ts';
import { photoAddress, stagedLivesMs, uploadPagePhoto, uploadVideo } from './meta-upload.ts';
import { wordsSchema } from './words.ts';

/** An invisible container; times in UTC ms. */
const containerSchema = z.object({
  id: z.string(),
  createdAt: z.number(),
  /** Videos only: whether all bytes are there. */
  uploaded: z.boolean(),
});
type Container = z.infer<typeof containerSchema>;

export const instagramHandleSchema = z.object({
  /** What `media_publish` is told; null until it exists. */
  container: containerSchema.nullable(),
  /** Carousel items in the order of the media. */
  items: z.array(containerSchema),
});
export type InstagramHandle = z.infer<typeof instagramHandleSchema>;

interface ContainerStatus {
  code: 'IN_PROGRESS' | 'FINISHED' | 'ERROR' | 'EXPIRED' | 'PUBLISHED';
  /** Free text; carries the error subcode. */
  text: string;
}

type Keep = (handle: InstagramHandle) => Promise<void>;
type Step = { account: AccountAccess; pageId: string; signal: AbortSignal };

/** Builds Instagram's media containers up to the point where only `media_publish` is left. */
export class InstagramContainers {
  readonly #context: Context;
  readonly #graph: Graph;

  constructor(context: Context, graph: Graph) {
    this.#context = context;
    this.#graph = graph;
  }

  /** Makes or resumes the containers of a publication and waits until Instagram has processed them. */
  async build(
    step: Step,
    publication: Publication,
    handle: InstagramHandle | null,
    keep: Keep,
  ): Promise<InstagramHandle> {
    const start = handle !== null && this.#isFresh(handle) ? withoutHalfUploads(handle) : emptyHandle;
    try {
      const [media] = publication.media;
      const built =
        publication.media.length === 1 && media !== undefined
          ? await this.#single(step, publication, media, start, keep)
          : await this.#carousel(step, publication, start, keep);
      await this.#awaitFinished(step, built.container as Container);
      return built;
    } catch (error) {
      // A broken container stays broken: the next try starts with new ones.
      if (error instanceof ContainerBroken) await keep(emptyHandle);
      throw error;
    }
  }

  async #single(
    step: Step,
    publication: Publication,
    media: OutgoingMedia,
    start: InstagramHandle,
    keep: Keep,
  ): Promise<InstagramHandle> {
    if (start.container !== null) return start;
    const form =
      media.kind === 'video'
        ? { media_type: 'REELS', upload_type: 'resumable', share_to_feed: 'true' }
        : await this.#imageForm(step, media);
    const container = await this.#create(step, {
      ...form,
      ...captionAndLabel(publication),
      ...userTags(publication, media),
      ...collaboratorsAndPlace(publication),
    });
    await keep({ container, items: [] });
    if (container.uploaded) return { container, items: [] };
    const complete = { container: await this.#upload(step, container, media), items: [] };
    await keep(complete);
    return complete;
  }

  async #carousel(step: Step, publication: Publication, start: InstagramHandle, keep: Keep): Promise<InstagramHandle> {
    if (start.container !== null) return start;
    const items = [...start.items];
    for (const media of publication.media.slice(items.length)) {
      const tags = items.length === 0 ? userTags(publication, media) : {};
      const item = await this.#create(step, { ...(await this.#itemForm(step, media)), ...tags });
      await keep({ container: null, items: [...items, item] });
      items.push(item.uploaded ? item : await this.#upload(step, item, media));
      if (!item.uploaded) await keep({ container: null, items: [...items] });
    }
    for (const item of items) await this.#awaitFinished(step, item);
    const children = items.map(({ id }) => id).join(',');
    const form = {
      media_type: 'CAROUSEL',
      children,
      ...captionAndLabel(publication),
      ...collaboratorsAndPlace(publication),
    };
    const complete = { container: await this.#create(step, form), items };
    await keep(complete);
    return complete;
  }

  async #itemForm(step: Step, media: OutgoingMedia): Promise<Parameters> {
    if (media.kind === 'video') return { media_type: 'VIDEO', upload_type: 'resumable', is_carousel_item: 'true' };
    return { ...(await this.#imageForm(step, media)), is_carousel_item: 'true' };
  }

  /** Instagram fetches images from an address: an unpublished photo of the linked Page gives one. */
  async #imageForm({ account, pageId, signal }: Step, media: OutgoingMedia): Promise<Parameters> {
    const photoId = await uploadPagePhoto(this.#graph, account, pageId, { ...media, altText: null }, signal);
    const address = { image_url: await photoAddress(this.#graph, account, photoId, signal) };
    return media.altText === null ? address : { ...address, alt_text: media.altText };
  }

  async #create({ account, signal }: Step, form: Parameters): Promise<Container> {
    const { id } = parseBody(idSchema, await this.#graph.post(account, `${account.remoteId}/media`, form, signal));
    return { id, createdAt: this.#context.clock.now(), uploaded: form.upload_type === undefined };
  }

  async #upload({ account, signal }: Step, container: Container, media: OutgoingMedia): Promise<Container> {
    const path = `/ig-api-upload/${this.#context.graphVersion}/${container.id}`;
    await uploadVideo(this.#context, account, path, media, 0, signal);
    return { ...container, uploaded: true };
  }

  async #awaitFinished({ account, signal }: Step, container: Container): Promise<void> {
    for (const delay of pollDelays()) {
      const status = await this.status(account, container.id, signal);
      if (status.code === 'FINISHED') return;
      if (status.code === 'PUBLISHED') throw new AlreadyLive('This media is already live on Instagram.');
      if (status.code !== 'IN_PROGRESS') throw new ContainerBroken(brokenContainer(status));
      await this.#context.wait(delay, signal);
    }
    throw new NetworkFailure({
      class: 'transient',
      code: 'processing',
      message: 'Instagram is still working on the media after five minutes.',
    });
  }

  /** @throws {NetworkFailure} */
  async status(account: AccountAccess, containerId: string, signal?: AbortSignal): Promise<ContainerStatus> {
    const body = await this.#graph.get(account, containerId, { fields: 'status_code,status' }, signal);
    const { status_code: code, status } = parseBody(statusSchema, body);
    return { code, text: status ?? '' };
  }

  #isFresh({ container, items }: InstagramHandle): boolean {
    const now = this.#context.clock.now();
    return [container, ...items].every((item) => item === null || now - item.createdAt < stagedLivesMs);
  }
}

const emptyHandle: InstagramHandle = { container: null, items: [] };

/** Instagram does not tell how much of a video it has: an upload that was cut starts in a new container. */
function withoutHalfUploads({ container, items }: InstagramHandle): InstagramHandle {
  const cut = items.findIndex(({ uploaded }) => !uploaded);
  return {
    container: container?.uploaded === true ? container : null,
    items: cut === -1 ? items : items.slice(0, cut),
  };
}

/** The label is for media made by AI, not for texts; of a carousel only the parent carries it. */
function captionAndLabel({ text, media }: Publication): Parameters {
  return {
    ...(text === '' ? {} : { caption: text }),
    ...(media.some(({ aiMade }) => aiMade) ? { is_ai_generated: 'true' } : {}),
  };
}

/**
 * Tags need a place on a picture, as Meta's content publishing guide asks, and have none on a video. They stand in a
 * row across the middle.
 */
function userTags({ options }: Publication, { kind }: OutgoingMedia): Parameters {
  const { userTags: names = [] } = options;
  if (names.length === 0) return {};
  const tags = names.map((username, index) =>
    kind === 'video' ? { username } : { username, x: (index + 1) / (names.length + 1), y: 0.5 },
  );
  return { user_tags: JSON.stringify(tags) };
}

/** Of a carousel the parent carries them. */
function collaboratorsAndPlace({ options }: Publication): Parameters {
  const { collaborators = [], locationId } = options;
  return {
    ...(collaborators.length === 0 ? {} : { collaborators: JSON.stringify(collaborators) }),
    ...(locationId === undefined ? {} : { location_id: locationId }),
  };
}

/** Waits in ms: quick at first, because images take seconds, five minutes in all, as Meta's guide asks. */
function* pollDelays(): Generator<number> {
  const limit = 300_000;
  for (let total = 0, delay = 1_000; total < limit; total += delay, delay = Math.min(delay * 1.6, 15_000)) yield delay;
}

const statusSchema = z.object({
  status_code: z.enum(['IN_PROGRESS', 'FINISHED', 'ERROR', 'EXPIRED', 'PUBLISHED']),
  status: wordsSchema.nullish(),
});

/** The container will never be published by us. */
class ContainerBroken extends NetworkFailure {
  override name = 'ContainerBroken';
}

/** What a container's end without success means. */
export function brokenContainer({ code, text }: ContainerStatus): Failure {
  if (code === 'EXPIRED') {
    return { class: 'transient', code: 'container/expired', message: 'The media waited too long at Instagram.' };
  }
  const subcode = /\b22\d{5}\b/.exec(text)?.[0];
  return {
    class: classOfSubcode(subcode === undefined ? null : Number(subcode)),
    code: `container/${subcode ?? 'error'}`,
    message: text === '' ? 'Instagram could not use the media.' : `Instagram could not use the media. ${text}`,
  };
}
