import { z } from 'zod';
import { isSameText } from '../../shared/domain/same-text.ts';
import {
  type AccountAccess,
  type CommitOutcome,
  type IrrevocableSend,
  type LookUp,
  type Publication,
} from '../core/ports/networks.ts';
import { clockSkewMs } from './clock-skew.ts';
import type { Context } from './context.ts';
import { type Graph, idSchema, type Parameters, parseBody } from './graph.ts';
import { provenRefusal } from './graph-failures.ts';
import { stagedLivesMs, uploadPagePhoto } from './meta-upload.ts';

/** A post of text and photos on its way. */
export const postHandleSchema = z.object({
  kind: z.literal('post'),
  /** Unpublished photos in the order of the media; times in UTC ms. */
  photos: z.array(z.object({ id: z.string(), uploadedAt: z.number() })),
  /** The unpublished post; null when the commit creates the post at once. */
  post: z.object({ id: z.string(), createdAt: z.number() }).nullable(),
  /** Ids of unpublished photos and posts that are of no use any more. */
  leftover: z.array(z.string()).default([]),
});
type PostHandle = z.infer<typeof postHandleSchema>;

type Keep = (handle: PostHandle) => Promise<void>;

/** Text and photo posts of a Page, published in two phases (unpublished, then visible) or in one. */
export class FacebookPosts {
  readonly #context: Context;
  readonly #graph: Graph;

  constructor(context: Context, graph: Graph) {
    this.#context = context;
    this.#graph = graph;
  }

