import { statusFromTargets } from '../../../shared/domain/post.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import { clientOf } from '../clients/clients.ts';
import { zonedOf } from '../instants.ts';
import { missedCodes } from '../publishing/missed.ts';
import type { ClientRecord, PostRecord, Repositories, TargetRecord } from '../ports/index.ts';
import { wallTimeOf } from '../rules/slots.ts';
import { changedParts } from './approvals.ts';
import { recordConsents } from './consent.ts';
import { changePost, type PipelineDeps, startAfresh, tellChanged, unapproved, wholePostOf } from './deps.ts';
import { bannedHitsOf, hashOf, type WholePost } from './examine.ts';
import { assertOfPost, assertOwnMedia, chosenAccounts, chosenTime, type TargetInput } from './input.ts';
import { noteEdits } from './lessons.ts';
import { assertEditable } from './progress.ts';

export interface NewPost {
  clientId: string;
  caption: string;
  hashtags: string[];
  firstComment: string | null;
  altText: string | null;
  /** Ids of media, in order. */
  media: string[];
  /** ISO instant. */
  scheduledFor: string;
  targets: TargetInput[];
}

export type PostChange = Partial<Omit<NewPost, 'clientId'>>;

/** What a draft adds to the change that it becomes. */
export interface ByDraft {
  /** Looks at the post as it is, in the same transaction, before anything is changed. May throw. */
  before?(whole: WholePost): void;
  /** Ends the draft in the same transaction. */
  end(repositories: Repositories): Promise<void>;
}

/**
 * Writes a post by hand. It waits for review like one that the AI wrote.
 * @param draft what it was written as; the post takes its id
 * @returns its id
 */
export async function createPost(
  deps: PipelineDeps,
  input: NewPost,
  actor: string,
  draft?: ByDraft & { id: string },
): Promise<string> {
  const id = draft?.id ?? deps.random.id();
  const now = deps.clock.now();
  const scheduledFor = chosenTime(input.scheduledFor, now);
  await deps.store.transaction(async (repositories) => {
    const client = await clientOf(repositories, input.clientId);
    const accounts = await chosenAccounts(repositories, client.id, input.targets);
    await assertOwnMedia(repositories, client.id, input.media);
    assertOfPost(input.media, input.targets);
    await draft?.end(repositories);
    await repositories.posts.insert({
      id,
      clientId: client.id,
      status: 'in_review',
      source: 'manual',
      caption: input.caption,
      hashtags: input.hashtags,
      firstComment: input.firstComment,
      altText: input.altText,
      mediaIds: input.media,
      ...timeOf(client, scheduledFor),
      slot: null,
      ...unapproved,
      heldReason: null,
      rejectedReason: null,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    });
    for (const [index, account] of accounts.entries()) {
      await repositories.targets.insert(newTarget(deps, id, account, input.targets[index]));
    }
    await recordConsents(repositories, await wholePostOf(repositories, id), input.targets, { by: actor, at: now });
    const message = phrase`Wrote a post for ${client.name}`;
    await deps.activity.record({ actor, kind: 'post.created', message, clientId: client.id, postId: id }, repositories);
  });
  tellChanged(deps, { id, clientId: input.clientId });
  return id;
}

/**
 * Changes a post. New content takes an approval away and sends the post back to review; a post that
 * is held for banned terms stays held until they are gone. A new time alone keeps the approval.
 * A new caption is for every network: of their own wordings only those stay that are given with it.
 * @throws {NotFound} @throws {Conflict} @throws {Unprocessable}
 */
export async function updatePost(
  deps: PipelineDeps,
  id: string,
  change: PostChange,
  actor: string,
  draft?: ByDraft,
): Promise<void> {
  await changePost(deps, id, actor, async (repositories, before) => {
    await assertEditable(repositories, before);
    draft?.before?.(before);
    await draft?.end(repositories);
    const now = deps.clock.now();
    const { scheduledFor, media, targets, ...texts } = change;
    if (media !== undefined) await assertOwnMedia(repositories, before.post.clientId, media);
    if (media !== undefined || targets !== undefined) {
      assertOfPost(media ?? before.post.mediaIds, standing(before, targets));
    }
    await repositories.posts.update(id, {
      ...texts,
      ...(media === undefined ? {} : { mediaIds: media }),
      ...(scheduledFor === undefined ? {} : await newTime(deps, repositories, before, scheduledFor)),
      updatedAt: now,
    });
    if (texts.caption !== undefined && texts.caption !== before.post.caption) {
      await dropOwnWordings(repositories, before, now);
    }
    if (targets !== undefined) await replaceTargets(deps, repositories, before, targets);
    const after = await wholePostOf(repositories, id);
    const isAgreed = await recordConsents(repositories, after, targets ?? [], { by: actor, at: now });
    const isChanged = hashOf(after, deps.digest) !== hashOf(before, deps.digest);
    if (isChanged) await backToReview(deps, repositories, before, after);
    else if (scheduledFor !== undefined) await releaseForNewTime(deps, repositories, after);
    if (isAgreed && !isChanged)
      return { kind: 'post.consented', message: `Agreed to TikTok's terms for a post of ${after.clientName}` };
    if (isChanged) await noteEdits(repositories, before, after, { random: deps.random, now, actor });
    const moved = { from: before.post.scheduledFor, to: after.post.scheduledFor };
    return {
      kind: isChanged ? 'post.edited' : 'post.rescheduled',
      message: describe(after, isChanged),
      detail: { changed: changedParts(before, after), ...(moved.from === moved.to ? {} : moved) },
    };
  });
}

