import type { Problem } from '../../../shared/contract/common.ts';
import type { TargetOptions } from '../../../shared/contract/pipeline.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import { isStory } from '../../../shared/domain/story.ts';
import { Unprocessable } from '../errors.ts';
import { instantOf } from '../instants.ts';
import type { AccountRecord, Repositories } from '../ports/index.ts';

/** How far in the past a time may lie and still be taken for now. */
const toleranceMs = 5 * 60_000;
const farthestMs = 5 * 365 * 24 * 3_600_000;

/** One account of a post, as a person asks for it. */
export interface TargetInput {
  accountId: string;
  caption?: string | null;
  options?: TargetOptions;
}

/** The UTC ms a person chose. @throws {Unprocessable} when it is past or more than five years away */
export function chosenTime(scheduledFor: string, now: number): number {
  const at = instantOf(scheduledFor, 'scheduledFor');
  if (at < now - toleranceMs) {
    throw timeProblem('past', 'That time has passed. Choose a later one or publish now.');
  }
  if (at > now + farthestMs) throw timeProblem('far', 'Choose a time within the next five years.');
  return at;
}

/**
 * The accounts, in the order asked for.
 * @throws {Unprocessable} when one is not a connected account of this client, is named twice, or takes no story
 */
export async function chosenAccounts(
  repositories: Repositories,
  clientId: string,
  targets: readonly TargetInput[],
): Promise<AccountRecord[]> {
  const connected = await repositories.accounts.listOfClient(clientId);
  const problems: Problem[] = [];
  const accounts = targets.flatMap(({ accountId, options }, index) => {
    const field = `targets.${index}.accountId`;
    const account = connected.find(({ id }) => id === accountId);
    if (account === undefined) {
      problems.push({ field, code: 'unknown', message: 'This client has no such account connected.' });
      return [];
    }
    if (isStory(options ?? {}) && account.platform !== 'instagram') {
      const message = `${platformNames[account.platform]} gets no stories from here: only Instagram tells afterwards whether one is live.`;
      problems.push({ field: `targets.${index}.options.format`, code: 'story', message });
    }
    if (targets.findIndex((other) => other.accountId === accountId) < index) {
      problems.push({ field, code: 'twice', message: `${account.displayName} is chosen twice.` });
    }
    return account;
  });
  if (problems.length > 0) throw new Unprocessable(problems);
  return accounts;
}

/** @throws {Unprocessable} when a file is not this client's, or is named twice */
export async function assertOwnMedia(
  repositories: Repositories,
  clientId: string,
  mediaIds: readonly string[],
): Promise<void> {
  const found = await repositories.media.getMany([...new Set(mediaIds)]);
  const problems = mediaIds.flatMap((id, index): Problem[] => {
    const field = `media.${index}`;
    if (!found.some((media) => media.id === id && media.clientId === clientId)) {
      return [{ field, code: 'unknown', message: 'This client has no such file.' }];
    }
    return mediaIds.indexOf(id) < index ? [{ field, code: 'twice', message: 'The same file is there twice.' }] : [];
  });
  if (problems.length > 0) throw new Unprocessable(problems);
}

/** @throws {Unprocessable} when a network is to get a file, or somebody to be tagged on one, that the post does not have */
export function assertOfPost(mediaIds: readonly string[], targets: readonly TargetInput[]): void {
  const problems = targets.flatMap(({ options }, index): Problem[] => {
    const field = `targets.${index}.options`;
    const isThere = (id: string) => mediaIds.includes(id);
    const message = 'A network can only get files that are in the post.';
    const tagMessage = 'People can only be tagged on a picture that is in the post.';
    return [
      ...(options?.media?.every(isThere) === false ? [{ field: `${field}.media`, code: 'unknown', message }] : []),
      ...(options?.tagPlaces?.every(({ media }) => isThere(media)) === false
        ? [{ field: `${field}.tagPlaces`, code: 'unknown', message: tagMessage }]
        : []),
    ];
  });
  if (problems.length > 0) throw new Unprocessable(problems);
}

function timeProblem(code: string, message: string): Unprocessable {
  return new Unprocessable([{ field: 'scheduledFor', code, message }]);
}
