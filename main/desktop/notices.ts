import type { NoticeKind, Settings } from '../../shared/contract/admin.ts';
import type { ActivityRecord } from '../core/ports/index.ts';
import type { Speech } from './speech.ts';
import type { ToldKind, Words } from './words/index.ts';

/** What a person is told outside the window, and which page says more. */
export interface Notice {
  title: string;
  body: string;
  path: string;
}

type Incident = Pick<ActivityRecord, 'id' | 'at' | 'kind' | 'message' | 'clientId' | 'postId' | 'accountId'>;

/** What is told of, by the kind of its entry in the log, and which choice of the settings it belongs to. */
const telling: Readonly<Record<ToldKind, NoticeKind>> = {
  'post.failed': 'failed',
  'comment.failed': 'failed',
  'post.held': 'waiting',
  'post.mismatch': 'waiting',
  'post.at_risk': 'risk',
  'account.reconnect': 'connection',
  'account.expiring': 'connection',
  'generation.failed': 'writing',
  'budget.near': 'budget',
  'budget.used_up': 'budget',
  'summary.weekly': 'weekly',
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
  speech: Speech,
): { notices: Notice[]; told: Told } {
  const ids = new Set(told.ids);
  const subjects = new Map(told.subjects);
  const fresh: Incident[] = [...told.waiting];
  for (const entry of [...entries].sort((a, b) => a.at - b.at)) {
    if (ids.has(entry.id)) continue;
    ids.add(entry.id);
    const as = noticeKindOf(entry);
    if (as === null || !notices.includes(as)) continue;
    const subject = entry.postId ?? entry.accountId ?? `${entry.kind}/${entry.clientId}`;
    // That it failed is news, whatever else was told of it just before.
    const incident = as === 'failed' ? `failed/${subject}` : subject;
    const lastAt = subjects.get(incident);
    if (lastAt !== undefined && entry.at - lastAt < sameIncidentMs) continue;
    subjects.set(subject, entry.at).set(incident, entry.at);
    fresh.push(entry);
  }
  if (isQuiet) return { notices: [], told: { ids, subjects, waiting: fresh } };
  const found =
    fresh.length > shownAtOnce ? [together(fresh, speech.words)] : fresh.map((one) => noticeOf(one, speech));
  return { notices: found, told: { ids, subjects, waiting: [] } };
}

function noticeKindOf({ kind }: Incident): NoticeKind | null {
  return Object.hasOwn(telling, kind) ? telling[kind as ToldKind] : null;
}

function noticeOf(incident: Incident, { words, said }: Speech): Notice {
  return { title: titleOf(incident, words), body: cut(said(incident.message)), path: pathOf(incident) };
}

function titleOf({ kind }: Incident, { notices }: Words): string {
  return notices.titles[kind as ToldKind];
}

function together(incidents: readonly Incident[], words: Words): Notice {
  const names = new Set(incidents.map((incident) => titleOf(incident, words)));
  return {
    title: words.notices.together(incidents.length),
    body: cut([...names].join(' · ')),
    path: '/pipeline?show=attention',
  };
}

function pathOf(incident: Incident): string {
  const { postId, clientId, accountId } = incident;
  if (noticeKindOf(incident) === 'budget') return '/activity?tab=usage';
  if (postId !== null) return `/posts/${encodeURIComponent(postId)}`;
  if (clientId === null) return '/activity';
  const tab = accountId === null ? '' : '?tab=accounts';
  return `/clients/${encodeURIComponent(clientId)}${tab}`;
}

function cut(text: string): string {
  return text.length <= bodyLength ? text : `${text.slice(0, bodyLength - 1)}…`;
}
