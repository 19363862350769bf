import { z } from 'zod';
import { vias } from '../../shared/domain/platform.ts';
import { isStory } from '../../shared/domain/story.ts';
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
import type { Handover, Step } from './instagram-handover.ts';
import { stagedLivesMs } from './meta-upload.ts';
import { wordsSchema } from './words.ts';

/** An invisible container; times in UTC ms. */
const containerSchema = z.object({
  id: z.string(),
  createdAt: z.number(),
  /** Whether Instagram has all that it needs for it. */
  uploaded: z.boolean(),
});
type Container = z.infer<typeof containerSchema>;

export const instagramHandleSchema = z.object({
  /** Whose login made the containers: the other one's token is no good for them. */
  via: z.enum(vias).default('facebook'),
  /** What `media_publish` is told; null until it exists. */
  container: containerSchema.nullable(),
  /** Carousel items in the order of the media. */
  items: z.array(containerSchema),
  /** Ids of unpublished Page photos that Instagram fetched pictures from. */
  hosts: z.array(z.string()).default([]),
});
export type InstagramHandle = z.infer<typeof instagramHandleSchema>;

export interface ContainerStatus {
  code: 'IN_PROGRESS' | 'FINISHED' | 'ERROR' | 'EXPIRED' | 'PUBLISHED';
  /** Free text; carries the error subcode. */
  text: string;
}

type Keep = (handle: InstagramHandle) => Promise<void>;
type Build = Step & {
  handover: Handover;
  keep: Keep;
  /** Ids of the containers that were seen finished in this run: they are not asked about again. */
  finished: Set<string>;
};

/** Builds Instagram's media containers up to the point where only `media_publish` is left; the same by either login. */
export class InstagramContainers {
  readonly #context: Context;
  readonly #graph: Graph;
  readonly #handOver: (step: Step) => Handover;

  constructor(context: Context, graph: Graph, handOver: (step: Step) => Handover) {
    this.#context = context;
    this.#graph = graph;
    this.#handOver = handOver;
  }

  /** Makes or resumes the containers of a publication and waits until Instagram has processed them. */
  async build(
    step: Step,
    publication: Publication,
    handle: InstagramHandle | null,
    keep: Keep,
  ): Promise<InstagramHandle> {
    const { via } = step.account;
    const isOurs = handle?.via === via && this.#isFresh(handle);
    const start = isOurs ? withoutUnfinished(handle) : nothing(via);
    const handover = this.#handOver(step);
    const withHosts = (to: InstagramHandle): InstagramHandle => ({
      ...to,
      hosts: [...start.hosts, ...handover.hosts()],
    });
    let kept = start;
    const build: Build = { ...step, handover, finished: new Set(), keep: (next) => keep((kept = withHosts(next))) };
    try {
      const [media] = publication.media;
      const built =
        publication.media.length === 1 && media !== undefined
          ? await this.#single(build, publication, media, start)
          : await this.#carousel(build, publication, start);
      await this.#awaitFinished(build, built.container as Container);
      return withHosts(built);
    } catch (error) {
      // A broken container stays broken: the next try starts with new ones.
      if (error instanceof ContainerBroken) await keep(withHosts(nothing(via)));
      else if (withHosts(kept).hosts.length > kept.hosts.length) await keep(withHosts(kept));
      throw error;
    } finally {
      handover.end();
    }
  }

