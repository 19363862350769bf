import type { AccountMetric, Metrics } from '../../../shared/domain/metrics.ts';
import { isStory, storyLivesMs } from '../../../shared/domain/story.ts';
import { setAccountStatus } from '../accounts/account-status.ts';
import type { Renewal } from '../accounts/renewals.ts';
import type { CoreDeps } from '../deps.ts';
import type { Halt } from '../control/halts.ts';
import { dayOf } from '../instants.ts';
import {
  type AccountAccess,
  type AccountRecord,
  type Failure,
  type NetworkInsights,
  NetworkFailure,
  type TargetRecord,
} from '../ports/index.ts';
import { type KnownRefusals, loadRefusals } from './refused-metrics.ts';

/** Posts are followed for this long; after it next to nothing moves. */
const followedMs = 30 * 24 * 3_600_000;
/** So many questions in a row without an answer, and an account is left alone until the next run. */
const patience = 3;

const actor = 'job:take-insights';

/**
 * Takes down, once a day, of a story each time, how the posts of the last 30 days and the accounts stand. A run asks about what has no
 * figures of today (UTC) yet, so one that met with trouble is made up for by the next; what cannot be learnt leaves the figures
 * of the day before as they are. Reads only.
 */
export interface Snapshots {
  /** @param again asks about everything anew, as a person wants it */
  take(again: boolean): Promise<void>;
}

export function createSnapshots(
  deps: Pick<CoreDeps, 'store' | 'clock' | 'log' | 'networks' | 'activity' | 'changes' | 'locked'> & {
    openAccess(account: AccountRecord): AccountAccess;
    renewAccess(accountId: string): Promise<Renewal>;
    /** Why nothing is sent now, or null: the day may not be trusted, or the data. */
    halt(): Halt | null;
  },
): Snapshots {
  const { store, clock, log, networks } = deps;

  async function takeOf(account: AccountRecord, again: boolean): Promise<void> {
    const access = deps.openAccess(account);
    const { insights } = networks[account.platform];
    const refusals = await loadRefusals(store, account.platform, clock.now());
    const isOver = await takePosts(account, access, { insights, refusals, again }).finally(() => refusals.save());
    if (isOver) return;
    await takeAccount(account, access, { insights, refusals, again }).finally(() => refusals.save());
  }

  /** @returns whether the account had better be left alone */
  async function takePosts(account: AccountRecord, access: AccountAccess, run: Run): Promise<boolean> {
    let waiting = await postsToAsk(account, run.again);
    let failures = 0;
    while (waiting.length > 0 && failures < patience) {
      const asked = waiting.slice(0, run.insights.postsAtOnce);
      waiting = waiting.slice(asked.length);
      try {
        const ids = asked.flatMap(({ remoteId }) => remoteId ?? []);
        const found = await run.insights.ofPosts(access, ids, run.refusals);
        if (found === null) return false;
        for (const target of asked) await keep(account, target, found.get(target.remoteId ?? ''));
        failures = 0;
      } catch (error) {
        const failure = await note(account, error);
        if (concernsAccount(failure)) return true;
        // Another answer is not to be had today, however often one asks.
        if (failure.class === 'content') for (const target of asked) await keep(account, target, undefined);
        failures += 1;
      }
    }
    return failures >= patience;
  }

  async function postsToAsk(account: AccountRecord, again: boolean): Promise<TargetRecord[]> {
    const now = clock.now();
    const live = (await store.targets.liveOf(account.id, now - followedMs)).filter(
      ({ options, publishedAt }) => !isStory(options) || now - (publishedAt ?? 0) < storyLivesMs,
    );
    if (again) return live;
    const taken = await store.metrics.takenOn(
      dayOf(now),
      live.map(({ id }) => id),
    );
    // A story has figures for a day only, and the last ones count.
    return live.filter(({ id, options }) => isStory(options) || !taken.includes(id));
  }

  /** @param metrics undefined where there was no answer: the day is done with it, but for a story, which keeps what it has */
  async function keep(account: AccountRecord, target: TargetRecord, metrics: Metrics | undefined): Promise<void> {
    if (metrics === undefined && isStory(target.options)) return;
    const now = clock.now();
    await store.metrics.putOfTarget({ targetId: target.id, day: dayOf(now), metrics: metrics ?? {}, takenAt: now });
    deps.changes.tell('post.changed', target.postId, account.clientId);
  }

  async function takeAccount(account: AccountRecord, access: AccountAccess, run: Run): Promise<void> {
    const day = dayOf(clock.now());
    const isTaken = (await store.metrics.listOfAccount(account.id, day)).length > 0;
    if (isTaken && !run.again) return;
    let metrics: Metrics<AccountMetric> | null;
    try {
      metrics = await run.insights.ofAccount(access, run.refusals);
    } catch (error) {
      await note(account, error);
      return;
    }
    if (metrics === null) return;
    await store.metrics.putOfAccount({ accountId: account.id, day, metrics, takenAt: clock.now() });
    deps.changes.tell('account.changed', account.id, account.clientId);
  }

  /** @throws what is no failure of a network */
  async function note(account: AccountRecord, error: unknown): Promise<Failure> {
    if (!(error instanceof NetworkFailure)) throw error;
    const { failure } = error;
    log.info('figures could not be read', { account: account.id, code: failure.code, message: failure.message });
    if (failure.class === 'token') await loginRefused(account, failure);
    return failure;
  }

  /** What no post could be sent with is told now, not by the next post; TikTok's login is renewed first, as for a post. */
  async function loginRefused(account: AccountRecord, failure: Failure): Promise<void> {
    const current = await store.accounts.get(account.id);
    // A person connected it anew while it was asked, or somebody else told of it already.
    if (current?.sealedAccessToken !== account.sealedAccessToken || current.status === 'reconnect') return;
    if (account.platform === 'tiktok') await deps.renewAccess(account.id);
    else await setAccountStatus(deps, account.id, 'reconnect', failure.message, actor);
  }

  return {
    async take(again) {
      if (deps.locked() !== null) return;
      for (const account of await store.accounts.listAll()) {
        if (deps.halt() !== null) return;
        if (!(await isAskable(deps, account))) continue;
        try {
          await takeOf(account, again);
        } catch (error) {
          log.warn('figures of an account could not be taken', { account: account.id, error: String(error) });
        }
      }
    },
  };
}

interface Run {
  insights: NetworkInsights;
  refusals: KnownRefusals;
  again: boolean;
}

async function isAskable(
  { store, clock }: Pick<CoreDeps, 'store' | 'clock'>,
  account: AccountRecord,
): Promise<boolean> {
  if (account.status === 'reconnect') return false;
  if (account.pausedUntil !== null && account.pausedUntil > clock.now()) return false;
  const client = await store.clients.get(account.clientId);
  return client !== undefined && client.status !== 'archived';
}

/** Limits and dead logins hold for the next question too. */
function concernsAccount(failure: Failure): boolean {
  return failure.class !== 'transient' && failure.class !== 'content';
}
