import { IconSparkles, IconUser } from '@tabler/icons-react';
import { memo } from 'react';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import { formatDay, formatTime } from '../../../components/format.ts';
import { MediaThumb } from '../../../components/MediaThumb.tsx';
import { PostStatusBadge, TargetMarks } from '../../../components/status.tsx';
import { needsPerson, worstTroubleOf } from '../../../components/trouble.ts';
import { useNow } from '../../../components/use-now.ts';
import { ownZone, showSameTime, zoneCity } from '../../../components/zoned-time.ts';
import { t } from '../../../i18n/i18n.ts';
import { useSelection } from '../selection.ts';
import classes from './PostTable.module.css';

interface RowProps {
  post: Post;
  /** Which row of the whole table, from 1. */
  place: number;
  /** Where it stands, px from the top of the body. */
  top: number;
  height: number;
  isActive: boolean;
  /** Its day is not said above. */
  withDay: boolean;
  onPick: (id: string, isRange: boolean) => void;
  onOpen: (id: string) => void;
}

/**
 * One post of the table. Its checkbox and link are for the mouse; the keyboard works on the whole table. While the table is
 * scrolled many of these are drawn each second, so it is made of plain elements.
 */
export const PostTableRow = memo(function PostTableRow(props: RowProps) {
  const { post, place, top, height, isActive, withDay, onPick, onOpen } = props;
  const isSelected = useSelection(({ ids }) => ids.has(post.id));
  const words = post.caption.trim() === '' ? t('common:noCaption') : post.caption;
  return (
    <div
      role="row"
      id={`post-row-${post.id}`}
      aria-rowindex={place}
      aria-selected={isSelected}
      className={classes.row}
      style={{ height, transform: `translateY(${top}px)` }}
      data-active={isActive || undefined}
      data-testid="post-row"
      data-post-id={post.id}
      data-status={post.status}
    >
      <span role="gridcell" className={classes.check}>
        <input
          type="checkbox"
          className={classes.box}
          tabIndex={-1}
          aria-label={t('posts:table.selectPost', { words: words.slice(0, 40) })}
          checked={isSelected}
          onChange={(event) => onPick(post.id, (event.nativeEvent as MouseEvent).shiftKey)}
        />
      </span>
      <RowTime post={post} withDay={withDay} />
      <span className={classes.thumb} aria-hidden>
        <MediaThumb media={post.media[0]} size={44} />
      </span>
      <div role="gridcell" className={classes.words}>
        <span className={`${classes.clientAbove} own-words`} dir="auto">
          {post.clientName}
        </span>
        <a
          href={`/posts/${post.id}`}
          tabIndex={-1}
          className={`${classes.link} own-words`}
          dir="auto"
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(post.id);
          }}
        >
          {words.slice(0, 240)}
        </a>
      </div>
      <div role="gridcell" className={`${classes.client} own-words`} dir="auto">
        {post.clientName}
      </div>
      <span role="gridcell">
        <TargetMarks post={post} isPlain />
      </span>
      <div role="gridcell" className={classes.status}>
        <PostStatusBadge post={post} />
        {(post.status === 'held' || post.status === 'failed' || post.status === 'partly_published') && (
          <TroubleLabel post={post} />
        )}
      </div>
      <span role="gridcell" className={classes.source}>
        <Source source={post.source} />
      </span>
    </div>
  );
});

/** The time on the client's clock, and on mine where they differ. */
function RowTime({ post, withDay }: { post: Post; withDay: boolean }) {
  const { scheduledFor, timezone } = post;
  const isElsewhere = !showSameTime(scheduledFor, timezone, ownZone);
  return (
    <div role="gridcell" className={classes.time}>
      {withDay && <span className={classes.small}>{formatDay(scheduledFor, timezone)}</span>}
      <span className={classes.clock}>{formatTime(scheduledFor, timezone)}</span>
      {isElsewhere && !withDay && <span className={classes.small}>{zoneCity(timezone)}</span>}
      {isElsewhere && (
        <span className={classes.small}>{t('common:time.here', { time: formatTime(scheduledFor) })}</span>
      )}
    </div>
  );
}

/** Why it waits for a person, where its status does not say it already. */
function TroubleLabel({ post }: { post: Post }) {
  const trouble = worstTroubleOf(post, useNow());
  if (trouble === null || !needsPerson(trouble)) return null;
  return (
    <span className={classes.trouble} title={trouble.happened}>
      {trouble.label}
    </span>
  );
}

function Source({ source }: Pick<Post, 'source'>) {
  const isAi = source === 'ai';
  const Icon = isAi ? IconSparkles : IconUser;
  return (
    <span className={classes.sourceMark}>
      <Icon size={14} aria-hidden />
      {t(isAi ? 'posts:table.ai' : 'posts:table.manual')}
    </span>
  );
}
