import type { Settings } from '../../../shared/contract/admin.ts';
import { type Brand, emptyBrand } from '../../../shared/contract/brand.ts';
import { defaultRules, type Rules } from '../../../shared/contract/rules.ts';
import type { Activity } from '../activity/activity.ts';
import type { Changes } from '../activity/changes.ts';
import { Conflict, NotFound } from '../errors.ts';
import {
  type AccountRecord,
  AiFailure,
  type ClientRecord,
  type Ports,
  type PostRecord,
  SlotTaken,
  type Timer,
} from '../ports/index.ts';
import { slotsBetween } from '../rules/slots.ts';
import { isHard } from './check.ts';
import { feedbackOf, lessonsRead } from './feedback.ts';
import { finishPost, unfinishedKey, type Unfinished } from './finish-post.ts';
import { postOf, promptFor, targetsOf } from './new-post.ts';
import { createPaidCalls } from './paid-calls.ts';
import { planSlots } from './plan.ts';
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

const dayMs = 86_400_000;
const picturesAtOnce = 3;
const recentPosts = 30;
/** A caller waits this long for pictures and videos once the texts are written. */
const callersPatienceMs = 60_000;

export function createGeneration(deps: GenerationDeps): Generation {
  const { store, clock, activity, log } = deps;
  const calls = createPaidCalls(deps);
  const writing = new Set<string>();
  /** What was last recorded for a client, so that a lasting trouble is recorded once. */
  const troubles = new Map<string, string>();
  let notBefore = 0;

  async function generate(run: Run, onWritten: (ids: string[]) => void = () => undefined): Promise<string[]> {
    const posts = await unfinishedPosts(deps, run);
    const written: PostRecord[] = [];
    try {
      written.push(...(await writeEmptySlots(run)));
      onWritten(written.map(({ id }) => id));
    } finally {
      await inParallel([...posts, ...written], (post) => finish(run, post));
    }
    return written.map(({ id }) => id);
  }

  async function writeEmptySlots(run: Run): Promise<PostRecord[]> {
    const slots = await emptySlots(deps, run);
    if (slots.length === 0) return [];
    const { client, brand, settings } = run;
    const recent = (await store.posts.recentOfClient(client.id, recentPosts)).map(({ caption }) => caption);
    const feedback = feedbackOf(await store.lessons.listOfClient(client.id, lessonsRead));
    const platforms = [...new Set(run.accounts.map(({ platform }) => platform))];
    const planned = planSlots(slots, platforms, brand.ctas);
    const drafts = await writeDrafts(
      { ...deps, calls },
      { client, brief: { client, brand, recent, feedback }, slots: planned, settings },
    );
    const posts: PostRecord[] = [];
    for (const draft of drafts) {
      const post = await keep(deps, run, draft);
      if (post !== null) posts.push(post);
    }
    await activity.record({
      actor: run.actor,
      kind: 'posts.written',
      message: report(client, posts.length, slots.length),
      clientId: client.id,
    });
    return posts;
  }

  async function finish(run: Run, post: PostRecord): Promise<void> {
    try {
      await finishPost({ ...deps, calls }, { ...run, post, bannedTerms: run.brand.bannedTerms });
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
      const expected = error instanceof AiFailure || error instanceof Conflict;
      if (!expected) log.error('Writing posts failed', { clientId: client.id, error: message });
      await activity.record({
        actor: 'job:generate-content',
        kind: error instanceof Conflict ? 'generation.over_budget' : 'generation.failed',
        level: 'warning',
        message: `No posts were written for ${client.name}: ${expected ? message : 'an error of the app, see its log.'}`,
        clientId: client.id,
      });
      return error;
    }
  }

  return {
    async generateForClient(clientId, days, actor) {
      const client = await store.clients.get(clientId);
      if (client === undefined) throw new NotFound('client', clientId);
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
      for await (const client of activeClients(deps)) {
        const error = await inBackground(client, settings);
        first ??= error;
        if (clock.now() < notBefore) break;
      }
      if (first !== null) throw first;
    },
  };
}

