import { Box, Center, Loader, VisuallyHidden } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { firstWeekday } from '../../components/format.ts';
import { t } from '../../i18n/i18n.ts';
import { ReviewDesk } from './ReviewDesk.tsx';
import { ReviewEnd } from './ReviewEnd.tsx';
import { ReviewTop } from './ReviewTop.tsx';
import classes from './review.module.css';
import { queryOf, type ReviewScope } from './review-scope.ts';
import { useDecisions } from './use-decisions.ts';
import { useReviewKeys } from './use-review-keys.ts';
import { addToReview, beginReview, useReview } from './review-store.ts';

const route = getRouteApi('/frame/review');

/** One post at a time, until nothing waits. */
export function ReviewPage() {
  useDocumentTitle(t('app:pageTitle', { page: t('review:title') }));
  const scope: ReviewScope = route.useSearch();
  return <Review key={JSON.stringify(scope)} scope={scope} />;
}

function Review({ scope }: { scope: ReviewScope }) {
  const { pile, currentId, decided } = useReview();
  // The week is that in which one began, so that midnight does not take posts away.
  const [query] = useState(() => queryOf(scope, Date.now(), firstWeekday()));
  const waiting = useQuery(orpc.pipeline.list.queryOptions({ input: query }));
  const [visit] = useState(() => ({}));
  const isBegun = useReview((state) => state.visit === visit);
  useEffect(() => {
    if (waiting.data === undefined) return;
    const ids = waiting.data.items.map(({ id }) => id);
    if (useReview.getState().visit === visit) addToReview(ids);
    else beginReview(ids, visit);
  }, [waiting.data, visit]);
  const ids = waiting.data?.items.map(({ id }) => id) ?? [];
  const decisions = useDecisions(ids);
  useReviewKeys({ undo: () => void decisions.undo() });
  useHaveReady(waiting.data?.items ?? [], currentId);

  if (waiting.isError) {
    return (
      <div className={classes.page}>
        <VisuallyHidden component="h1">{t('review:title')}</VisuallyHidden>
        <ReviewTop scope={scope} decided={0} total={0} position={0} />
        <Box p="xl">
          <Failure error={waiting.error} retry={() => void waiting.refetch()} />
        </Box>
      </div>
    );
  }
  if (waiting.data === undefined || !isBegun) {
    return (
      <Center mih="60vh">
        <Loader type="dots" aria-label={t('common:loading')} />
      </Center>
    );
  }
  const left = ids.filter((id) => !decided.has(id));
  const done = pile.filter((id) => decided.has(id) || !ids.includes(id)).length;

  return (
    <div className={classes.page}>
      <VisuallyHidden component="h1">{t('review:title')}</VisuallyHidden>
      <ReviewTop
        scope={scope}
        decided={done}
        total={pile.length}
        position={currentId === null ? 0 : pile.indexOf(currentId) + 1}
      />
      {currentId === null ? (
        <ReviewEnd scope={scope} left={left} onUndo={() => void decisions.undo()} />
      ) : (
        <ReviewDesk key={currentId} id={currentId} decisions={decisions} />
      )}
    </div>
  );
}

/** The posts of the list need not be asked for again, and the next one's pictures are there before it is shown. */
function useHaveReady(posts: readonly Post[], currentId: string | null): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    for (const post of posts) {
      const queryKey = orpc.pipeline.get.queryKey({ input: { id: post.id } });
      if (queryClient.getQueryData(queryKey) === undefined) queryClient.setQueryData(queryKey, post);
    }
  }, [posts, queryClient]);
  useEffect(() => {
    const next = posts[posts.findIndex(({ id }) => id === currentId) + 1];
    for (const { kind, url } of next?.media ?? []) if (kind === 'image') new Image().src = url;
  }, [posts, currentId]);
}
