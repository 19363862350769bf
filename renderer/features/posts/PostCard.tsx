import { Box, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Post } from '../../../shared/contract/pipeline.ts';
import { formatTime } from '../../components/format.ts';
import { MediaThumb } from '../../components/MediaThumb.tsx';
import { PostStatusBadge, TargetMarks } from '../../components/status.tsx';
import { needsPerson, worstTroubleOf } from '../../components/trouble.ts';
import { useNow } from '../../components/use-now.ts';
import { t } from '../../i18n/i18n.ts';
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
          <Text size="xs" c="dimmed" fw={600} truncate dir="auto" className="own-words">
            {post.clientName}
          </Text>
        )}
        <Link to="/posts/$id" params={{ id: post.id }} className={`${classes.link} own-words`} dir="auto">
          {post.caption.trim() === '' ? t('common:noCaption') : post.caption}
        </Link>
        <TroubleLine post={post} />
      </Box>
      <div className={classes.state}>
        <TargetMarks post={post} isPlain />
        <PostStatusBadge post={post} />
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
          <span className="tabular">{t('common:time.here', { time: formatTime(post.scheduledFor) })}</span>
        </Text>
      )}
    </Box>
  );
}

/** Why the post is not simply on its way, in one line. */
function TroubleLine({ post }: { post: Post }) {
  const trouble = worstTroubleOf(post, useNow());
  if (trouble === null) return null;
  return (
    <Text size="xs" c={needsPerson(trouble) ? 'orange' : 'dimmed'} lineClamp={1}>
      <b>
        {trouble.label}
        {trouble.label.endsWith('?') ? '' : '.'}
      </b>{' '}
      {trouble.kind === 'retrying' ? trouble.did : trouble.happened}
    </Text>
  );
}
