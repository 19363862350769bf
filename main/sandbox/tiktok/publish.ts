import { randomInt } from 'node:crypto';
import { inspectPhoto, inspectVideo, videoFailReason } from './media-file.ts';
import type { Creator, MediaFile, PrivacyLevel, Publish, World } from './world.ts';

const largestPhoto = 20_000_000;
const pullDeadlineMs = 60 * 60_000;

/**
 * Ends a transfer: checks the bytes and puts the post on the profile or the draft into the inbox
 * at once. The status keeps saying PROCESSING for some queries more, as the real one lags behind
 * what followers see. A fault `fail_reason` of `tiktok.processing` makes it fail instead.
 */
export function finishTransfer(world: World, publish: Publish, contents: Uint8Array[]): void {
  const creator = creatorOf(world, publish);
  const fault = world.faults.take('tiktok.processing', 'fail_reason');
  const inspected = contents.map((bytes) => ({ bytes, file: inspect(publish, bytes) }));
  const problem = fault ? String(fault.value) : firstProblem(publish, creator, inspected);
  if (problem !== null) return fail(world, publish, problem);

  publish.files = inspected.flatMap(({ bytes, file }) => (file ? [{ sha256: world.blobs.put(bytes), ...file }] : []));
  if (publish.destination === 'inbox') deliver(world, publish);
  else makePost(world, publish);
}

export function fail(world: World, publish: Publish, reason: string): void {
  publish.phase = 'failed';
  publish.failReason = reason;
  world.store.save();
  record(world, 'tiktok.failed', publish, { failReason: reason });
}

/**
 * What the creator does on the phone: posts the draft to everyone who may follow the account.
 *
 * @param caption what the creator types; by default what the app sent along, if anything.
 * @throws Error when no such draft waits.
 */
export function finishDraft(world: World, publishId: string, caption?: string): void {
  const publish = world.store.value.publishes[publishId];
  if (publish?.phase !== 'delivered') throw new Error('No such draft waits in the inbox.');
  if (caption !== undefined) publish.text = caption;
  publish.privacy = creatorOf(world, publish).private ? 'FOLLOWER_OF_CREATOR' : 'PUBLIC_TO_EVERYONE';
  makePost(world, publish);
}

/** Pulls the URLs of a publish in the background, as TikTok does after it has answered. */
export async function pullMedia(world: World, publish: Publish): Promise<void> {
  const contents = await Promise.all(publish.pullUrls.map(pull));
  // Cancelled or closed in the meantime.
  if (publish.phase !== 'transferring') return;
  const found = contents.filter((bytes) => bytes !== null);
  if (found.length === contents.length) finishTransfer(world, publish, found);
  else fail(world, publish, publish.media === 'video' ? 'video_pull_failed' : 'photo_pull_failed');
}

/** Redirects are not followed, by TikTok's media transfer guide. Null when the file cannot be had. */
async function pull(url: string): Promise<Uint8Array | null> {
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(pullDeadlineMs) });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null;
  }
}

function inspect(publish: Publish, bytes: Uint8Array): Omit<MediaFile, 'sha256'> | null {
  return publish.media === 'video' ? inspectVideo(bytes) : inspectPhoto(bytes);
}

function firstProblem(
  publish: Publish,
  creator: Creator,
  inspected: { bytes: Uint8Array; file: Omit<MediaFile, 'sha256'> | null }[],
): string | null {
  for (const { bytes, file } of inspected) {
    if (file === null) return 'file_format_check_failed';
    if (publish.media === 'photo' && bytes.length > largestPhoto) return 'picture_size_check_failed';
    const problem = publish.media === 'video' ? videoFailReason(file, creator.maxVideoSeconds) : null;
    if (problem !== null) return problem;
  }
  return null;
}

function deliver(world: World, publish: Publish): void {
  publish.phase = 'delivered';
  world.store.save();
  record(world, 'tiktok.inbox_delivered', publish, {});
}

function makePost(world: World, publish: Publish): void {
  publish.phase = 'published';
  publish.post = { id: newPostId(), publishedAt: world.now() };
  world.store.save();
  record(world, 'tiktok.published', publish, { postId: publish.post.id, privacy: publish.privacy as PrivacyLevel });
}

/** 19 digits, and always one that a JSON parser with doubles would round. */
export function newPostId(): string {
  const id = 7_000_000_000_000_000_000n + BigInt(randomInt(2 ** 40)) * 300_000n + BigInt(randomInt(300_000));
  return BigInt(Number(id)) === id ? newPostId() : String(id);
}

function record(world: World, operation: string, publish: Publish, more: Record<string, unknown>): void {
  const { id: publishId, creatorId, text } = publish;
  world.ledger.append({ at: world.now(), operation, status: 200, detail: { creatorId, publishId, text, ...more } });
}

function creatorOf(world: World, publish: Publish): Creator {
  const creator = world.store.value.creators[publish.creatorId];
  if (creator === undefined) throw new Error(`The creator of ${publish.id} is gone.`);
  return creator;
}
