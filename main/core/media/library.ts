import type { LibraryItem, Media, OwnPointChanges } from '../../../shared/contract/media.ts';
import { focalFor } from '../../../shared/domain/crop.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { platformNames, platforms } from '../../../shared/domain/platform.ts';
import { clientOf } from '../clients/clients.ts';
import type { CoreDeps } from '../deps.ts';
import { Conflict, NotFound, Unprocessable } from '../errors.ts';
import { type PipelineDeps, wholePostOf } from '../pipeline/deps.ts';
import { backToReview } from '../pipeline/edit.ts';
import { hashOf } from '../pipeline/examine.ts';
import { assertEditable } from '../pipeline/progress.ts';
import {
  type MediaFilter,
  type MediaRecord,
  MediaRefused,
  type Page,
  type Repositories,
  type StoredFile,
} from '../ports/index.ts';
import { enter, newMedia } from './new-media.ts';
import { type Holders, itemView, mediaView } from './view.ts';

/** What is deleted stays on the disk for this long. */
const keptAfterDeletionMs = 30 * 24 * 3_600_000;

/** A file as a browser or a multipart request hands it over. */
export interface Upload {
  name: string;
  stream(): AsyncIterable<Uint8Array>;
}

export type MediaChange = Partial<Pick<MediaRecord, 'name' | 'altText' | 'focal' | 'aiMade'>> & {
  /** Null gives a network's own point up; what is left out stays. */
  focalOn?: OwnPointChanges;
};

/** Pictures and videos of the clients. */
export interface Library {
  /** Newest first. @throws {NotFound} */
  list(filter: MediaFilter): Promise<Page<LibraryItem>>;
  /** @throws {NotFound} */
  get(id: string): Promise<LibraryItem>;
  /**
   * Keeps an uploaded file. The same file uploaded again for the same client is the one that is there.
   * @throws {NotFound} @throws {Unprocessable} when it is no image or video we can use
   */
  upload(input: { file: Upload; clientId: string; altText?: string }, actor: string): Promise<Media>;
  /**
   * Changes what is told of a file. Approved posts that would look different by it go back to review.
   * @throws {NotFound} @throws {Conflict} while such a post is being published
   */
  update(id: string, change: MediaChange, actor: string): Promise<LibraryItem>;
  /** Takes a file out of the library. @throws {NotFound} @throws {Conflict} when a post holds it */
  delete(id: string, actor: string): Promise<void>;
  /** Takes a deletion back. @throws {NotFound} */
  restore(id: string, actor: string): Promise<LibraryItem>;
  /** Makes a short upright video of a picture. @throws {NotFound} @throws {Unprocessable} */
  makeClip(id: string, actor: string): Promise<Media>;
  /** A stored file and what it is; undefined when there is no such file. */
  open(id: string): Promise<({ mime: string } & StoredFile) | undefined>;
  /** A small JPEG of a picture; undefined when there is no such picture. */
  thumbnail(id: string): Promise<Uint8Array | undefined>;
  /** Erases what was deleted a month ago, but for what a post still names, deleted or not. */
  clearOut(): Promise<void>;
}

