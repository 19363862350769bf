import { useQuery } from '@tanstack/react-query';
import type { Post, Target } from '../../../shared/contract/pipeline.ts';
import { orpc } from '../../api/client.ts';
import type { StopScope } from './stop-store.ts';

/** A post with those of its targets that are meant. */
export interface Affected {
  post: Post;
  targets: Target[];
}

/** What a stop did not reach, or left waiting. */
export interface StopEffect {
  /** Being sent at this moment; a request that has left cannot be called back. */
  inFlight: Affected[];
  /** Sent, and the network has not said how it ended. */
  unknown: Affected[];
  /** Waiting for a person. */
  held: Affected[];
  /** Their time came while publishing was stopped: held for that, or about to be. */
  dueMeanwhile: Affected[];
  isPending: boolean;
  /** Why none of this is known; null when it is. */
  error: Error | null;
}

/** The question behind {@link useAffected}. */
export function affectedOptions({ scope, id }: StopScope) {
  const client = scope === 'client' && id !== null ? { clientId: id } : {};
  return orpc.pipeline.list.queryOptions({
    input: { ...client, status: ['publishing', 'held', 'approved'], limit: 200 },
  });
}

/** The posts that a stop of this scope concerns, kept true by pushed changes. */
export function useAffected(stop: StopScope): StopEffect {
  const { scope, id } = stop;
  const posts = useQuery({ ...affectedOptions(stop), staleTime: 0 });
  const all = posts.data?.items ?? [];
  const pick = (wanted: (target: Target) => boolean): Affected[] =>
    all.flatMap((post) => {
      const targets = post.targets.filter(
        (target) => (scope !== 'account' || target.accountId === id) && wanted(target),
      );
      return targets.length === 0 ? [] : [{ post, targets }];
    });
  return {
    inFlight: pick(({ status }) => status === 'publishing'),
    unknown: pick(({ status }) => status === 'confirming'),
    held: pick(({ status }) => status === 'held'),
    dueMeanwhile: pick(
      ({ status, error }) =>
        (status === 'held' && error?.code === 'after_stop') || (status === 'pending' && error?.code === 'stopped'),
    ),
    isPending: posts.isPending,
    error: posts.error,
  };
}
