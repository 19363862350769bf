import type { AttemptRecord, AttemptRepository, LookUp } from '../ports/index.ts';

/**
 * What a look-up has found, where it leaves open which of several posts is the attempt's: those that are bound to other
 * attempts are not, and when exactly one is left, that is it.
 */
export async function identify(
  attempts: Pick<AttemptRepository, 'boundPosts'>,
  { remoteAccountId }: Pick<AttemptRecord, 'remoteAccountId'>,
  found: LookUp,
): Promise<LookUp> {
  if (found.kind !== 'published' && found.kind !== 'ambiguous') return found;
  const { among = [] } = found;
  if (among.length === 0) return found;
  const ids = among.map(({ remoteId }) => remoteId);
  const bound = await attempts.boundPosts(remoteAccountId, ids);
  const [only, ...others] = among.filter(({ remoteId }) => !bound.has(remoteId));
  return only === undefined || others.length > 0 ? found : { kind: 'published', ...only };
}