export function createLibrary(deps: PipelineDeps & Pick<CoreDeps, 'files'>): Library {
  const { store, files, clock, activity, changes } = deps;

  async function itemOf(repositories: Repositories, media: MediaRecord): Promise<LibraryItem> {
    return itemView(media, await holdersOf(repositories, media.clientId, [media.id]), deps);
  }

  async function keep(content: AsyncIterable<Uint8Array> | Uint8Array, field: string): ReturnType<typeof files.put> {
    return files.put(content).catch((error: unknown) => refuse(error, field));
  }

  async function add(record: MediaRecord, actor: string): Promise<{ media: MediaRecord; isNew: boolean }> {
    const added = await store.transaction(async (repositories) => {
      const { name } = await clientOf(repositories, record.clientId);
      const entered = await enter(repositories, record);
      const message = record.kind === 'image' ? phrase`Added an image for ${name}` : phrase`Added a video for ${name}`;
      const { clientId } = record;
      if (entered.isNew) await activity.record({ actor, kind: 'media.added', message, clientId }, repositories);
      return entered;
    });
    if (added.isNew) changes.tell('media.added', added.media.id, added.media.clientId);
    return added;
  }

  return {
    async list(filter) {
      await clientOf(store, filter.clientId);
      const { items, nextCursor } = await store.media.list(filter);
      const holders = await holdersOf(
        store,
        filter.clientId,
        items.map(({ id }) => id),
      );
      return { items: items.map((media) => itemView(media, holders, deps)), nextCursor };
    },

    get: async (id) => itemOf(store, await livingOf(store, id)),

    async upload({ file, clientId, altText }, actor) {
      await clientOf(store, clientId);
      const kept = await keep(file.stream(), 'file');
      const name = file.name === '' ? null : shownName(file.name);
      const telling = { clientId, origin: 'upload' as const, provenance: null, createdBy: actor };
      const { media, isNew } = await add(newMedia(deps, kept, { ...telling, name, altText: altText ?? null }), actor);
      if (!isNew && altText !== undefined && altText !== media.altText) {
        await changeMedia(deps, media.id, { altText }, actor);
        return mediaView({ ...media, altText });
      }
      return mediaView(media);
    },

    async update(id, change, actor) {
      await changeMedia(deps, id, change, actor);
      return itemOf(store, await livingOf(store, id));
    },

    async delete(id, actor) {
      const media = await store.transaction(async (repositories) => {
        const found = await livingOf(repositories, id);
        const { posts, drafts } = await holdersOf(repositories, found.clientId, [id]);
        if (posts.length > 0) throw heldByPosts(posts.length);
        if (drafts.length > 0) throw heldByDrafts(drafts.length);
        await repositories.media.update(id, { deletedAt: clock.now() });
        const { clientId } = found;
        const message =
          found.kind === 'image' ? phrase`Deleted an image${called(found)}` : phrase`Deleted a video${called(found)}`;
        await activity.record({ actor, kind: 'media.deleted', message, clientId }, repositories);
        return found;
      });
      changes.tell('media.changed', id, media.clientId);
    },

    async restore(id, actor) {
      const media = await store.transaction(async (repositories) => {
        const found = await repositories.media.get(id);
        if (found === undefined) throw new NotFound('media', id);
        if (found.deletedAt === null) return found;
        await repositories.media.update(id, { deletedAt: null });
        const message =
          found.kind === 'image'
            ? phrase`Took an image back into the library`
            : phrase`Took a video back into the library`;
        await activity.record({ actor, kind: 'media.restored', message, clientId: found.clientId }, repositories);
        return { ...found, deletedAt: null };
      });
      changes.tell('media.changed', id, media.clientId);
      return itemOf(store, media);
    },

    async makeClip(id, actor) {
      const picture = await livingOf(store, id);
      if (picture.kind !== 'image') throw unusable('id', 'kind', 'Only of a picture a clip can be made.');
      const { bytes } = await files
        .prepare(picture.sha256, { kind: 'clip', focal: focalFor('tiktok', picture) })
        .catch((error: unknown) => refuse(error, 'id'));
      const { clientId, origin, provenance, altText, aiMade } = picture;
      const name = picture.name === null ? null : shownName(`${picture.name.replace(/\.[a-z\d]+$/i, '')} (clip).mp4`);
      const telling = { clientId, origin, provenance, altText, aiMade, name, madeFrom: id, createdBy: actor };
      return mediaView((await add(newMedia(deps, await keep(bytes, 'id'), telling), actor)).media);
    },

    async open(id) {
      const media = await store.media.get(id);
      if (media === undefined) return undefined;
      const file = await files.open(media.sha256).catch(absent);
      return file && { ...file, mime: media.mime };
    },

    async thumbnail(id) {
      const media = await store.media.get(id);
      return media?.kind === 'image' ? files.thumbnail(media.sha256).catch(absent) : undefined;
    },

    async clearOut() {
      const deletedBefore = clock.now() - keptAfterDeletionMs;
      for (const { id, sha256 } of await store.media.listUnneeded(deletedBefore)) {
        // Looked at again: meanwhile it may have been taken back.
        if (!(await store.media.removeUnneeded(id, deletedBefore))) continue;
        if (!(await store.media.isKept(sha256))) await files.erase(sha256);
      }
    },
  };
}

