import { Button, Center, Group, Loader, Progress, Text, VisuallyHidden } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconArrowLeft, IconChecks } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { orpc } from '../../api/client.ts';
import { Empty } from '../../components/Empty.tsx';
import { Failure } from '../../components/Failure.tsx';
import { count } from '../../components/format.ts';
import { WriteWeekButton } from '../posts/WriteWeekButton.tsx';
import { ReviewDesk } from './ReviewDesk.tsx';
import classes from './review.module.css';
import { addToReview, beginReview, showInReview, useReview } from './review-store.ts';
import { ButtonLink } from '../../components/links.tsx';

const route = getRouteApi('/frame/review');

/** One post at a time, until nothing waits. */
export function ReviewPage() {
  useDocumentTitle('Review · AutoSocial AI');
  const { client } = route.useSearch();
  const { pile, currentId } = useReview();
  const waiting = useQuery(
    orpc.pipeline.list.queryOptions({
      input: { status: 'in_review', limit: 200, ...(client === undefined ? {} : { clientId: client }) },
    }),
  );
  const begun = useRef(false);
  useEffect(() => {
    if (waiting.data === undefined) return;
    const ids = waiting.data.items.map(({ id }) => id);
    if (begun.current) addToReview(ids);
    else beginReview(ids);
    begun.current = true;
  }, [waiting.data]);

  if (waiting.isError) return <Failure error={waiting.error} retry={() => void waiting.refetch()} />;
  if (waiting.data === undefined || !begun.current) {
    return (
      <Center mih="60vh">
        <Loader type="dots" aria-label="Loading" />
      </Center>
    );
  }
  const left = waiting.data.items.map(({ id }) => id);
  const decided = pile.filter((id) => !left.includes(id)).length;
  const position = currentId === null ? 0 : pile.indexOf(currentId) + 1;

  return (
    <div className={classes.page}>
      <VisuallyHidden component="h1">Review</VisuallyHidden>
      <Group className={classes.top} wrap="nowrap">
        <ButtonLink to="/" variant="subtle" color="gray" size="compact-sm" leftSection={<IconArrowLeft size={16} />}>
          Home
        </ButtonLink>
        {pile.length > 0 && (
          <>
            <Progress value={(decided / pile.length) * 100} flex={1} size="sm" aria-label="Reviewed" />
            <Text size="sm" fw={600} className="tabular" role="status">
              {position > 0 ? `${position} of ${pile.length}` : `${decided} reviewed`}
            </Text>
          </>
        )}
      </Group>
      {currentId === null ? (
        <AllDone decided={decided} left={left} />
      ) : (
        <ReviewDesk key={currentId} id={currentId} waiting={left} />
      )}
    </div>
  );
}

function AllDone({ decided, left }: { decided: number; left: readonly string[] }) {
  const stats = useQuery(orpc.stats.queryOptions());
  const next = left[0];
  return (
    <Center mih="60vh">
      <Empty
        icon={IconChecks}
        title={decided > 0 ? 'All reviewed' : 'Nothing waits for review'}
        action={
          <Group justify="center">
            {next !== undefined && <Button onClick={() => showInReview(next)}>Back to those left</Button>}
            <WriteWeekButton variant={next === undefined ? 'filled' : 'default'} />
            <ButtonLink to="/pipeline" variant="default">
              See all posts
            </ButtonLink>
          </Group>
        }
      >
        {decided > 0 ? `You went through ${count(decided, 'post')}. ` : ''}
        {stats.data && stats.data.posts.approved > 0
          ? `${count(stats.data.posts.approved, 'post is', 'posts are')} scheduled and will go out by themselves.`
          : 'Have the AI write the coming days of a client, and its posts come here.'}
      </Empty>
    </Center>
  );
}
