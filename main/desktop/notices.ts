import type { NoticeKind, Settings } from '../../shared/contract/admin.ts';
import type { ActivityRecord } from '../core/ports/index.ts';

/** What a person is told outside the window, and which page says more. */
export interface Notice {
  title: string;
  body: string;
  path: string;
}

type Incident = Pick<ActivityRecord, 'id' | 'at' | 'kind' | 'message' | 'clientId' | 'postId' | 'accountId'>;

/** What is told of, by the kind of its entry in the log, and which choice of the settings it belongs to. */
const telling: Record<string, { title: string; as: NoticeKind }> = {
  'post.failed': { title: 'A post failed', as: 'failed' },
  'comment.failed': { title: 'A first comment failed', as: 'failed' },
  'post.held': { title: 'A post waits for you', as: 'waiting' },
  'post.mismatch': { title: 'A post is live, but not as approved', as: 'waiting' },
  'post.at_risk': { title: 'A post is at risk', as: 'risk' },
  'account.reconnect': { title: 'An account must be connected again', as: 'connection' },
  'account.expiring': { title: 'A connection ends soon', as: 'connection' },
  'generation.failed': { title: 'Posts could not be written', as: 'writing' },
  'budget.near': { title: 'An AI budget is nearly used up', as: 'budget' },
  'budget.used_up': { title: 'An AI budget is used up', as: 'budget' },
  'summary.weekly': { title: 'Your week', as: 'weekly' },
};

/** A post with several accounts tells of each; for a person that is one incident. */
const sameIncidentMs = 10 * 60_000;
const shownAtOnce = 3;
const bodyLength = 220;

/** Which incidents have been told of. */
export interface Told {
  ids: Set<string>;
  /** When a post or an account was last told of, and when that a post failed, UTC ms. */
  subjects: Map<string, number>;
  /** What happened in quiet hours, to be told when they end. */
  waiting: readonly Incident[];
}

export const nothingTold: Told = { ids: new Set(), subjects: new Map(), waiting: [] };

/** What a person wants to be told, and whether they want silence just now. */
export interface Wishes {
  notices: readonly NoticeKind[];
  isQuiet: boolean;
}

/** Whether a clock that shows `time` (`22:15`) stands within the quiet hours, which may run past midnight. */
export function isQuietAt(time: string, quietHours: Settings['quietHours']): boolean {
  if (quietHours === null) return false;
  const { from, to } = quietHours;
  return from <= to ? time >= from && time < to : time >= from || time < to;
}

/**
 * What to tell of new incidents: each one once, and more than three together in one sentence. In quiet hours nothing,
 * and what there was when they end.
 * @param entries of the activity log, in any order
 * @returns notices, and what has been told of then
 */
export function noticesFor(
  entries: readonly Incident[],
  told: Told,
  { notices, isQuiet }: Wishes,
): { notices: Notice[]; told: Told } {
  const ids = new Set(told.ids);
  const subjects = new Map(told.subjects);
  const fresh: Incident[] = [...told.waiting];
  for (const entry of [...entries].sort((a, b) => a.at - b.at)) {
    if (ids.has(entry.id)) continue;
    ids.add(entry.id);
    const how = Object.hasOwn(telling, entry.kind) ? telling[entry.kind] : undefined;
    if (how === undefined || !notices.includes(how.as)) continue;
    const subject = entry.postId ?? entry.accountId ?? `${entry.kind}/${entry.clientId}`;
    // That it failed is news, whatever else was told of it just before.
    const incident = how.as === 'failed' ? `failed/${subject}` : subject;
    const lastAt = subjects.get(incident);
    if (lastAt !== undefined && entry.at - lastAt < sameIncidentMs) continue;
    subjects.set(subject, entry.at).set(incident, entry.at);
    fresh.push(entry);
  }
  if (isQuiet) return { notices: [], told: { ids, subjects, waiting: fresh } };
  const found = fresh.length > shownAtOnce ? [together(fresh)] : fresh.map(noticeOf);
  return { notices: found, told: { ids, subjects, waiting: [] } };
}

function noticeOf(incident: Incident): Notice {
  const { kind, message } = incident;
  return { title: telling[kind]?.title ?? 'AutoSocial AI', body: cut(message), path: pathOf(incident) };
}

function together(incidents: readonly Incident[]): Notice {
  const names = new Set(incidents.map(({ kind }) => telling[kind]?.title ?? ''));
  return {
    title: `${incidents.length} things need you`,
    body: cut([...names].join(' · ')),
    path: '/pipeline?show=attention',
  };
}

function pathOf({ kind, postId, clientId, accountId }: Incident): string {
  if (telling[kind]?.as === 'budget') return '/activity?tab=usage';
  if (postId !== null) return `/posts/${encodeURIComponent(postId)}`;
  if (clientId === null) return '/activity';
  const tab = accountId === null ? '' : '?tab=accounts';
  return `/clients/${encodeURIComponent(clientId)}${tab}`;
}

function cut(text: string): string {
  return text.length <= bodyLength ? text : `${text.slice(0, bodyLength - 1)}…`;
}
