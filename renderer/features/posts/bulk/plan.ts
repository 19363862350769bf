import type { Bulk, Post } from '../../../../shared/contract/pipeline.ts';
import { editableStatuses } from '../../../../shared/domain/post.ts';
import { instantAt, wallTimeAt } from '../../../components/zoned-time.ts';

export type BulkAction = Bulk['action'];

/** Of a call as long as a person may want it, calls that each are done soon. */
export function chunksOf(bulk: Bulk, size: number): Bulk[] {
  const chunks: Bulk[] = [];
  for (let start = 0; start < bulk.posts.length; start += size) {
    chunks.push({ ...bulk, posts: bulk.posts.slice(start, start + size) } as Bulk);
  }
  return chunks;
}

/**
 * What takes a bulk call back for the posts it changed, as they were before it; empty when nothing does. An approval
 * that was taken from a post is given again for the very content it was for.
 */
export function undoOf(action: BulkAction, before: readonly Post[]): Bulk[] {
  switch (action) {
    case 'approve':
      return backTo(before, (post) => (post.status === 'rejected' ? 'reject' : 'reopen'));
    case 'reject':
      return backTo(before, (post) => (post.approvedAt === null ? 'reopen' : 'approve'));
    case 'reopen':
      return backTo(before, (post) => (post.approvedAt === null ? 'reject' : 'approve'));
    case 'reschedule':
      return before.length === 0
        ? []
        : [{ action, posts: before.map(({ id, scheduledFor }) => ({ id, scheduledFor })) }];
    case 'delete':
      return some({ action: 'restore', posts: idsOf(before) });
    case 'restore':
    case 'retry':
      return [];
  }
}

/** Which of the posts an action could mean; what the core then says of each counts. */
export function fits(action: BulkAction, { status, targets }: Post): boolean {
  switch (action) {
    case 'approve':
      return ['draft', 'in_review', 'rejected', 'held', 'failed'].includes(status);
    case 'reject':
      return editableStatuses.includes(status) && status !== 'rejected';
    case 'reopen':
      return status === 'approved' || status === 'rejected';
    case 'reschedule':
      return editableStatuses.includes(status);
    case 'retry':
      return targets.some((target) => target.status === 'held' || target.status === 'failed');
    case 'delete':
      return !['publishing', 'published', 'partly_published'].includes(status);
    case 'restore':
      return false;
  }
}

const hourMs = 3_600_000;

/** Moved by days and hours: a day later is the same time of day on the clock of the post's client, an hour is an hour. */
export function movedBy(post: Moving, days: number, hours: number): string {
  const wall = wallTimeAt(post.scheduledFor, post.timezone);
  const shifted = new Date(Date.parse(`${wall}:00Z`) + days * 24 * hourMs).toISOString().slice(0, 16);
  return toWall(post, shifted, hours * hourMs);
}

/** To another day (`YYYY-MM-DD`), at the same time of day on the clock of the post's client. */
export function movedTo(post: Moving, day: string): string {
  return toWall(post, `${day}T${wallTimeAt(post.scheduledFor, post.timezone).slice(11)}`, 0);
}

type Moving = Pick<Post, 'scheduledFor' | 'timezone'>;

/** Wall times are to the minute; the seconds of a post stay. */
function toWall({ scheduledFor, timezone }: Moving, wall: string, moreMs: number): string {
  const at = Date.parse(scheduledFor);
  const seconds = at - Math.floor(at / 60_000) * 60_000;
  return new Date(Date.parse(instantAt(wall, timezone)) + seconds + moreMs).toISOString();
}

function backTo(before: readonly Post[], way: (post: Post) => 'approve' | 'reject' | 'reopen'): Bulk[] {
  const ways = Map.groupBy(before, way);
  const rejected = Map.groupBy(ways.get('reject') ?? [], ({ rejectedReason }) => rejectedReason);
  return [
    ...some({ action: 'reopen', posts: idsOf(ways.get('reopen') ?? []) }),
    ...some({
      action: 'approve',
      posts: (ways.get('approve') ?? []).map(({ id, contentHash }) => ({ id, contentHash })),
    }),
    ...[...rejected].map(
      ([reason, posts]): Bulk => ({ action: 'reject', posts: idsOf(posts), reason: reason ?? undefined }),
    ),
  ];
}

function some(bulk: Bulk): Bulk[] {
  return bulk.posts.length === 0 ? [] : [bulk];
}

function idsOf(posts: readonly Post[]): { id: string }[] {
  return posts.map(({ id }) => ({ id }));
}
