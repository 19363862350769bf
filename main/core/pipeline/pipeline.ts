import type { z } from 'zod';
import type { attemptSchema, Bulk, CalendarPost, Post } from '../../../shared/contract/pipeline.ts';
import { type NeedKind, needKinds, needOf } from '../../../shared/domain/need.ts';
import { type PostOrder, type PostStatus, postStatuses } from '../../../shared/domain/post.ts';
import { clientOf } from '../clients/clients.ts';
import { instantOf, isoOf, isoOrNull } from '../instants.ts';
import type {
  AttemptEventRecord,
  AttemptRecord,
  Page,
  PageRequest,
  PostConditions,
  Store,
  TargetRecord,
} from '../ports/index.ts';
import type { Publishing } from '../publishing/port.ts';
import { type BulkResult, doToMany } from './bulk.ts';
import { type PipelineDeps, wholePostOf } from './deps.ts';
import { createPost, type NewPost, type PostChange, updatePost } from './edit.ts';
import { readWhole } from './examine.ts';
import { publishPostNow, retryPost } from './release.ts';
import { approvePost, deletePost, rejectPost, reopenPost, reschedulePost, restorePost } from './review.ts';
import { postView } from './view.ts';

/** What was rejected goes nowhere, so it has no place in a calendar. */
const shownInCalendar = postStatuses.filter((status) => status !== 'rejected');

type Attempt = z.infer<typeof attemptSchema>;

/** Which posts. ISO instants; from is inclusive, to is not. */
export type PostWish = Omit<PostConditions, 'ids' | 'from' | 'to'> & { need?: NeedKind; from?: string; to?: string };
export type PostQuery = PageRequest & PostWish & { order?: PostOrder };

/** The posts on their way from an idea to the networks. Each action answers with the post as it is then. */
export interface Pipeline {
  list(query: PostQuery): Promise<Page<Post>>;
  /** How many there are, by status. */
  counts(wish: PostWish): Promise<Record<PostStatus, number>>;
  /** How many wait for a person, by what they wait for, whatever need and statuses are asked for. */
  needs(wish: PostWish): Promise<Record<NeedKind, number>>;
  /** All of a stretch of time, but for rejected ones, in short. @throws {NotFound} the client */
  calendar(stretch: { clientId?: string; from: string; to: string }): Promise<CalendarPost[]>;
  /** Does one thing to each of the posts, one after the other; what is refused for one is told with it. */
  bulk(bulk: Bulk, actor: string): Promise<BulkResult[]>;
  get(id: string): Promise<Post>;
  create(input: NewPost, actor: string): Promise<Post>;
  update(id: string, change: PostChange, actor: string): Promise<Post>;
  delete(id: string, actor: string): Promise<void>;
  restore(id: string, actor: string): Promise<Post>;
  approve(id: string, contentHash: string | undefined, actor: string): Promise<Post>;
  reopen(id: string, actor: string): Promise<Post>;
  reject(id: string, reason: string | undefined, actor: string): Promise<Post>;
  reschedule(id: string, scheduledFor: string, actor: string): Promise<Post>;
  publishNow(id: string, actor: string): Promise<Post>;
  retry(id: string, actor: string): Promise<Post>;
  /** A person's answer about a target whose outcome could not be told. */
  resolve(input: Omit<Parameters<Publishing['resolve']>[0], 'actor'>, actor: string): Promise<Post>;
  /** Its attempts with their journal, oldest first. */
  logs(id: string): Promise<Attempt[]>;
}

