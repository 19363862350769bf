import type { DueTarget, Repositories, Store, TargetRepository } from '../../main/core/ports/index.ts';
import { beginning } from './scenario.ts';

/** The store, and a way to tell it that somebody else wrote to its file. */
export interface RememberingStore extends Store {
  forget(): void;
}

/**
 * The store with its answers kept in memory until a table that they depend on is written: the app looks
 * every thirty seconds, and an idle world asks the same again and again. What is answered is frozen, so
 * that no reader changes it for the next one. While a transaction is open, the others ask the store
 * itself, and so does the transaction about what it has written to.
 */
export function rememberingStore(store: Store): RememberingStore {
  const memory = new Memory();
  return {
    ...remembering(store, memory, { mayRemember: () => memory.open === 0, wrote: () => undefined }),
    forget: () => memory.forget(),
    close: () => store.close(),
    async transaction(work) {
      const written = new Set<Table>();
      const access: Access = {
        mayRemember: (tables) => written.size === 0 || !tables.some((table) => written.has(table)),
        wrote: (table) => void written.add(table),
      };
      memory.open += 1;
      try {
        return await store.transaction((repositories) => work(remembering(repositories, memory, access)));
      } finally {
        memory.open -= 1;
        for (const table of written) memory.changed(table);
      }
    },
  };
}

const tables = ['clients', 'accounts', 'media', 'posts', 'targets', 'attempts', 'control', 'runner'] as const;
type Table = (typeof tables)[number];

/** Reads whose answer follows from their parameters and the rows of these tables alone. */
const remembered = new Map<string, readonly Table[]>([
  ['clients.get', ['clients']],
  ['clients.brand', ['clients']],
  ['clients.rules', ['clients']],
  ['accounts.get', ['accounts']],
  ['media.getMany', ['media']],
  ['posts.get', ['posts']],
  ['targets.get', ['targets']],
  ['targets.listOfPost', ['targets']],
  ['targets.awaitingComment', ['posts', 'targets', 'attempts']],
  ['attempts.get', ['attempts']],
  ['attempts.listOfTarget', ['attempts']],
  ['attempts.listOpen', ['attempts']],
  ['targets.waitingFor', ['posts', 'targets']],
  ['attempts.isBound', ['attempts']],
  ['attempts.lastStart', ['attempts']],
  ['attempts.openOf', ['attempts']],
  ['control.killSwitches', ['control']],
  ['runner.current', ['runner']],
]);
const dueTables: readonly Table[] = ['posts', 'targets'];
/** Nothing that is remembered depends on the events of an attempt. */
const harmless = 'attempts.record';
const isWriting = /^(insert|update|put|remove)/;

interface Access {
  /** False when the answer would be another one than the store gives at this place. */
  mayRemember(tables: readonly Table[]): boolean;
  wrote(table: Table): void;
}

/** A span of time in which the same targets are due, UTC ms; null when it has no end. */
interface Span {
  from: number;
  until: number | null;
  due: DueTarget[];
  version: number;
}

class Memory {
  /** Transactions under way. */
  open = 0;
  readonly answers = new Map<string, { answer: unknown; version: number }>();
  spans: Span[] = [];
  /** How often each table has been written. */
  readonly #versions = new Map<Table, number>();

  /** Another number whenever one of the tables was written. */
  version(of: readonly Table[]): number {
    let sum = 0;
    for (const table of of) sum += this.#versions.get(table) ?? 0;
    return sum;
  }

  changed(table: Table): void {
    this.#versions.set(table, this.version([table]) + 1);
  }

  forget(): void {
    for (const table of tables) this.changed(table);
    this.answers.clear();
    this.spans = [];
  }
}

function remembering(repositories: Repositories, memory: Memory, access: Access): Repositories {
  const wrapped = tables.map((table) => [table, tableRemembering(table, repositories[table], memory, access)]);
  const own = Object.fromEntries(wrapped) as Pick<Repositories, Table>;
  return { ...repositories, ...own, targets: timesRemembering(own.targets, memory, access) };
}

type Method = (...parameters: unknown[]) => Promise<unknown>;

function tableRemembering(table: Table, repository: object, memory: Memory, access: Access): object {
  return new Proxy(repository, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function' || typeof name !== 'string') return method;
      const site = `${table}.${name}`;
      const ask: Method = (...parameters) => (method as Method).apply(target, parameters);
      const dependsOn = remembered.get(site);
      if (dependsOn !== undefined) {
        return (...parameters: unknown[]) => recall({ site, parameters, ask, dependsOn }, memory, access);
      }
      return isWriting.test(name) && site !== harmless ? writing(table, ask, memory, access) : ask;
    },
  });
}

function writing(table: Table, ask: Method, memory: Memory, access: Access): Method {
  return async (...parameters) => {
    access.wrote(table);
    memory.changed(table);
    try {
      return await ask(...parameters);
    } finally {
      memory.changed(table);
    }
  };
}

interface Question {
  site: string;
  parameters: unknown[];
  ask: Method;
  dependsOn: readonly Table[];
}

async function recall({ site, parameters, ask, dependsOn }: Question, memory: Memory, access: Access) {
  if (!access.mayRemember(dependsOn)) return ask(...parameters);
  const question = `${site} ${JSON.stringify(parameters)}`;
  const version = memory.version(dependsOn);
  const known = memory.answers.get(question);
  if (known?.version === version) return known.answer;
  const answer = frozen(await ask(...parameters));
  // Kept under the version of before: when something was written meanwhile, it is never found.
  if (access.mayRemember(dependsOn)) memory.answers.set(question, { answer, version });
  return answer;
}

/** Questions about what is due go with the time; their answers hold until the next target is due. */
function timesRemembering(targets: TargetRepository, memory: Memory, access: Access): TargetRepository {
  const spanOf = (at: number): Span | undefined => {
    if (!access.mayRemember(dueTables)) return undefined;
    const version = memory.version(dueTables);
    memory.spans = memory.spans.filter((span) => span.version === version);
    return memory.spans.find(({ from, until }) => from <= at && (until === null || at < until));
  };
  const due = async (at: number, limit: number): Promise<DueTarget[]> => {
    const known = spanOf(at);
    if (known !== undefined) return known.due;
    const version = memory.version(dueTables);
    const found = frozen(await targets.due(at, limit));
    const until = await targets.nextDueAfter(at);
    if (found.length < limit && access.mayRemember(dueTables))
      memory.spans.push({ from: at, until, due: found, version });
    return found;
  };
  const nextDueAfter = async (at: number): Promise<number | null> => {
    const known = spanOf(at);
    return known === undefined ? targets.nextDueAfter(at) : known.until;
  };
  return new Proxy(targets, {
    get(target, name) {
      if (name === 'due') return due;
      if (name === 'nextDueAfter') return nextDueAfter;
      // Nothing in a world was published before it began.
      if (name === 'awaitingComment') return (since: number) => target.awaitingComment(Math.max(since, beginning));
      return Reflect.get(target, name);
    },
  });
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
