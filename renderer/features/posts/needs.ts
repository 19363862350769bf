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

export const needLooks: Record<NeedKind, { label: string; one: string; many: string; hint: string }> = {
  unclear: {
    label: 'Live or not?',
    one: 'post may be live already',
    many: 'posts may be live already',
    hint: 'The networks could not tell. Nothing is sent again before you say.',
  },
  account: {
    label: 'Account',
    one: 'post waits for its account',
    many: 'posts wait for their accounts',
    hint: 'Held until the account is in order. Nothing was published.',
  },
  content: {
    label: 'Change or approve',
    one: 'post needs a change or approval',
    many: 'posts need a change or approval',
    hint: 'Stopped at the last check before sending.',
  },
  missed: {
    label: 'Missed',
    one: 'post missed its time',
    many: 'posts missed their time',
    hint: 'Held back, so that nothing stale goes out by itself.',
  },
  failed: {
    label: 'Failed',
    one: 'post failed',
    many: 'posts failed',
    hint: 'Refused, or given up after several tries. It is not live there.',
  },
};

/** What a post waits for at the time `now` (UTC ms); null when it goes on by itself. */
export function needOf(post: Post, now: number): NeedKind | null {
  const trouble = worstTroubleOf(post, now);
  if (trouble === null || !needsPerson(trouble)) return null;
  return needKinds.find((kind) => kind === trouble.kind) ?? null;
}
