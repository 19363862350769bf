import type { Post, Target } from '../../../../shared/contract/pipeline.ts';
import type { Variant } from '../../../../shared/contract/review.ts';

/** The text that other wordings are wanted of: what all accounts share, or what one says in its own words. */
export interface Wording {
  /** Null: the post's caption. */
  accountId: string | null;
  text: string;
}

/** What the account that is looked at says. */
export function wordingOf(post: Post, target: Target | undefined): Wording {
  return target === undefined || target.caption === null
    ? { accountId: null, text: post.caption }
    : { accountId: target.accountId, text: target.caption };
}

/** Wordings that were written together, the newest first; within one, in the order they were written. */
export function batchesOf(variants: readonly Variant[], { accountId }: Wording): Variant[][] {
  const batches = new Map<string, Variant[]>();
  for (const variant of variants.filter((candidate) => candidate.accountId === accountId)) {
    batches.set(variant.createdAt, [variant, ...(batches.get(variant.createdAt) ?? [])]);
  }
  return [...batches.entries()]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([, batch]) => batch.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
}

/** The change that puts a text in the place of a wording and leaves all other texts as they are. */
export function changeTo(post: Post, { accountId }: Wording, text: string) {
  const targets = post.targets.map((target) => ({
    accountId: target.accountId,
    caption: target.accountId === accountId ? text : target.caption,
  }));
  return { id: post.id, ...(accountId === null ? { caption: text } : {}), targets };
}
