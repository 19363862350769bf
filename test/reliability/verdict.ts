import type Database from 'better-sqlite3';
import type { LedgerEntry } from './platform-records.ts';
import { accounts, type Scenario, type ScenarioAccount, takesComments } from './scenario.ts';

interface TargetRow {
  id: string;
  post_id: string;
  account_id: string;
  /** Null when nobody wants it to be published: then nothing has to become of it. */
  approved_hash: string | null;
  status: string;
  remote_id: string | null;
  error_code: string | null;
  error_message: string | null;
}

interface AttemptRow {
  id: string;
  target_id: string;
  kind: 'post' | 'first_comment';
  state: string;
  events: string;
}

/** Everything the judge looks at when a world has come to rest. */
export interface Evidence {
  scenario: Scenario;
  ledger: readonly LedgerEntry[];
  /** Sees what is committed. */
  database: Database.Database;
  /** The faults ended and the world came to rest: nothing may be left open. */
  isAtRest: boolean;
}

/** What a person was asked, by kind of account. */
export type Asked = Record<string, { targets: number; asked: number }>;

/** Compares the networks' ledger with the app's store, both ways. Answers what is wrong, in words. */
export function judge(evidence: Evidence): string[] {
  const targets = evidence.database.prepare<[], TargetRow>(targetRows).all();
  const attempts = readAttempts(evidence.database);
  return [
    ...postsAreRight(evidence, targets, attempts),
    ...commentsAreRight(evidence, targets, attempts),
    ...ledgerIsOurs(evidence),
    ...attempts.flatMap(movesAreAllowed),
  ];
}

const targetRows = `
  SELECT t.*, CASE WHEN p.deleted_at IS NULL AND p.status <> 'rejected' THEN p.approved_hash END AS approved_hash
  FROM post_targets t JOIN content_pipeline p ON p.id = t.post_id WHERE t.removed_at IS NULL`;

export function whoWasAsked(evidence: Evidence): Asked {
  const asked: Asked = {};
  const open = new Set(
    readAttempts(evidence.database)
      .filter(({ state }) => state === 'needs_human')
      .map((attempt) => attempt.target_id),
  );
  for (const { id, account } of evidence.scenario.posts.flatMap((post) => post.targets)) {
    const tally = (asked[account.kind] ??= { targets: 0, asked: 0 });
    tally.targets += 1;
    if (open.has(id)) tally.asked += 1;
  }
  return asked;
}

function readAttempts(database: Database.Database): AttemptRow[] {
  return database
    .prepare<[], AttemptRow>(
      `SELECT a.*, (SELECT group_concat(kind, ' ') FROM
         (SELECT kind FROM attempt_events e WHERE e.attempt_id = a.id ORDER BY sequence)) AS events
       FROM publish_attempts a ORDER BY a.created_at, a.id`,
    )
    .all();
}

/** Targets that want the same words on the same account. */
interface Alike {
  name: string;
  account: ScenarioAccount;
  text: string;
  rows: TargetRow[];
}

/** What is wanted is what the scenario says, or what people made of it. */
function alike({ scenario }: Evidence, targets: readonly TargetRow[]): { groups: Alike[]; lost: string[] } {
  const groups = new Map<string, Alike>();
  const lost: string[] = [];
  for (const post of scenario.posts) {
    const ids = scenario.isMeddled
      ? targets.filter((row) => row.post_id === post.id).map(({ id }) => id)
      : post.targets.map(({ id }) => id);
    for (const id of ids) {
      const row = targets.find((candidate) => candidate.id === id);
      const account = accounts.find((candidate) => candidate.id === row?.account_id);
      if (row === undefined || account === undefined) {
        lost.push(`I2 ${id} is gone`);
        continue;
      }
      const name = `${account.id}/${post.text}`;
      const group = groups.get(name) ?? { name, account, text: post.text, rows: [] };
      group.rows.push(row);
      groups.set(name, group);
    }
  }
  return { groups: [...groups.values()], lost };
}

/** An edited text keeps the words of before in front of a comma. */
function isOf(entry: LedgerEntry, text: string): boolean {
  return entry.text === text || entry.text.startsWith(`${text}, `);
}

