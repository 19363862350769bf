import { Group, Progress, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { orpc } from '../../api/client.ts';
import { firstWeekday, formatNumber, formatUsd } from '../../components/format.ts';
import { Failure } from '../../components/Failure.tsx';
import { TextLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { t } from '../../i18n/i18n.ts';
import { countOf, type PostGroup } from '../posts/post-groups.ts';
import { dayFromToday, startOf } from '../posts/post-range.ts';
import classes from './home.module.css';

const groups = ['published', 'scheduled', 'review', 'attention'] as const satisfies readonly PostGroup[];

/** The week in four numbers, each with its list, and what the AI cost this month. */
export function ThisWeek() {
  const gone = (new Date().getDay() - firstWeekday() + 7) % 7;
  const [from, to] = [dayFromToday(-gone), dayFromToday(6 - gone)];
  const week = useQuery(
    orpc.pipeline.counts.queryOptions({ input: { from: startOf(from), to: startOf(dayFromToday(7 - gone)) } }),
  );
  if (week.isError) return <Failure error={week.error} retry={() => void week.refetch()} />;
  if (week.data === undefined) return <Skeleton height={262} radius="lg" />;
  const { counts } = week.data;
  return (
    <Panel title={t('home:week.title')} data-testid="this-week">
      <Stack gap="lg">
        <SimpleGrid cols={2} spacing="xs" verticalSpacing="xs" className={classes.figures}>
          {groups.map((group) => (
            <Link key={group} to="/pipeline" search={{ show: group, from, to }} className={classes.figure}>
              <Text component="span" display="block" fz={26} fw={650} lh={1.15} className="tabular">
                {formatNumber(countOf(group, counts))}
              </Text>
              <Text component="span" display="block" size="sm" c="dimmed">
                {t(`home:week.${group}`)}
              </Text>
            </Link>
          ))}
        </SimpleGrid>
        <Spend />
      </Stack>
    </Panel>
  );
}

/** What the AI has cost this month, and how much of the limit that is. */
function Spend() {
  const stats = useQuery(orpc.stats.queryOptions());
  const settings = useQuery(orpc.settings.get.queryOptions());
  if (stats.data === undefined || settings.data === undefined) return <Skeleton height={62} />;
  const { spend } = stats.data;
  const budget = settings.data.monthlyBudgetMicroUsd;
  const spent = formatUsd(spend.microUsd);
  return (
    <div>
      <Group justify="space-between" mb={6} align="baseline">
        <Text size="sm" c="dimmed">
          {t('home:spend.title')}
        </Text>
        <TextLink to="/activity" search={{ tab: 'usage' }} size="sm" fw={600} c="inherit" className="tabular">
          {budget === null ? spent : t('home:spend.ofLimit', { spent, limit: formatUsd(budget) })}
        </TextLink>
      </Group>
      {budget !== null && budget > 0 ? (
        <Progress
          value={Math.min(100, (spend.microUsd / budget) * 100)}
          color={spend.microUsd > budget * 0.9 ? 'red' : spend.microUsd > budget * 0.7 ? 'orange' : 'iris'}
          aria-label={t('home:spend.share')}
        />
      ) : (
        <TextLink to="/activity" search={{ tab: 'usage' }} size="xs">
          {t('home:spend.setLimit')}
        </TextLink>
      )}
      <Text size="xs" c="dimmed" mt={8}>
        {t('home:spend.made', {
          pictures: t('common:count.pictures', { count: spend.images }),
          videos: t('common:count.videos', { count: spend.videos }),
          calls: t('common:count.calls', { count: spend.calls }),
        })}
      </Text>
    </div>
  );
}
