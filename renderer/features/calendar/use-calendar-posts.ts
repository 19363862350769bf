import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CalendarPost } from '../../../shared/contract/pipeline.ts';
import { orpc } from '../../api/client.ts';
import { explain } from '../../api/errors.ts';
import { notifyError } from '../../components/notify.tsx';
import { t } from '../../i18n/i18n.ts';
import { usePostActions } from '../posts/use-post-actions.ts';

/** Which posts a calendar asks for: those scheduled in `[from, to)`, instants. */
export interface Asked {
  clientId?: string;
  from: string;
  to: string;
}

/** All posts of a stretch of time, in short; the ones before stay while new ones are read. */
export function useCalendarPosts(asked: Asked) {
  return useQuery({
    ...orpc.pipeline.calendar.queryOptions({ input: asked }),
    select: ({ items }) => items,
    placeholderData: keepPreviousData,
  });
}

/**
 * Moves a post at once on the page and then in the core; when the core refuses, it goes back and the reason is shown.
 * The same call as in the dialog "Reschedule", with the same way back.
 */
export function useMovePost(asked: Asked): (post: CalendarPost, scheduledFor: string, onMoved?: () => void) => void {
  const queryClient = useQueryClient();
  const { reschedule } = usePostActions();
  const show = (changed: CalendarPost) =>
    queryClient.setQueryData(orpc.pipeline.calendar.queryKey({ input: asked }), (known) =>
      known === undefined
        ? known
        : { items: known.items.map((post) => (post.id === changed.id ? { ...post, ...changed } : post)) },
    );
  return (post, scheduledFor, onMoved) => {
    if (Date.parse(scheduledFor) === Date.parse(post.scheduledFor)) return;
    show({ ...post, scheduledFor });
    reschedule.mutate(
      { post, scheduledFor },
      {
        onSuccess: (moved) => {
          show(moved);
          onMoved?.();
        },
        onError: (error) => {
          show(post);
          const { problems, message } = explain(error);
          notifyError(new Error(t('calendar:move.refused', { reason: problems[0]?.message ?? message })));
        },
      },
    );
  };
}