/** The new time of a post as its columns. @throws {Unprocessable} */
export async function newTime(
  deps: PipelineDeps,
  repositories: Repositories,
  { post }: WholePost,
  scheduledFor: string,
): Promise<Pick<PostRecord, 'scheduledFor' | 'wallTime' | 'timezone' | 'publishNowAt'>> {
  const client = await clientOf(repositories, post.clientId);
  return { ...timeOf(client, chosenTime(scheduledFor, deps.clock.now())), publishNowAt: null };
}

/** A new time is a new start for what had missed its time or had failed; what is held for another reason stays so. */
export async function releaseForNewTime(
  deps: PipelineDeps,
  repositories: Repositories,
  { post, targets }: WholePost,
): Promise<void> {
  const now = deps.clock.now();
  const statuses: TargetRecord['status'][] = [];
  for (const target of targets) {
    const isReleased =
      target.status === 'pending' ||
      target.status === 'failed' ||
      (target.status === 'held' && missedCodes.has(target.errorCode));
    if (isReleased) await repositories.targets.update(target.id, { ...startAfresh, updatedAt: now });
    statuses.push(isReleased ? 'pending' : target.status);
  }
  if (post.approvedHash === null || statuses.includes('held')) return;
  await repositories.posts.update(post.id, { status: statusFromTargets(statuses), heldReason: null, updatedAt: now });
}

function timeOf(client: ClientRecord, at: number): Pick<PostRecord, 'scheduledFor' | 'wallTime' | 'timezone'> {
  return { scheduledFor: at, wallTime: wallTimeOf(at, client.timezone), timezone: client.timezone };
}

/** Takes the approval of a post away whose content is no longer what was approved. */
export async function backToReview(
  deps: PipelineDeps,
  repositories: Repositories,
  before: WholePost,
  after: WholePost,
): Promise<void> {
  const now = deps.clock.now();
  const [hit] = bannedHitsOf(after);
  const stays = before.post.status === 'held' && before.post.approvedHash === null && hit !== undefined;
  await repositories.posts.update(after.post.id, {
    ...unapproved,
    status: stays ? 'held' : 'in_review',
    heldReason: stays ? `The post contains the banned term “${hit.term}”.` : null,
    rejectedReason: null,
    updatedAt: now,
  });
  for (const { id, status } of after.targets) {
    if (status !== 'dropped') await repositories.targets.update(id, { ...startAfresh, updatedAt: now });
  }
}

async function dropOwnWordings(repositories: Repositories, { targets }: WholePost, now: number): Promise<void> {
  for (const { id, caption } of targets) {
    if (caption !== null) await repositories.targets.update(id, { caption: null, updatedAt: now });
  }
}

/** An account that stays keeps its row and its journal. */
async function replaceTargets(
  deps: PipelineDeps,
  repositories: Repositories,
  { post, targets }: WholePost,
  wanted: readonly TargetInput[],
): Promise<void> {
  const accounts = await chosenAccounts(repositories, post.clientId, wanted);
  for (const { id, accountId } of targets) {
    if (!wanted.some((input) => input.accountId === accountId)) await repositories.targets.remove(id);
  }
  for (const [index, account] of accounts.entries()) {
    const input = wanted[index];
    const existing = targets.find(({ accountId }) => accountId === account.id);
    const fresh = newTarget(deps, post.id, account, input);
    if (existing === undefined) await repositories.targets.insert(fresh);
    else await repositories.targets.update(existing.id, updateOf(existing, fresh, input));
  }
}

/** What a change asks of the accounts, with the options that it leaves as they are. */
function standing({ targets }: WholePost, wanted: readonly TargetInput[] = targets): TargetInput[] {
  return wanted.map((input) => ({
    ...input,
    options: input.options ?? targets.find(({ accountId }) => accountId === input.accountId)?.options,
  }));
}

/** What a person did not name stays as it is. */
function updateOf(
  existing: TargetRecord,
  fresh: TargetRecord,
  input: TargetInput | undefined,
): Partial<Omit<TargetRecord, 'id' | 'postId'>> {
  return {
    ...(existing.status === 'dropped' ? startAfresh : {}),
    ...(input?.caption === undefined ? {} : { caption: fresh.caption }),
    ...(input?.options === undefined ? {} : { options: fresh.options }),
    updatedAt: fresh.updatedAt,
  };
}

function newTarget(
  deps: PipelineDeps,
  postId: string,
  account: { id: string; platform: TargetRecord['platform'] },
  input: TargetInput | undefined,
): TargetRecord {
  return {
    id: deps.random.id(),
    postId,
    accountId: account.id,
    platform: account.platform,
    ...startAfresh,
    caption: input?.caption ?? null,
    options: input?.options ?? {},
    consent: null,
    remoteId: null,
    permalink: null,
    publishedAt: null,
    updatedAt: deps.clock.now(),
  };
}

function describe({ post, clientName }: WholePost, isChanged: boolean): string {
  return isChanged
    ? phrase`Changed a post of ${clientName}`
    : phrase`Moved a post of ${clientName} to ${zonedOf(post.scheduledFor, post.timezone)}`;
}