function postsAreRight(evidence: Evidence, targets: TargetRow[], attempts: AttemptRow[]): string[] {
  const { ledger, isAtRest } = evidence;
  const { groups, lost } = alike(evidence, targets);
  const wrong = [...lost];
  for (const { name, account, text, rows } of groups) {
    const live = ledger.filter((entry) => entry.under === null && entry.account === account && isOf(entry, text));
    const asks = (row: TargetRow): boolean =>
      attempts.some((one) => one.target_id === row.id && one.kind === 'post' && one.state === 'needs_human');
    const done = rows.filter(({ status }) => status === 'published').length;
    const questions = rows.filter(asks).length;
    const ended = rows.filter((row) => final.has(row.status)).length;

    if (live.length > rows.length) wrong.push(`I1 ${name} is live ${live.length} times, wanted ${rows.length}`);
    if (done > live.length) wrong.push(`I3 ${name} is marked published ${done} times and live ${live.length} times`);
    if (ended === rows.length && live.length > done + questions) {
      wrong.push(
        `I3 ${name} is live ${live.length} times, but marked so ${done} times with ${questions} questions asked`,
      );
    }
    for (const row of rows) {
      const isWanted = row.approved_hash !== null;
      if (isAtRest && isWanted && !final.has(row.status)) wrong.push(`I2 ${row.id} was left ${row.status}`);
      const isMute = (row.status === 'held' || row.status === 'failed') && !row.error_message;
      if (isMute) wrong.push(`I2 ${row.id} is ${row.status} without a reason`);
      const claims = row.status === 'published' && row.remote_id !== null;
      if (claims && !live.some(({ id }) => id === row.remote_id)) {
        wrong.push(`I3 ${row.id} is said to be live as ${row.remote_id}, which is not in the ledger`);
      }
    }
  }
  return wrong;
}

const final = new Set(['published', 'delivered', 'held', 'failed', 'dropped']);

function commentsAreRight(
  { scenario, ledger, isAtRest }: Evidence,
  targets: TargetRow[],
  attempts: AttemptRow[],
): string[] {
  const wrong: string[] = [];
  for (const post of scenario.posts) {
    for (const { id, account } of post.targets) {
      const row = targets.find((target) => target.id === id);
      const ours = attempts.filter((attempt) => attempt.target_id === id && attempt.kind === 'first_comment');
      const live = ledger.filter(
        (entry) => entry.under !== null && entry.account === account && entry.text === post.firstComment,
      );
      const done = ours.filter(({ state }) => state === 'published').length;
      if (live.length > 1) wrong.push(`I1 the comment of ${id} is live ${live.length} times`);
      if (done > live.length) wrong.push(`I3 the comment of ${id} is marked published, but is not there`);
      const isWanted = post.firstComment !== null && takesComments(account) && row?.status === 'published';
      if (isAtRest && isWanted && live.length === 0 && row.error_code !== 'first_comment') {
        wrong.push(`I2 the comment of ${id} is missing, and nobody is told`);
      }
    }
  }
  return wrong;
}

/** Nothing before its time, nothing on an account or in words that nobody approved. */
function ledgerIsOurs({ scenario, ledger }: Evidence): string[] {
  return ledger.flatMap((entry) => {
    const posts = scenario.posts.filter(({ clientId, text, firstComment, targets }) => {
      const isText = entry.under === null ? isOf(entry, text) : firstComment === entry.text;
      const isOwn = scenario.isMeddled
        ? clientId === entry.account.clientId
        : targets.some(({ account }) => account === entry.account);
      return isText && isOwn;
    });
    if (posts.length === 0) return [`I7 “${entry.text}” on ${entry.account.id} was never approved`];
    // People move posts: then the gate alone was asked whether it was time.
    if (scenario.isMeddled) return [];
    const earliest = Math.min(...posts.map(({ dueAt }) => dueAt));
    return entry.at < earliest ? [`I5 “${entry.text}” went out ${earliest - entry.at} ms before its time`] : [];
  });
}

const beforeSending = 'intent( handle)*( prepared)?';
const afterSending = '( absent| look_up_failed| accepted| unknown)*';
const endings = '( published| delivered| failed| not_sent)';
const afterEnd = '( followed_up| cleared)*';
const allowedMoves = new RegExp(
  `^${beforeSending}(( not_sent| failed)${afterEnd}|( sending| unknown| accepted)${afterSending}((${endings}| needs_human( resolved)?)${afterEnd})?)?$`,
);

/** The journal of an attempt follows the arrows, whatever happened in between. */
function movesAreAllowed({ id, events }: AttemptRow): string[] {
  return allowedMoves.test(events) ? [] : [`I10 attempt ${id} moved “${events}”`];
}
