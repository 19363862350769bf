import { Badge, Button, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { jobSchema } from '../../../shared/contract/admin.ts';
import { orpc } from '../../api/client.ts';
import { Failure } from '../../components/Failure.tsx';
import { formatDayTime, formatDuration, formatRelative, withLocalTimes } from '../../components/format.ts';
import { LoadingRows } from '../../components/Loading.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useNow } from '../../components/use-now.ts';
import { t } from '../../i18n/i18n.ts';
import { jobName, jobWords } from './actor-name.ts';

type Job = z.infer<typeof jobSchema>;

/** What the app does by itself, when it did it last and how that went, when it does it next, and doing it now. */
export function JobsPanel() {
  const jobs = useQuery(orpc.jobs.list.queryOptions({ refetchInterval: 30_000 }));
  return (
    <Panel title={t('activity:jobs.title')} description={t('activity:jobs.description')} flush>
      {jobs.isPending && <LoadingRows rows={9} height={72} />}
      {jobs.isError && <Failure error={jobs.error} retry={() => void jobs.refetch()} />}
      {jobs.isSuccess && (
        <Table.ScrollContainer minWidth={720}>
          <Table verticalSpacing="sm" horizontalSpacing="lg">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('activity:jobs.columns.job')}</Table.Th>
                <Table.Th>{t('activity:jobs.columns.last')}</Table.Th>
                <Table.Th>{t('activity:jobs.columns.next')}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{t('activity:jobs.run')}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {jobs.data.items.map((job) => (
                <JobRow key={job.name} job={job} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  );
}

function JobRow({ job }: { job: Job }) {
  const queryClient = useQueryClient();
  const name = jobName(job.name);
  const run = useMutation(
    orpc.jobs.run.mutationOptions({
      onSuccess(ended) {
        if (ended.lastError === null) {
          notifyDone(t('activity:jobs.done', { job: name, time: formatDuration(ended.lastDurationMs ?? 0) }));
        }
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.jobs.list.key() }),
    }),
  );
  return (
    <Table.Tr data-testid={`job-${job.name}`} style={{ verticalAlign: 'top' }}>
      <Table.Td miw={260}>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {jobWords(job.name) ?? withLocalTimes(job.description)}
        </Text>
      </Table.Td>
      <Table.Td miw={180}>
        <LastRun job={job} />
      </Table.Td>
      <Table.Td miw={120}>
        <NextRun at={job.nextRunAt} />
      </Table.Td>
      <Table.Td ta="end">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlayerPlay size={14} />}
          loading={run.isPending || job.running}
          onClick={() => run.mutate({ name: job.name })}
          aria-label={t('activity:jobs.runOne', { job: name })}
        >
          {t('activity:jobs.run')}
        </Button>
      </Table.Td>
    </Table.Tr>
  );
}

function LastRun({ job }: { job: Job }) {
  const now = useNow(1_000);
  if (job.runningSince !== null) {
    const time = formatDuration(Math.max(1_000, Math.round((now - Date.parse(job.runningSince)) / 1_000) * 1_000));
    return (
      <Text size="sm" c="iris" fw={550} role="status">
        {t('activity:jobs.runningFor', { time })}
      </Text>
    );
  }
  if (job.lastRunAt === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('activity:jobs.never')}
      </Text>
    );
  }
  const isGood = job.lastError === null;
  return (
    <>
      <Text size="sm" title={formatDayTime(job.lastRunAt)}>
        {formatRelative(job.lastRunAt, now)}
      </Text>
      <Group gap={6} mt={2}>
        <Badge
          size="sm"
          color={isGood ? 'teal' : 'red'}
          leftSection={isGood ? <IconCheck size={11} /> : <IconAlertTriangle size={11} />}
          style={{ flexShrink: 0 }}
        >
          {t(isGood ? 'activity:jobs.good' : 'activity:jobs.bad')}
        </Badge>
        {job.lastDurationMs !== null && (
          <Text size="xs" c="dimmed">
            {t('activity:jobs.took', { time: formatDuration(job.lastDurationMs) })}
          </Text>
        )}
      </Group>
      {job.lastError !== null && (
        <Text size="xs" c="red" mt={2} maw={340}>
          {withLocalTimes(job.lastError)}
        </Text>
      )}
    </>
  );
}

function NextRun({ at }: { at: string | null }) {
  const now = useNow(5_000);
  if (at === null) {
    return (
      <Text size="sm" c="dimmed">
        {t('activity:jobs.unplanned')}
      </Text>
    );
  }
  return (
    <Text size="sm" title={formatDayTime(at)}>
      {Date.parse(at) <= now ? t('common:time.now') : formatRelative(at, now)}
    </Text>
  );
}
