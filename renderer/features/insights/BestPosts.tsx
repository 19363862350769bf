import { Badge, Box, Button, Group, SimpleGrid, Text, Tooltip } from '@mantine/core';
import { IconPhoto, IconTrophy } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RankedPost } from '../../../shared/contract/insights.ts';
import { interactionsOf } from '../../../shared/domain/metrics.ts';
import { Empty } from '../../components/Empty.tsx';
import { formatDayTime } from '../../components/format.ts';
import { ButtonLink } from '../../components/links.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PlatformIcon } from '../../components/PlatformIcon.tsx';
import { t } from '../../i18n/i18n.ts';
import classes from './insights.module.css';
import { HoverHint } from './HoverHint.tsx';
import { scoreOf } from './words.ts';

const shownFirst = 6;

/** The posts that did best for their accounts; a click opens one. */
export function BestPosts({ posts, withClient }: { posts: readonly RankedPost[]; withClient: boolean }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? posts : posts.slice(0, shownFirst);
  return (
    <Panel
      title={t('insights:best.title')}
      description={t('insights:best.description')}
      actions={<HoverHint label={t('insights:best.how')} words={t('insights:best.explained')} />}
    >
      {posts.length === 0 ? (
        <Empty
          icon={IconTrophy}
          title={t('insights:best.empty.title')}
          compact
          action={
            <ButtonLink to="/pipeline" variant="light">
              {t('insights:best.empty.action')}
            </ButtonLink>
          }
        >
          {t('insights:best.empty.text')}
        </Empty>
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm" component="ol" className={classes.ranking}>
          {shown.map((post) => (
            <li key={post.postId}>
              <Card post={post} withClient={withClient} />
            </li>
          ))}
        </SimpleGrid>
      )}
      {posts.length > shown.length && (
        <Group justify="center" mt="md">
          <Button variant="default" size="sm" onClick={() => setWhole(true)}>
            {t('common:action.showMore')}
          </Button>
        </Group>
      )}
    </Panel>
  );
}

function Card({ post, withClient }: { post: RankedPost; withClient: boolean }) {
  return (
    <Link to="/posts/$id" params={{ id: post.postId }} className={classes.post} data-testid="best-post">
      <Box className={classes.picture}>
        {post.thumbnailUrl === null ? (
          <IconPhoto size={24} stroke={1.4} aria-hidden />
        ) : (
          <img src={post.thumbnailUrl} alt="" loading="lazy" />
        )}
      </Box>
      <Box style={{ minWidth: 0 }} flex={1}>
        <Text size="sm" fw={550} lineClamp={2} dir="auto">
          {post.caption.trim() === '' ? t('insights:best.noCaption') : post.caption}
        </Text>
        <Text size="xs" c="dimmed" truncate mt={2}>
          {withClient && `${post.clientName} · `}
          {formatDayTime(post.publishedAt, post.timezone)}
        </Text>
        <Group gap={6} mt={6} wrap="wrap">
          {post.targets.map(({ platform, accountId }) => (
            <PlatformIcon key={accountId} platform={platform} size={15} labelled />
          ))}
          <Text size="xs" className="tabular">
            {figuresInWords(post)}
          </Text>
        </Group>
      </Box>
      <Score score={post.score} />
    </Link>
  );
}

function Score({ score }: { score: number | null }) {
  if (score === null) {
    return (
      <Tooltip label={t('insights:best.noScore')}>
        <Badge variant="default" className={classes.score}>
          –
        </Badge>
      </Tooltip>
    );
  }
  const words = t('insights:best.score', { score: scoreOf(score) });
  return (
    <Badge variant="light" color={score >= 1 ? 'teal' : 'gray'} className={classes.score} tt="none" title={words}>
      {words}
    </Badge>
  );
}

function figuresInWords({ targets }: RankedPost): string {
  const views = targets.flatMap((target) => target.views ?? []);
  const interactions = targets.flatMap((target) => interactionsOf(target) ?? []);
  const parts = [
    ...(views.length > 0 ? [t('insights:best.views', { count: total(views) })] : []),
    ...(interactions.length > 0 ? [t('insights:best.interactions', { count: total(interactions) })] : []),
  ];
  return parts.length === 0 ? t('insights:best.noFigures') : parts.join(' · ');
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