/** What one run for one client works with. */
interface Run {
  client: ClientRecord;
  brand: Brand;
  rules: Rules;
  /** Those that the rules post to. */
  accounts: AccountRecord[];
  settings: Settings;
  days: number;
  actor: string;
  /** A person asked for it, just now. */
  askedFor: boolean;
}

/** @throws {Conflict} when nothing may or can be written for this client */
async function runFor(
  { store, isStopped }: Pick<GenerationDeps, 'store' | 'isStopped'>,
  client: ClientRecord,
  settings: Settings,
  days: number,
  actor: string,
  askedFor: boolean,
): Promise<Run> {
  if (client.status === 'paused' || client.status === 'archived') {
    throw new Conflict(
      `client_${client.status}`,
      `${client.name} is ${client.status}. Make the client active to write posts.`,
    );
  }
  const rules = (await store.clients.rules(client.id)) ?? defaultRules;
  const brand = (await store.clients.brand(client.id)) ?? emptyBrand;
  const connected = await store.accounts.listOfClient(client.id);
  const accounts = connected.filter(({ platform }) => rules.platforms.includes(platform));
  if (accounts.length === 0) {
    throw new Conflict(
      'no_account',
      `Connect an account of ${client.name} that the posting rules use before posts are written.`,
    );
  }
  if (!askedFor && accounts.every(({ id }) => isStopped(client.id, id))) {
    throw new Conflict('stopped', `Publishing for ${client.name} is stopped; nothing is written by itself until then.`);
  }
  return { client, brand, rules, accounts, settings, days, actor, askedFor };
}

async function* activeClients({ store }: Pick<Ports, 'store'>): AsyncGenerator<ClientRecord> {
  let cursor: string | undefined;
  do {
    const page = await store.clients.list({ status: 'active', limit: 50, cursor });
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** A person who asks for posts also wants those slots filled whose post was rejected. */
async function emptySlots({ store, clock }: Pick<Ports, 'store' | 'clock'>, run: Run) {
  const { client, rules, days } = run;
  const now = clock.now();
  if (run.askedFor) await freeRejectedSlots(store, client.id, now);
  const slots = slotsBetween(rules, client.timezone, now, now + days * dayMs);
  const names = slots.map(({ wallTime }) => `${client.id}/${wallTime}`);
  const taken = new Set(await store.posts.slotsTaken(client.id, names));
  return slots.filter(({ wallTime }) => !taken.has(`${client.id}/${wallTime}`));
}

async function freeRejectedSlots(store: Ports['store'], clientId: string, now: number): Promise<void> {
  let cursor: string | undefined;
  do {
    const page = await store.posts.list({ clientId, statuses: ['rejected'], from: now, limit: 100, cursor });
    for (const { id, slot } of page.items) if (slot !== null) await store.posts.update(id, { slot: null });
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/**
 * Posts that an earlier run left while it was making them, and, when a person asks, those that were held
 * because a picture failed.
 */
async function unfinishedPosts({ store, clock }: Pick<Ports, 'store' | 'clock'>, run: Run): Promise<PostRecord[]> {
  const statuses = run.askedFor ? (['generating', 'held'] as const) : (['generating'] as const);
  const found: PostRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.posts.list({ clientId: run.client.id, statuses, limit: 100, cursor });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found.filter(({ status, source, heldReason, scheduledFor }) => {
    if (source !== 'ai') return false;
    return status === 'generating' || (scheduledFor > clock.now() && /No (?:picture|video): /.test(heldReason ?? ''));
  });
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

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: picturesAtOnce }, lane));
}

function report({ name }: ClientRecord, written: number, wanted: number): string {
  const posts = written === 1 ? '1 post' : `${written} posts`;
  const rest = wanted > written ? `; ${wanted - written} more are tried again later` : '';
  return `Wrote ${posts} for ${name}${rest}`;
}
