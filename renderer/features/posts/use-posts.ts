import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Post } from '../../../shared/contract/pipeline.ts';
import type { PostOrder } from '../../../shared/domain/post.ts';
import { orpc } from '../../api/client.ts';
import type { PostFilter } from './filter/post-filter.ts';
import type { NeedKind } from '../../../shared/domain/need.ts';
import { countOf, type PostGroup, statusesOf } from './post-groups.ts';
import { rangeOf } from './post-range.ts';

/** What a table asks for at once. */
const tablePage = 60;

/** The posts of a filter, page after page; `posts` are those that are loaded. */
export function usePosts(filter: PostFilter, order: PostOrder, pageSize = tablePage) {
  const conditions = conditionsOf(filter);
  const query = useInfiniteQuery(
    orpc.pipeline.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...conditions, order, cursor, limit: pageSize }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
      placeholderData: (before) => before,
    }),
  );
  return { query, posts: once(query.data?.pages.flatMap(({ items }) => items) ?? []) };
}

/** How many posts each group has under the other conditions of the filter; null until it is known. */
export function useGroupCounts(filter: PostFilter): (group: PostGroup) => number | null {
  const countsFor = (group: PostGroup) => {
    const { status: _, ...rest } = conditionsOf({ ...filter, need: undefined, groups: group === 'all' ? [] : [group] });
    return { ...orpc.pipeline.counts.queryOptions({ input: rest }), placeholderData: <T>(before: T) => before };
  };
  // The groups whose usual time differs; the same question is asked once.
  const all = useQuery(countsFor('all')).data?.counts;
  const published = useQuery(countsFor('published')).data?.counts;
  const others = useQuery(countsFor('review')).data?.counts;
  return (group) => {
    const counts = group === 'all' ? all : group === 'published' ? published : others;
    return counts === undefined ? null : countOf(group, counts);
  };
}

/** How many posts wait for each kind of decision under the other conditions of the filter; null until it is known. */
export function useNeedCounts(filter: PostFilter): Readonly<Record<NeedKind, number>> | null {
  const { status: _, ...conditions } = conditionsOf({ ...filter, need: undefined, groups: ['attention'] });
  const question = orpc.pipeline.needs.queryOptions({ input: conditions });
  return useQuery({ ...question, placeholderData: (before) => before }).data?.needs ?? null;
}

/** A filter as the core is asked. */
function conditionsOf(filter: PostFilter) {
  const { groups, need, clients, networks, text } = filter;
  const status = statusesOf(need === undefined ? groups : ['attention']);
  return {
    ...(status === null ? {} : { status }),
    ...(clients.length === 0 ? {} : { clientId: [...clients] }),
    ...(networks.length === 0 ? {} : { network: [...networks] }),
    ...(text === '' ? {} : { search: text }),
    ...(need === undefined ? {} : { need }),
    ...rangeOf(filter),
  };
}

/** A post that moved between two pages while they were asked for comes twice; it is shown where it was met first. */
function once(posts: readonly Post[]): Post[] {
  return [...new Map(posts.map((post) => [post.id, post])).values()];
}
