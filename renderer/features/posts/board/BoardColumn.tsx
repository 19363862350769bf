import { Group, Skeleton, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState } from 'react';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import { Failure } from '../../../components/Failure.tsx';
import { formatNumber } from '../../../components/format.ts';
import { t } from '../../../i18n/i18n.ts';
import type { PostFilter } from '../filter/post-filter.ts';
import { postGroups } from '../post-groups.ts';
import { clearSelection, extendTo, toggle, useSelection } from '../selection.ts';
import { usePosts } from '../use-posts.ts';
import { BoardCard } from './BoardCard.tsx';
import classes from './board.module.css';
import { boardGroups, type BoardGroup, moveTo } from './moves.ts';

const cardHeight = 150;
/** Every column asks for its own at once, and some five are in sight. */
const pageSize = 24;
/** Cards that are loaded before they come into sight. */
const ahead = 10;

/** One column: its name, how many there are, and the cards, of which only those in sight are drawn. */
export function BoardColumn({
  column,
  filter,
  count,
  dragged,
  onDrag,
  onMove,
  onBeside,
  onLoaded,
}: {
  column: BoardGroup;
  filter: PostFilter;
  count: number | null;
  dragged: Post | null;
  onDrag: (post: Post | null) => void;
  onMove: (post: Post, column: BoardGroup) => void;
  onBeside: (step: 1 | -1) => void;
  onLoaded: (column: BoardGroup, posts: readonly Post[]) => void;
}) {
  const heading = useId();
  const { query, posts } = usePosts(
    { ...filter, groups: [column], need: column === 'attention' ? filter.need : undefined },
    column === 'published' ? 'latest' : 'time',
    pageSize,
  );
  const meaning = dragged === null ? null : moveTo(column, dragged.status);
  useEffect(() => onLoaded(column, query.isSuccess ? posts : []));
  return (
    <section
      className={classes.column}
      aria-labelledby={heading}
      data-column={column}
      data-drop={meaning ?? undefined}
      onDragOver={(event) => {
        if (meaning !== null) event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        if (dragged !== null) onMove(dragged, column);
        onDrag(null);
      }}
    >
      <Group justify="space-between" px={4} wrap="nowrap">
        <Text id={heading} component="h2" size="sm" fw={600}>
          {t(postGroups[column].label)}
        </Text>
        <Text size="xs" c="dimmed" className="tabular">
          {count === null ? '' : formatNumber(count)}
        </Text>
      </Group>
      {query.isPending && <Skeleton height={cardHeight - 10} radius="md" />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && posts.length === 0 && (
        <Text size="xs" c="dimmed" px={4}>
          {t('posts:board.noPosts')}
        </Text>
      )}
      {posts.length > 0 && (
        <Cards
          column={column}
          posts={posts}
          hasMore={query.hasNextPage}
          loadMore={() => {
            if (!query.isFetchingNextPage) void query.fetchNextPage();
          }}
          onDrag={onDrag}
          onMove={onMove}
          onBeside={onBeside}
        />
      )}
      {meaning !== null && (
        <Text size="xs" className={classes.drop}>
          {t(meaning === 'approve' ? 'posts:board.dropApprove' : 'posts:board.dropReopen')}
        </Text>
      )}
    </section>
  );
}

function Cards({
  column,
  posts,
  hasMore,
  loadMore,
  onDrag,
  onMove,
  onBeside,
}: {
  column: BoardGroup;
  posts: readonly Post[];
  hasMore: boolean;
  loadMore: () => void;
  onDrag: (post: Post | null) => void;
  onMove: (post: Post, column: BoardGroup) => void;
  onBeside: (step: 1 | -1) => void;
}) {
  const navigate = useNavigate();
  const scroll = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const selected = useSelection(({ ids }) => ids);
  const virtual = useVirtualizer({
    count: posts.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => cardHeight,
    getItemKey: (index) => posts[index]?.id ?? index,
    overscan: 4,
    useFlushSync: false,
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= posts.length - ahead) loadMore();
  });

  const ids = posts.map(({ id }) => id);
  const active = activeId === null ? -1 : ids.indexOf(activeId);
  const goTo = (index: number, isRange: boolean) => {
    const id = ids[Math.max(0, Math.min(ids.length - 1, index))];
    if (id === undefined) return;
    if (isRange && activeId !== null && useSelection.getState().anchor === null) toggle(activeId);
    if (isRange) extendTo(id, ids);
    setActiveId(id);
    virtual.scrollToIndex(ids.indexOf(id));
  };
  const open = (id: string) => void navigate({ to: '/posts/$id', params: { id } });
  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>) => {
    const post = posts[active];
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const side = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const step = (isRtl ? -side : side) as 1 | 0 | -1;
    if (event.key === 'ArrowDown') goTo(active + 1, event.shiftKey);
    else if (event.key === 'ArrowUp') goTo(active - 1, event.shiftKey);
    else if (step !== 0 && event.shiftKey && post !== undefined) moveBeside(post, step);
    else if (step !== 0) onBeside(step);
    else if (event.key === ' ' && post !== undefined) toggle(post.id);
    else if (event.key === 'Enter' && post !== undefined) open(post.id);
    else if (event.key === 'Escape') clearSelection();
    else return;
    event.preventDefault();
  };
  const moveBeside = (post: Post, step: 1 | -1) => {
    const target = boardGroups[boardGroups.indexOf(column) + step];
    if (target !== undefined) onMove(post, target);
  };

  return (
    <div
      ref={scroll}
      role="listbox"
      aria-label={t(postGroups[column].label)}
      aria-multiselectable
      aria-activedescendant={active < 0 ? undefined : `card-${activeId}`}
      tabIndex={0}
      className={classes.cards}
      onKeyDown={onKeyDown}
      onFocus={() => {
        if (active < 0) setActiveId(ids[0] ?? null);
      }}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {shown.map(({ index, start, key }) => {
          const post = posts[index];
          if (post === undefined) return null;
          return (
            <BoardCard
              key={key}
              post={post}
              place={{ index: index + 1, of: hasMore ? -1 : posts.length }}
              style={{ height: cardHeight - 10, transform: `translateY(${start}px)` }}
              isActive={post.id === activeId}
              isSelected={selected.has(post.id)}
              onOpen={() => open(post.id)}
              onPick={(isRange) => {
                setActiveId(post.id);
                if (isRange) extendTo(post.id, ids);
                else toggle(post.id);
              }}
              onDrag={onDrag}
            />
          );
        })}
      </div>
    </div>
  );
}
