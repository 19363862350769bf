import { phrase } from '../../../shared/domain/phrase.ts';
import type { Renewal } from '../accounts/renewals.ts';
import type { CoreDeps } from '../deps.ts';
import { zonedOf } from '../instants.ts';
import { mediaToSend } from '../media/renditions.ts';
import { commentIsWanted } from '../publishing/first-comment.ts';
import {
  type AccountAccess,
  type AccountRecord,
  type DueTarget,
  MediaRefused,
  type MediaRecord,
  NetworkFailure,
  type PreflightRecord,
  type Readiness,
  type Risk,
} from '../ports/index.ts';
import { sketchPublication } from '../publishing/publication.ts';
import {
  accountRisk,
  contentRisk,
  failureRisk,
  type Found,
  isToBeChecked,
  looksAheadMs,
  mediaRisk,
  readinessRisk,
} from './risks.ts';

/** Looks at posts before their time, so that a person hears in time of what would keep them from going out. */
export interface Preflight {
  /**
   * Looks at what is due within a day: a day and an hour before its time, and again at each run while something
   * stands in its way. Asks networks only what changes nothing there.
   * @param again looks at all of them now, as a person wants it
   */
  lookAhead(again: boolean): Promise<void>;
}

type Deps = Pick<CoreDeps, 'store' | 'clock' | 'log' | 'networks' | 'files' | 'activity' | 'changes' | 'locked'> & {
  openAccess(account: AccountRecord): AccountAccess;
  renewAccess(accountId: string): Promise<Renewal>;
};

/** Targets looked at in one run. */
const atOnce = 1_000;
const actor = 'job:look-ahead';

export function createPreflight(deps: Deps): Preflight {
  const { store, clock } = deps;
  return {
    async lookAhead(again) {
      if (deps.locked() !== null) return;
      const now = clock.now();
      const coming = (await store.targets.due(now + looksAheadMs[0], atOnce)).filter(
        ({ post }) => post.scheduledFor > now,
      );
      const before = byTarget(await store.preflights.of(coming.map(({ target }) => target.id)));
      const open = byTarget(await store.preflights.atRisk());
      const run: Run = { asked: new Map(), incidents: await incidentsOf(deps, open) };
      for (const due of coming) {
        const known = before.get(due.target.id);
        open.delete(due.target.id);
        if (again || isToBeChecked(due.post.scheduledFor, known, now)) await look(deps, due, known, run);
      }
      // Moved, taken back, or out: whatever stood in its way is no news any more.
      for (const gone of open.values()) await store.preflights.put({ ...gone, checkedAt: now, risk: null });
    },
  };
}

interface Run {
  /** One question about an account and a way of posting is enough for all its posts. */
  asked: Map<string, Promise<Readiness | NetworkFailure>>;
  /** Causes that a person has been told of and that last. */
  incidents: Set<string>;
}

async function look(deps: Deps, due: DueTarget, before: PreflightRecord | undefined, run: Run): Promise<void> {
  const { target, post } = due;
  const account = await deps.store.accounts.get(target.accountId);
  if (account === undefined) return;
  const found = await find(deps, due, account, run);
  if (found === 'untold') return;
  const since = before?.risk?.code === found?.code ? before?.risk?.since : undefined;
  const risk: Risk | null = found === null ? null : { ...found, since: since ?? deps.clock.now() };
  await deps.store.transaction(async (within) => {
    await within.preflights.put({ targetId: target.id, checkedAt: deps.clock.now(), risk });
    const about = { clientId: post.clientId, postId: post.id, accountId: account.id };
    if (risk === null && before !== undefined && before.risk !== null) {
      const message = `A post that is due ${zonedOf(post.scheduledFor, post.timezone)} is no longer at risk.`;
      await deps.activity.record({ actor, kind: 'post.risk_gone', message, ...about }, within);
    }
    const current = await within.accounts.get(account.id);
    if (risk === null || !isNews(run, due, current?.status, risk)) return;
    const message = phrase`A post that is due ${zonedOf(post.scheduledFor, post.timezone)} is at risk. ${risk.message} ${risk.remedy}`;
    const detail = { reason: `${risk.message} ${risk.remedy}` };
    await deps.activity.record({ actor, kind: 'post.at_risk', level: 'warning', message, detail, ...about }, within);
  });
  if (JSON.stringify(before?.risk ?? null) !== JSON.stringify(risk)) {
    deps.changes.tell('post.changed', post.id, post.clientId);
  }
}

