import type { App } from './app.ts';
import type { Chance } from './chance.ts';
import type { LedgerEntry } from './platform-records.ts';
import { accounts, minute, type Scenario, type ScenarioAccount, type ScenarioPost } from './scenario.ts';
import type { WorldTime } from './world-time.ts';

const actor = 'owner';
const askAgainMs = 5_000;

/** What the people see of the networks. */
export interface View {
  ledger: readonly LedgerEntry[];
  /** Nothing that was sent is still to take effect. */
  isQuiet: boolean;
}

/**
 * People who work on the posts while they are published: they edit and approve again, reject, move,
 * click “publish now” twice, add banned terms, disconnect and connect accounts, and answer what they are
 * asked. They tell the truth, and what the app refuses they leave.
 */
export class Team {
  readonly #time: WorldTime;
  readonly #chance: Chance;
  readonly #app: () => App | null;
  readonly #posts: readonly ScenarioPost[];
  readonly #view: View;
  readonly #trace: (line: string) => void;
  /** The term that a client has banned, and since when for sure, UTC ms. */
  readonly #banned = new Map<string, { term: string; since: number }>();
  readonly #disconnectedSince = new Map<string, number>();
  /** The number of the newest change to a client's brand or to an account. */
  readonly #newest = new Map<string, number>();
  /** What the changes under way are about, by their numbers. */
  readonly #underWay = new Map<number, string>();
  /** The words that somebody approved. */
  readonly #approved: Set<string>;
  #changes = 0;
  #approvalsToCome = 0;
  #isReleasing = false;

  constructor(parts: {
    time: WorldTime;
    chance: Chance;
    app: () => App | null;
    scenario: Scenario;
    view: View;
    trace: (line: string) => void;
  }) {
    this.#time = parts.time;
    this.#chance = parts.chance;
    this.#app = parts.app;
    this.#posts = parts.scenario.posts;
    this.#view = parts.view;
    this.#trace = parts.trace;
    this.#approved = new Set(this.#posts.map(({ text }) => text));
  }

  isApproved(text: string): boolean {
    return this.#approved.has(text);
  }

  bannedIn(text: string, account: ScenarioAccount, now: number): string | null {
    const banned = this.#banned.get(account.clientId);
    return banned !== undefined && banned.since < now && text.includes(banned.term) ? banned.term : null;
  }

  isDisconnected(account: ScenarioAccount, now: number): boolean {
    return (this.#disconnectedSince.get(account.id) ?? now) < now;
  }

  /** Somebody will approve or release something soon. */
  get isBusy(): boolean {
    return this.#approvalsToCome > 0 || this.#isReleasing;
  }

  /** Somebody does something, in the middle of whatever the app is at. */
  meddle(): void {
    const app = this.#app();
    const post = this.#posts[this.#chance.between(0, this.#posts.length - 1)];
    if (app === null || post === undefined) return;
    const action = this.#chance.pick(actions);
    this.#trace(`somebody wants to ${action} ${post.id}`);
    this.#act(app, action, post).then(
      () => this.#trace(`${action} ${post.id}: done`),
      (error: unknown) => this.#trace(`${action} ${post.id}: ${String(error)}`),
    );
  }

  async #act(app: App, action: Action, post: ScenarioPost): Promise<void> {
    const { pipeline } = app;
    switch (action) {
      case 'edit':
        // The words of before stay in front: by them the post is known again.
        await pipeline.update(post.id, { caption: `${post.text}, version ${++this.#changes}` }, actor);
        return this.#approveLater(post);
      case 'reject':
        await pipeline.reject(post.id, 'Not now', actor);
        return this.#approveLater(post);
      case 'move': {
        const at = this.#time.now() + this.#chance.between(0, 8) * minute;
        await pipeline.reschedule(post.id, new Date(at).toISOString(), actor);
        return;
      }
      case 'publish twice': {
        const clicks = [pipeline.publishNow(post.id, actor), pipeline.publishNow(post.id, actor)];
        await Promise.allSettled(clicks);
        return;
      }
      case 'move to other accounts': {
        const own = accounts.filter(({ clientId, kind }) => clientId === post.clientId && kind !== 'story');
        const wanted = own.filter(() => this.#chance.happens(0.6));
        const targets = (wanted.length > 0 ? wanted : own.slice(0, 1)).map(({ id }) => ({ accountId: id }));
        await pipeline.update(post.id, { targets }, actor);
        return this.#approveLater(post);
      }
      case 'ban':
        return this.#ban(app, post);
      case 'disconnect':
        return this.#disconnect(app, this.#chance.pick(accounts));
      case 'answer':
        return this.#answer(app, post);
    }
  }

