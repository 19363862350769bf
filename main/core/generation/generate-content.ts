import type { Settings } from '../../../shared/contract/admin.ts';
import type { Estimate, Writing } from '../../../shared/contract/writing.ts';
import { phrase } from '../../../shared/domain/phrase.ts';
import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import { clientOf } from '../clients/clients.ts';
import { Conflict } from '../errors.ts';
import {
  AiFailure,
  type ClientRecord,
  type Ports,
  type PostRecord,
  type Repositories,
  SlotTaken,
  type Timer,
} from '../ports/index.ts';
import { isHard } from './check.ts';
import { estimateFor } from './estimate.ts';
import { finishPost, unfinishedKey, type Unfinished } from './finish-post.ts';
import { postOf, targetsOf } from './new-post.ts';
import { promptFor } from './picture-prompt.ts';
import { createPaidCalls, type PaidCalls } from './paid-calls.ts';
import { planSlots } from './plan.ts';
import { createWritingProgress, type RunProgress } from './progress.ts';
import { briefOf, emptySlots, freeRejectedSlots, type Run, runFor, unfinishedPosts } from './run.ts';
import { writeDrafts, type Written } from './write-drafts.ts';

/** Writes posts for the empty slots of clients. */
export interface Generation {
  /**
   * Fills the empty slots of the next `days` days and goes on with posts an earlier run left unfinished.
   * Videos can take a quarter of an hour: what is not finished after a minute goes on in the background,
   * its posts being `generating` until then.
   * @returns ids of the posts that were written
   * @throws {NotFound} @throws {Conflict} @throws {AiFailure}
   */
  generateForClient(clientId: string, days: number, actor: string): Promise<{ created: string[] }>;
  /**
   * The same for every active client that is not stopped, as far ahead as the settings say.
   * @throws {AiFailure} @throws {Conflict} the first that stopped a client; the others were still done
   */
  generateAll(): Promise<void>;
  /**
   * Starts filling the empty slots of several clients and returns at once; {@link progress} tells how far it is.
   * A client that posts are being written for already is left to that run. @throws {NotFound}
   */
  write(clientIds: readonly string[], days: number, actor: string): Promise<Writing[]>;
  /** What is being written, and the last run of each client since the start; the newest first. */
  progress(): Writing[];
  /**
   * Has nothing more asked of the AI in the run of this client. What is written stays; posts without a picture that
   * they need are held. @throws {NotFound} when nothing is being written for it
   */
  stop(clientId: string): Writing[];
  /** What filling the empty slots would come to, for one client or all that are not paused. @throws {NotFound} */
  estimate(
    clientId: string | undefined,
    days: number,
  ): Promise<{ items: Estimate[]; budgetLeftMicroUsd: number | null }>;
}

export type GenerationDeps = Pick<
  Ports,
  'store' | 'clock' | 'timers' | 'random' | 'digest' | 'log' | 'files' | 'text' | 'mediaGenerator'
> & {
  activity: Activity;
  changes: Changes;
  settings(): Promise<Settings>;
  /** Nothing may be sent to this account now. */
  isStopped(clientId: string, accountId: string): boolean;
};

const picturesAtOnce = 3;
const clientsAtOnce = 2;
/** A caller waits this long for pictures and videos once the texts are written. */
const callersPatienceMs = 60_000;

