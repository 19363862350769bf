import type {
  AttemptRecord,
  CommitOutcome,
  Networks,
  Repositories,
  SocialNetwork,
  Store,
} from '../../main/core/ports/index.ts';

export type AttemptChange = Parameters<Repositories['attempts']['update']>[1];
export type TargetChange = Parameters<Repositories['targets']['update']>[1];

/** The store with some repositories changed, in transactions too. */
export function withRepositories(store: Store, change: (repositories: Repositories) => Partial<Repositories>): Store {
  return {
    ...store,
    ...change(store),
    transaction: (work) => store.transaction((repositories) => work({ ...repositories, ...change(repositories) })),
  };
}

export function withAttemptChanges(store: Store, change: (change: AttemptChange) => AttemptChange): Store {
  return withRepositories(store, ({ attempts }) => ({
    attempts: methods(attempts, { update: (id, wanted) => attempts.update(id, change(wanted)) }),
  }));
}

export function withAttemptsRead(store: Store, change: (attempt: AttemptRecord) => AttemptRecord): Store {
  return withRepositories(store, ({ attempts }) => ({
    attempts: methods(attempts, {
      listOpen: async () => (await attempts.listOpen()).map(change),
      get: async (id) => {
        const attempt = await attempts.get(id);
        return attempt && change(attempt);
      },
    }),
  }));
}

export function withTargetChanges(
  store: Store,
  change: (targets: Repositories['targets'], change: TargetChange, id: string) => TargetChange | Promise<TargetChange>,
): Store {
  return withRepositories(store, ({ targets }) => ({
    targets: methods(targets, {
      update: async (id, wanted) => targets.update(id, await change(targets, wanted, id)),
    }),
  }));
}

export function withNetworks(networks: Networks, change: (network: SocialNetwork) => Partial<SocialNetwork>): Networks {
  const { facebook, instagram, tiktok } = networks;
  return {
    ...networks,
    facebook: methods(facebook, change(facebook)),
    instagram: methods(instagram, change(instagram)),
    tiktok: methods(tiktok, change(tiktok)),
  };
}

export function withCommits(networks: Networks, change: (outcome: CommitOutcome) => CommitOutcome): Networks {
  return withNetworks(networks, (network) => ({
    commit: async (...post) => change(await network.commit(...post)),
  }));
}

/** An object with some members replaced; the others keep their own `this`. */
export function methods<T extends object>(whole: T, replaced: Partial<T>): T {
  return new Proxy(whole, {
    get(target, name) {
      if (name in replaced) return Reflect.get(replaced, name);
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}