  #approveLater({ id }: ScenarioPost): void {
    this.#approvalsToCome += 1;
    this.#time.after(this.#chance.between(1, 90) * 1_000, () => {
      this.#approvalsToCome -= 1;
      const app = this.#app();
      if (app !== null) this.#approve(app, id).then(() => this.#trace(`approved ${id}`), this.#noted('approve', id));
    });
  }

  /** Approves the words that can be read now, and no others. */
  async #approve({ pipeline }: App, id: string): Promise<void> {
    const { caption, contentHash } = await pipeline.get(id);
    this.#approved.add(caption);
    await pipeline.approve(id, contentHash, actor);
  }

  async #ban(app: App, { clientId, text }: ScenarioPost): Promise<void> {
    this.#banned.delete(clientId);
    const isNewest = await this.#change(clientId, () => putBanned(app, clientId, [text]));
    if (!isNewest()) return;
    this.#banned.set(clientId, { term: text, since: this.#time.now() });
    this.#time.after(this.#chance.between(1, 6) * minute, () => {
      if (!isNewest()) return;
      // From here on it may go out again, whether the change arrives or not.
      this.#banned.delete(clientId);
      const later = this.#app();
      if (later !== null) putBanned(later, clientId, []).catch(this.#noted('allow', text));
    });
  }

  async #disconnect(app: App, account: ScenarioAccount): Promise<void> {
    const isNewest = await this.#change(account.id, () => app.setDisconnected(account, true));
    if (!isNewest()) return;
    this.#disconnectedSince.set(account.id, this.#time.now());
    this.#time.after(this.#chance.between(1, 4) * minute, () => {
      if (!isNewest()) return;
      this.#disconnectedSince.delete(account.id);
      this.#app()?.setDisconnected(account, false).catch(this.#noted('connect', account.id));
    });
  }

  /**
   * Changes something. The answer's function says whether that is what stands: nothing newer was begun about the same,
   * and nothing older was still under way, which may have been written after it.
   */
  async #change(about: string, change: () => Promise<unknown>): Promise<() => boolean> {
    const number = ++this.#changes;
    this.#newest.set(about, number);
    this.#underWay.set(number, about);
    try {
      await change();
    } finally {
      this.#underWay.delete(number);
    }
    const isAlone = ![...this.#underWay.values()].includes(about);
    return () => isAlone && this.#newest.get(about) === number;
  }

  /** Somebody looks at what is held for nothing but its time, once the app takes orders, and releases it. */
  releaseOverdue(): void {
    const app = this.#app();
    this.#isReleasing = app === null;
    if (app === null) {
      this.#time.after(askAgainMs, () => this.releaseOverdue());
      return;
    }
    for (const { id } of this.#posts) release(app, id).catch(this.#noted('release', id));
  }

  /** Releases what is held, and answers what is asked once the network shows how it ended. */
  async #answer(app: App, { id, text }: ScenarioPost): Promise<void> {
    const post = await app.pipeline.get(id);
    for (const target of post.targets) {
      if (target.status !== 'held' || !this.#view.isQuiet) continue;
      const live = this.#view.ledger.find(
        (entry) => entry.account.id === target.accountId && entry.under === null && entry.text.startsWith(text),
      );
      const resolution = live !== undefined ? 'published' : this.#chance.pick(['send_again', 'drop'] as const);
      const remoteId = live === undefined ? {} : { remoteId: live.id };
      await app.pipeline.resolve({ postId: id, targetId: target.id, resolution, ...remoteId }, actor);
    }
  }

  /** The faults are over: what was disconnected is connected again, what was banned is allowed. */
  stop(): void {
    this.#banned.clear();
    this.#disconnectedSince.clear();
  }

  #noted(what: string, id: string): (error: unknown) => void {
    return (error) => this.#trace(`${what} ${id}: ${String(error)}`);
  }
}

async function release({ pipeline }: App, id: string): Promise<void> {
  const { targets } = await pipeline.get(id);
  const isOverdue = targets.some(({ status, error }) => status === 'held' && overdue.has(error?.code ?? ''));
  if (isOverdue) await pipeline.retry(id, actor);
}

/** Held by nothing but its time. */
const overdue = new Set(['late', 'crowded', 'after_stop']);

function putBanned(app: App, clientId: string, bannedTerms: string[]): Promise<unknown> {
  const brand = { colors: [], bannedTerms, ctas: [], hashtags: [], imageStyle: '', examplePosts: [] };
  return app.brands.put(clientId, brand, actor);
}

const actions = [
  'edit',
  'reject',
  'move',
  'publish twice',
  'publish twice',
  'move to other accounts',
  'ban',
  'disconnect',
  'answer',
  'answer',
] as const;
type Action = (typeof actions)[number];
