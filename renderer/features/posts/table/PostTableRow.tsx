import { Box, Checkbox, Text } from '@mantine/core';
import { IconSparkles, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import { formatDay } from '../../../components/format.ts';
import { MediaThumb } from '../../../components/MediaThumb.tsx';
import { PostStatusBadge, TargetMarks } from '../../../components/status.tsx';
import { needsPerson, worstTroubleOf } from '../../../components/trouble.ts';
import { useNow } from '../../../components/use-now.ts';
import { t } from '../../../i18n/i18n.ts';
import { PostTime } from '../PostCard.tsx';
import { useSelection } from '../selection.ts';
import classes from './PostTable.module.css';

/** One post of the table. Its checkbox and link are for the mouse; the keyboard works on the whole table. */
export const PostTableRow = memo(Row, (before, after) => {
  const same = before.post === after.post && before.isActive === after.isActive && before.place === after.place;
  return same && before.style.transform === after.style.transform && before.withDay === after.withDay;
});

function Row({
  post,
  place,
  style,
  isActive,
  withDay,
  onPick,
}: {
  post: Post;
  /** Which row of the whole table, from 1. */
  place: number;
  style: { height: number; transform: string };
  isActive: boolean;
  /** Its day is not said above. */
  withDay: boolean;
  onPick: (isRange: boolean) => void;
}) {
  const isSelected = useSelection(({ ids }) => ids.has(post.id));
  const words = post.caption.trim() === '' ? t('common:noCaption') : post.caption;
  return (
    <div
      role="row"
      id={`post-row-${post.id}`}
      aria-rowindex={place}
      aria-selected={isSelected}
      className={classes.row}
      style={style}
      data-active={isActive || undefined}
      data-testid="post-row"
      data-post-id={post.id}
      data-status={post.status}
    >
      <span role="gridcell" className={classes.check}>
        <Checkbox
          size="xs"
          tabIndex={-1}
          aria-label={t('posts:table.selectPost', { words: words.slice(0, 40) })}
          checked={isSelected}
          onChange={(event) => onPick((event.nativeEvent as MouseEvent).shiftKey)}
        />
      </span>
      <div role="gridcell" className={classes.time}>
        {withDay && (
          <Text size="xs" c="dimmed" lh={1.3}>
            {formatDay(post.scheduledFor)}
          </Text>
        )}
        <PostTime post={post} short={withDay} />
      </div>
      <span role="gridcell" className={classes.thumb}>
        <MediaThumb media={post.media[0]} size={44} />
      </span>
      <div role="gridcell" className={classes.words}>
        <Text component="span" size="xs" c="dimmed" fw={600} truncate className={classes.clientAbove}>
          {post.clientName}
        </Text>
        <Link to="/posts/$id" params={{ id: post.id }} tabIndex={-1} className={classes.link}>
          {words}
        </Link>
      </div>
      <Text role="gridcell" component="div" size="sm" truncate className={classes.client}>
        {post.clientName}
      </Text>
      <span role="gridcell">
        <TargetMarks post={post} />
      </span>
      <div role="gridcell" className={classes.status}>
        <PostStatusBadge post={post} />
        <TroubleLabel post={post} />
      </div>
      <span role="gridcell" className={classes.source}>
        <Source post={post} />
      </span>
    </div>
  );
}

/** Why it waits for a person, where its status does not say it already. */
function TroubleLabel({ post }: { post: Post }) {
  const trouble = worstTroubleOf(post, useNow());
  if (trouble === null || !needsPerson(trouble) || trouble.kind === 'risk') return null;
  return (
    <Text size="xs" c="orange" lh={1.3} truncate title={trouble.happened}>
      {trouble.label}
    </Text>
  );
}

function Source({ post }: { post: Post }) {
  const isAi = post.source === 'ai';
  const Icon = isAi ? IconSparkles : IconUser;
  return (
    <Box component="span" c="dimmed" className={classes.sourceMark}>
      <Icon size={14} aria-hidden />
      {t(isAi ? 'posts:table.ai' : 'posts:table.manual')}
    </Box>
  );
}
