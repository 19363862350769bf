import { keepPreviousData, type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { postStatuses } from '../../../shared/domain/post.ts';
import { client, orpc } from '../../api/client.ts';
import { explain } from '../../api/errors.ts';
import { notifyError } from '../../components/notify.tsx';
import { wallTimeAt } from '../../components/zoned-time.ts';
import { t } from '../../i18n/i18n.ts';
import { usePostActions } from '../posts/use-post-actions.ts';

/** Which posts a calendar asks for: those scheduled in `[from, to)`, instants. */
export interface Asked {
  clientId?: string;
  from: string;
  to: string;
}

/** What was rejected goes nowhere, so it has no place in a calendar. */
const shownStatuses = postStatuses.filter((status) => status !== 'rejected');
const pageSize = 200;

/** All posts of a stretch of time, however many pages they fill; the ones before stay while new ones are read. */
export function useCalendarPosts(asked: Asked) {
  return useQuery({
    queryKey: keyOf(asked),
    queryFn: ({ signal }) => readAll(asked, signal),
    placeholderData: keepPreviousData,
  });
}

/**
 * Moves a post at once on the page and then in the core; when the core refuses, it goes back and the reason is shown.
 * The same call as in the dialog "Reschedule", with the same way back.
 */
export function useMovePost(asked: Asked): (post: Post, scheduledFor: string) => void {
  const queryClient = useQueryClient();
  const { reschedule } = usePostActions();
  const show = (changed: Post) =>
    queryClient.setQueryData<Post[]>(keyOf(asked), (posts) =>
      posts?.map((post) => (post.id === changed.id ? changed : post)),
    );
  return (post, scheduledFor) => {
    if (Date.parse(scheduledFor) === Date.parse(post.scheduledFor)) return;
    show({ ...post, scheduledFor, wallTime: wallTimeAt(scheduledFor, post.timezone) });
    reschedule.mutate(
      { post, scheduledFor },
      {
        onSuccess: show,
        onError: (error) => {
          show(post);
          const { problems, message } = explain(error);
          notifyError(new Error(t('calendar:move.refused', { reason: problems[0]?.message ?? message })));
        },
      },
    );
  };
}

/** Below the key of all lists of posts, so that it is asked again when one of them changes. */
function keyOf(asked: Asked): QueryKey {
  return [...orpc.pipeline.list.key({ type: 'query', input: { ...asked, status: shownStatuses } }), 'all pages'];
}

async function readAll(asked: Asked, signal: AbortSignal): Promise<Post[]> {
  const posts: Post[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.pipeline.list({ ...asked, status: shownStatuses, cursor, limit: pageSize }, { signal });
    posts.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return posts;
}