export function createGeneration(deps: GenerationDeps): Generation {
  const { store, clock, activity, log } = deps;
  const calls = createPaidCalls(deps);
  const writing = new Set<string>();
  /** What was last recorded for a client, so that a lasting trouble is recorded once. */
  const troubles = new Map<string, string>();
  const progress = createWritingProgress(deps);
  let notBefore = 0;

  async function generate(run: Run, onWritten: (ids: string[]) => void = () => undefined): Promise<string[]> {
    const seen = progress.begin(run.client, run.actor, run.askedFor);
    try {
      const written = await writeAndFinish(run, seen, onWritten);
      seen.end(null);
      return written;
    } catch (error) {
      seen.end(wordsOf(error));
      throw error;
    }
  }

  async function writeAndFinish(run: Run, seen: RunProgress, onWritten: (ids: string[]) => void): Promise<string[]> {
    const posts = await unfinishedPosts(deps, run);
    for (const post of posts) seen.written(post);
    const written: PostRecord[] = [];
    try {
      written.push(...(await writeEmptySlots(run, seen)));
      seen.textsDone();
      onWritten(written.map(({ id }) => id));
    } finally {
      await inParallel([...posts, ...written], picturesAtOnce, (post) => finish(run, post, seen));
    }
    return written.map(({ id }) => id);
  }

  async function writeEmptySlots(run: Run, seen: RunProgress): Promise<PostRecord[]> {
    const { free: slots } = await emptySlots(deps, run);
    if (slots.length === 0) return [];
    seen.planned(slots);
    await freeRejectedSlots(deps, run);
    const { client, brand, settings } = run;
    const platforms = [...new Set(run.accounts.map(({ platform }) => platform))];
    const planned = planSlots(slots, platforms, brand.ctas);
    const drafts = await writeDrafts(
      { ...deps, calls: stoppable(calls, seen) },
      { client, brief: await briefOf(deps, run), slots: planned, settings },
    );
    const posts: PostRecord[] = [];
    for (const draft of drafts) {
      const post = await keep(deps, run, draft);
      if (post === null) continue;
      posts.push(post);
      seen.written(post);
    }
    await activity.record({
      actor: run.actor,
      kind: 'posts.written',
      message: report(client, posts.length, slots.length),
      clientId: client.id,
    });
    return posts;
  }

  async function finish(run: Run, post: PostRecord, seen: RunProgress): Promise<void> {
    try {
      const { bannedTerms } = run.brand;
      await finishPost({ ...deps, calls }, { ...run, post, bannedTerms, isStopped: () => seen.isStopped() });
      seen.finished(post.id, (await store.posts.get(post.id))?.status);
    } catch (error) {
      log.error('A post could not be finished', {
        postId: post.id,
        error: error instanceof Error ? error.name : 'unknown',
      });
    }
  }

  /** One run a client at a time. */
  async function alone(clientId: string, work: () => Promise<string[]>): Promise<{ created: string[] }> {
    if (writing.has(clientId)) {
      throw new Conflict('already_writing', 'Posts for this client are being written already.');
    }
    writing.add(clientId);
    try {
      return { created: await work() };
    } finally {
      writing.delete(clientId);
    }
  }

  async function inBackground(client: ClientRecord, settings: Settings): Promise<unknown> {
    try {
      const run = await runFor(deps, client, settings, settings.planAheadDays, 'job:generate-content', false);
      await alone(client.id, () => generate(run));
      troubles.delete(client.id);
      return null;
    } catch (error) {
      if (error instanceof Conflict && error.reason !== 'budget') return null;
      const message = error instanceof Error ? error.message : String(error);
      if (error instanceof AiFailure) notBefore = error.retryAt ?? notBefore;
      if (troubles.get(client.id) === message) return error;
      troubles.set(client.id, message);
      if (!isExpected(error)) log.error('Writing posts failed', { clientId: client.id, error: message });
      await activity.record({
        actor: 'job:generate-content',
        kind: error instanceof Conflict ? 'generation.over_budget' : 'generation.failed',
        level: 'warning',
        message: `No posts were written for ${client.name}: ${wordsOf(error)}`,
        clientId: client.id,
      });
      return error;
    }
  }

  /** The run of a client whose turn has come; how it ended is told by its progress. */
  async function writeFor(client: ClientRecord, days: number, actor: string): Promise<void> {
    if (progress.isStopped(client.id)) return;
    try {
      const run = await runFor(deps, client, await deps.settings(), days, actor, true);
      await alone(client.id, () => generate(run));
    } catch (error) {
      progress.fail(client, wordsOf(error));
      if (!isExpected(error)) log.error('Writing posts failed', { clientId: client.id, error: String(error) });
    }
  }

  return {
    progress: () => progress.list(),

    stop(clientId) {
      progress.stop(clientId);
      return progress.list();
    },

    async estimate(clientId, days) {
      const clients = clientId === undefined ? await writableClients(deps) : [await clientOf(store, clientId)];
      return estimateFor(deps, clients, days, await deps.settings());
    },

    async write(clientIds, days, actor) {
      const clients: ClientRecord[] = [];
      for (const id of new Set(clientIds)) clients.push(await clientOf(store, id));
      const waiting = clients.filter((client) => !writing.has(client.id) && progress.wait(client, actor));
      void inParallel(waiting, clientsAtOnce, (client) => writeFor(client, days, actor));
      return progress.list();
    },

    async generateForClient(clientId, days, actor) {
      const client = await clientOf(store, clientId);
      const run = await runFor(deps, client, await deps.settings(), days, actor, true);
      return new Promise((resolve, reject) => {
        let patience: Timer | undefined;
        const onWritten = (created: string[]): void => {
          patience = deps.timers.after(callersPatienceMs, () => resolve({ created }));
        };
        alone(clientId, () => generate(run, onWritten))
          .finally(() => patience?.cancel())
          .then(resolve, reject);
      });
    },

    async generateAll() {
      if (clock.now() < notBefore) return;
      const settings = await deps.settings();
      let first: unknown = null;
      for await (const client of clientsOf(store, 'active')) {
        const error = await inBackground(client, settings);
        first ??= error;
        if (clock.now() < notBefore) break;
      }
      if (first !== null) throw first;
    },
  };
}

