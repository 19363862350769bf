import { useQuery } from '@tanstack/react-query';
import type { Writing } from '../../../../shared/contract/writing.ts';
import { orpc } from '../../../api/client.ts';

/** The runs that a person asked for, the newest first; the core tells when something of them changes. */
export function useWriting(): readonly Writing[] {
  const query = useQuery(orpc.pipeline.progress.queryOptions());
  return query.data?.items.filter(({ actor }) => !actor.startsWith('job:')) ?? [];
}

/** How many posts of these runs there are to be, and how many of them are past their writing. */
export function soFar(runs: readonly Writing[]): { done: number; total: number } {
  const posts = runs.flatMap((run) => run.posts);
  return { done: posts.filter(({ step }) => step !== 'planned' && step !== 'media').length, total: posts.length };
}

/** How many are there to be looked at. */
export function writtenOf(runs: readonly Writing[]): number {
  return runs.flatMap((run) => run.posts).filter(({ postId }) => postId !== null).length;
}
