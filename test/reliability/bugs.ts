import type {
  AttemptRecord,
  CommitOutcome,
  KillSwitchRecord,
  Repositories,
  Store,
} from '../../main/core/ports/index.ts';
import { contentHash, contentOf } from '../../main/core/pipeline/content.ts';
import { systemDigest } from '../../main/host/chance.ts';
import type { Bug } from './app.ts';
import {
  type AttemptChange,
  methods,
  type TargetChange,
  withAttemptChanges,
  withAttemptsRead,
  withCommits,
  withNetworks,
  withRepositories,
  withTargetChanges,
} from './planting.ts';

/** Bugs as somebody could write them. Each must be caught, or the proof proves nothing. */
export const bugs: readonly (() => Bug)[] = [
  () => ({ name: 'the kill switch is not asked', deps: (deps) => ({ ...deps, killSwitch: mute(deps.killSwitch) }) }),
  killNotAskedAgain,
  () => ({
    name: 'the kill switch is not written down',
    store: (store) =>
      withRepositories(store, ({ control }) => ({ control: methods(control, { putKillSwitch: nothing }) })),
  }),
  () => ({
    name: 'a look-up that fails counts as absent',
    deps: (deps) => ({
      ...deps,
      networks: withNetworks(deps.networks, (network) => ({
        lookUp: (...question) => network.lookUp(...question).catch(() => ({ kind: 'absent' as const })),
      })),
    }),
  }),
  () => ({ name: 'what was being sent is sent again after a crash', beforeStart: closeWhatWasSent }),
  () => ({
    name: 'an answer with 5xx counts as not sent',
    deps: (deps) => ({ ...deps, networks: withCommits(deps.networks, (outcome) => notSentIf(outcome, /answered 5/)) }),
  }),
  () => ({
    name: 'no answer in time counts as not sent',
    deps: (deps) => ({ ...deps, networks: withCommits(deps.networks, (outcome) => notSentIf(outcome, /in time/)) }),
  }),
  () => ({
    name: 'a cut answer counts as not sent',
    isRare: true,
    deps: (deps) => ({
      ...deps,
      networks: withCommits(deps.networks, (outcome) => notSentIf(outcome, /answered 200/)),
    }),
  }),
  () => ({
    name: 'a lost answer counts as a failure for good',
    deps: (deps) => ({
      ...deps,
      networks: withCommits(deps.networks, (outcome) => (outcome.kind === 'unknown' ? refused('content') : outcome)),
    }),
  }),
  () => ({
    name: 'no settle time',
    isRare: true,
    deps: (deps) => ({ ...deps, networks: withNetworks(deps.networks, () => ({ settleMs: 0 })) }),
  }),
  () => ({
    name: 'the settle time counts from the planned deadline, not from waking up',
    isRare: true,
    store: (store) =>
      withAttemptChanges(store, (change) => (change.state === 'unknown' ? omit(change, 'deadlineAt') : change)),
  }),
  () => ({
    name: 'one negative look-up is enough',
    isRare: true,
    store: (store) => withAttemptsRead(store, asAskedBefore),
  }),
  () => ({ name: 'what a look-up found is not marked', store: (store) => withTargetChanges(store, forgetFound) }),
  () => ({
    name: 'unknown attempts are forgotten',
    store: (store) =>
      withRepositories(store, ({ attempts }) => ({
        attempts: methods(attempts, {
          listOpen: async () => (await attempts.listOpen()).filter(({ state }) => state !== 'unknown'),
        }),
      })),
  }),
  writtenAfterSending,
  () => ({
    name: 'accepted counts as published',
    isRare: true,
    deps: (deps) => ({
      ...deps,
      networks: withCommits(deps.networks, (outcome) =>
        outcome.kind === 'accepted'
          ? { kind: 'published', remoteId: null as unknown as string, permalink: null }
          : outcome,
      ),
    }),
  }),
  () => ({
    name: 'a comment without an answer is sent again',
    deps: (deps) => ({
      ...deps,
      networks: withNetworks(deps.networks, ({ comments }) => ({
        comments: comments && {
          ...comments,
          commit: async (...comment) => notSentIf(await comments.commit(...comment), /./),
        },
      })),
    }),
  }),
  () => ({
    name: 'the app’s clock runs ahead',
    deps: (deps) => ({
      ...deps,
      clock: { now: () => deps.clock.now() + 90_000, monotonic: () => deps.clock.monotonic() },
    }),
  }),
  () => ({
    name: 'another account’s token is used',
    deps: (deps) => ({
      ...deps,
      openAccess: (account) => ({
        ...deps.openAccess(account),
        token: deps.openAccess({ ...account, remoteId: account.remoteId === 'page-1' ? 'page-2' : 'page-1' }).token,
      }),
    }),
  }),
  () => ({
    name: 'long timers never fire',
    deps: (deps) => ({
      ...deps,
      timers: { after: (ms, run) => (ms < 10_000 ? deps.timers.after(ms, run) : { cancel: () => undefined }) },
    }),
  }),
  () => ({
    name: 'what is held gives no reason',
    store: (store) =>
      withTargetChanges(store, (_, change) =>
        change.status === 'held' || change.status === 'failed' ? { ...change, errorMessage: null } : change,
      ),
  }),
  () => ({
    name: 'the journal leaves out that something is sent',
    store: (store) =>
      withRepositories(store, ({ attempts }) => ({
        attempts: methods(attempts, {
          record: (event) => (event.kind === 'sending' ? nothing() : attempts.record(event)),
        }),
      })),
  }),
  () => ({
    name: 'another run of the app may go on with what it began',
    deps: (deps) => ({ ...deps, lease: { ...deps.lease, isHeld: () => true, assertHeld: nothing } }),
  }),
  () => ({ name: 'the halts are not asked', deps: (deps) => ({ ...deps, halt: () => null }) }),
  () => ({
    name: 'what was prepared is forgotten after a crash',
    store: (store) =>
      withRepositories(store, ({ attempts }) => ({
        attempts: methods(attempts, {
          listOpen: async () => (await attempts.listOpen()).filter(({ state }) => state !== 'prepared'),
        }),
      })),
  }),
  () => ({
    name: 'that a network asked us to wait is not written down',
    profile: 'limits',
    store: (store) =>
      withRepositories(store, ({ accounts }) => ({
        accounts: methods(accounts, { update: (id, change) => accounts.update(id, omit(change, 'pausedUntil')) }),
      })),
  }),
  () => ({
    name: 'a refusal for the rate is tried again like any other',
    profile: 'limits',
    deps: (deps) => ({
      ...deps,
      networks: withCommits(deps.networks, (outcome) =>
        outcome.kind === 'refused' && outcome.failure.class === 'rate' ? refused('transient') : outcome,
      ),
    }),
  }),
  () => ({
    name: 'nobody counts what is begun within a minute',
    deps: (deps) => ({ ...deps, networks: withNetworks(deps.networks, () => ({ startsPerMinute: null })) }),
  }),
  () => ({
    name: 'what was begun before a crash is not counted',
    deps: (deps, app) => ({ ...deps, store: countingOwn(deps.store, app.bootId) }),
  }),
  () => ({
    name: 'what a live post consists of is taken for left over',
    deps: (deps) => ({
      ...deps,
      networks: withNetworks(deps.networks, ({ staging }) => ({
        staging: staging && {
          ...staging,
          of: (handle) => ({ parts: [], spare: Object.values(staging.of(handle)).flat() }),
        },
      })),
    }),
  }),
  () => ({
    name: 'the gate does not ask for banned terms',
    profile: 'meddling',
    store: (store) =>
      withRepositories(store, ({ clients }) => ({
        clients: methods(clients, { brand: () => Promise.resolve(undefined) }),
      })),
  }),
  () => ({
    name: 'a changed text takes its approval along',
    profile: 'meddling',
    store: approvalFollowsText,
  }),
  () => ({
    name: 'a disconnected account is still used',
    profile: 'meddling',
    store: (store) =>
      withRepositories(store, ({ accounts }) => ({
        accounts: methods(accounts, {
          get: async (id) => {
            const account = await accounts.get(id);
            return account && { ...account, disconnectedAt: null };
          },
        }),
      })),
  }),
];

