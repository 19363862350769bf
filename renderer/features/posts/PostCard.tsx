import { Box, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { formatTime } from '../../components/format.ts';
import { MediaThumb } from '../../components/MediaThumb.tsx';
import { PostStatusBadge, TargetMarks } from '../../components/status.tsx';
import { ownZone, showSameTime, zoneCity } from '../../components/zoned-time.ts';
import classes from './PostCard.module.css';

/** One post as a row: what, for whom, when, where, how far. The whole row leads to it. */
export function PostCard({ post, withClient = true }: { post: Post; withClient?: boolean }) {
  return (
    <article className={classes.card} data-testid="post-card" data-post-id={post.id} data-status={post.status}>
      <PostTime post={post} />
      <MediaThumb media={post.media[0]} />
      <Box className={classes.words}>
        {withClient && (
          <Text size="xs" c="dimmed" fw={600} truncate>
            {post.clientName}
          </Text>
        )}
        <Link to="/posts/$id" params={{ id: post.id }} className={classes.link}>
          {post.caption.trim() === '' ? 'No caption yet' : post.caption}
        </Link>
        {(post.heldReason ?? firstError(post)) !== null && (
          <Text size="xs" c="orange" lineClamp={1}>
            {post.heldReason ?? firstError(post)}
          </Text>
        )}
      </Box>
      <div className={classes.state}>
        <TargetMarks targets={post.targets} />
        <PostStatusBadge status={post.status} />
      </div>
    </article>
  );
}

/** The time on the client's clock, and on mine where they differ. */
export function PostTime({ post }: { post: Post }) {
  const same = showSameTime(post.scheduledFor, post.timezone, ownZone);
  return (
    <Box className={classes.time}>
      <Text fw={600} size="sm" className="tabular">
        {formatTime(post.scheduledFor, post.timezone)}
      </Text>
      {!same && (
        <Text size="xs" c="dimmed" lh={1.3}>
          {zoneCity(post.timezone)}
          <br />
          <span className="tabular">{formatTime(post.scheduledFor)} here</span>
        </Text>
      )}
    </Box>
  );
}

function firstError(post: Post): string | null {
  if (post.status !== 'failed' && post.status !== 'partly_published') return null;
  return post.targets.find(({ error }) => error !== null)?.error?.message ?? null;
}
