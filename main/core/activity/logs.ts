import type { Activity as ActivityView } from '../../../shared/contract/admin.ts';
import type { CoreDeps } from '../deps.ts';
import { isoOf } from '../instants.ts';
import type { ActivityFilter, Page } from '../ports/index.ts';

/** What happened, newest first. */
export async function listActivity(
  { store }: Pick<CoreDeps, 'store'>,
  filter: ActivityFilter,
): Promise<Page<ActivityView>> {
  const page = await store.activity.list(filter);
  return { items: page.items.map((entry) => ({ ...entry, at: isoOf(entry.at) })), nextCursor: page.nextCursor };
}
