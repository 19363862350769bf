import type { Repositories, Store } from '../../main/core/ports/index.ts';
import type { SiteKind } from './faults.ts';

/** Puts a step around something the app does outside itself. */
export interface Steps {
  around<T>(site: string, kind: SiteKind, run: () => Promise<T>): Promise<T>;
  /** A step with nothing in it whose `after` comes later, by calling the function it resolves to. */
  open(site: string, kind: SiteKind): Promise<() => Promise<void>>;
  /** Rejects when the app crashes: what is under way in the store is rolled back. */
  crashed: Promise<never>;
  /** Resolves to what `work` resolves to, and never when the app has crashed. */
  unlessCrashed<T>(work: Promise<T>): Promise<T>;
  inTransaction: boolean;
}

/** A store each of whose calls is a step, inside transactions too; `begin` and `commit` are steps of their own. */
export function faultyStore(store: Store, steps: Steps): Store {
  async function transaction<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
    await steps.around('begin', 'write', () => Promise.resolve());
    let afterCommit: () => Promise<void> = () => Promise.resolve();
    const body = async (repositories: Repositories): Promise<T> => {
      steps.inTransaction = true;
      const result = await work(withSteps(repositories, steps));
      afterCommit = await steps.open('commit', 'write');
      return result;
    };
    const result = await steps.unlessCrashed(
      store
        .transaction((repositories) => Promise.race([body(repositories), steps.crashed]))
        .finally(() => {
          steps.inTransaction = false;
        }),
    );
    await afterCommit();
    return result;
  }

  return { ...withSteps(store, steps), transaction, close: () => Promise.resolve() };
}

type Method = (...parameters: unknown[]) => Promise<unknown>;

/** All of them: one that is left out would not be there for the app. */
const tables: Record<keyof Repositories, true> = {
  clients: true,
  accounts: true,
  media: true,
  posts: true,
  targets: true,
  drafts: true,
  attempts: true,
  control: true,
  runner: true,
  renewals: true,
  preflights: true,
  connections: true,
  usage: true,
  activity: true,
  approvals: true,
  lessons: true,
  variants: true,
  settings: true,
  metrics: true,
};

function withSteps(repositories: Repositories, steps: Steps): Repositories {
  const names = Object.keys(tables) as (keyof Repositories)[];
  const wrapped = names.map((table) => [table, tableWithSteps(table, repositories[table], steps)]);
  return Object.fromEntries(wrapped) as Repositories;
}

/** Wraps a method when it is asked for: a transaction uses few of them. */
function tableWithSteps(table: string, repository: object, steps: Steps): object {
  return new Proxy(repository, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || typeof name !== 'string') return method;
      const kind: SiteKind = isWriting.test(name) ? 'write' : 'read';
      return (...parameters: unknown[]) =>
        steps.around(`${table}.${name}`, kind, () => (method as Method).apply(target, parameters));
    },
  });
}

const isWriting = /^(insert|update|put|record|remove|consume|keep)/;