  async #single(
    build: Build,
    publication: Publication,
    media: OutgoingMedia,
    start: InstagramHandle,
  ): Promise<InstagramHandle> {
    if (start.container !== null) return start;
    const container = await this.#create(
      build,
      media,
      isStory(publication.options)
        ? { media_type: 'STORIES', ...(await build.handover.announce(media)), ...label(publication) }
        : { ...(await announced(build, media)), ...inTheFeed(publication, media) },
    );
    await build.keep({ ...start, container });
    if (container.uploaded) return { ...start, container };
    const complete = { ...start, container: await this.#complete(build, container, media) };
    await build.keep(complete);
    return complete;
  }

  async #carousel(build: Build, publication: Publication, start: InstagramHandle): Promise<InstagramHandle> {
    if (start.container !== null) return start;
    const items = [...start.items];
    for (const media of publication.media.slice(items.length)) {
      const kind: Parameters = media.kind === 'video' ? { media_type: 'VIDEO' } : {};
      const form = { ...kind, ...(await announced(build, media)), is_carousel_item: 'true', ...userTags(media) };
      const item = await this.#create(build, media, form);
      await build.keep({ ...start, items: [...items, item] });
      items.push(item.uploaded ? item : await this.#complete(build, item, media));
      if (!item.uploaded) await build.keep({ ...start, items: [...items] });
    }
    for (const item of items) await this.#awaitFinished(build, item);
    const children = items.map(({ id }) => id).join(',');
    const form = {
      media_type: 'CAROUSEL',
      children,
      ...captionAndLabel(publication),
      ...collaboratorsAndPlace(publication),
    };
    const complete = { ...start, container: await this.#create(build, null, form), items };
    await build.keep(complete);
    return complete;
  }

  /** @param media null for a carousel, which has none of its own */
  async #create(
    { account, signal, handover }: Build,
    media: OutgoingMedia | null,
    form: Parameters,
  ): Promise<Container> {
    const { id } = parseBody(idSchema, await this.#graph.post(account, `${account.remoteId}/media`, form, signal));
    const uploaded = media === null || handover.isDoneAtOnce(media);
    return { id, createdAt: this.#context.clock.now(), uploaded };
  }

  /** Sends the bytes, or waits until Instagram has fetched them: what it fetches from is gone when this app ends. */
  async #complete(build: Build, container: Container, media: OutgoingMedia): Promise<Container> {
    if (build.handover.deliver === null) await this.#awaitFinished(build, container);
    else await build.handover.deliver(container.id, media);
    return { ...container, uploaded: true };
  }

  async #awaitFinished({ account, signal, finished }: Build, container: Container): Promise<void> {
    if (finished.has(container.id)) return;
    for (const delay of pollDelays()) {
      const status = await this.status(account, container.id, signal);
      if (status.code === 'FINISHED') {
        finished.add(container.id);
        return;
      }
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

function nothing(via: InstagramHandle['via']): InstagramHandle {
  return { via, container: null, items: [], hosts: [] };
}

/** Instagram does not tell how much of a file it has: what was cut off starts in a new container. */
function withoutUnfinished({ via, container, items, hosts }: InstagramHandle): InstagramHandle {
  const cut = items.findIndex(({ uploaded }) => !uploaded);
  return {
    via,
    container: container?.uploaded === true ? container : null,
    items: cut === -1 ? items : items.slice(0, cut),
    hosts,
  };
}

async function announced({ handover }: Build, media: OutgoingMedia): Promise<Parameters> {
  const parameters = await handover.announce(media);
  return media.kind === 'video' || media.altText === null ? parameters : { ...parameters, alt_text: media.altText };
}

/** All of a picture or a reel but the file itself. */
function inTheFeed(publication: Publication, media: OutgoingMedia): Parameters {
  return {
    ...(media.kind === 'video' ? { media_type: 'REELS', share_to_feed: 'true' } : {}),
    ...captionAndLabel(publication),
    ...userTags(media),
    ...collaboratorsAndPlace(publication),
  };
}

function captionAndLabel(publication: Publication): Parameters {
  const { text } = publication;
  return { ...(text === '' ? {} : { caption: text }), ...label(publication) };
}

/** The label is for media made by AI, not for texts; of a carousel only the parent carries it. */
function label({ media }: Publication): Parameters {
  return media.some(({ aiMade }) => aiMade) ? { is_ai_generated: 'true' } : {};
}

/** Tags need a place on a picture, from 0 to 1, as Meta's content publishing guide asks, and have none on a video. */
function userTags({ tags }: OutgoingMedia): Parameters {
  if (tags.length === 0) return {};
  const within = (share: number) => Math.min(Math.max(share, 0), 1);
  const placed = tags.map(({ username, place }) =>
    place === null ? { username } : { username, x: within(place.x), y: within(place.y) },
  );
  return { user_tags: JSON.stringify(placed) };
}

/** Of a carousel the parent carries them. */
function collaboratorsAndPlace({ options }: Publication): Parameters {
  const { collaborators = [], locationId } = options;
  return {
    ...(collaborators.length === 0 ? {} : { collaborators: JSON.stringify(collaborators) }),
    ...(locationId === undefined ? {} : { location_id: locationId }),
  };
}

/** Waits in ms: short at first, because images take seconds, five minutes in all, as Meta's guide asks. */
function* pollDelays(): Generator<number> {
  const limit = 300_000;
  for (let total = 0, grown = 1_000; total < limit; grown = Math.min(grown * 1.6, 15_000)) {
    const delay = Math.max(grown, 2_000);
    yield delay;
    total += delay;
  }
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
