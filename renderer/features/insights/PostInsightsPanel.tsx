import { Box, Divider, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { PostInsights } from '../../../shared/contract/insights.ts';
import type { Post } from '../../../shared/contract/pipeline.ts';
import type { PostMetric } from '../../../shared/domain/metrics.ts';
import { type Platform, platformNames } from '../../../shared/domain/platform.ts';
import { orpc } from '../../api/client.ts';
import { formatDayTime, formatNumber } from '../../components/format.ts';
import { Panel } from '../../components/Panel.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { t } from '../../i18n/i18n.ts';
import { Sparkline } from './Sparkline.tsx';

/** What a post has had on each account it is live on. */
export function PostInsightsPanel({ post }: { post: Post }) {
  const isLive = post.targets.some(({ status }) => status === 'published');
  const insights = useQuery(orpc.insights.ofPost.queryOptions({ input: { id: post.id }, enabled: isLive }));
  if (!isLive || insights.data === undefined) return null;
  return (
    <Panel title={t('insights:post.title')} description={t('insights:post.description')} data-testid="insights">
      <Stack gap="md">
        {insights.data.items.map((item, index) => (
          <Box key={item.targetId}>
            {index > 0 && <Divider mb="md" />}
            <TargetFigures item={item} zone={post.timezone} />
          </Box>
        ))}
      </Stack>
    </Panel>
  );
}

function TargetFigures({ item, zone }: { item: PostInsights; zone: string }) {
  const { latest, series, platform } = item;
  const lead = latest?.metrics.views;
  const others = latest === null ? [] : shown.filter((metric) => latest.metrics[metric] !== undefined);
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap="sm" mb={latest === null ? 4 : 'sm'}>
        <Group gap={8} wrap="nowrap" style={{ minWidth: 0 }}>
          <PlatformIcon platform={platform} size={18} />
          <Text size="sm" fw={550} truncate>
            {item.accountName}
          </Text>
        </Group>
        {latest !== null && (
          <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {formatDayTime(latest.takenAt, zone)}
          </Text>
        )}
      </Group>
      {latest === null ? (
        <Text size="sm" c="dimmed">
          {nothingYet(platform)}
        </Text>
      ) : (
        <Group align="flex-start" gap="xl" wrap="wrap">
          {lead !== undefined && (
            <Group align="flex-end" gap="sm" wrap="nowrap">
              <Figure value={lead} label={t('insights:post.views')} isLead />
              <Sparkline values={series.flatMap(({ metrics }) => metrics.views ?? [])} />
            </Group>
          )}
          <SimpleGrid
            cols={Math.min(4, Math.max(1, others.length))}
            spacing="lg"
            verticalSpacing="xs"
            flex={1}
            miw={230}
          >
            {others.map((metric) => (
              <Figure key={metric} value={latest.metrics[metric] ?? 0} label={t(`insights:post.${metric}`)} />
            ))}
          </SimpleGrid>
        </Group>
      )}
    </>
  );
}

/** In the order a person looks for them; what a network does not count is left out. */
const shown = [
  'likes',
  'comments',
  'shares',
  'saves',
  'viewers',
  'clicks',
  'reposts',
  'profileVisits',
] as const satisfies readonly PostMetric[];

function nothingYet(platform: Platform): string {
  if (platform === 'tiktok') return t('insights:post.nothingTikTok');
  return t('insights:post.nothing', { network: platformNames[platform] });
}

function Figure({ value, label, isLead = false }: { value: number; label: string; isLead?: boolean }) {
  return (
    <div>
      <Text fz={isLead ? 26 : 17} fw={isLead ? 650 : 600} lh={1.2} className="tabular">
        {formatNumber(value)}
      </Text>
      <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {label}
      </Text>
    </div>
  );
}
