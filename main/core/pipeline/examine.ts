import type { Problem } from '../../../shared/contract/common.ts';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { findBannedTerms } from '../../../shared/domain/banned-terms.ts';
import { platformNames } from '../../../shared/domain/platform.ts';
import type {
  AttemptRecord,
  Digest,
  MediaFiles,
  MediaRecord,
  Networks,
  PostRecord,
  AccountRecord,
  Repositories,
  Risk,
  TargetRecord,
} from '../ports/index.ts';
import { sketchPublication } from '../publishing/publication.ts';
import { contentHash, contentOf, publishableFields } from './content.ts';

/** A post with everything that is shown of it or decides about it, read at one moment. */
export interface WholePost {
  post: PostRecord;
  clientName: string;
  targets: TargetRecord[];
  /** In the post's order; files that are gone are missing. */
  media: MediaRecord[];
  accounts: Map<string, AccountRecord>;
  /** What would keep targets that wait from going out, by target. */
  risks: Map<string, Risk>;
  /** The latest attempt, by target, of targets that wait for an answer or met with something. */
  attempts: Map<string, AttemptRecord>;
  bannedTerms: string[];
}

/** Posts of any clients; a post whose client is gone is left out. */
export async function readWhole(repositories: Repositories, posts: readonly PostRecord[]): Promise<WholePost[]> {
  const targets = await repositories.targets.listOfPosts(posts.map(({ id }) => id));
  const media = byId(await repositories.media.getMany(unique(posts.flatMap(({ mediaIds }) => mediaIds))));
  const accounts = byId(await repositories.accounts.getMany(unique(targets.map(({ accountId }) => accountId))));
  const attempts = await latestAttempts(repositories, targets);
  const risks = await risksOf(repositories, targets);
  const clientIds = unique(posts.map(({ clientId }) => clientId));
  const clients = byId(await repositories.clients.getMany(clientIds));
  const brands = await repositories.clients.brands(clientIds);
  const targetsOf = Map.groupBy(targets, ({ postId }) => postId);
  return posts.flatMap((post) => {
    const client = clients.get(post.clientId);
    if (client === undefined) return [];
    return {
      post,
      clientName: client.name,
      targets: targetsOf.get(post.id) ?? [],
      media: post.mediaIds.flatMap((id) => media.get(id) ?? []),
      accounts,
      attempts,
      risks,
      bannedTerms: brands.get(post.clientId)?.bannedTerms ?? [],
    };
  });
}

/** Names exactly what would be published. */
export function hashOf({ post, targets, media }: WholePost, digest: Digest): string {
  return contentHash(contentOf(post, targets, media), digest);
}

/** Banned terms in everything a reader could see, by field. */
export function bannedHitsOf({ post, targets, bannedTerms }: WholePost): Post['bannedHits'] {
  return Object.entries(publishableFields(post, targets)).flatMap(([field, text]) =>
    findBannedTerms(text, bannedTerms).map((hit) => ({ field, ...hit })),
  );
}

/** What stands in the way of publishing, per field; those that {@link blocks} says so of forbid an approval. */
export function problemsOf(whole: WholePost, deps: { networks: Networks; files: MediaFiles }): Problem[] {
  const { post, media } = whole;
  const targets = whole.targets.filter(({ status }) => !finished.has(status));
  const problems: Problem[] = [];
  if (whole.targets.every(({ status }) => status === 'dropped')) {
    problems.push({ field: 'targets', code: 'none', message: 'Choose at least one account.' });
  }
  for (const id of post.mediaIds.filter((mediaId) => !media.some((item) => item.id === mediaId))) {
    problems.push({ field: 'media', code: 'missing', message: `A file of this post is gone (${id}).` });
  }
  return [...problems, ...targets.flatMap((target) => targetProblems(whole, target, deps))];
}

/** An account that must be connected again can be mended after the approval; everything else not. */
export function blocks(problem: Problem): boolean {
  return problem.code !== 'reconnect';
}

const finished: ReadonlySet<string> = new Set(['published', 'delivered', 'dropped']);

function targetProblems(
  { post, media, accounts }: WholePost,
  target: TargetRecord,
  { networks, files }: { networks: Networks; files: MediaFiles },
): Problem[] {
  const network = platformNames[target.platform];
  const account = accounts.get(target.accountId);
  if (account === undefined || account.disconnectedAt !== null) {
    const message =
      account === undefined
        ? `${network}: An account was disconnected. Connect it again or remove it from the post.`
        : `${network}: ${account.displayName} was disconnected. Connect it again or remove it from the post.`;
    return [{ field: 'targets', code: 'disconnected', message }];
  }
  const found = networks[target.platform]
    .problems(sketchPublication({ post, target, media }, files), account)
    .map(({ field, code, message }) => ({ field, code, message: `${network}: ${message}` }));
  if (account.status !== 'reconnect') return found;
  const message = `${network}: ${account.displayName} must be connected again before anything is posted there.`;
  return [...found, { field: 'targets', code: 'reconnect', message }];
}

function latestAttempts({ attempts }: Repositories, targets: readonly TargetRecord[]) {
  const told = targets.filter(({ status, errorCode }) => status === 'confirming' || errorCode !== null);
  return attempts.latestOf(told.map(({ id }) => id));
}

/** What is no longer waiting is no longer at risk. */
async function risksOf(repositories: Repositories, targets: readonly TargetRecord[]): Promise<Map<string, Risk>> {
  const waiting = targets.filter(({ status }) => status === 'pending').map(({ id }) => id);
  const preflights = await repositories.preflights.of(waiting);
  return new Map(preflights.flatMap(({ targetId, risk }) => (risk === null ? [] : [[targetId, risk] as const])));
}

function byId<T extends { id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