async function* clientsOf({ clients }: Pick<Repositories, 'clients'>, status?: 'active'): AsyncGenerator<ClientRecord> {
  let cursor: string | undefined;
  do {
    const page = await clients.list({ status, limit: 50, cursor });
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** Stores a new post as `generating`, with what is still to be made; null when its slot was taken meanwhile. */
async function keep(deps: GenerationDeps, run: Run, { slot, draft, violations }: Written): Promise<PostRecord | null> {
  const post = postOf({ id: deps.random.id(), client: run.client, slot, draft, now: deps.clock.now() });
  const unfinished: Unfinished = {
    imagePrompt: promptFor(draft, run.brand),
    faults: violations
      .filter((violation) => isHard(violation) && violation.rule !== 'banned')
      .map(({ message }) => message),
    doubts: violations.filter((violation) => !isHard(violation)).map(({ message }) => message),
  };
  try {
    await deps.store.transaction(async (repositories) => {
      await repositories.posts.insert(post);
      for (const target of targetsOf(post, run.accounts, draft, slot.cta, () => deps.random.id())) {
        await repositories.targets.insert(target);
      }
      await repositories.settings.put(unfinishedKey(post.id), unfinished, post.createdAt);
    });
  } catch (error) {
    if (error instanceof SlotTaken) return null;
    throw error;
  }
  deps.changes.tell('post.changed', post.id, post.clientId);
  return post;
}

/** Those that somebody may want posts for. */
async function writableClients({ store }: Pick<Ports, 'store'>): Promise<ClientRecord[]> {
  const clients: ClientRecord[] = [];
  for await (const client of clientsOf(store)) {
    if (client.status === 'active' || client.status === 'onboarding') clients.push(client);
  }
  return clients;
}

/** No further call is paid for once the run is stopped. */
function stoppable(calls: PaidCalls, seen: RunProgress): PaidCalls {
  return {
    ...calls,
    open: (...intent) => {
      seen.assertGoing();
      return calls.open(...intent);
    },
  };
}

function isExpected(error: unknown): error is Error {
  return error instanceof AiFailure || error instanceof Conflict;
}

function wordsOf(error: unknown): string {
  return isExpected(error) ? error.message : phrase`an error of the app, see its log.`;
}

async function inParallel<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

function report({ name }: ClientRecord, written: number, wanted: number): string {
  const done = written === 1 ? phrase`Wrote 1 post for ${name}` : phrase`Wrote ${written} posts for ${name}`;
  if (wanted <= written) return done;
  const rest = wanted - written;
  return rest === 1
    ? phrase`${done}. 1 more is tried again later`
    : phrase`${done}. ${rest} more are tried again later`;
}
