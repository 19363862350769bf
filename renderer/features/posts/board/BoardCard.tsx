import { Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import { formatDayTime } from '../../../components/format.ts';
import { MediaThumb } from '../../../components/MediaThumb.tsx';
import { PostStatusBadge, TargetMarks } from '../../../components/status.tsx';
import { needsPerson, worstTroubleOf } from '../../../components/trouble.ts';
import { useNow } from '../../../components/use-now.ts';
import { t } from '../../../i18n/i18n.ts';
import classes from './board.module.css';

/** Its column does not say all of its status. */
function saysMore({ status }: Post): boolean {
  return status === 'publishing' || status === 'partly_published' || status === 'generating';
}

/** A post as a card. A click opens it; with Ctrl, Shift or on its mark it selects. */
export function BoardCard({
  post,
  place,
  style,
  isActive,
  isSelected,
  onOpen,
  onPick,
  onDrag,
}: {
  post: Post;
  place: { index: number; of: number };
  style: { height: number; transform: string };
  isActive: boolean;
  isSelected: boolean;
  onOpen: () => void;
  onPick: (isRange: boolean) => void;
  onDrag: (post: Post | null) => void;
}) {
  const trouble = worstTroubleOf(post, useNow());
  const mayMove = post.status === 'in_review' || post.status === 'approved';
  return (
    // The list that it is an option of has the keyboard.
    <div
      role="option"
      id={`card-${post.id}`}
      aria-selected={isSelected}
      aria-posinset={place.index}
      aria-setsize={place.of}
      className={classes.card}
      style={style}
      draggable={mayMove}
      data-active={isActive || undefined}
      data-testid="board-card"
      data-post-id={post.id}
      data-status={post.status}
      onClick={(event) => {
        if (event.shiftKey || event.ctrlKey || event.metaKey) onPick(event.shiftKey);
        else onOpen();
      }}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', post.id);
        onDrag(post);
      }}
      onDragEnd={() => onDrag(null)}
    >
      <span
        className={classes.mark}
        data-testid="select-card"
        onClick={(event) => {
          event.stopPropagation();
          onPick(event.shiftKey);
        }}
      >
        {isSelected && <IconCheck size={12} stroke={3} aria-hidden />}
      </span>
      <div className={classes.top}>
        <div style={{ minWidth: 0 }}>
          <Text size="xs" fw={600} truncate dir="auto" className="own-words">
            {post.clientName}
          </Text>
          <Text size="xs" c="dimmed" truncate className="tabular">
            {formatDayTime(post.scheduledFor, post.timezone)}
          </Text>
        </div>
        <MediaThumb media={post.media[0]} size={36} />
      </div>
      <Text size="sm" lineClamp={2} lh={1.35} className={`${classes.words} own-words`} dir="auto">
        {post.caption.trim() === '' ? t('common:noCaption') : post.caption}
      </Text>
      <div className={classes.foot}>
        <TargetMarks post={post} isPlain />
        {trouble !== null && needsPerson(trouble) ? (
          <Text size="xs" c="orange" truncate title={trouble.happened}>
            {trouble.label}
          </Text>
        ) : (
          saysMore(post) && <PostStatusBadge post={post} />
        )}
      </div>
    </div>
  );
}
