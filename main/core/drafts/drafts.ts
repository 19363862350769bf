import type { Draft, DraftContent, DraftSummary } from '../../../shared/contract/drafts.ts';
import { newPostSchema, type Post } from '../../../shared/contract/pipeline.ts';
import { clientOf } from '../clients/clients.ts';
import { Conflict, NotFound, Unprocessable } from '../errors.ts';
import { isoOf } from '../instants.ts';
import { mediaView } from '../media/view.ts';
import type { PipelineDeps } from '../pipeline/deps.ts';
import { type ByDraft, createPost, type NewPost, updatePost } from '../pipeline/edit.ts';
import { hashOf } from '../pipeline/examine.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { DraftInShort, DraftRecord, Repositories } from '../ports/index.ts';
import type { Publishing } from '../publishing/port.ts';

/** What a window wants kept. */
export interface DraftInput {
  id: string;
  clientId: string;
  content: DraftContent;
  basedOn: string | null;
  /** The last revision it has seen; 0 for a new draft. */
  revision: number;
  /** Names the window. */
  writer: string;
}

export interface ApplyInput {
  id: string;
  revision: number;
  /** Whatever became of the post since the changes were begun. */
  over: boolean;
  /** Accounts for which whoever applies it gives TikTok's consent. */
  consents: readonly string[];
}

/** What people are writing: kept at every pause, apart from the posts, so that nothing of it can go out. */
export interface Drafts {
  list(clientId: string | undefined): Promise<DraftSummary[]>;
  /** @throws {NotFound} */
  get(id: string): Promise<Draft>;
  /** @throws {NotFound} @throws {Conflict} `draft_changed`, `draft_gone` @throws {Unprocessable} */
  put(input: DraftInput, actor: string): Promise<Draft>;
  /**
   * Makes it a post or changes its post, and ends it, all in one transaction.
   * @throws {NotFound} @throws {Conflict} `draft_changed`, `post_changed` @throws {Unprocessable}
   */
  apply(input: ApplyInput, actor: string): Promise<Post>;
  /** @throws {NotFound} */
  discard(id: string): Promise<void>;
}

const longestList = 200;

export function createDrafts(
  deps: PipelineDeps & { pipeline: Pick<Pipeline, 'get'>; publishing: Pick<Publishing, 'wake'> },
): Drafts {
  const { store, clock, changes, pipeline, publishing } = deps;

  return {
    async list(clientId) {
      if (clientId !== undefined) await clientOf(store, clientId);
      return summariesOf(store, await store.drafts.list({ clientId, limit: longestList }));
    },

    async get(id) {
      return viewOf(store, await draftOf(store, id));
    },

    async put(given, actor) {
      const input = { ...given, content: withoutConsent(given.content) };
      const kept = await store.transaction(async (repositories) => {
        const before = await repositories.drafts.get(input.id);
        assertUnchanged(before, input);
        if (before !== undefined && isSame(before, input)) return before;
        const postId = await postIdOf(repositories, before, input);
        await clientOf(repositories, input.clientId);
        const { id, clientId, content, basedOn, writer } = input;
        const now = clock.now();
        const draft: DraftRecord = {
          id,
          clientId,
          postId,
          content,
          basedOn,
          revision: (before?.revision ?? input.revision) + 1,
          writer,
          updatedBy: actor,
          createdAt: before?.createdAt ?? now,
          updatedAt: now,
        };
        await repositories.drafts.put(draft);
        return draft;
      });
      changes.tell('draft.changed', kept.id, kept.clientId);
      return viewOf(store, kept);
    },

    async apply({ id, revision, over, consents }, actor) {
      const draft = await store.drafts.get(id);
      // Applied already; the answer was lost on its way.
      if (draft === undefined) return pipeline.get(id);
      const isNew = draft.postId === null;
      const agreed = { ...draft, content: withConsents(draft.content, consents) };
      const end = async (repositories: Repositories) => {
        if (isNew) await assertNoPost(repositories, id);
        await endDraft(repositories, id, revision);
      };
      if (isNew) await createPost(deps, inputOf(agreed), actor, { id, end });
      else await updatePost(deps, id, changeOf(agreed), actor, { end, before: over ? undefined : isStill(draft) });
      publishing.wake();
      changes.tell('draft.changed', id, draft.clientId);
      return pipeline.get(id);
    },

    async discard(id) {
      const { clientId } = await draftOf(store, id);
      await store.drafts.remove(id);
      changes.tell('draft.changed', id, clientId);
    },
  };

  /** Refuses when the post is no longer what the draft changes. */
  function isStill({ basedOn }: DraftRecord): ByDraft['before'] {
    return (whole) => {
      if (hashOf(whole, deps.digest) === basedOn) return;
      throw new Conflict('post_changed', 'The post was changed by somebody else since you began.');
    };
  }
}

/** Consent is for one post as it goes out, by who gives it and when: nobody gives it by having typed. */
function withoutConsent(content: DraftContent): DraftContent {
  return withConsents(content, []);
}

function withConsents(content: DraftContent, accountIds: readonly string[]): DraftContent {
  const targets = content.targets.map((target) => {
    const { consent: _, ...options } = target.options;
    return { ...target, options: accountIds.includes(target.accountId) ? { ...options, consent: true } : options };
  });
  return { ...content, targets };
}

