import { Text } from '@mantine/core';
import { useRef, useState } from 'react';
import type { Post } from '../../../../shared/contract/pipeline.ts';
import { t } from '../../../i18n/i18n.ts';
import { doBulk } from '../bulk/do-bulk.ts';
import type { PostFilter } from '../filter/post-filter.ts';
import type { PostGroup } from '../post-groups.ts';
import { BoardColumn } from './BoardColumn.tsx';
import classes from './board.module.css';
import { boardGroups, moveTo, type BoardGroup } from './moves.ts';

/**
 * Posts in columns by where they are on their way. A card goes to another column where that means something safe: approving it, or taking
 * the approval back; by mouse, or with Shift and the arrows.
 */
export function PostBoard({
  filter,
  countOf,
  onLoaded,
}: {
  filter: PostFilter;
  countOf: (group: PostGroup) => number | null;
  /** Tells which posts a column shows. */
  onLoaded: (column: BoardGroup, posts: readonly Post[]) => void;
}) {
  const board = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<Post | null>(null);
  const named = boardGroups.filter((group) => filter.groups.includes(group));
  const columns = named.length === 0 ? boardGroups : named;
  const move = (post: Post, column: BoardGroup) => {
    const meaning = moveTo(column, post.status);
    if (meaning === null) return;
    const { id, contentHash } = post;
    void doBulk(
      meaning === 'approve' ? { action: meaning, posts: [{ id, contentHash }] } : { action: meaning, posts: [{ id }] },
      [post],
    );
  };
  /** The next column with cards, to the left or to the right. */
  const focusBeside = (column: BoardGroup, step: 1 | -1) => {
    for (let at = columns.indexOf(column) + step; columns[at] !== undefined; at += step) {
      const cards = board.current?.querySelector<HTMLElement>(`[data-column="${columns[at]}"] [role="listbox"]`);
      if (cards) {
        cards.focus();
        return;
      }
    }
  };
  return (
    <>
      <div ref={board} className={classes.board} data-testid="post-board">
        {columns.map((column) => (
          <BoardColumn
            key={column}
            column={column}
            filter={filter}
            count={countOf(column)}
            dragged={dragged}
            onDrag={setDragged}
            onMove={move}
            onBeside={(step) => focusBeside(column, step)}
            onLoaded={onLoaded}
          />
        ))}
      </div>
      <Text size="xs" c="dimmed">
        {t('posts:board.keys')}
        <br />
        {t('posts:board.noMove')}
      </Text>
    </>
  );
}
