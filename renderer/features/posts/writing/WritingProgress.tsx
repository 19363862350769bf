import { Badge, Box, Button, Group, Loader, Progress, ScrollArea, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconClock, IconMinus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Writing, WritingStep } from '../../../../shared/contract/writing.ts';
import { orpc } from '../../../api/client.ts';
import { formatDay, formatTime, withLocalTimes } from '../../../components/format.ts';
import { MediaThumb } from '../../../components/MediaThumb.tsx';
import { t } from '../../../i18n/i18n.ts';
import { closeWriteWeek } from '../write-week-store.ts';
import { soFar, writtenOf } from './use-writing.ts';
import classes from './writing.module.css';

/** How far the runs are, post by post. */
export function WritingProgress({ runs, onMore }: { runs: readonly Writing[]; onMore: () => void }) {
  const navigate = useNavigate();
  const { done, total } = soFar(runs);
  const isRunning = runs.some(({ endedAt }) => endedAt === null);
  const written = writtenOf(runs);
  const share = isRunning ? Math.max(5, (done / Math.max(1, total)) * 100) : 100;
  return (
    <Stack>
      <Progress
        value={share}
        animated={isRunning}
        color={isRunning ? 'iris' : 'teal'}
        aria-label={t('posts:week.progress')}
      />
      <Text size="sm" role="status">
        {isRunning
          ? t('posts:week.soFar', { done, total })
          : written === 0
            ? t('posts:week.doneNone')
            : t('posts:week.done', { count: written })}
      </Text>
      <ScrollArea.Autosize mah="50vh" type="auto">
        <Stack gap="md">
          {runs.map((run) => (
            <Run key={run.clientId} run={run} />
          ))}
        </Stack>
      </ScrollArea.Autosize>
      <Group justify="flex-end">
        <Button variant="subtle" onClick={onMore}>
          {t('posts:week.again')}
        </Button>
        <Button variant="default" onClick={closeWriteWeek}>
          {t(isRunning ? 'posts:week.background' : 'common:action.close')}
        </Button>
        {!isRunning && written > 0 && (
          <Button
            onClick={() => {
              closeWriteWeek();
              void navigate({ to: '/review' });
            }}
          >
            {t('posts:week.review')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Run({ run }: { run: Writing }) {
  const queryClient = useQueryClient();
  const stop = useMutation(
    orpc.pipeline.stopWriting.mutationOptions({
      onSuccess: (answer) => queryClient.setQueryData(orpc.pipeline.progress.queryKey(), answer),
    }),
  );
  const { clientId, clientName, state, problem, posts, endedAt } = run;
  return (
    <Box data-testid="writing-run" data-state={state}>
      <Group justify="space-between" wrap="nowrap" mb={6}>
        <Group gap="xs" wrap="nowrap" style={{ minWidth: 0 }}>
          <Text size="sm" fw={600} truncate>
            {clientName}
          </Text>
          <Badge variant="light" color={stateColors[state]} style={{ flexShrink: 0 }}>
            {t(`posts:week.state.${state}`)}
          </Badge>
        </Group>
        {endedAt === null && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            loading={stop.isPending || stop.isSuccess}
            onClick={() => stop.mutate({ clientId })}
          >
            {t('posts:week.stop')}
          </Button>
        )}
      </Group>
      {problem !== null && (
        <Text size="sm" c="orange">
          {withLocalTimes(problem)}
        </Text>
      )}
      {state === 'stopped' && (
        <Text size="sm" c="dimmed" mb={6}>
          {t('posts:week.stopped')}
        </Text>
      )}
      <div className={classes.posts}>
        {posts.map((post) => (
          <Step key={post.postId ?? post.wallTime} post={post} />
        ))}
      </div>
    </Box>
  );
}

function Step({ post }: { post: Writing['posts'][number] }) {
  const { scheduledFor, postId, step } = post;
  const content = (
    <>
      <Picture postId={postId} />
      <span className={classes.words}>
        <Text component="span" size="xs" fw={600} className="tabular" truncate>
          {formatDay(scheduledFor)} {formatTime(scheduledFor)}
        </Text>
        <Text component="span" size="xs" c={step === 'needs_person' ? 'orange' : 'dimmed'} className={classes.step}>
          {stepIcons[step]}
          {t(`posts:week.step.${step}`)}
        </Text>
      </span>
    </>
  );
  if (postId === null) {
    return (
      <div className={classes.post} data-testid="writing-post" data-step={step}>
        {content}
      </div>
    );
  }
  return (
    <Link
      to="/posts/$id"
      params={{ id: postId }}
      className={classes.post}
      data-testid="writing-post"
      data-step={step}
      onClick={closeWriteWeek}
    >
      {content}
    </Link>
  );
}

function Picture({ postId }: { postId: string | null }) {
  const post = useQuery(
    orpc.pipeline.get.queryOptions({ input: { id: postId ?? '' }, enabled: postId !== null, meta: { quiet: true } }),
  );
  return <MediaThumb media={post.data?.media[0]} size={40} />;
}

const stateColors: Record<Writing['state'], string> = {
  waiting: 'gray',
  texts: 'iris',
  media: 'iris',
  done: 'teal',
  failed: 'orange',
  stopped: 'gray',
};

const stepIcons: Record<WritingStep, ReactNode> = {
  planned: <IconCircleDashed size={13} aria-hidden />,
  media: <Loader size={11} aria-hidden />,
  ready: <IconCheck size={13} aria-hidden />,
  needs_person: <IconAlertTriangle size={13} aria-hidden />,
  later: <IconClock size={13} aria-hidden />,
  left_out: <IconMinus size={13} aria-hidden />,
};
