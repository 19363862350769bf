import type { Media } from '../../../shared/contract/media.ts';
import { clientOf } from '../clients/clients.ts';
import type { CoreDeps } from '../deps.ts';
import { Unprocessable } from '../errors.ts';
import { isoOf } from '../instants.ts';
import { type MediaRecord, MediaRefused, type Page, type PageRequest } from '../ports/index.ts';

const maxUploadBytes = 500 * 1024 * 1024;

/** A file as a browser or a multipart request hands it over. */
export interface Upload {
  size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Pictures and videos of the clients. */
export interface Library {
  /** @throws {NotFound} */
  list(filter: PageRequest & { clientId: string }): Promise<Page<Media>>;
  /**
   * Keeps an uploaded file. The same file uploaded again for the same client is the one that is there.
   * @throws {NotFound} @throws {Unprocessable} when it is no image or video we can use
   */
  upload(input: { file: Upload; clientId: string; altText?: string }, actor: string): Promise<Media>;
  /** The stored bytes of one file and what they are; undefined when there is no such file. */
  open(id: string): Promise<{ mime: string; bytes: Uint8Array } | undefined>;
}

export function createLibrary(
  deps: Pick<CoreDeps, 'store' | 'clock' | 'random' | 'files' | 'activity' | 'changes'>,
): Library {
  const { store, files } = deps;

  async function keep(file: Upload): Promise<Awaited<ReturnType<typeof files.put>>> {
    if (file.size > maxUploadBytes) throw refusal('too_large', 'The file is larger than 500 MB.');
    if (file.size === 0) throw refusal('empty', 'The file is empty.');
    try {
      return await files.put(new Uint8Array(await file.arrayBuffer()));
    } catch (error) {
      if (error instanceof MediaRefused) throw refusal(error.code, error.message);
      throw error;
    }
  }

  return {
    async list(filter) {
      await clientOf(store, filter.clientId);
      const page = await store.media.list(filter);
      return { items: page.items.map(mediaView), nextCursor: page.nextCursor };
    },

    async upload({ file, clientId, altText }, actor) {
      const { name } = await clientOf(store, clientId);
      const { sha256, facts } = await keep(file);
      const { media, isNew } = await store.transaction(async (repositories) => {
        const known = await repositories.media.findBySha256(clientId, sha256);
        if (known !== undefined) {
          if (altText !== undefined) await repositories.media.update(known.id, { altText });
          return { media: { ...known, altText: altText ?? known.altText }, isNew: false };
        }
        const added: MediaRecord = {
          id: deps.random.id(),
          clientId,
          sha256,
          ...facts,
          origin: 'upload',
          provenance: null,
          altText: altText ?? null,
          createdAt: deps.clock.now(),
        };
        await repositories.media.insert(added);
        const message = `Added ${facts.kind === 'image' ? 'an image' : 'a video'} for ${name}`;
        await deps.activity.record({ actor, kind: 'media.added', message, clientId }, repositories);
        return { media: added, isNew: true };
      });
      if (isNew) deps.changes.tell('media.added', media.id, clientId);
      return mediaView(media);
    },

    async open(id) {
      const media = await store.media.get(id);
      if (media === undefined) return undefined;
      try {
        return { mime: media.mime, bytes: await files.read(media.sha256) };
      } catch (error) {
        if (error instanceof MediaRefused) return undefined;
        throw error;
      }
    },
  };
}

/** A file as the contract shows it. */
export function mediaView(media: MediaRecord): Media {
  const { id, clientId, kind, mime, width, height, durationMs, bytes, origin, altText, createdAt } = media;
  const url = `/api/media/${id}/file`;
  return {
    id,
    clientId,
    kind,
    mime,
    width,
    height,
    durationMs,
    bytes,
    origin,
    altText,
    url,
    createdAt: isoOf(createdAt),
  };
}

function refusal(code: string, message: string): Unprocessable {
  return new Unprocessable([{ field: 'file', code, message }]);
}