/** What stands in the way of one post, or null; `untold` when it cannot be known now. */
async function find(deps: Deps, due: DueTarget, account: AccountRecord, run: Run): Promise<Found | 'untold' | null> {
  const { target, post } = due;
  const media = await deps.store.media.getMany(post.mediaIds);
  const own =
    accountRisk(account, post.scheduledFor) ??
    contentOf(deps, due, account, media) ??
    (await mediaOf(deps, due, media));
  if (own !== null) return own;
  const publication = sketchPublication({ post, target, media }, deps.files);
  const direct = publication.options.mode === 'direct';
  const key = `${account.id}/${direct}`;
  const asked = run.asked.get(key) ?? ask(deps, account, direct);
  run.asked.set(key, asked);
  const answer = await asked;
  if (answer instanceof NetworkFailure) return failureRisk(account, answer.failure, post.scheduledFor);
  const isLastLook = post.scheduledFor - deps.clock.now() <= looksAheadMs[1];
  const hasFirstComment = commentIsWanted(deps, due);
  return readinessRisk(account, answer, publication, { isLastLook, hasFirstComment });
}

/** A login that has run out may only need renewing. Never rejects with a failure of the network. */
async function ask(deps: Deps, account: AccountRecord, direct: boolean): Promise<Readiness | NetworkFailure> {
  const first = await askOnce(deps, account, direct);
  if (!(first instanceof NetworkFailure) || first.failure.class !== 'token') return first;
  const renewal = await deps.renewAccess(account.id);
  const renewed = renewal === 'renewed' ? await deps.store.accounts.get(account.id) : undefined;
  if (renewed !== undefined) return askOnce(deps, renewed, direct);
  return renewal === 'later' ? untold : first;
}

const untold = new NetworkFailure({
  class: 'transient',
  code: 'untold',
  message: 'The login could not be renewed yet.',
});

async function askOnce(deps: Deps, account: AccountRecord, direct: boolean): Promise<Readiness | NetworkFailure> {
  try {
    return await deps.networks[account.platform].readiness(deps.openAccess(account), { direct });
  } catch (error) {
    if (error instanceof NetworkFailure) return error;
    deps.log.warn('an account could not be looked at ahead of time', { account: account.id, error: String(error) });
    return untold;
  }
}

function contentOf(
  { networks, files }: Deps,
  { target, post }: DueTarget,
  account: AccountRecord,
  media: readonly MediaRecord[],
): Found | null {
  if (media.length < new Set(post.mediaIds).size) return mediaRisk('A picture or video of the post is gone.');
  const [problem] = networks[target.platform].problems(
    sketchPublication({ post, target, media: [...media] }, files),
    account,
  );
  return problem === undefined ? null : contentRisk(problem);
}

/** Whether each file is there and can be made into what the network takes; a video is only opened. */
async function mediaOf({ files }: Deps, { target }: DueTarget, media: readonly MediaRecord[]): Promise<Found | null> {
  for (const { record, rendition } of mediaToSend(target.platform, media, target.options)) {
    try {
      if (rendition.kind === 'jpeg' || rendition.kind === 'story') await files.prepare(record.sha256, rendition);
      else await files.open(record.sha256);
    } catch (error) {
      if (!(error instanceof MediaRefused)) throw error;
      return mediaRisk(
        record.name === null
          ? phrase`A file of the post cannot be used: ${error.message}`
          : phrase`${record.name} cannot be used: ${error.message}`,
      );
    }
  }
  return null;
}

/** Whether a person has not been told of this cause yet; notes that they are. */
function isNews({ incidents }: Run, due: DueTarget, status: AccountRecord['status'] | undefined, risk: Risk): boolean {
  const incident = incidentOf(due, risk);
  // Of an account that must be connected again the account itself has told.
  if (incidents.has(incident) || (risk.code === 'account' && status === 'reconnect')) return false;
  incidents.add(incident);
  return true;
}

/** What befalls an account befalls all its posts at once. */
function incidentOf({ target, post }: Pick<DueTarget, 'target' | 'post'>, { code }: Pick<Risk, 'code'>): string {
  return code === 'media' || code === 'content' ? `${code}/${post.id}` : `${code}/${target.accountId}`;
}

async function incidentsOf({ store }: Deps, open: ReadonlyMap<string, PreflightRecord>): Promise<Set<string>> {
  const incidents = new Set<string>();
  for (const { targetId, risk } of open.values()) {
    const target = await store.targets.get(targetId);
    const post = target && (await store.posts.get(target.postId));
    if (target !== undefined && post !== undefined && risk !== null) incidents.add(incidentOf({ target, post }, risk));
  }
  return incidents;
}

function byTarget(preflights: readonly PreflightRecord[]): Map<string, PreflightRecord> {
  return new Map(preflights.map((preflight) => [preflight.targetId, preflight]));
}
