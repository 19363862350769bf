import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { orpc } from '../../api/client.ts';
import { noteSeen, useTour } from './tour-store.ts';

/** The post that a person approved since the tour began, wherever she did; undefined while there is none. */
export function useApproved(): Post | undefined {
  const seen = useTour((tour) => tour.seen);
  const approvals = useQuery(orpc.logs.queryOptions({ input: { kind: 'post.approved', limit: 10 } }));
  const last = approvals.data?.items.find(({ actor }) => !actor.startsWith('job:'));
  const isKnown = approvals.data !== undefined;
  useEffect(() => {
    if (seen === null && isKnown) noteSeen(last?.id ?? '');
  }, [seen, isKnown, last?.id]);

  const id = seen === null || last === undefined || last.id === seen ? null : last.postId;
  const post = useQuery({ ...orpc.pipeline.get.queryOptions({ input: { id: id ?? '' } }), enabled: id !== null });
  return id === null ? undefined : post.data;
}
