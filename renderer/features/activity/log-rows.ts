import type { Activity } from '../../../shared/contract/admin.ts';
import { ownZone, wallTimeAt } from '../../components/zoned-time.ts';
import { abouts, type LogFilter } from './activity-search.ts';

/** A line of the log as it is shown: the head of a day, or an entry. */
export type LogRow = { kind: 'day'; key: string; at: string } | { kind: 'entry'; key: string; entry: Activity };

/** Entries with a head before the first one of each day of this computer's calendar. */
export function rowsOf(entries: readonly Activity[], zone = ownZone): LogRow[] {
  let last = '';
  return entries.flatMap((entry) => {
    const day = wallTimeAt(entry.at, zone).slice(0, 10);
    const isSameDay = day === last;
    last = day;
    const row: LogRow = { kind: 'entry', key: entry.id, entry };
    return isSameDay ? [row] : [{ kind: 'day', key: day, at: entry.at }, row];
  });
}

/** The question to the server for what is wanted. Days begin and end by this computer's clock. */
export function logInput({ level, client, who, about, from, to, find }: LogFilter) {
  return {
    ...(level !== undefined && { level }),
    ...(client !== undefined && { clientId: client }),
    ...(who !== undefined && { actor: who }),
    ...(about !== undefined && { topics: abouts[about] }),
    ...(from !== undefined && { from: startOf(from, 0) }),
    ...(to !== undefined && { to: startOf(to, 1) }),
    ...(find !== undefined && { search: find }),
  };
}

/** @param later days after the day */
function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}

/** Where an entry leads: to the post, the account or the client it is about; null to nowhere. */
export function placeOf({ kind, postId, accountId, clientId }: Activity) {
  if (kind === 'post.deleted' || kind === 'client.deleted') return null;
  if (postId !== null) return { to: '/posts/$id', params: { id: postId } } as const;
  if (kind.startsWith('budget.')) return { to: '/activity', search: { tab: 'usage' } } as const;
  if (clientId === null) return null;
  const search = accountId === null ? {} : ({ tab: 'accounts' } as const);
  return { to: '/clients/$id', params: { id: clientId }, search } as const;
}
