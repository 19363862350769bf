import type { Writing, WritingStep } from '../../../shared/contract/writing.ts';
import type { Changes } from '../activity/changes.ts';
import { Conflict, NotFound } from '../errors.ts';
import { isoOf } from '../instants.ts';
import type { ClientRecord, Clock, PostRecord } from '../ports/index.ts';
import type { Slot } from '../rules/slots.ts';

/**
 * How far the writing is, for who looks on: the latest run of each client, in memory. Nothing is decided by it but
 * that a person's stop is heeded; what was written is in the store, whatever becomes of this.
 */
export interface WritingProgress {
  list(): Writing[];
  /** A run that has its turn later; one that is under way stays as it is. @returns whether it is to be run */
  wait(client: ClientRecord, actor: string): boolean;
  /** A run begins. It shows from its first post on when nobody asked for it. */
  begin(client: ClientRecord, actor: string, askedFor: boolean): RunProgress;
  /** A run never came to begin. */
  fail(client: ClientRecord, problem: string): void;
  /** @throws {NotFound} when nothing is being written for this client */
  stop(clientId: string): void;
  isStopped(clientId: string): boolean;
}

/** One run as it goes on. */
export interface RunProgress {
  isStopped(): boolean;
  /** @throws {Conflict} `stopped` once a person stopped it */
  assertGoing(): void;
  planned(slots: readonly Slot[]): void;
  /** Its text is there. */
  written(post: PostRecord): void;
  /** The texts are done: slots without a post stay so. */
  textsDone(): void;
  /** @param status of the post when no more is done to it in this run */
  finished(postId: string, status: PostRecord['status'] | undefined): void;
  /** @param problem why it failed, in words for a person */
  end(problem: string | null): void;
}

export function createWritingProgress({ clock, changes }: { clock: Clock; changes: Changes }): WritingProgress {
  const runs = new Map<string, Writing>();
  const stopped = new Set<string>();

  const tell = (clientId: string) => changes.tell('writing.changed', clientId, clientId);

  function put(run: Writing): void {
    // The newest stands last.
    runs.delete(run.clientId);
    runs.set(run.clientId, run);
    tell(run.clientId);
  }

  function change(clientId: string, changeOf: (run: Writing) => Partial<Writing>): void {
    const run = runs.get(clientId);
    if (run === undefined) return;
    runs.set(clientId, { ...run, ...changeOf(run) });
    tell(clientId);
  }

  function fresh(client: ClientRecord, actor: string, state: Writing['state']): Writing {
    return {
      clientId: client.id,
      clientName: client.name,
      actor,
      state,
      problem: null,
      startedAt: isoOf(clock.now()),
      endedAt: null,
      posts: [],
    };
  }

  return {
    list: () => [...runs.values()].reverse(),

    wait(client, actor) {
      const run = runs.get(client.id);
      if (run !== undefined && run.endedAt === null) return false;
      stopped.delete(client.id);
      put(fresh(client, actor, 'waiting'));
      return true;
    },

    begin(client, actor, askedFor) {
      const { id } = client;
      if (runs.get(id)?.state !== 'waiting') stopped.delete(id);
      const run = fresh(client, actor, 'texts');
      let isShown = askedFor;
      if (isShown) put(run);
      const show = () => {
        if (!isShown) put(run);
        isShown = true;
      };
      return {
        isStopped: () => stopped.has(id),
        assertGoing() {
          if (stopped.has(id)) throw new Conflict('stopped', 'The writing was stopped.');
        },
        planned(slots) {
          if (slots.length === 0) return;
          show();
          const posts = slots.map(({ at, wallTime }) => ({
            scheduledFor: isoOf(at),
            wallTime,
            postId: null,
            step: 'planned' as const,
          }));
          change(id, (before) => ({ posts: byTime([...before.posts, ...posts]) }));
        },
        written({ id: postId, scheduledFor, wallTime }) {
          show();
          const post = { scheduledFor: isoOf(scheduledFor), wallTime, postId, step: 'media' as const };
          change(id, ({ posts }) => ({
            posts: byTime([...posts.filter((other) => other.postId !== null || other.wallTime !== wallTime), post]),
          }));
        },
        textsDone() {
          change(id, ({ posts }) => ({
            state: 'media',
            posts: posts.map((post) => (post.step === 'planned' ? { ...post, step: 'left_out' } : post)),
          }));
        },
        finished(postId, status) {
          const step = stepOf(status);
          change(id, ({ posts }) => ({
            posts: posts.map((post) => (post.postId === postId ? { ...post, step } : post)),
          }));
        },
        end(problem) {
          if (!isShown) return;
          const state = stopped.has(id) ? 'stopped' : problem === null ? 'done' : 'failed';
          change(id, ({ posts }) => ({
            state,
            problem: state === 'failed' ? problem : null,
            endedAt: isoOf(clock.now()),
            posts: posts.map((post) => (post.step === 'planned' ? { ...post, step: 'left_out' } : post)),
          }));
        },
      };
    },

    fail(client, problem) {
      change(client.id, () => ({ state: 'failed', problem, endedAt: isoOf(clock.now()) }));
    },

    stop(clientId) {
      const run = runs.get(clientId);
      if (run === undefined || run.endedAt !== null) throw new NotFound('writing', clientId);
      stopped.add(clientId);
      if (run.state === 'waiting') change(clientId, () => ({ state: 'stopped', endedAt: isoOf(clock.now()) }));
      else tell(clientId);
    },

    isStopped: (clientId) => stopped.has(clientId),
  };
}

function stepOf(status: PostRecord['status'] | undefined): WritingStep {
  if (status === 'generating') return 'later';
  return status === 'held' || status === undefined ? 'needs_person' : 'ready';
}

function byTime(posts: Writing['posts']): Writing['posts'] {
  return posts.sort((a, b) => a.scheduledFor.localeCompare(b.scheduledFor));
}
