import type { ActivityRecord } from '../core/ports/index.ts';

/** What a person is told outside the window, and which page says more. */
export interface Notice {
  title: string;
  body: string;
  path: string;
}

type Incident = Pick<ActivityRecord, 'id' | 'at' | 'kind' | 'message' | 'clientId' | 'postId' | 'accountId'>;

const titles: Record<string, string> = {
  'post.failed': 'A post failed',
  'post.held': 'A post waits for you',
  'post.mismatch': 'A post is live, but not as approved',
  'post.at_risk': 'A post is at risk',
  'comment.failed': 'A first comment failed',
  'account.reconnect': 'An account must be connected again',
  'account.expiring': 'A connection ends soon',
  'generation.failed': 'Posts could not be written',
};

/** A post with several accounts tells of each; for a person that is one incident. */
const sameIncidentMs = 10 * 60_000;
const shownAtOnce = 3;
const bodyLength = 220;

/** Which incidents have been told of. */
export interface Told {
  ids: Set<string>;
  /** When a post or an account was last told of, UTC ms. */
  subjects: Map<string, number>;
}

export const nothingTold: Told = { ids: new Set(), subjects: new Map() };

/**
 * What to tell of new incidents: each one once, and more than three together in one sentence.
 * @param entries of the activity log, in any order
 * @returns notices, and what has been told of then
 */
export function noticesFor(entries: readonly Incident[], told: Told): { notices: Notice[]; told: Told } {
  const ids = new Set(told.ids);
  const subjects = new Map(told.subjects);
  const fresh: Incident[] = [];
  for (const entry of [...entries].sort((a, b) => a.at - b.at)) {
    if (ids.has(entry.id)) continue;
    ids.add(entry.id);
    if (!Object.hasOwn(titles, entry.kind)) continue;
    const subject = entry.postId ?? entry.accountId ?? `${entry.kind}/${entry.clientId}`;
    const lastAt = subjects.get(subject);
    subjects.set(subject, entry.at);
    if (lastAt === undefined || entry.at - lastAt >= sameIncidentMs) fresh.push(entry);
  }
  return { notices: fresh.length > shownAtOnce ? [together(fresh)] : fresh.map(noticeOf), told: { ids, subjects } };
}

function noticeOf(incident: Incident): Notice {
  const { kind, message } = incident;
  return { title: titles[kind] ?? 'AutoSocial AI', body: cut(message), path: pathOf(incident) };
}

function together(incidents: readonly Incident[]): Notice {
  const names = new Set(incidents.map(({ kind }) => titles[kind] ?? ''));
  return {
    title: `${incidents.length} things need you`,
    body: cut([...names].join(' · ')),
    path: '/pipeline?show=attention',
  };
}

function pathOf({ postId, clientId, accountId }: Incident): string {
  if (postId !== null) return `/posts/${encodeURIComponent(postId)}`;
  if (clientId === null) return '/activity';
  const tab = accountId === null ? '' : '?tab=accounts';
  return `/clients/${encodeURIComponent(clientId)}${tab}`;
}

function cut(text: string): string {
  return text.length <= bodyLength ? text : `${text.slice(0, bodyLength - 1)}…`;
}
