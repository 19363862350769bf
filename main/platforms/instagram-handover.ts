import { type AccountAccess, NetworkFailure, type OutgoingMedia } from '../core/ports/networks.ts';
import type { Context } from './context.ts';
import type { Graph, Parameters } from './graph.ts';
import type { Handout, Handouts } from './handouts.ts';
import { photoAddress, uploadPagePhoto, uploadVideo } from './meta-upload.ts';

/** Whose container is being made. */
export interface Step {
  account: AccountAccess;
  signal: AbortSignal;
}

/**
 * How media get to Instagram, which takes no bytes of pictures: it fetches them. One handover is of one publication; it is
 * over when every container has what it needs.
 */
export interface Handover {
  /** What a container is told about its media. @throws {NetworkFailure} */
  announce(media: OutgoingMedia): Promise<Parameters>;
  /** Sends the bytes that were announced; null where nothing is sent and Instagram fetches. */
  deliver: ((containerId: string, media: OutgoingMedia) => Promise<void>) | null;
  /** Whether a container has what it needs as soon as it is made, also if this app ends in the next moment. */
  isDoneAtOnce(media: OutgoingMedia): boolean;
  /** Ids of unpublished Page photos that Instagram fetches from. */
  hosts(): string[];
  /** Takes back what was given out. */
  end(): void;
}

/** With a linked Page: videos are uploaded, pictures are fetched from an unpublished photo of the Page. */
export function handOverByPage(context: Context, graph: Graph, pageId: (account: AccountAccess) => string) {
  return ({ account, signal }: Step): Handover => {
    const hosts: string[] = [];
    return {
      announce: async (media): Promise<Parameters> => {
        if (media.kind === 'video') return { upload_type: 'resumable' };
        const photoId = await uploadPagePhoto(graph, account, pageId(account), { ...media, altText: null }, signal);
        hosts.push(photoId);
        return { image_url: await photoAddress(graph, account, photoId, signal) };
      },
      deliver: (containerId, media) =>
        uploadVideo(context, graph, account, `/ig-api-upload/${context.graphVersion}/${containerId}`, media, 0, signal),
      isDoneAtOnce: ({ kind }) => kind === 'image',
      hosts: () => hosts,
      end: () => undefined,
    };
  };
}

/** Without a Page: Instagram fetches pictures and videos from this app. */
export function handOverByAddress(handouts: Handouts) {
  return (): Handover => {
    const given: Handout[] = [];
    return {
      announce: (media) => {
        const handout = handouts.offer(media);
        if (handout === null) return Promise.reject(new NetworkFailure(unreachable));
        given.push(handout);
        return Promise.resolve({ [media.kind === 'video' ? 'video_url' : 'image_url']: handout.address });
      },
      deliver: null,
      isDoneAtOnce: () => false,
      hosts: () => [],
      end: () => {
        for (const handout of given) handout.takeBack();
      },
    };
  };
}

/** Why nothing can be published by Instagram's own login from this computer. */
export const notReachable =
  'This account is connected without a Facebook Page, so Instagram fetches pictures and videos from this app, and it cannot be reached from the internet. ' +
  'Connect the account through its Facebook Page, or run the app as a server with a public https address (AUTOSOCIAL_PUBLIC_URL).';

const unreachable = { class: 'config', code: 'not_reachable', message: notReachable } as const;
