import type { Post } from '../../../shared/contract/pipeline.ts';
import { needsPerson, type TroubleKind, worstTroubleOf } from '../../components/trouble.ts';

/** What posts that wait for a person wait for, the most pressing first: entries of Home, filters of the posts page. */
export const needKinds = [
  'unclear',
  'account',
  'content',
  'missed',
  'failed',
] as const satisfies readonly TroubleKind[];
export type NeedKind = (typeof needKinds)[number];

/** What a post waits for at the time `now` (UTC ms); null when it goes on by itself. */
export function needOf(post: Post, now: number): NeedKind | null {
  const trouble = worstTroubleOf(post, now);
  if (trouble === null || !needsPerson(trouble)) return null;
  return needKinds.find((kind) => kind === trouble.kind) ?? null;
}