/** What was looked up before `sending` was written is believed until the next look. */
function killNotAskedAgain(): Bug {
  const known = new Map<string, KillSwitchRecord | null>();
  return {
    name: 'the kill switch is not asked again once the row is written',
    isRare: true,
    deps: (deps) => ({
      ...deps,
      killSwitch: {
        ...deps.killSwitch,
        load: async () => {
          await deps.killSwitch.load();
          known.clear();
        },
        stopping: (clientId, accountId) => {
          const key = `${clientId}/${accountId}`;
          if (!known.has(key)) known.set(key, deps.killSwitch.stopping(clientId, accountId));
          return known.get(key) ?? null;
        },
      },
    }),
  };
}

/** Of what was begun, only what this run of the app began itself. */
function countingOwn(store: Store, bootId: string): Store {
  return withRepositories(store, ({ attempts }) => ({
    attempts: methods(attempts, {
      firstSteps: async (...question) =>
        (await attempts.firstSteps(...question)).filter((step) => step?.bootId === bootId),
    }),
  }));
}

/** The row of the attempt says `sending` only once there is an answer. */
function writtenAfterSending(): Bug {
  let late: { id: string; change: AttemptChange } | null = null;
  return {
    name: 'the attempt is written down after it is sent',
    store: (store) =>
      withRepositories(store, ({ attempts }) => ({
        attempts: methods(attempts, {
          update: async (id, change) => {
            if (change.state === 'sending') late = { id, change };
            else await attempts.update(id, change);
          },
        }),
      })),
    deps: (deps) => ({
      ...deps,
      http: async (request, limits) => {
        const sent = late;
        try {
          return await deps.http(request, limits);
        } finally {
          if (sent !== null) await deps.store.attempts.update(sent.id, { ...sent.change, state: 'sending' });
        }
      },
    }),
  };
}

