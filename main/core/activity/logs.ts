import type { Activity as ActivityView } from '../../../shared/contract/admin.ts';
import type { CoreDeps } from '../deps.ts';
import { instantOf, isoOf } from '../instants.ts';
import type { ActivityFilter, Page } from '../ports/index.ts';

/** As it is asked for: its times as instants with their offset, its topics as `post,comment`. */
type Wanted = Omit<ActivityFilter, 'from' | 'to' | 'topics'> & { from?: string; to?: string; topics?: string };

/** What happened, newest first. */
export async function listActivity(
  { store }: Pick<CoreDeps, 'store'>,
  { from, to, topics, ...filter }: Wanted,
): Promise<Page<ActivityView>> {
  const page = await store.activity.list({
    ...filter,
    topics: topics?.split(','),
    from: from === undefined ? undefined : instantOf(from, 'from'),
    to: to === undefined ? undefined : instantOf(to, 'to'),
  });
  return { items: page.items.map((entry) => ({ ...entry, at: isoOf(entry.at) })), nextCursor: page.nextCursor };
}
