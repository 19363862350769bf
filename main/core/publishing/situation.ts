import { defaultRules, type Rules } from '../../../shared/contract/rules.ts';
import type {
  AccountRecord,
  ClientRecord,
  Digest,
  MediaRecord,
  PostRecord,
  Repositories,
  TargetRecord,
} from '../ports/index.ts';
import { contentHash, contentOf } from '../pipeline/content.ts';

/** All that decides whether a target may be sent, read at one moment. */
export interface Situation {
  target: TargetRecord;
  post: PostRecord;
  targets: TargetRecord[];
  account: AccountRecord;
  client: ClientRecord;
  media: MediaRecord[];
  bannedTerms: string[];
  rules: Rules;
  contentHash: string;
}

/** A person changed the post since it was read, or another run of the app went on with it: what they did stands. */
export class Overtaken extends Error {
  override name = 'Overtaken';
}

/** For `catch`. */
export function ignoreOvertaken(error: unknown): void {
  if (!(error instanceof Overtaken)) throw error;
}

/** @throws {Overtaken} when the target is no longer at the point, or its post not approved and timed as, it was when it was read */
export function assertUnchanged(
  { target, post }: Pick<Situation, 'target' | 'post'>,
  current: Pick<Situation, 'target' | 'post'> | undefined,
): void {
  const isUnchanged =
    current?.target.status === target.status &&
    current.post.approvedHash === post.approvedHash &&
    current.post.scheduledFor === post.scheduledFor &&
    current.post.publishNowAt === post.publishNowAt;
  if (!isUnchanged) throw new Overtaken('The post was changed meanwhile.');
}

/** Undefined when post, target or account are no longer there. */
export async function readSituation(
  store: Repositories,
  digest: Digest,
  targetId: string,
): Promise<Situation | undefined> {
  const target = await store.targets.get(targetId);
  if (target === undefined) return undefined;
  const [post, account, targets] = await Promise.all([
    store.posts.get(target.postId),
    store.accounts.get(target.accountId),
    store.targets.listOfPost(target.postId),
  ]);
  if (post === undefined || account === undefined) return undefined;
  const [client, media, brand, rules] = await Promise.all([
    store.clients.get(post.clientId),
    store.media.getMany(post.mediaIds),
    store.clients.brand(post.clientId),
    store.clients.rules(post.clientId),
  ]);
  if (client === undefined) return undefined;
  return {
    target,
    post,
    targets,
    account,
    client,
    media,
    bannedTerms: brand?.bannedTerms ?? [],
    rules: rules ?? defaultRules,
    contentHash: contentHash(contentOf(post, targets, media), digest),
  };
}