async function changeMedia(deps: PipelineDeps, id: string, change: MediaChange, actor: string): Promise<void> {
  const { store, activity, changes } = deps;
  if (Object.keys(change).length === 0) return;
  const { clientId, posts } = await store.transaction(async (repositories) => {
    const media = await livingOf(repositories, id);
    const holders = await repositories.posts.withMedia(media.clientId, [id]);
    const before = await Promise.all(holders.map((post) => wholePostOf(repositories, post.id)));
    await repositories.media.update(id, changedColumns(media, change));
    for (const whole of before.filter(({ post }) => post.approvedHash !== null && !finished.has(post.status))) {
      const after = await wholePostOf(repositories, whole.post.id);
      if (hashOf(after, deps.digest) === hashOf(whole, deps.digest)) continue;
      await assertEditable(repositories, whole);
      await backToReview(deps, repositories, whole, after);
    }
    const what = describe(change);
    const message =
      media.kind === 'image'
        ? phrase`Changed an image${called(media)}: ${what}`
        : phrase`Changed a video${called(media)}: ${what}`;
    await activity.record({ actor, kind: 'media.changed', message, clientId: media.clientId }, repositories);
    return { clientId: media.clientId, posts: holders };
  });
  changes.tell('media.changed', id, clientId);
  for (const post of posts) changes.tell('post.changed', post.id, clientId);
}

/** What was published was what it was then. */
const finished: ReadonlySet<string> = new Set(['published', 'partly_published']);

function changedColumns({ focalOn }: MediaRecord, { focalOn: points, ...change }: MediaChange): Partial<MediaRecord> {
  if (points === undefined) return change;
  const kept = platforms.flatMap((platform) => {
    const point = points[platform] === undefined ? focalOn[platform] : points[platform];
    return point ? [[platform, point]] : [];
  });
  return { ...change, focalOn: Object.fromEntries(kept) };
}

function describe(change: MediaChange): string {
  const networks = platforms.filter((platform) => change.focalOn?.[platform] !== undefined);
  const words = {
    name: phrase`the name`,
    altText: phrase`the alternative text`,
    focal: phrase`the focal point`,
    focalOn: networks.map((platform) => phrase`the focal point on ${platformNames[platform]}`).join(', '),
    aiMade: change.aiMade === true ? phrase`the AI label (on)` : phrase`the AI label (off)`,
  };
  const changed = Object.keys(words).filter((key) => key in change) as (keyof typeof words)[];
  return changed.map((key) => words[key]).join(', ');
}

async function livingOf({ media }: Pick<Repositories, 'media'>, id: string): Promise<MediaRecord> {
  const found = await media.get(id);
  if (found === undefined || found.deletedAt !== null) throw new NotFound('media', id);
  return found;
}

/** The last part of a path, without what no name should hold. */
function shownName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const clean = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
  return clean === '' ? 'file' : clean.slice(0, 150).toWellFormed();
}

/** ` (its name)`, of a file that has one. */
function called({ name }: Pick<MediaRecord, 'name'>): string {
  return name === null ? '' : ` (${name})`;
}

async function holdersOf(
  { posts, drafts }: Repositories,
  clientId: string,
  mediaIds: readonly string[],
): Promise<Holders> {
  return { posts: await posts.withMedia(clientId, mediaIds), drafts: await drafts.withMedia(clientId, mediaIds) };
}

function heldByPosts(count: number): Conflict {
  if (count === 1) return new Conflict('in_use', 'A post holds this file. Take it out of it first.');
  return new Conflict('in_use', `${count} posts hold this file. Take it out of them first.`);
}

function heldByDrafts(count: number): Conflict {
  if (count === 1) return new Conflict('in_use', 'A draft holds this file. Finish or discard the draft first.');
  return new Conflict('in_use', `${count} drafts hold this file. Finish or discard them first.`);
}

function refuse(error: unknown, field: string): never {
  if (error instanceof MediaRefused) throw unusable(field, error.code, error.message);
  throw error;
}

function unusable(field: string, code: string, message: string): Unprocessable {
  return new Unprocessable([{ field, code, message }]);
}

function absent(error: unknown): undefined {
  if (error instanceof MediaRefused) return undefined;
  throw error;
}