export function createPipeline(deps: PipelineDeps & { publishing: Publishing }): Pipeline {
  const { store, publishing } = deps;

  async function get(id: string): Promise<Post> {
    return postView(await wholePostOf(store, id), deps);
  }

  /** What changed may have something due now, or nothing any more. */
  async function then(id: string, change: Promise<void>): Promise<Post> {
    await change;
    publishing.wake();
    return get(id);
  }

  return {
    get,

    async list({ cursor, limit, order, ...wish }) {
      const page = await store.posts.list({ cursor, limit, order, ...(await conditionsOf(store, wish)) });
      const items = (await readWhole(store, page.items)).map((whole) => postView(whole, deps));
      return { items, nextCursor: page.nextCursor };
    },

    async counts(wish) {
      const counted = await store.posts.countByStatus(await conditionsOf(store, wish));
      return Object.fromEntries(postStatuses.map((status) => [status, counted[status] ?? 0])) as Record<
        PostStatus,
        number
      >;
    },

    async needs(wish) {
      const needs = await needsOf(store, await conditionsOf(store, { ...wish, need: undefined }));
      return Object.fromEntries(
        needKinds.map((kind) => [kind, needs.filter((one) => one.need === kind).length]),
      ) as Record<NeedKind, number>;
    },

    async calendar({ clientId, from, to }) {
      const conditions = await conditionsOf(store, {
        clientIds: clientId === undefined ? undefined : [clientId],
        from,
        to,
      });
      const posts = await store.posts.calendar({ ...conditions, statuses: shownInCalendar });
      return posts.map((post) => ({ ...post, scheduledFor: isoOf(post.scheduledFor) }));
    },

    async bulk(bulk, actor) {
      const results = await doToMany(deps, bulk, actor);
      publishing.wake();
      return results;
    },

    create: async (input, actor) => get(await createPost(deps, input, actor)),
    update: (id, change, actor) => then(id, updatePost(deps, id, change, actor)),
    delete: (id, actor) => deletePost(deps, id, actor),
    restore: (id, actor) => then(id, restorePost(deps, id, actor)),
    approve: (id, contentHash, actor) => then(id, approvePost(deps, id, contentHash, actor)),
    reopen: (id, actor) => then(id, reopenPost(deps, id, actor)),
    reject: (id, reason, actor) => then(id, rejectPost(deps, id, reason, actor)),
    reschedule: (id, scheduledFor, actor) => then(id, reschedulePost(deps, id, scheduledFor, actor)),
    publishNow: (id, actor) => then(id, publishPostNow(deps, id, actor)),
    retry: (id, actor) => then(id, retryPost(deps, id, actor)),
    resolve: (input, actor) => then(input.postId, publishing.resolve({ ...input, actor })),

    async logs(id) {
      const { targets } = await wholePostOf(store, id);
      const attempts: Attempt[] = [];
      for (const attempt of await store.attempts.listOfPost(id)) {
        const target = targets.find((candidate) => candidate.id === attempt.targetId);
        if (target === undefined) continue;
        attempts.push(attemptView(attempt, target, await store.attempts.events(attempt.id)));
      }
      return attempts;
    },
  };
}

/** @throws {NotFound} for a client that is not there @throws {Unprocessable} for a time that is none */
async function conditionsOf(store: Store, { from, to, need, ...wish }: PostWish): Promise<PostConditions> {
  for (const id of wish.clientIds ?? []) await clientOf(store, id);
  const conditions = {
    ...wish,
    from: from === undefined ? undefined : instantOf(from, 'from'),
    to: to === undefined ? undefined : instantOf(to, 'to'),
  };
  if (need === undefined) return conditions;
  const needs = await needsOf(store, conditions);
  return { ...conditions, ids: needs.filter((one) => one.need === need).map(({ id }) => id) };
}

/** What each post waits for that meets the conditions and waits for a person. */
async function needsOf(store: Store, conditions: PostConditions): Promise<{ id: string; need: NeedKind | null }[]> {
  return (await store.posts.waiting(conditions)).map((post) => ({ id: post.id, need: needOf(post) }));
}

function attemptView(attempt: AttemptRecord, target: TargetRecord, events: readonly AttemptEventRecord[]): Attempt {
  return {
    id: attempt.id,
    targetId: attempt.targetId,
    platform: target.platform,
    kind: attempt.kind,
    number: attempt.number,
    state: attempt.state,
    remoteId: attempt.remoteId,
    startedAt: isoOf(attempt.createdAt),
    sentAt: isoOrNull(attempt.sentAt),
    endedAt: isoOrNull(attempt.endedAt),
    error: attempt.errorMessage,
    events: events.map(({ at, kind, detail }) => ({ at: isoOf(at), kind, detail })),
  };
}