async function draftOf({ drafts }: Pick<Repositories, 'drafts'>, id: string): Promise<DraftRecord> {
  const draft = await drafts.get(id);
  if (draft === undefined) throw new NotFound('draft', id);
  return draft;
}

/** Whoever wrote last may go on; others only from what they have seen. */
function assertUnchanged(before: DraftRecord | undefined, { revision, writer }: DraftInput): void {
  if (before === undefined) {
    if (revision === 0) return;
    throw new Conflict('draft_gone', 'This draft was finished or discarded somewhere else.');
  }
  if (before.writer === writer || before.revision === revision) return;
  throw new Conflict('draft_changed', 'This draft was changed in another window.');
}

function isSame(before: DraftRecord, { clientId, content, basedOn }: DraftInput): boolean {
  const told = ({ ...of }: Pick<DraftRecord, 'clientId' | 'content' | 'basedOn'>) =>
    JSON.stringify([of.clientId, of.content, of.basedOn]);
  return told(before) === told({ clientId, content, basedOn });
}

/** @throws {NotFound} @throws {Unprocessable} */
async function postIdOf(
  { posts }: Repositories,
  before: DraftRecord | undefined,
  { id, clientId, basedOn }: DraftInput,
): Promise<string | null> {
  const isNew = basedOn === null;
  if (before !== undefined && (before.postId === null) !== isNew) {
    const message = isNew ? 'Name the post’s content that this is based on.' : 'There is no post yet to be based on.';
    throw new Unprocessable([{ field: 'basedOn', code: 'kind', message }]);
  }
  if (isNew) {
    await assertNoPost({ posts }, id);
    return null;
  }
  const post = await posts.get(id);
  if (post === undefined) throw new NotFound('post', id);
  if (post.clientId === clientId) return id;
  throw new Unprocessable([{ field: 'clientId', code: 'foreign', message: 'The post is another client’s.' }]);
}

/** @throws {Conflict} also when the post was deleted since: it can come back */
async function assertNoPost({ posts }: Pick<Repositories, 'posts'>, id: string): Promise<void> {
  if (await posts.isKnown(id)) throw new Conflict('draft_gone', 'This draft has become a post already.');
}

async function endDraft({ drafts }: Repositories, id: string, revision: number): Promise<void> {
  const draft = await drafts.get(id);
  if (draft?.revision !== revision) {
    throw new Conflict('draft_changed', 'This draft was changed in another window.');
  }
  await drafts.remove(id);
}

/** The draft as what a post is made of. @throws {Unprocessable} with all that is missing or too long */
function inputOf({ clientId, content }: DraftRecord): NewPost {
  if (content.scheduledFor === null) {
    throw new Unprocessable([{ field: 'scheduledFor', code: 'none', message: 'Choose when it goes out.' }]);
  }
  return parsed({ ...content, clientId });
}

/** The time of a post is not part of its draft. */
function changeOf({ clientId, content }: DraftRecord): Omit<NewPost, 'clientId' | 'scheduledFor'> {
  const {
    clientId: _,
    scheduledFor: __,
    ...change
  } = parsed({
    ...content,
    clientId,
    scheduledFor: '2000-01-01T00:00:00Z',
  });
  return change;
}

function parsed(input: unknown): NewPost {
  const result = newPostSchema.safeParse(input);
  if (result.success) return result.data;
  throw new Unprocessable(
    result.error.issues.map(({ path, message }) => ({ field: path.join('.'), code: 'invalid', message })),
  );
}

/** @throws {NotFound} for a client that is gone */
async function viewOf(repositories: Repositories, draft: DraftRecord): Promise<Draft> {
  const { name } = await clientOf(repositories, draft.clientId);
  const content = withoutConsent(draft.content);
  const files = await repositories.media.getMany(content.media);
  return {
    ...draft,
    clientName: name,
    content,
    media: content.media.flatMap((id) =>
      files.filter((file) => file.id === id && file.clientId === draft.clientId).map(mediaView),
    ),
    createdAt: isoOf(draft.createdAt),
    updatedAt: isoOf(draft.updatedAt),
  };
}

/** Those of clients that are gone are left out. */
async function summariesOf(repositories: Repositories, drafts: readonly DraftInShort[]): Promise<DraftSummary[]> {
  const files = await repositories.media.getMany([...new Set(drafts.flatMap(({ mediaIds }) => mediaIds))]);
  const summaries: DraftSummary[] = [];
  for (const { basedOn: _, writer: __, mediaIds, ...draft } of drafts) {
    const client = await repositories.clients.get(draft.clientId);
    if (client === undefined) continue;
    const own = files.filter(({ clientId }) => clientId === draft.clientId);
    const first = mediaIds.map((id) => own.find((file) => file.id === id)).find((file) => file !== undefined);
    summaries.push({
      ...draft,
      clientName: client.name,
      firstFile: first === undefined ? null : mediaView(first),
      createdAt: isoOf(draft.createdAt),
      updatedAt: isoOf(draft.updatedAt),
    });
  }
  return summaries;
}
