import { Group, Progress, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { orpc } from '../../api/client.ts';
import { formatUsd } from '../../components/format.ts';
import { TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { dayFromToday, startOf } from '../posts/post-range.ts';

/** The week in four numbers, and what the AI cost this month. */
export function ThisWeek() {
  const stats = useQuery(orpc.stats.queryOptions());
  const settings = useQuery(orpc.settings.get.queryOptions());
  const weekday = (new Date().getDay() + 6) % 7;
  const range = { from: startOf(dayFromToday(-weekday)), to: startOf(dayFromToday(7 - weekday)) };
  const week = useQuery(orpc.pipeline.list.queryOptions({ input: { ...range, limit: 200 } }));
  if (stats.data === undefined || week.data === undefined) return <Skeleton height={250} radius="lg" />;

  const inWeek = (...statuses: string[]) => week.data.items.filter(({ status }) => statuses.includes(status)).length;
  const budget = settings.data?.monthlyBudgetMicroUsd ?? null;
  const { spend } = stats.data;
  return (
    <Panel title="This week">
      <Stack gap="lg">
        <SimpleGrid cols={2} verticalSpacing="md">
          <Figure value={inWeek('published', 'partly_published')} label="published" />
          <Figure value={inWeek('approved', 'publishing')} label="scheduled" />
          <Figure value={inWeek('in_review')} label="to review" />
          <Figure value={stats.data.dueNext24h} label="due in 24 hours" />
        </SimpleGrid>
        <div>
          <Group justify="space-between" mb={6} align="baseline">
            <Text size="sm" c="dimmed">
              AI spend this month
            </Text>
            <Text size="sm" fw={600} className="tabular">
              {formatUsd(spend.microUsd)}
              {budget !== null && (
                <Text span c="dimmed" fw={400} inherit>
                  {' '}
                  of {formatUsd(budget)}
                </Text>
              )}
            </Text>
          </Group>
          {budget !== null && budget > 0 ? (
            <Progress
              value={Math.min(100, (spend.microUsd / budget) * 100)}
              color={spend.microUsd > budget * 0.9 ? 'red' : spend.microUsd > budget * 0.7 ? 'orange' : 'iris'}
              aria-label="Share of the monthly budget spent"
            />
          ) : (
            <TextLink to="/activity" search={{ tab: 'usage' }} size="xs">
              Set a monthly limit
            </TextLink>
          )}
          <Text size="xs" c="dimmed" mt={8}>
            {spend.images.toLocaleString('en-US')} pictures, {spend.videos.toLocaleString('en-US')} videos,{' '}
            {spend.calls.toLocaleString('en-US')} calls. An estimate from listed prices.
          </Text>
        </div>
      </Stack>
    </Panel>
  );
}

function Figure({ value, label }: { value: number; label: string }) {
  return (
    <div>
      <Text fz={26} fw={650} lh={1.15} className="tabular">
        {value}
      </Text>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
    </div>
  );
}
