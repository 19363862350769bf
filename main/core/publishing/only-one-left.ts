import type { AttemptRecord, AttemptRepository, LookUp } from '../ports/index.ts';

/**
 * What is live as one of several posts is the one that is left when those are taken away which are known as what other
 * attempts published. While more are left, where it is stays unknown: another post is never taken for it. An answer
 * that does not say whether it is live at all says so too by that.
 */
export async function onlyOneLeft(
  attempts: Pick<AttemptRepository, 'isBound'>,
  { remoteAccountId }: Pick<AttemptRecord, 'remoteAccountId'>,
  found: LookUp,
): Promise<LookUp> {
  if ((found.kind !== 'published' && found.kind !== 'ambiguous') || found.oneOf === undefined) return found;
  const left = [];
  for (const post of found.oneOf) {
    if (!(await attempts.isBound(remoteAccountId, post.remoteId))) left.push(post);
  }
  const [post, ...others] = left;
  if (post !== undefined && others.length === 0) return { kind: 'published', ...post };
  return found.kind === 'ambiguous' ? found : { kind: 'published', remoteId: null, permalink: null };
}
