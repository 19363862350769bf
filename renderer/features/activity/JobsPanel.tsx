import { Button, Group, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { formatDuration, formatRelative } from '../../components/format.ts';
import { LoadingRows } from '../../components/Loading.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useNow } from '../../components/use-now.ts';
import classes from './activity.module.css';

/** What the app does by itself, when it did it last, and doing it now. */
export function JobsPanel() {
  const jobs = useQuery(orpc.jobs.list.queryOptions());
  return (
    <Panel title="By itself" flush>
      {jobs.isPending && <LoadingRows rows={3} height={80} />}
      {jobs.isError && <Failure error={jobs.error} retry={() => void jobs.refetch()} />}
      {jobs.data?.items.map((job) => (
        <JobRow key={job.name} job={job} />
      ))}
    </Panel>
  );
}

interface JobState {
  name: string;
  description: string;
  running: boolean;
  lastRunAt: string | null;
  lastDurationMs: number | null;
  lastError: string | null;
  nextRunAt: string | null;
}

function JobRow({ job }: { job: JobState }) {
  const now = useNow(5_000);
  const queryClient = useQueryClient();
  const run = useMutation(
    orpc.jobs.run.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.jobs.list.key() }),
    }),
  );
  const last = job.lastRunAt === null ? 'Never ran' : `Ran ${formatRelative(job.lastRunAt, now)}`;
  const took = job.lastDurationMs === null ? '' : `, took ${formatDuration(job.lastDurationMs)}`;
  return (
    <div className={classes.job}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={600} ff="monospace">
            {job.name}
          </Text>
          <Text size="sm" c="dimmed">
            {job.description}
          </Text>
        </div>
        <Button
          size="compact-sm"
          variant="light"
          style={{ flexShrink: 0 }}
          leftSection={<IconPlayerPlay size={14} />}
          loading={run.isPending || job.running}
          onClick={() => run.mutate({ name: job.name })}
          aria-label={`Run now: ${job.name}`}
        >
          Run now
        </Button>
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {last}
        {took}
        {job.nextRunAt && ` · next ${Date.parse(job.nextRunAt) <= now ? 'now' : formatRelative(job.nextRunAt, now)}`}
      </Text>
      {job.lastError && (
        <Text size="xs" c="red" mt={2}>
          {job.lastError}
        </Text>
      )}
    </div>
  );
}