async function closeWhatWasSent(store: Store): Promise<void> {
  for (const attempt of await store.attempts.listOpen()) {
    if (attempt.state !== 'sending') continue;
    await store.attempts.update(attempt.id, { state: 'not_sent', endedAt: attempt.createdAt });
    if (attempt.kind === 'post') await store.targets.update(attempt.targetId, { status: 'pending' });
  }
}

/** Whoever changes the words of an approved post approves them by that. */
function approvalFollowsText(store: Store): Store {
  return withRepositories(store, ({ posts, targets, media }) => ({
    posts: methods(posts, {
      update: async (id, change) => {
        const before = await posts.get(id);
        await posts.update(id, change);
        const after = await posts.get(id);
        if (before?.approvedHash == null || after === undefined || after.approvedHash !== null) return;
        const content = contentOf(after, await targets.listOfPost(id), await media.getMany(after.mediaIds));
        await posts.update(id, { status: 'approved', approvedHash: contentHash(content, systemDigest) });
      },
    }),
  }));
}

function asAskedBefore(attempt: AttemptRecord): AttemptRecord {
  const wasAsked = attempt.state === 'unknown' && attempt.lastLookUpAt !== null && attempt.negativeLookUps === 0;
  return wasAsked ? { ...attempt, negativeLookUps: 1 } : attempt;
}

async function forgetFound(targets: Repositories['targets'], change: TargetChange, id: string): Promise<TargetChange> {
  if (change.status !== 'published') return change;
  const before = await targets.get(id);
  return before?.status === 'confirming' ? { ...change, status: 'pending' } : change;
}

function notSentIf(outcome: CommitOutcome, pattern: RegExp): CommitOutcome {
  return outcome.kind === 'unknown' && pattern.test(outcome.detail) ? refused('transient') : outcome;
}

function refused(kind: 'transient' | 'content'): CommitOutcome {
  return { kind: 'refused', failure: { class: kind, code: 'bug', message: 'It was taken for refused.' } };
}

function mute<T extends { stopping: unknown }>(killSwitch: T): T {
  return { ...killSwitch, stopping: () => null };
}

function nothing(): Promise<void> {
  return Promise.resolve();
}

function omit<T extends object, Key extends keyof T>(value: T, key: Key): Omit<T, Key> {
  const { [key]: _, ...rest } = value;
  return rest;
}
