import type { Post } from '../../../../shared/contract/pipeline.ts';
import type { PostOrder } from '../../../../shared/domain/post.ts';
import { ownZone, wallTimeAt } from '../../../components/zoned-time.ts';

/** A row of the table: a post (with its place among the posts), or the day that the posts below it are for. */
export type TableRow = { kind: 'post'; post: Post; index: number } | { kind: 'day'; at: string };

export const rowHeights = { post: 68, day: 40 };

/** The rows for posts in the order they come in; by time they stand under the day of this computer's calendar. */
export function rowsOf(posts: readonly Post[], order: PostOrder): TableRow[] {
  const hasDays = order === 'time' || order === 'latest';
  const rows: TableRow[] = [];
  let day = '';
  for (const [index, post] of posts.entries()) {
    const own = wallTimeAt(post.scheduledFor, ownZone).slice(0, 10);
    if (hasDays && own !== day) rows.push({ kind: 'day', at: post.scheduledFor });
    day = own;
    rows.push({ kind: 'post', post, index });
  }
  return rows;
}