  async prepare(
    account: AccountAccess,
    publication: Publication,
    handle: PostHandle | null,
    keep: Keep,
    signal: AbortSignal,
  ): Promise<PostHandle> {
    const twoPhase = await this.#context.facebookTwoPhase();
    if (twoPhase && handle?.post != null && this.#isFresh(handle.post.createdAt)) return handle;
    const begun = this.#toGoOnWith(publication, handle, twoPhase);
    const staged = await this.#uploadPhotos(account, publication, begun, keep, signal);
    if (!twoPhase) return staged;

    const form = { ...feedForm(publication, staged.photos), published: 'false' };
    const { id } = parseBody(idSchema, await this.#graph.post(account, `${account.remoteId}/feed`, form, signal));
    const ready: PostHandle = { ...staged, post: { id, createdAt: this.#context.clock.now() } };
    await keep(ready);
    return ready;
  }

  /**
   * Photos that were all uploaded may be in an unpublished post whose id was never told, and Facebook takes no photo for
   * two posts: they are uploaded anew. In one phase it is just this that keeps a post from being made twice.
   */
  #toGoOnWith({ media }: Publication, handle: PostHandle | null, twoPhase: boolean): PostHandle {
    const nothing: PostHandle = { kind: 'post', photos: [], post: null, leftover: [] };
    // By then Facebook has dropped them.
    if (handle === null || !handle.photos.every(({ uploadedAt }) => this.#isFresh(uploadedAt))) return nothing;
    const { photos, post, leftover } = handle;
    const mayBeTaken = post !== null || (twoPhase && photos.length === media.length);
    if (!mayBeTaken) return handle;
    const left = [...(post === null ? [] : [post.id]), ...photos.map(({ id }) => id)];
    return { ...nothing, leftover: [...leftover, ...left] };
  }

  async #uploadPhotos(
    account: AccountAccess,
    publication: Publication,
    begun: PostHandle,
    keep: Keep,
    signal: AbortSignal,
  ): Promise<PostHandle> {
    let staged = begun;
    for (const media of publication.media.slice(begun.photos.length)) {
      const id = await uploadPagePhoto(this.#graph, account, account.remoteId, media, signal);
      staged = { ...staged, photos: [...staged.photos, { id, uploadedAt: this.#context.clock.now() }] };
      await keep(staged);
    }
    return staged;
  }

  #isFresh(at: number): boolean {
    return this.#context.clock.now() - at < stagedLivesMs;
  }

  async commit(
    account: AccountAccess,
    publication: Publication,
    handle: PostHandle,
    send: IrrevocableSend,
  ): Promise<CommitOutcome> {
    const outcome =
      handle.post === null
        ? await this.#create(account, feedForm(publication, handle.photos), send)
        : await this.#makeVisible(account, handle.post.id, send);
    if (outcome.kind !== 'published') return outcome;
    const body = await this.#graph.tryGet(account, outcome.remoteId, { fields: 'permalink_url' });
    return { ...outcome, permalink: permalinkIn(body) };
  }

  async #create(account: AccountAccess, form: Parameters, send: IrrevocableSend): Promise<CommitOutcome> {
    const request = await this.#graph.postRequest(account, `${account.remoteId}/feed`, form);
    return this.#graph.commit(account, request, send, {
      refuses: provenRefusal,
      judge: (body) => {
        const id = idSchema.safeParse(body).data?.id;
        // A post of another Page is not our success, whatever it is.
        if (id === undefined || !id.startsWith(`${account.remoteId}_`)) return null;
        return { kind: 'published', remoteId: id, permalink: null };
      },
    });
  }

  async #makeVisible(account: AccountAccess, postId: string, send: IrrevocableSend): Promise<CommitOutcome> {
    const request = await this.#graph.postRequest(account, postId, { is_published: 'true' });
    return this.#graph.commit(account, request, send, {
      refuses: provenRefusal,
      judge: (body) => (body.success === true ? { kind: 'published', remoteId: postId, permalink: null } : null),
    });
  }

  async lookUp(account: AccountAccess, publication: Publication, handle: PostHandle, sentAt: number): Promise<LookUp> {
    if (handle.post === null) return this.#findInWindow(account, publication, handle, sentAt);
    const body = await this.#graph.get(account, handle.post.id, { fields: 'id,is_published,permalink_url' });
    const post = parseBody(z.object({ id: z.string(), is_published: z.boolean() }), body);
    if (post.id !== handle.post.id) {
      return { kind: 'ambiguous', detail: 'Facebook answered with another post than the one that was asked for.' };
    }
    if (!post.is_published) return { kind: 'absent' };
    return { kind: 'published', remoteId: post.id, permalink: permalinkIn(body) };
  }

  /** The address of a post, or of a video's. */
  async permalink(account: AccountAccess, remoteId: string): Promise<string | null> {
    const address = permalinkIn(await this.#graph.getSparingly(account, remoteId, { fields: 'permalink_url' }));
    // Of a video, Graph gives the path alone.
    return address === null ? null : (URL.parse(address, this.#context.endpoints.facebookWww)?.href ?? null);
  }

  /** Removes an unpublished photo or post. Facebook itself keeps the photos of a post; a post is asked whether it is visible. */
  async remove(account: AccountAccess, id: string): Promise<void> {
    if (id.includes('_')) {
      const post = await this.#graph.get(account, id, { fields: 'id,is_published' });
      if (post.id !== id || post.is_published !== false) return;
    }
    await this.#graph.delete(account, id);
  }

  /** Without a handle for the post itself: by our photo ids, or by the same text, since shortly before it was sent. */
  async #findInWindow(
    account: AccountAccess,
    publication: Publication,
    handle: PostHandle,
    sentAt: number,
  ): Promise<LookUp> {
    const posts = await this.#publishedSince(account, sentAt - clockSkewMs);
    const photoIds = handle.photos.map(({ id }) => id);
    const withPhotos = posts.filter((post) => post.photoIds.some((id) => photoIds.includes(id)));
    if (withPhotos.length > 0) return decide(withPhotos);

    const sameText = posts.filter((post) => isSameText(post.message, publication.text));
    if (photoIds.length === 0) return decide(sameText);
    if (sameText.length === 0) return { kind: 'absent' };
    return { kind: 'ambiguous', detail: 'A post with this text is there, but not with the photos that were sent.' };
  }

  async #publishedSince(account: AccountAccess, since: number): Promise<FoundPost[]> {
    const found: FoundPost[] = [];
    let after: string | undefined;
    do {
      const query = {
        fields: 'id,message,created_time,permalink_url,attachments{media_type,target,subattachments}',
        since: String(Math.floor(since / 1000)),
        limit: '100',
        ...(after === undefined ? {} : { after }),
      };
      const page = parseBody(postsSchema, await this.#graph.get(account, `${account.remoteId}/published_posts`, query));
      found.push(...page.data.filter((post) => !(Date.parse(post.created_time ?? '') < since)).map(foundPost));
      after = page.paging?.next == null ? undefined : page.paging.cursors?.after;
    } while (after !== undefined && found.length < mostPosts);
    return found;
  }
}

const mostPosts = 500;

interface FoundPost {
  id: string;
  message: string | null;
  permalink: string | null;
  photoIds: string[];
}

const targetShape = { target: z.object({ id: z.string().nullish() }).nullish() };
const postsSchema = z.object({
  data: z.array(
    z.object({
      id: z.string().min(1),
      message: z.string().nullish(),
      created_time: z.string().nullish(),
      permalink_url: z.string().nullish(),
      attachments: z
        .object({
          data: z.array(
            z.object({ ...targetShape, subattachments: z.object({ data: z.array(z.object(targetShape)) }).nullish() }),
          ),
        })
        .nullish(),
    }),
  ),
  paging: z.object({ cursors: z.object({ after: z.string() }).nullish(), next: z.string().nullish() }).nullish(),
});

function foundPost(post: z.infer<typeof postsSchema>['data'][number]): FoundPost {
  const attachments = post.attachments?.data ?? [];
  const targets = attachments.flatMap((item) => [item, ...(item.subattachments?.data ?? [])]);
  return {
    id: post.id,
    message: post.message ?? null,
    permalink: post.permalink_url ?? null,
    photoIds: targets.flatMap(({ target }) => target?.id ?? []),
  };
}

function decide(posts: FoundPost[]): LookUp {
  const [post] = posts;
  if (post === undefined) return { kind: 'absent' };
  if (posts.length > 1) {
    const oneOf = posts.map(({ id, permalink }) => ({ remoteId: id, permalink }));
    return { kind: 'ambiguous', detail: `${posts.length} posts could be this one.`, oneOf };
  }
  return { kind: 'published', remoteId: post.id, permalink: post.permalink };
}

function feedForm({ text }: Publication, photos: PostHandle['photos']): Parameters {
  const form: Parameters = text === '' ? {} : { message: text };
  photos.forEach(({ id }, index) => {
    form[`attached_media[${index}]`] = JSON.stringify({ media_fbid: id });
  });
  return form;
}

function permalinkIn(body: Record<string, unknown> | null): string | null {
  return typeof body?.permalink_url === 'string' ? body.permalink_url : null;
}
